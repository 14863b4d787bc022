"""How much of what is meant a clause says: pairs of characters that stand in few of the clauses count most."""

from collections import Counter
from collections.abc import Iterable

from knowledge import words

Known = Counter[str]


def known(bodies: Iterable[str]) -> Known:
    """In how many of the clauses each pair of characters stands: what stands in few tells which matter is meant."""
    return Counter(gram for body in bodies for gram in set(words.grams(body)))


def covered(wanted: set[str], body: str, among: Known) -> float:
    """From 0 to 1."""
    whole = sum(1 / max(1, among[gram]) for gram in wanted)
    return sum(1 / max(1, among[gram]) for gram in wanted & set(words.grams(body))) / whole if whole else 0.0
