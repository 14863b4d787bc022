"""What the exemplars teach: how much each of them speaks for its class. Learned once by a process, however many ask.

The weights of the votes are fitted by kernel ridge regression: 7,000 sentences take 2.5 s and, meanwhile, 400 MB.
"""

import functools
from collections.abc import Sequence

import numpy as np

from assistant.behaviours import Behaviour
from assistant.exemplars import Exemplar
from assistant.likeness import Meanings, Words, diagonal_of_inverse, solved
from assistant.safety import folded
from knowledge.embedding import Vectors
from knowledge.vector_cache import CachedEmbedding

WORDS_SHARE = 0.5
"""Weight of the words beside the meaning."""
RIDGE = 0.15
BACKGROUND_WEIGHT = 0.3
"""Of a known question beside an exemplar written for the purpose."""
KEPT = 2
"""Lessons: one with a model of meaning, one without."""


class Lesson:
    """Never changed once it is learned: several threads may use one."""

    def __init__(
        self, exemplars: Sequence[Exemplar], background: Sequence[str], embedding: CachedEmbedding | None
    ) -> None:
        texts = [*(one.text for one in exemplars), *background]
        labels = [*(one.behaviour for one in exemplars), *([Behaviour.ANSWER] * len(background))]
        self.classes = sorted(set(labels))
        self._words = Words([folded(text) for text in texts])
        self._meanings = Meanings(embedding.encode(texts)) if embedding else None
        weights = np.array([*([1.0] * len(exemplars)), *([BACKGROUND_WEIGHT] * len(background))], dtype=np.float32)
        self._penalties: Vectors = (RIDGE / weights).astype(np.float32)
        self._wanted: Vectors = np.array([[label is one for one in self.classes] for label in labels], np.float32)
        self._votes: Vectors = solved(self._system(), self._wanted)
        self._word_votes = self._words.folded_in(self._votes)

    def scores(self, texts: Sequence[str], vectors: Vectors | None) -> Vectors:
        """Of every class, a row a text; `vectors` of the texts where there is a model of meaning."""
        scores: Vectors = np.stack([self._words.scores(folded(text), self._word_votes) for text in texts])
        if self._meanings is not None and vectors is not None:
            meant = self._meanings.likeness(vectors) @ self._votes
            scores = (1 - WORDS_SHARE) * meant + WORDS_SHARE * scores
        return scores

    @functools.cached_property
    def left_out(self) -> Vectors:
        """The scores of every exemplar by all others, without fitting once for each (Allen's PRESS)."""
        diagonal = diagonal_of_inverse(self._system())
        left_out: Vectors = (self._wanted - self._votes / diagonal[:, None]).astype(np.float32)
        return left_out

    def _system(self) -> Vectors:
        """What was fitted: a large table, needed no more once it is solved."""
        system = self._words.kernel()
        if self._meanings is not None:
            system *= WORDS_SHARE
            self._meanings.add_to(system, 1 - WORDS_SHARE)
        system[np.diag_indices_from(system)] += self._penalties
        return system


@functools.lru_cache(maxsize=KEPT)
def learned(exemplars: tuple[Exemplar, ...], background: tuple[str, ...], embedding: CachedEmbedding | None) -> Lesson:
    """The lesson of these, which another one of this process may have learned before."""
    return Lesson(exemplars, background, embedding)
