"""A place whose rules are held, written with one wrong character: 青和的补贴. It is taken for the one that is held."""

import functools
import threading
from collections.abc import Collection, Iterator

from knowledge import catalogue, index_feed, places, regions, words
from knowledge.database import Database
from knowledge.proofreading import look_alikes, slurred
from knowledge.vocabulary import syllable


class HeldPlaces:
    """Several threads may ask at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._held: tuple[int, frozenset[str]] = (-1, frozenset())

    def repaired(self, text: str) -> str:
        return repaired(text, self._regions())

    def _regions(self) -> frozenset[str]:
        with self._database.reading() as tx:
            seq = index_feed.last_change(tx)
            with self._lock:
                if self._held[0] != seq:
                    self._held = seq, frozenset(catalogue.regions_held(tx))
                return self._held[1]


def repaired(text: str, held: Collection[str]) -> str:
    """With the right name in the place of the wrong one, where just one place can be meant."""
    said = set(text)
    near = (name for name in _names(frozenset(held)) if sum(char not in said for char in name) <= 1)
    found = {(start, name) for name in near for start in _misspelt(text, name)}
    longest = {(start, name) for start, name in found if not any(_within(start, name, *other) for other in found)}
    for start, name in sorted(longest):
        if sum(start == other for other, _ in longest) == 1:
            text = f"{text[:start]}{name}{text[start + len(name) :]}"
    return text


def _within(start: int, name: str, other_start: int, other: str) -> bool:
    is_inside = other_start <= start and start + len(name) <= other_start + len(other)
    return is_inside and len(other) > len(name)


@functools.lru_cache(maxsize=8)
def _names(held: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({form for code in held if code != regions.COUNTRY for form in places.forms(code)}))


def _misspelt(text: str, name: str) -> Iterator[int]:
    shared = {at - row for row, char in enumerate(name) for at, one in enumerate(text) if one == char}
    for start in sorted(one for one in shared if 0 <= one <= len(text) - len(name)):
        written = text[start : start + len(name)]
        wrong = [(one, meant) for one, meant in zip(written, name, strict=True) if one != meant]
        end = start + len(name)
        if len(wrong) != 1 or places.cuts_words(text, start, end) or places.is_name(text[start : end + 1]):
            continue
        if _may_be(*wrong[0], written):
            yield start


def _may_be(one: str, meant: str, written: str) -> bool:
    """Of the same sound; where the words mean nothing as they stand, also nearly so, or of the same look."""
    if places.is_name(written):
        return syllable(one) == syllable(meant)
    if words.cut(written) == [written] or places.named_in(written):
        return False
    return slurred(one) == slurred(meant) or one in look_alikes().get(meant, frozenset())
