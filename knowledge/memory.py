"""Remembers which clause answered a like question: the third source beside words and meaning (design.md 5).

A few thousand questions, so they are compared one by one: exact, and nothing to keep in step with a file.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from knowledge import index_feed, links
from knowledge.database import Database
from knowledge.embedding import Vectors
from knowledge.linked_places import Place, other_versions, places_of, resolve
from knowledge.links import Link
from knowledge.signals import Near
from knowledge.vector_cache import CachedEmbedding

NEIGHBOURS = 80
"""Questions that are asked for their clauses; below them nothing reaches `LEAST`."""
LEAST = 0.6
"""Cosine of two questions from which one says something about the other."""
VOTING = 8
"""Known questions that are held against what was found."""
NARROW = 0.03
"""Of their cosines: how quickly one that is less alike stops to count."""
TELLING = 200
"""Known questions from which on a question unlike all of them is likely about something else."""
SAME_CLAUSE = 0.85
"""Cosine from which a passage of another version of a document says the same: asked about the day on which
that version was in force, it answers what the present one answers."""


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

    def likeness(self, asked: Vectors, *, without: Iterable[int] = ()) -> Vectors:
        """Cosine of every known question, for `recall` and `near`.

        `without` leaves out rows (training leaves out the question it asks).
        """
        scores: Vectors = self.vectors @ asked
        scores[list(without)] = -1.0
        return scores

    def recall(self, scores: Vectors, meant: Vectors) -> list[Recalled]:
        """Passages that answered questions like this one, best first; `meant` is compared with the passages."""
        if not self.questions:
            return []
        best: dict[int, float] = {}
        for row in _largest(scores, NEIGHBOURS):
            for target in self.targets[row]:
                best[target] = max(best.get(target, 0.0), float(scores[row]))
        rows = [row for row, score in best.items() if score > LEAST]
        meaning = self.passage_vectors[rows] @ meant
        found = [
            Recalled(self.passages[row], best[row], float(cosine)) for row, cosine in zip(rows, meaning, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.similarity, one.id))

    def near(self, scores: Vectors, found: Sequence[str], entries: Sequence[str] = ()) -> Near | None:
        """How known the matter is, and whether the passages `found` answer questions like it.

        `entries`: published questions among them; what is known to answer these counts as found.
        None where too few questions are known to tell anything.
        """
        if len(self.questions) < TELLING:
            return None
        rows = sorted(_largest(scores, VOTING), key=lambda row: -scores[row])
        first = float(scores[rows[0]])
        weights = [math.exp((float(scores[row]) - first) / NARROW) for row in rows]
        own = [self.targets[self.questions.index(one)] for one in {*entries} if one in self.questions]
        wanted = {*found, *(self.passages[target] for target in chain.from_iterable(own))}
        agree = [bool(wanted & {self.passages[target] for target in self.targets[row]}) for row in rows]
        votes = sum(weight for weight, agrees in zip(weights, agree, strict=True) if agrees) / sum(weights)
        return Near(first, float(scores[rows[:5]].mean()), votes)


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
        asking: CachedEmbedding | None = None,
    ) -> None:
        """`asking` encodes questions, where that is another model than that of the passages."""
        self._database, self._embedding, self._shipped, self._today = database, embedding, shipped, today
        self._asking = asking or embedding
        self._learned: tuple[object, ...] | None = None
        self._memory: Memory | None = None

    @property
    def memory(self) -> Memory | None:
        """None without an embedding model, or before the first refresh."""
        return self._memory

    def refresh(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Costs two queries when nothing changed; else seconds, so it is not done while somebody waits."""
        if self._embedding is None or self._asking is None:
            return
        today = self._today()
        with self._database.reading() as tx:
            state = (index_feed.last_change(tx), links.revision(tx), today)
            if state == self._learned:
                return
            known = [*self._shipped, *links.published(tx), *links.confirmed(tx)]
            places = places_of(tx, known, on=today)
            versions = other_versions(tx, {place.document for place in chain.from_iterable(places.values())})
        self._memory = _learn(known, places, versions, (self._asking, self._embedding), on_progress)
        self._learned = state


def _learn(
    known: Sequence[Link],
    places: Mapping[str, Sequence[Place]],
    versions: Mapping[str, Sequence[Sequence[Place]]],
    models: tuple[CachedEmbedding, CachedEmbedding],
    on_progress: Callable[[int, int], None] | None,
) -> Memory:
    """`models`: of the questions, and of the passages."""
    asking, embedding = models
    answered: dict[str, dict[str, Place]] = {}
    for link in known:
        for place in resolve(link, places):
            answered.setdefault(link.question, {})[place.id] = place
    targets = {place.id: place for place in chain.from_iterable(found.values() for found in answered.values())}
    others = list({place.id: place for texts in versions.values() for place in chain.from_iterable(texts)}.values())
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if on_progress:
            on_progress(done, len(answered) + len(targets) + len(others))

    vectors = asking.encode(list(answered), on_progress=count)
    known_places = [*targets.values(), *others]
    place_vectors = embedding.encode([place.text for place in known_places], on_progress=count)
    rows = {place.id: row for row, place in reversed(list(enumerate(known_places)))}
    alike = _alike(targets.values(), versions, rows, place_vectors)
    return Memory(
        questions=tuple(answered),
        vectors=vectors,
        targets=tuple(
            tuple(dict.fromkeys(row for identity in found for row in (rows[identity], *alike.get(identity, ()))))
            for found in answered.values()
        ),
        passages=tuple(place.id for place in known_places),
        passage_vectors=place_vectors,
    )


def _alike(
    targets: Iterable[Place],
    versions: Mapping[str, Sequence[Sequence[Place]]],
    rows: Mapping[str, int],
    vectors: Vectors,
) -> dict[str, list[int]]:
    """The row of the same clause in each other version of its document, where one says the same."""
    found: dict[str, list[int]] = {}
    for place in targets:
        for texts in versions.get(place.document, ()):
            candidates = [rows[other.id] for other in texts]
            likeness = vectors[candidates] @ vectors[rows[place.id]]
            best = int(likeness.argmax())
            if likeness[best] >= SAME_CLAUSE:
                found.setdefault(place.id, []).append(candidates[best])
    return found
