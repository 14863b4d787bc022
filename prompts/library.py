"""The prompts as files: front matter with name, version and placeholders, then a system and a user part."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from prompts.errors import PromptMalformed, UnknownPrompt, WrongPlaceholders

FOLDER = Path(__file__).parent
_FILE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<system>.*?)\n=== user ===\n(?P<user>.*)\Z", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_NAME = re.compile(r"[a-z_]+")
_ANGLES = str.maketrans("<>", "＜＞")


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    number: int
    placeholders: frozenset[str]
    system: str
    user: str

    @property
    def version(self) -> str:
        """Stored with every answer: answer@1."""
        return f"{self.name}@{self.number}"

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """System and user message. Raises WrongPlaceholders.

        Values are data: their angle brackets cannot close the tags around them,
        and a placeholder inside a value stays as it is.
        """
        missing, unknown = self.placeholders - values.keys(), values.keys() - self.placeholders
        if missing or unknown:
            raise WrongPlaceholders(self.name, sorted(missing), sorted(unknown))
        system, user = (
            _PLACEHOLDER.sub(lambda match: values[match[1]].translate(_ANGLES), part)
            for part in (self.system, self.user)
        )
        return system, user


def parse(name: str, text: str) -> Prompt:
    """Raises PromptMalformed where the front matter and the body do not say the same."""
    parts = _FILE.match(text)
    if parts is None:
        raise PromptMalformed(name, "要有 --- 之间的说明、正文和单独一行 === user ===")
    front = _front(name, parts["front"])
    used = frozenset(_PLACEHOLDER.findall(parts["system"] + parts["user"]))
    named = frozenset(str(placeholder) for placeholder in front["placeholders"])
    if used != named:
        raise PromptMalformed(name, f"说明里的占位符是 {sorted(named)}，正文里是 {sorted(used)}")
    return Prompt(name, front["version"], named, parts["system"].strip(), parts["user"].strip())


def _front(name: str, text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PromptMalformed(name, "--- 之间不是 YAML") from error
    if not isinstance(front, dict) or set(front) != {"name", "version", "placeholders"}:
        raise PromptMalformed(name, "说明要有 name、version、placeholders 三项，不多不少")
    if front["name"] != name or not isinstance(front["version"], int) or not isinstance(front["placeholders"], list):
        raise PromptMalformed(name, "name 要与文件名相同，version 是整数，placeholders 是列表")
    return front


@functools.cache
def load(name: str) -> Prompt:
    """Raises UnknownPrompt, PromptMalformed."""
    file = FOLDER / f"{name}.md"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise UnknownPrompt(name)
    return parse(name, file.read_text(encoding="utf-8"))
