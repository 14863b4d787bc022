"""Three rankings to one: meaning leads, words correct it, what was confirmed lifts (design.md 4, 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.memory import LEAST, Recalled
from knowledge.scope import Hit

CANDIDATES = 200
"""From each index; a passage that only one of them found gets the other's lowest score."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """cosine + words × BM25 + memory × (similarity of the nearest confirmed question − LEAST)."""

    words: float = 0.002
    """Of raw BM25. Not divided by the best score: where the words of a question hardly occur
    (dialect), the best of bad matches must not count in full. R@10 .566 on STARD's training split
    (÷ max: .561), R@3 .569 on the variants of the sample's FAQ (÷ max: .561)."""
    memory: float = 0.8
    """First in place .655 → .77, in the first three .82 → .895 over the 440 questions of development
    (.4: .741 and .882, 1.5: .736 and .891)."""
    local: float = 0.09
    """What a rule of the person's own province, city or county is lifted by: it says what the general one leaves
    open. The right clause among the first three .935 → .965 where it is a local one, .923 either way where it is
    a national one (724 questions of development; against .03, and that for cities only)."""


UNDER_TRAINED_ENCODER = FusionWeights(words=0.002, memory=1.1, local=0.18)
"""Its scores lie further apart. Chosen on 872 questions of development and not, like the map, on held-out links: these
are like the known ones, so they lean on the memory too much (.001 and 1.6: first in place 756, in the first three 844;
these: 770 and 851, about another day 126 → 132 of 134)."""


@dataclass(frozen=True, slots=True)
class Fused:
    id: str
    score: float
    meaning: float | None
    """Cosine to the question; None when this passage was found by its words alone."""
    words: float | None
    """BM25 over the best one's; None when found by meaning alone."""
    remembered: float | None = None
    """Cosine of the nearest question that this passage is known to answer."""


def fuse(
    words: Sequence[Hit],
    meaning: Sequence[Hit],
    recalled: Sequence[Recalled] = (),
    weights: FusionWeights = FusionWeights(),
    most: int | None = None,
) -> list[Fused]:
    """Best first, at most so many. Without one of the rankings the others decide."""
    best = max((hit.score for hit in words), default=0.0)
    by_words = {hit.id: hit.score for hit in words} if best > 0 else {}
    by_meaning = {hit.id: hit.score for hit in meaning}
    floor = min(by_meaning.values(), default=0.0)
    by_meaning.update((one.id, one.meaning) for one in recalled)
    similar = {one.id: one.similarity for one in recalled}
    lifted = {one.id: weights.memory * max(0.0, one.similarity - LEAST) for one in recalled}
    of_words = weights.words if by_meaning else 1.0 / (best or 1.0)
    meant, said, lift = by_meaning.get, by_words.get, lifted.get
    scores = [
        (-meant(identity, floor) - of_words * said(identity, 0.0) - lift(identity, 0.0), identity)
        for identity in {**by_meaning, **by_words}
    ]
    return [
        Fused(
            identity,
            -score,
            by_meaning.get(identity),
            by_words[identity] / best if identity in by_words else None,
            similar.get(identity),
        )
        for score, identity in sorted(scores)[:most]
    ]
