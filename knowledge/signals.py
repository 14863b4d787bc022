"""What was found as a whole: signs from which `assistant.answerability` tells whether it answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from knowledge.scope import Hit

FIRST = 3
"""Clauses that count as the answer."""
FOLLOWING = 9
"""Clauses after the first that the margin is measured against."""
NARROW = 0.05
"""Of the scores: how quickly one that lies lower stops to compete."""


@dataclass(frozen=True, slots=True)
class Near:
    """Known questions like this one, wherever their answers bind."""

    nearest: float
    """Cosine of the nearest."""
    five: float
    """Mean cosine of the five nearest."""
    votes: float
    """Share of them, by nearness, that the first clauses answer."""


@dataclass(frozen=True, slots=True)
class Signals:
    words: float = 0.0
    """BM25 of the best match by words, not divided by anything."""
    near: Near | None = None
    """None where hardly any question has a known answer."""
    margin: float = 0.0
    """How far the first clause stands above those that follow."""
    alone: float = 0.0
    """Share of the first clause among all that compete, from near 0 to 1."""
    covered: float = 0.0
    """Share of what the question says, by the rarity of its words, that the first clause says too, in its words or
    in those of the law."""
    covered_near: float = 0.0
    """The same of the first clauses together."""


def margin(scores: Sequence[float]) -> float:
    """Of the first over the mean of those that follow."""
    following = scores[1 : FOLLOWING + 1]
    return scores[0] - fmean(following) if following else 0.0


def alone(scores: Sequence[float]) -> float:
    competing = scores[: FOLLOWING + 1]
    return 1 / sum(math.exp((score - competing[0]) / NARROW) for score in competing) if competing else 0.0


@dataclass(frozen=True, slots=True)
class Covered:
    """What a question says, and what of it stands in clauses."""

    rarity: Mapping[str, float]
    """Of each telling word, none inside another."""
    terms: Mapping[str, Sequence[str]]
    """What the law calls these words."""

    def share(self, text: str) -> float:
        """`text` is folded as words are."""
        whole = sum(self.rarity.values())
        return sum(rare for word, rare in self.rarity.items() if self._is_said(word, text)) / whole if whole else 0.0

    def _is_said(self, word: str, text: str) -> bool:
        return word in text or any(term in text for term in self.terms.get(word, ()))


def longest(telling: Sequence[str]) -> list[str]:
    """Words of which none is inside another; the longest come first."""
    return [word for at, word in enumerate(telling) if not any(word in longer for longer in telling[:at])]


def seen(asks: Covered, first: Sequence[str], by_words: Sequence[Hit], scores: Sequence[float]) -> Signals:
    """`first`: the first clauses, folded; `scores`: of all that were ranked, best first."""
    return Signals(
        words=by_words[0].score if by_words else 0.0,
        margin=margin(scores),
        alone=alone(scores),
        covered=asks.share(first[0]) if first else 0.0,
        covered_near=asks.share("\n".join(first)),
    )
