"""How like messages are to known sentences: in words, without any model, and in meaning."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np

from knowledge.embedding import Vectors
from knowledge.vocabulary import sound

SHARPNESS = 1.5
"""How fast likeness falls with the distance: what is far apart counts little, and never against."""
STRIP = 512
"""Rows of a large table that are made at a time."""
NEAR_ENOUGH = 0.003
"""Share of what was wanted that may be missed."""
MOST_ROUNDS = 300
TINY = 1e-20
SMALL = 256
"""Rows of a triangle that is inverted at once."""
OFTEN = 150
"""Sentences from which a piece of words is taken into the one large product; rarer ones are added pair by pair."""


class Words:
    """Cosine over characters, pairs of characters and their sounds, rare ones counting more.

    Kept sparse: a sentence has some sixty of many thousand pieces.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [set(_grams(text)) for text in texts]
        known = Counter(chain.from_iterable(counts))
        kept = sorted(gram for gram, occurs in known.items() if occurs > 1)
        self._column = {gram: column for column, gram in enumerate(kept)}
        self._weight = np.array([math.log(1 + len(texts) / known[gram]) for gram in kept], dtype=np.float32)
        self._rarest = math.log(1 + len(texts))
        rows = [self._row(grams) for grams in counts]
        self._size = len(texts)
        self._rows = np.repeat(np.arange(self._size), [len(columns) for columns, _ in rows])
        self._columns = np.concatenate([columns for columns, _ in rows])
        self._values = np.concatenate([values for _, values in rows])

    def kernel(self) -> Vectors:
        """Of all known sentences with each other."""
        order = np.argsort(self._columns, kind="stable")
        rows, columns, values = self._rows[order], self._columns[order], self._values[order]
        starts = np.searchsorted(columns, np.arange(len(self._weight) + 1))
        occurs = np.diff(starts)
        often = np.flatnonzero(occurs >= OFTEN)
        table = np.zeros((self._size, len(often)), dtype=np.float32)
        for at, column in enumerate(often):
            span = slice(starts[column], starts[column + 1])
            table[rows[span], at] = values[span]
        kernel: Vectors = table @ table.T
        for column in np.flatnonzero(occurs < OFTEN):
            span = slice(starts[column], starts[column + 1])
            kernel[rows[span][:, None], rows[span]] += values[span][:, None] * values[span]
        return kernel

    def folded_in(self, votes: Vectors) -> Vectors:
        """The votes of the known sentences as votes of their pieces: what `scores` sums up."""
        folded = np.zeros((len(self._weight), votes.shape[1]), dtype=np.float32)
        np.add.at(folded, self._columns, self._values[:, None] * votes[self._rows])
        return folded

    def scores(self, text: str, folded: Vectors) -> Vectors:
        columns, values = self._row(set(_grams(text)))
        scores: Vectors = values @ folded[columns]
        return scores

    def _row(self, grams: set[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Vectors]:
        columns = np.array(sorted(self._column[gram] for gram in grams if gram in self._column), dtype=np.int64)
        weights = self._weight[columns]
        unknown = len(grams) - len(columns)
        length = math.sqrt(float((weights**2).sum()) + unknown * self._rarest**2 / 4) or 1.0
        return columns, weights / length


class Meanings:
    """Cosines of what is left when the mean of all sentences is taken away: plain ones are all alike."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean = vectors.mean(axis=0)
        self._table = self._centred(vectors)

    def add_to(self, kernel: Vectors, share: float) -> None:
        """The likeness of all known sentences with each other, as a share; in strips, for the table is large."""
        for start in range(0, len(self._table), STRIP):
            rows = slice(start, start + STRIP)
            kernel[rows] += share * _sharpened(self._table[rows] @ self._table.T)

    def likeness(self, vectors: Vectors) -> Vectors:
        """Of each of the vectors with all known sentences.

        Strip by strip, for the table has to be fetched from memory: 3 take 1.8 ms, one after the other 2.9.
        """
        asked, found = self._centred(vectors), np.empty((len(vectors), len(self._table)), dtype=np.float32)
        for start in range(0, len(self._table), STRIP):
            strip = self._table[start : start + STRIP]
            for one, row in zip(asked, found, strict=True):
                np.dot(strip, one, out=row[start : start + STRIP])
        return _sharpened(found)

    def _centred(self, vectors: Vectors) -> Vectors:
        moved = vectors - self._mean
        centred: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return centred


def solved(system: Vectors, wanted: Vectors) -> Vectors:
    """What the symmetric, positive system turns into `wanted`, column by column (conjugate gradients).

    Near enough after some seventy rounds, so near that the number of threads makes no difference; elimination would
    take more time, and twice the memory.
    """
    found = np.zeros_like(wanted)
    rest, way = wanted.copy(), wanted.copy()
    size = (rest * rest).sum(axis=0)
    enough = NEAR_ENOUGH**2 * size
    for _ in range(MOST_ROUNDS):
        moved = system @ way
        step = size / np.maximum((way * moved).sum(axis=0), TINY)
        found += step * way
        rest -= step * moved
        new = (rest * rest).sum(axis=0)
        if (new <= enough).all():
            break
        way = rest + (new / np.maximum(size, TINY)) * way
        size = new
    return found


def diagonal_of_inverse(system: Vectors) -> Vectors:
    """Of a symmetric, positive system: by its triangular root, in a third of the time that the whole inverse takes."""
    diagonal: Vectors = (_inverse_below(np.linalg.cholesky(system)) ** 2).sum(axis=0)
    return diagonal


def _inverse_below(root: Vectors) -> Vectors:
    """Of a lower triangle, half by half: nearly all of it is products."""
    if len(root) <= SMALL:
        inverse: Vectors = np.linalg.inv(root)
        return inverse
    half = len(root) // 2
    first, second = _inverse_below(root[:half, :half]), _inverse_below(root[half:, half:])
    found = np.zeros_like(root)
    found[:half, :half], found[half:, half:] = first, second
    found[half:, :half] = -(second @ (root[half:, :half] @ first))
    return found


def _sharpened(cosines: Vectors) -> Vectors:
    """In place: the tables are large."""
    cosines -= 1
    cosines *= SHARPNESS
    return np.exp(cosines, out=cosines)


def _grams(text: str) -> list[str]:
    """Characters, pairs of them, and how the pairs sound: 信西 is like 信息."""
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return [*text, *pairs, *map(sound, pairs)]
