"""Where in a passage a word of a sentence belongs, told by the words around it.

That a number occurs somewhere in a passage is not enough: it must stand in
the right place. The slot whose surroundings resemble the sentence most is the
one the sentence speaks about.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Generic, Protocol, TypeVar

WINDOW = 12
"""Characters to each side that count when the wording is free."""
CLEARLY = 4
_HOLE = "#"
_STOP = "。"
_NOT_WORDS = re.compile(rf"[^\w#{_STOP}]+|_+")


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Slot(Generic[P]):
    filling: P
    left: str
    """Everything before it, without punctuation, with holes for the other fillings."""
    right: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the best slot fits whose filling agrees, and the best whose filling does not; -1: there is none."""

    agreeing: int
    other: int
    other_filling: str = ""
    agreeing_before: int = 0
    """Equal characters directly before the two."""
    other_before: int = 0

    @property
    def contradicts(self) -> bool:
        """The other place fits better, and not only by what follows: a shortened sentence goes on elsewhere."""
        return self.other > self.agreeing and (
            (self.other_before > self.agreeing_before and self.other > self.agreeing + 1)
            or (self.other_before == self.agreeing_before and self.other >= self.agreeing + CLEARLY)
        )


def slots_of(text: str, fillings: Sequence[P]) -> list[Slot[P]]:
    """One slot for each filling; fillings are in order and do not overlap."""
    pieces: list[str] = []
    position = 0
    for one in fillings:
        pieces += [_NOT_WORDS.sub("", text[position : one.start]), _HOLE]
        position = max(position, one.end)
    pieces.append(_NOT_WORDS.sub("", text[position:]))
    return [
        Slot(one, "".join(pieces[: 2 * row + 1]), "".join(pieces[2 * row + 2 :])) for row, one in enumerate(fillings)
    ]


def fit(said: Slot[P], given: Iterable[Slot[P]], agree: Callable[[P, P], bool]) -> Fit:
    """Compare one slot of the sentence with those of the passages that could stand in its place."""
    agreeing, other = (-1, 0), (-1, 0)
    filling = ""
    for slot in given:
        score = closeness(said, slot), _equal(reversed(said.left), reversed(slot.left))
        if agree(said.filling, slot.filling):
            agreeing = max(agreeing, score)
        elif score > other:
            other, filling = score, str(getattr(slot.filling, "words", ""))
    return Fit(agreeing[0], other[0], filling, agreeing[1], other[1])


def closeness(said: Slot[P], given: Slot[P]) -> int:
    """Equal characters directly around, plus equal pairs of characters nearby.

    A sentence copied from the passage fits its own place best whatever its
    numbers were changed to: the first part grows with the length of the copy.
    """
    before = _equal(reversed(said.left), reversed(given.left))
    after = _equal(said.right, given.right)
    nearby = _pairs(_before(said)) & _pairs(_before(given))
    behind = _pairs(_behind(said)) & _pairs(_behind(given))
    return before + after + len(nearby) + len(behind)


def _before(slot: Slot[P]) -> str:
    return slot.left[-WINDOW:].rpartition(_STOP)[2]


def _behind(slot: Slot[P]) -> str:
    return slot.right[:WINDOW].partition(_STOP)[0]


def _equal(first: Iterable[str], second: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(first, second, strict=False)))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(text))
