"""Passages by their meaning: what every vector index can do, and the exact one in memory (design.md 2)."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from knowledge.embedding import Vectors
from knowledge.scope import Hit, Scope, Shard


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    id: str
    shard: Shard
    vector: Vectors
    """Unit length, shape (dimension,)."""


class VectorIndex(Protocol):
    """Several threads may search while one replaces."""

    def replace(self, removed: Mapping[Shard, Sequence[str]], points: Sequence[Point]) -> None:
        """Take these ids out of these shards, then put the points in theirs; unknown ids are no error."""
        ...

    def search(self, vector: Vectors, scope: Scope, k: int, ids_on_date: Callable[[], Sequence[str]]) -> list[Hit]:
        """By cosine, best first, at most k.

        `ids_on_date` is asked only when the question is not about today: the ids in
        force on that day.
        """
        ...

    def count(self) -> int: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A shard in memory; never changed, only replaced."""

    ids: tuple[str, ...]
    matrix: Vectors
    """Unit vectors, one a row."""


class NumpyVectorIndex:
    """Exact, in memory: the fallback, the reader's index, and the oracle in tests."""

    def __init__(self) -> None:
        self._shards: dict[Shard, Rows] = {}
        self._lock = threading.Lock()

    def replace(self, removed: Mapping[Shard, Sequence[str]], points: Sequence[Point]) -> None:
        incoming: dict[Shard, dict[str, Vectors]] = {}
        for point in points:
            incoming.setdefault(point.shard, {})[point.id] = point.vector
        with self._lock:
            # Searches go on over the old rows: a shard is replaced whole, never changed.
            shards = dict(self._shards)
            for shard in {*removed, *incoming}:
                rows = merged(shards.get(shard), set(removed.get(shard, ())), incoming.get(shard, {}))
                if rows is None:
                    shards.pop(shard, None)
                else:
                    shards[shard] = rows
            self._shards = shards

    def search(self, vector: Vectors, scope: Scope, k: int, ids_on_date: Callable[[], Sequence[str]]) -> list[Hit]:
        shards = self._shards
        allowed = None if scope.is_today else set(ids_on_date())
        held = [rows for shard in scope.shards if (rows := shards.get(shard))]
        return best(nearest(held, vector, k, allowed), k)

    def count(self) -> int:
        return sum(len(rows.ids) for rows in self._shards.values())

    def close(self) -> None:
        with self._lock:
            self._shards = {}


def best(hits: Sequence[Hit], k: int) -> list[Hit]:
    """Of hits of several shards; equal scores stand in the order of their ids."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[: max(k, 0)]


def merged(rows: Rows | None, gone: set[str], incoming: Mapping[str, Vectors]) -> Rows | None:
    """The rows without those gone, with those incoming; None when nothing is left."""
    kept = [] if rows is None else [row for row, id in enumerate(rows.ids) if id not in gone and id not in incoming]
    ids = [*(rows.ids[row] for row in kept), *incoming] if rows else [*incoming]
    if not ids:
        return None
    parts = [rows.matrix[kept]] if rows and kept else []
    parts += [np.stack([_unit(vector) for vector in incoming.values()])] if incoming else []
    return Rows(tuple(ids), np.concatenate(parts))


def nearest(held: Sequence[Rows], vector: Vectors, k: int, allowed: set[str] | None) -> list[Hit]:
    """The best k of all shards together by cosine, and what is as like as the last, in no order.

    Of those allowed, if not all are. Hits are made of these alone: to make and sort some of every shard takes as long
    as to compare its vectors.
    """
    asked = _unit(vector)
    scores = [rows.matrix @ asked for rows in held]
    if allowed is not None:
        for rows, of_shard in zip(held, scores, strict=True):
            of_shard[[row for row, id in enumerate(rows.ids) if id not in allowed]] = -np.inf
    least = _kth(np.concatenate(scores), k) if scores else 0.0
    hits: list[Hit] = []
    for rows, of_shard in zip(held, scores, strict=True):
        near = np.flatnonzero((of_shard >= least) & (of_shard > -np.inf))
        hits += map(Hit, [rows.ids[row] for row in near.tolist()], of_shard[near].tolist())
    return hits


def _kth(scores: Vectors, k: int) -> float:
    """The k-th largest; the smallest where there are not so many."""
    at = max(len(scores) - max(k, 1), 0)
    return float(np.partition(scores, at)[at])


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    unit: Vectors = np.asarray(vector, dtype=np.float32) / np.float32(length or 1.0)
    return unit
