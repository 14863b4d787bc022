"""Two rankings to one: meaning leads, words correct it (design.md 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.scope import Hit

WORDS_WEIGHT = 0.002
"""cosine + 0.002 × BM25. Not divided by the best score: where the words of a question hardly occur
(dialect), the best of bad matches must not count in full. R@10 .566 on STARD's training split
(÷ max: .561), R@3 .569 on the variants of the sample's FAQ (÷ max: .561)."""
CANDIDATES = 200
"""From each index; a passage that only one of them found gets the other's lowest score."""


@dataclass(frozen=True, slots=True)
class Fused:
    id: str
    score: float
    meaning: float | None
    """Cosine to the question; None when this passage was found by its words alone."""
    words: float | None
    """BM25 over the best one's; None when found by meaning alone."""


def fuse(words: Sequence[Hit], meaning: Sequence[Hit], *, words_weight: float = WORDS_WEIGHT) -> list[Fused]:
    """Best first. Without one of the rankings the other decides alone."""
    best = max((hit.score for hit in words), default=0.0)
    by_words = {hit.id: hit.score for hit in words} if best > 0 else {}
    by_meaning = {hit.id: hit.score for hit in meaning}
    floor = min(by_meaning.values(), default=0.0)
    weight = words_weight if by_meaning else 1.0 / (best or 1.0)
    fused = [
        Fused(
            identity,
            by_meaning.get(identity, floor) + weight * by_words.get(identity, 0.0),
            by_meaning.get(identity),
            by_words[identity] / best if identity in by_words else None,
        )
        for identity in {**by_meaning, **by_words}
    ]
    return sorted(fused, key=lambda found: (-found.score, found.id))
