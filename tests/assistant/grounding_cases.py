"""Answers of the development set of grounding, faithful and falsified, written by hand as chat models write them.

Each file is a list of blocks: `@` passages (words of one passage of the sample, or `name | text` of a short
quotation), `?` a question, `+` faithful answers, `-kind` falsified ones. Tuned on, so it measures nothing final.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.assistant.falsified import passages

FOLDER = Path(__file__).parent / "grounding_development"


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    """Empty: faithful."""
    passages: tuple[str, ...]
    question: str
    answer: str


@functools.cache
def cases() -> tuple[Case, ...]:
    return tuple(case for file in sorted(FOLDER.glob("*.txt")) for case in _read(file))


def faithful() -> list[Case]:
    return [case for case in cases() if not case.kind]


def _read(file: Path) -> Iterator[Case]:
    for block in file.read_text("utf-8").split("\n\n"):
        given: list[str] = []
        question = ""
        for line in block.strip().splitlines():
            mark, words = line[0], line[1:].strip()
            if mark == "@":
                given.append(_passage(words))
            elif mark == "?":
                question = words
            else:
                kind, _, answer = ("", "", words) if mark == "+" else words.partition(" ")
                yield Case(kind, tuple(given), question, answer)


def _passage(words: str) -> str:
    name, bar, text = words.partition(" | ")
    if bar:
        return f"{name}\n{text}"
    (found,) = [passage for passage in passages() if words in "".join(passage.split("\n"))]
    return found
