"""What comes before everything else, by rules alone: no model, no open flow and no wording can talk it away.

The rules are data (safety.yaml, and a file of the installation that adds to it), each class with sentences
that must be found and sentences that must pass; the tests try them all.
"""

import base64
import binascii
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.behaviours import SAFETY, Behaviour
from assistant.spelling import Sounds

SHIPPED = Path(__file__).with_name("safety.yaml")
_SENTENCE = re.compile(r".+?(?:[。！!？?；;\n]+|[，,](?=再|然后|另外|还有|顺便|对了)|$)", re.DOTALL)
_ENCODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
_KEYS = {"patterns", "sounds", "unless", "signs", "together", "idioms", "found", "passed"}
_EXPRESSIONS = {"patterns", "unless", "idioms"}


class BadSafetyRules(Exception):
    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} 写得不对：{reason}；写法见编审手册“安全规则”一节")
        self.file, self.reason = file, reason


@dataclass(frozen=True, slots=True)
class Rule:
    behaviour: Behaviour
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    found: tuple[str, ...]
    """Sentences that must match; they serve as exemplars, too."""
    passed: tuple[str, ...]
    sounds: Sounds = field(default_factory=lambda: Sounds(()))
    together: tuple[tuple[re.Pattern[str], ...], ...] = ()
    """Signs that say little alone: all of one group, anywhere in the message, in any order."""
    idioms: tuple[re.Pattern[str], ...] = ()
    """Words that only sound like it: 忙得要死, 要死不活."""

    def matches(self, text: str) -> bool:
        """As it is written, or as it sounds."""
        said = self.without_idioms(folded(text))
        if self.excuses(said):
            return False
        forms = dict.fromkeys((said, self.sounds.heard(said)))
        return any(self._is_in(form) for form in forms)

    def without_idioms(self, said: str) -> str:
        for idiom in self.idioms:
            said = idiom.sub("，", said)
        return said

    def excuses(self, said: str) -> bool:
        return any(one.search(said) for one in self.unless)

    def _is_in(self, form: str) -> bool:
        return any(one.search(form) for one in self.patterns) or any(
            all(sign.search(form) for sign in signs) for signs in self.together
        )


@dataclass(frozen=True, slots=True)
class Triage:
    behaviour: Behaviour
    rest: str
    """What of the message is something else, and can still be answered."""


