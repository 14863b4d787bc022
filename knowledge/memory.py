"""Remembers which clause answered a like question: the third source beside words and meaning (design.md 5).

A few thousand questions, so they are compared one by one: exact, and nothing to keep in step with a file.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from sqlalchemy import Connection, select

from knowledge import index_feed, links, regions
from knowledge.database import Database
from knowledge.embedding import Vectors
from knowledge.links import Link
from knowledge.schema import clauses, documents, passages
from knowledge.scope import in_force
from knowledge.vector_cache import CachedEmbedding

NEIGHBOURS = 80
"""Questions that are asked for their clauses; below them nothing reaches `LEAST`."""
LEAST = 0.6
"""Cosine of two questions from which one says something about the other."""
TELLING = 200
"""Known questions from which on a question unlike all of them is likely about something else."""
_SUBDIVISIONS = "第（·#0123456789"
_DOCUMENTS_PER_QUERY = 200


@dataclass(frozen=True, slots=True)
class Recalled:
    id: str
    """Of the passage."""
    similarity: float
    """Cosine of the nearest question that this passage is known to answer."""
    meaning: float
    """Cosine of the passage itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    questions: tuple[str, ...]
    vectors: Vectors
    """Of the questions, shape (questions, dimension)."""
    targets: tuple[tuple[int, ...], ...]
    """Rows of `passages` that answer each question."""
    passages: tuple[str, ...]
    passage_vectors: Vectors

    def recall(self, asked: Vectors, meant: Vectors | None = None, *, without: Iterable[int] = ()) -> list[Recalled]:
        """Passages that answered questions like this one, best first.

        `asked` is compared with the questions, `meant` (else `asked`) with the passages;
        `without` leaves out rows of the questions (training leaves out the one it asks).
        """
        if not self.questions:
            return []
        scores = self.vectors @ asked
        scores[list(without)] = -1.0
        best: dict[int, float] = {}
        for row in _largest(scores, NEIGHBOURS):
            for target in self.targets[row]:
                best[target] = max(best.get(target, 0.0), float(scores[row]))
        rows = [row for row, score in best.items() if score > LEAST]
        meaning = self.passage_vectors[rows] @ (asked if meant is None else meant)
        found = [
            Recalled(self.passages[row], best[row], float(cosine)) for row, cosine in zip(rows, meaning, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.similarity, one.id))

    def nearest(self, asked: Vectors, *, without: Iterable[int] = ()) -> float | None:
        """Cosine of the question most like this one; None where too few are known to tell anything."""
        if len(self.questions) < TELLING:
            return None
        scores = self.vectors @ asked
        scores[list(without)] = -1.0
        return float(scores.max())


def _largest(scores: Vectors, k: int) -> list[int]:
    if len(scores) <= k:
        return list(range(len(scores)))
    rows: list[int] = np.argpartition(-scores, k)[:k].tolist()
    return rows


class MemoryKeeper:
    """The memory of this knowledge base, learned anew when documents, links or the day change."""

    def __init__(
        self,
        database: Database,
        embedding: CachedEmbedding | None,
        shipped: Sequence[Link],
        *,
        today: Callable[[], date],
    ) -> None:
        self._database, self._embedding, self._shipped, self._today = database, embedding, shipped, today
        self._learned: tuple[object, ...] | None = None
        self._memory: Memory | None = None

    @property
    def memory(self) -> Memory | None:
        """None without an embedding model, or before the first refresh."""
        return self._memory

    def refresh(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Costs two queries when nothing changed; else seconds, so it is not done while somebody waits."""
        if self._embedding is None:
            return
        today = self._today()
        with self._database.reading() as tx:
            state = (index_feed.last_change(tx), links.revision(tx), today)
            if state == self._learned:
                return
            known = [*self._shipped, *links.published(tx), *links.confirmed(tx)]
            places = places_of(tx, known, on=today)
        self._memory = _learn(known, places, self._embedding, on_progress)
        self._learned = state


@dataclass(frozen=True, slots=True)
class Place:
    """A passage in force today, and where it stands."""

    id: str
    region: str
    clause: str
    text: str


def resolve(link: Link, places: Mapping[str, Sequence[Place]]) -> list[Place]:
    """The passages that a link means; none when the document is not here."""
    allowed = set(regions.chain(link.region)) if link.region else None
    return [
        place
        for place in places.get(_folded(link.title), ())
        if covers(link.clause, place.clause) and (allowed is None or place.region in allowed)
    ]


def covers(clause: str, path: str) -> bool:
    """第六条 covers its 款 and 项, 三（二） its points; never 第六十条."""
    rest = path.removeprefix(clause)
    return path == clause or (rest != path and rest[0] in _SUBDIVISIONS)


def _folded(title: str) -> str:
    """《X（试行）》 is written with either kind of brackets."""
    return unicodedata.normalize("NFKC", title)


def places_of(tx: Connection, known: Iterable[Link], *, on: date) -> dict[str, list[Place]]:
    """Passages in force on the day of the documents that links name, by folded title."""
    titles = {_folded(link.title) for link in known}
    named = {row.id: _folded(row.title) for row in tx.execute(select(documents.c.id, documents.c.title))}
    wanted = [identity for identity, title in named.items() if title in titles]
    found: dict[str, list[Place]] = {}
    for start in range(0, len(wanted), _DOCUMENTS_PER_QUERY):
        query = (
            select(passages, clauses.c.path)
            .join(clauses, clauses.c.id == passages.c.clause_id)
            .where(passages.c.document_id.in_(wanted[start : start + _DOCUMENTS_PER_QUERY]))
        )
        for row in tx.execute(query):
            if in_force(row.valid_from, row.valid_to, on=on):
                text = f"{row.context}\n{row.body}".strip()  # as documents.Passage.embedded_text
                found.setdefault(named[row.document_id], []).append(Place(row.id, row.region, row.path, text))
    return found


def _learn(
    known: Sequence[Link],
    places: Mapping[str, Sequence[Place]],
    embedding: CachedEmbedding,
    on_progress: Callable[[int, int], None] | None,
) -> Memory:
    answered: dict[str, dict[str, Place]] = {}
    for link in known:
        for place in resolve(link, places):
            answered.setdefault(link.question, {})[place.id] = place
    targets = {place.id: place for place in chain.from_iterable(found.values() for found in answered.values())}
    rows = {identity: row for row, identity in enumerate(targets)}
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if on_progress:
            on_progress(done, len(answered) + len(targets))

    return Memory(
        questions=tuple(answered),
        vectors=embedding.encode(list(answered), on_progress=count),
        targets=tuple(tuple(rows[identity] for identity in found) for found in answered.values()),
        passages=tuple(targets),
        passage_vectors=embedding.encode([place.text for place in targets.values()], on_progress=count),
    )
