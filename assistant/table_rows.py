"""Tables in a passage, row by row: a number belongs to its row and its cell, not to the table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import particulars
from assistant.particulars import Particular, plain
from assistant.wording import official

_BAR = " | "
_HAN = re.compile(r"[\u4e00-\u9fff]")
SHORTEST_LABEL, LONGEST_HEADING = 2, 8


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    found: tuple[Particular, ...]

    @classmethod
    def of(cls, words: str) -> "Cell":
        text = official(plain(words))
        return cls(text, particulars.find(text))


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    """What it is about, as people name it: 零售 of 零售业."""
    cells: tuple[Cell, ...]
    headings: tuple[str, ...]
    """Of its columns; empty where the passage begins below them."""

    @property
    def found(self) -> Iterator[Particular]:
        return (one for cell in self.cells for one in cell.found)


def rows(passage: str) -> tuple[Row, ...]:
    """Of all tables of a passage; a line of cells without a figure opens one."""
    found: list[Row] = []
    headings: tuple[str, ...] = ()
    for line in passage.splitlines():
        cells = tuple(Cell.of(words) for words in line.split(_BAR)) if _BAR in line else ()
        if not cells:
            headings = ()
        elif not any(cell.found for cell in cells) and not found:
            headings = tuple(cell.text for cell in cells)
        elif label := _label(cells):
            found.append(Row(label, cells, headings if len(headings) == len(cells) else ()))
    return tuple(found)


def outside(passage: str) -> str:
    """Everything of a passage but its rows."""
    return "\n".join(line for line in passage.splitlines() if _BAR not in line)


def _label(cells: Sequence[Cell]) -> str:
    first = next((cell.text for cell in cells if _HAN.search(cell.text)), "")
    stem = first.removesuffix("业").removesuffix("行")
    return stem if len(stem) >= SHORTEST_LABEL else first


def named(text: str, labels: Sequence[str]) -> list[tuple[int, str]]:
    """Where which of these names stands in a text; one within a longer one is not meant."""
    every = [
        (match.start(), match.end(), label)
        for label in dict.fromkeys(labels)
        if len(label) >= SHORTEST_LABEL
        for match in re.finditer(re.escape(label), text)
    ]
    longest = [one for one in every if not any(o[0] <= one[0] and one[1] <= o[1] and o[2] != one[2] for o in every)]
    return sorted((start, label) for start, _, label in longest)


def at(place: int, first: int, spots: Sequence[tuple[int, str]], numbers: Sequence[int]) -> set[str]:
    """The names a number at `place` goes with: those just before it; all where the first number opens the text."""
    if not spots or first < spots[0][0]:
        return {label for _, label in spots}
    group: set[str] = set()
    last = -1
    for start, label in spots:
        if start > place:
            break
        if any(last < number < start for number in numbers) and group:
            group = set()
        group.add(label)
        last = start
    return group


def is_mentioned(label: str, besides: Sequence[str], text: str) -> bool:
    """Whether a text has something of the name that the other names have not: 困难 of 就业困难人员社会保险补贴."""
    own = {a + b for a, b in pairwise(label)} - {a + b for other in besides for a, b in pairwise(other)}
    return any(pair in text for pair in own)
