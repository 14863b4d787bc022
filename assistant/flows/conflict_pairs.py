"""Of what was found of two sides, the two clauses to be held against each other: by words, or as a model judges."""

from collections.abc import Collection, Sequence
from itertools import combinations, product

from assistant import coverage
from assistant.comparable_figures import Figure, figures
from assistant.judging import Judge
from assistant.parties import Side, explains
from knowledge import regions, words
from knowledge.catalogue import StoredPassage
from knowledge.documents import Level
from knowledge.library import Found

_LOCAL = frozenset({Level.CITY, Level.COUNTY})
MOST_OF_A_SIDE = 6
ALIKE = 2.0
OF_MESSAGE = 0.5
"""Of what of the message a clause says."""
OF_EXPLAINED = 0.5
"""What a pair gains of which one explains the other."""
OF_ALL_FIGURES = 0.5
"""What a pair gains that has all figures of the message between them."""
LEAST_OF_BEST = 0.35
"""Share of the best clause's score that the one to compare with must reach."""
OF_THE_MATTER = "不问听谁的，也不管对错，只看条款写没写这句话里说的那件事："
"""Put before the message, for no clause says which of two governs."""


def pair_of(ranked: Sequence[Found], sides: Sequence[Side], asked: str) -> list[Found]:
    """The clauses of two of the sides that fit best and say the most of the same matter.

    Where the sides are not named: the best one and the best of another document.
    """
    if not ranked:
        return []
    of_sides = [[one for one in ranked if side(one.passage)][:MOST_OF_A_SIDE] for side in sides]
    apart: list[tuple[Found, Found]] = [
        (one, other)
        for (mine, my_side), (theirs, their_side) in combinations(zip(of_sides, sides, strict=True), 2)
        for one, other in product(mine, theirs)
        if one.passage.document_id != other.passage.document_id
        and not (their_side(one.passage) and my_side(other.passage))  # 市里 and 青禾市 are one side
    ]
    if not sides:
        apart = [(ranked[0], one) for one in ranked if one.passage.document_id != ranked[0].passage.document_id]
    if apart:
        among, wanted = coverage.known(one.passage.body for one in ranked), set(words.grams(asked))
        said = figures(asked).keys()
        fitting = max(apart, key=lambda pair: _fit(pair[0], pair[1], wanted, among) + _figures_of_both(said, pair))
        return list(fitting)
    first = next((one for found in of_sides for one in found), ranked[0])
    other = _with_other_figure(asked, first, ranked)
    if other is not None:
        return [first, other]
    side = explains if explains(first.passage) else _is_local
    other = next((one for one in ranked if side(one.passage) != side(first.passage)), None)
    if other is None or other.score < LEAST_OF_BEST * first.score:
        return [first]
    return [first, other]


def _with_other_figure(asked: str, first: Found, ranked: Sequence[Found]) -> Found | None:
    """What another document says with a figure of the message that the first clause has not."""
    missing = figures(asked).keys() - figures(first.passage.body).keys()
    others = (one for one in ranked if one.passage.document_id != first.passage.document_id)
    return next((one for one in others if missing & figures(one.passage.body).keys()), None)


def _figures_of_both(said: Collection[Figure], pair: tuple[Found, Found]) -> float:
    """Of the figures of the message the share that one or the other clause has."""
    shown = figures("\n".join(one.passage.body for one in pair)).keys()
    return OF_ALL_FIGURES * len(set(said) & set(shown)) / len(said) if said else 0.0


def _fit(one: Found, other: Found, wanted: set[str], among: coverage.Known) -> float:
    """How well two clauses fit the message, and each other."""
    said = OF_MESSAGE * sum(coverage.covered(wanted, found.passage.body, among) for found in (one, other))
    explained = (
        OF_EXPLAINED if _is_explained(one.passage, other.passage) or _is_explained(other.passage, one.passage) else 0.0
    )
    return one.score + other.score + _alike(one.passage, other.passage) + said + explained


def _is_explained(one: StoredPassage, other: StoredPassage) -> bool:
    """Whether the first is the text that the second explains."""
    return explains(other) and one.title in other.title


def _alike(one: StoredPassage, other: StoredPassage) -> float:
    """Share of the words of the shorter that stand in the longer, weighed like a score."""
    mine, theirs = set(words.grams(one.body)), set(words.grams(other.body))
    return ALIKE * len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _is_local(passage: StoredPassage) -> bool:
    return regions.level(passage.region) in _LOCAL


class JudgedSides:
    """A model that may judge says which clauses of a side are about the matter; a ruling is given over no others."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def pair(self, ranked: Sequence[Found], sides: Sequence[Side], asked: str) -> list[Found] | None:
        """Two clauses, the one of the only side that has any, or none; None where the model cannot be asked."""
        groups = [[one for one in ranked if side(one.passage)][:MOST_OF_A_SIDE] for side in sides]
        told = [self.about(group, asked) for group in groups if group] if len(groups) > 1 else []
        if not told:
            told = [self.about(ranked[: 2 * MOST_OF_A_SIDE], asked)]
        chosen = [group for group in told if group is not None]
        if len(chosen) < len(told):
            return None
        kept = [one for group in chosen for one in group]
        if len(told) < 2:  # no two sides are named
            other = next((one for one in kept if one.passage.document_id != kept[0].passage.document_id), None)
            return [kept[0], other] if other else kept[:1]
        apart: list[tuple[Found, Found]] = [
            (one, other)
            for mine, theirs in combinations(chosen, 2)
            for one, other in product(mine, theirs)
            if one.passage.document_id != other.passage.document_id
        ]
        among, wanted = coverage.known(one.passage.body for one in ranked), set(words.grams(asked))
        fits = [_fit(one, other, wanted, among) for one, other in apart]
        return list(apart[fits.index(max(fits))]) if apart else kept[:1]

    def about(self, found: Sequence[Found], asked: str) -> list[Found] | None:
        """Those of them that write of the matter."""
        if not found:
            return []
        named = [(f"《{one.passage.title.strip('《》')}》{one.passage.clause}", one.passage.body) for one in found]
        verdict = self._judge.judge(f"{OF_THE_MATTER}{asked}", named)
        return None if verdict is None else [found[row] for row in verdict.rows]