class Safety:
    """In the order of the file: what stands first wins."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._triaged = functools.lru_cache(maxsize=32)(self._triage)  # one turn asks more than once

    def triage(self, text: str) -> Triage | None:
        """The gravest class that the message falls into, tried as a whole and sentence by sentence."""
        return self._triaged(text)

    def _triage(self, text: str) -> Triage | None:
        pieces = [piece for piece in _SENTENCE.findall(f"{text}\n{decoded(text)}") if piece.strip()]
        for rule in self.rules:
            if rule.matches(text) or any(rule.matches(piece) for piece in pieces):
                rest = "".join(piece for piece in pieces if not rule.matches(piece))
                return Triage(rule.behaviour, rest.strip() if rest.strip() != text.strip() else "")
        return None

    def excuses(self, behaviour: Behaviour, text: str) -> bool:
        """Whether the rules of that class let such words pass, however like its sentences they are."""
        said = folded(text)
        return any(rule.excuses(said) for rule in self.rules if rule.behaviour is behaviour)

    def sounds_like(self, behaviour: Behaviour, text: str) -> bool:
        """Whether words that only sound like that class stand in the message."""
        said = folded(text)
        return any(rule.without_idioms(said) != said for rule in self.rules if rule.behaviour is behaviour)

    def exemplars(self) -> Iterable[tuple[Behaviour, str]]:
        return ((rule.behaviour, sentence) for rule in self.rules for sentence in rule.found)


@functools.lru_cache(maxsize=256)
def folded(text: str) -> str:
    """Half-width, lower case, without spaces, marks between characters and zero-width characters."""
    plain = unicodedata.normalize("NFKC", text).lower()
    visible = "".join(_letter(one) for one in plain if unicodedata.category(one) not in {"Cf", "Mn", "Cc"})
    return re.sub(r"[\s*·•_~^|/\\\-.]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[\s*·•_~^|/\\]+|\s+", "", visible)


def _letter(one: str) -> str:
    """ᴘ is p: small capitals are no other letters."""
    name = unicodedata.name(one, "") if "\u0250" <= one <= "\uab6f" and not "\u3000" <= one <= "\u9fff" else ""
    return name[-1].lower() if name.startswith(_SMALL_CAPITAL) and len(name) == len(_SMALL_CAPITAL) + 1 else one


def decoded(text: str) -> str:
    """What a message hides in Base64; nothing where it hides nothing that can be read."""
    found = []
    for piece in _ENCODED.findall(text):
        try:
            found.append(base64.b64decode(piece + "=" * (-len(piece) % 4), validate=True).decode())
        except (binascii.Error, UnicodeDecodeError):
            continue
    return "\n".join(found)


def load(*files: Path) -> Safety:
    """Rules of all files that exist, classes in the order of the first. Raises BadSafetyRules."""
    merged: dict[Behaviour, dict[str, list[str]]] = {}
    for file in files:
        if file.exists():
            for behaviour, entries in _read(file).items():
                known = merged.setdefault(behaviour, {key: [] for key in _KEYS})
                for key, values in entries.items():
                    known[key] += values
    return Safety([_rule(behaviour, entries) for behaviour, entries in merged.items()])


def _read(file: Path) -> Mapping[Behaviour, Mapping[str, list[str]]]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadSafetyRules(file.name, "不是 UTF-8 的 YAML") from error
    if not isinstance(content, dict):
        raise BadSafetyRules(file.name, "最外层应是“类别: 规则”")
    return {_behaviour(file, name): _entries(file, name, entries) for name, entries in content.items()}


def _behaviour(file: Path, name: Any) -> Behaviour:
    if name not in {one.value for one in SAFETY}:
        raise BadSafetyRules(file.name, f"没有“{name}”这一类")
    return Behaviour(name)


def _entries(file: Path, name: str, entries: Any) -> dict[str, list[str]]:
    if not isinstance(entries, dict) or not set(entries) <= _KEYS:
        raise BadSafetyRules(file.name, f"“{name}”下只能写 {'、'.join(sorted(_KEYS))}")
    for key, values in entries.items():
        if not isinstance(values, list) or not all(isinstance(one, str) and one for one in values):
            raise BadSafetyRules(file.name, f"“{name}”的 {key} 应是一列文字")
        for value in values if key in _EXPRESSIONS else ():
            _compiled(file, name, key, value)
    return {**entries, "signs": [], "together": _spelt_out(file, name, entries)}


def _spelt_out(file: Path, name: str, entries: Mapping[str, list[str]]) -> list[str]:
    """Each group of signs by its expressions, one a line, instead of by their names."""
    signs = dict(one.split("：", 1) for one in entries.get("signs", ()) if "：" in one)
    for sign in signs.values():
        _compiled(file, name, "signs", sign)
    groups = [group.split("+") for group in entries.get("together", ())]
    if unknown := {one.strip() for group in groups for one in group} - set(signs):
        raise BadSafetyRules(file.name, f"“{name}”的 signs 里没有 {'、'.join(sorted(unknown))}")
    return ["\n".join(signs[one.strip()] for one in group) for group in groups]


def _compiled(file: Path, name: str, key: str, value: str) -> re.Pattern[str]:
    try:
        return re.compile(value)
    except re.error as error:
        raise BadSafetyRules(file.name, f"“{name}”的 {key} 里这一条不是正则表达式：{value}") from error


def _rule(behaviour: Behaviour, entries: Mapping[str, list[str]]) -> Rule:
    patterns, unless, idioms = (tuple(map(re.compile, entries[key])) for key in ("patterns", "unless", "idioms"))
    return Rule(
        behaviour,
        patterns,
        unless,
        tuple(entries["found"]),
        tuple(entries["passed"]),
        Sounds(entries["sounds"]),
        tuple(tuple(map(re.compile, group.split("\n"))) for group in entries["together"]),
        idioms,
    )
