"""How much of the personal data that people type is masked, and how often something is masked that is none."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.masking import mask
from evals.errors import BadDataset
from evals.intervals import Share
from evals.questions import DATASETS
from evals.workspace import LAWS
from ingest.pipeline import find_files

NAME = "personal_data"
LONGEST_REST = 3
"""So many characters of a number in a row say nothing about it."""
CHINESE = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0012345678912345678" + "91")


@dataclass(frozen=True, slots=True)
class Secret:
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    id: str
    text: str
    secrets: tuple[Secret, ...]
    made: bool = False
    """By the generator."""


@dataclass(frozen=True, slots=True)
class Outcome:
    typed: Typed
    masked: str
    kinds: tuple[str, ...]
    left: tuple[Secret, ...]
    """What can still be read, at least in part."""

    @property
    def changed(self) -> bool:
        return self.masked != self.typed.text

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.typed.id,
            "question": self.typed.text,
            "masked": self.masked,
            "left": [f"{one.kind} {one.value}" for one in self.left],
        }


@dataclass(frozen=True, slots=True)
class PersonalReport:
    outcomes: Sequence[Outcome]
    passages: Share
    """Of laws, in which something was masked."""
    examples: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        pairs = [(secret, secret not in one.left, one) for one in self.outcomes for secret in one.typed.secrets]
        kinds = dict.fromkeys(secret.kind for secret, _, _ in pairs)
        clean = [one for one in self.outcomes if not one.typed.secrets]
        return {
            "cases": len(self.outcomes),
            "made": sum(one.typed.made for one in self.outcomes),
            "recall": Share.among(gone for _, gone, _ in pairs).to_json(),
            "worst_kind": min(
                (Share.among(gone for secret, gone, _ in pairs if secret.kind == kind) for kind in kinds),
                key=lambda share: share.value,
                default=Share(0, 0),
            ).to_json(),
            "named_right": Share.among(secret.kind in one.kinds for secret, _, one in pairs).to_json(),
            "false_alarms_typed": Share.among(one.changed for one in clean).to_json(),
            **({"false_alarms_laws": self.passages.to_json()} if self.passages.of else {}),
            "by_kind": {
                kind: Share.among(gone for secret, gone, _ in pairs if secret.kind == kind).to_json() for kind in kinds
            },
            "missed": [one.to_json() for one in self.outcomes if one.left],
            "wrongly_masked": [one.to_json() for one in clean if one.changed],
            "masked_in_laws": list(self.examples),
        }


def load() -> list[Typed]:
    return list(_read())


def _read() -> Iterator[Typed]:
    file = DATASETS / f"{NAME}.jsonl"
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            yield Typed(row["id"], row["text"], tuple(Secret(one["kind"], one["value"]) for one in row["secrets"]))
        except (KeyError, ValueError) as error:
            raise BadDataset(file, f"第 {number} 行：{error!r}") from error


def judge(typed: Typed) -> Outcome:
    masked = mask(typed.text)
    left = tuple(secret for secret in typed.secrets if _stands(secret.value, typed, masked.text))
    return Outcome(typed, masked.text, masked.kinds, left)


def _stands(value: str, typed: Typed, masked: str) -> bool:
    """Also a piece of it: four characters in a row that the rest of the text did not hold."""
    if value in masked:
        return True
    hidden, plain, read = _plain(value), _plain(typed.text.replace(value, " ")), _plain(masked)
    longest = LONGEST_REST + 1
    pieces = {hidden[place : place + longest] for place in range(len(hidden) - longest + 1)}
    return any(piece in read and piece not in plain for piece in pieces)


def _plain(text: str) -> str:
    """Digits of every script as ASCII, and nothing between characters."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).translate(CHINESE))


def evaluate(cases: Iterable[Typed], passages: Iterable[str] = ()) -> PersonalReport:
    outcomes = [judge(typed) for typed in cases]
    wrong: list[str] = []
    count = 0
    for passage in passages:
        count += 1
        if mask(passage).kinds:
            wrong.append(passage)
    return PersonalReport(outcomes, Share(len(wrong), count), wrong[:20])


def law_passages() -> Iterator[str]:
    """Paragraphs of the laws beside the checkout; none where they are missing."""
    for file in find_files([LAWS]) if LAWS.is_dir() else ():
        yield from filter(str.strip, file.read_text(encoding="utf-8").splitlines())
