"""The front door: a question in, the clauses that may answer it out, each with why it was found."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from knowledge import catalogue, regions, words
from knowledge.catalogue import StoredPassage
from knowledge.clause_words import readable
from knowledge.database import Database
from knowledge.documents import Audience, ClauseKind, Level
from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.fusion import CANDIDATES, Fused, FusionWeights, fuse
from knowledge.index_keeper import Indexes
from knowledge.known_names import KnownNames
from knowledge.memory import Memory
from knowledge.ranking import Ranking
from knowledge.references import Reference, find_reference
from knowledge.reranking import Reranker, rerank
from knowledge.rewriting import Rewriter, Rewritten, unchanged
from knowledge.scope import Hit, Scope
from knowledge.signals import FIRST, Signals, alone, covered, margin

EXACT_BONUS = 1.0
"""A clause that the question names stands before everything that only resembles it."""
TITLE_BONUS = 0.15
LOCAL_BONUS = 0.03
"""A rule of the person's own city or county before a general one that resembles the question as much."""
MATCHED_WORDS = 8
NEAREST_PLACES = 3
CHECKED = 80
"""Best of the fused ranking that are looked up in SQL: several passages may belong to one clause."""


class Searchable(Protocol):
    """The keeper of the indexes, or its reader in a second process."""

    def searching(self) -> AbstractContextManager[Indexes]: ...


class Remembering(Protocol):
    """The keeper of the memory."""

    @property
    def memory(self) -> Memory | None: ...


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    region: str
    """Six-digit code; rules of this place and of everything above it apply."""
    on: date
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Why:
    """Why a clause was found."""

    meaning: float | None
    words: float | None
    matched: tuple[str, ...]
    named: bool
    """The question names the document or the clause itself."""
    remembered: float | None = None
    """Cosine of the nearest question that this clause is known to answer."""


@dataclass(frozen=True, slots=True)
class Found:
    passage: StoredPassage
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, best first, one entry a clause."""

    results: tuple[Found, ...] = ()
    by_words_alone: bool = False
    reference: Reference = field(default_factory=Reference)
    asked: Rewritten = field(default_factory=lambda: unchanged(""))
    signals: Signals = field(default_factory=Signals)


class Library:
    def __init__(
        self,
        database: Database,
        indexes: Searchable,
        embedding: EmbeddingModel | None,
        *,
        today: Callable[[], date],
        rewriter: Rewriter | None = None,
        memory: Remembering | None = None,
        ranking: Ranking | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._database, self._indexes, self._embedding, self._today = database, indexes, embedding, today
        self._rewriter, self._memory, self._ranking = rewriter, memory, ranking
        self._reranker = reranker
        self._weights = ranking.weights if ranking else FusionWeights()
        self._names = KnownNames()

    def over(self, indexes: Searchable, memory: Remembering | None) -> "Library":
        """The same with other indexes and another memory: for measurements."""
        return Library(
            self._database,
            indexes,
            self._embedding,
            today=self._today,
            rewriter=self._rewriter,
            memory=memory,
            ranking=self._ranking,
            reranker=self._reranker,
        )

    def find(self, question: Question, *, limit: int = 10) -> Finding:
        """At most `limit` clauses that bind in the region, are in force on the day and may be read."""
        return self._find(question, self.scope(question), limit)

    def elsewhere(self, question: Question, *, limit: int = 5) -> Finding:
        """Public rules in force in other places, which do not bind in the question's region.

        Words choose the few places that are then searched: the cost does not grow with their number.
        """
        asked = self.rewritten(question.text).for_words
        with self._indexes.searching() as indexes, self._database.reading() as tx:
            scope = replace(self.scope(question), audiences=(Audience.PUBLIC,))
            others = [region for region in catalogue.regions_held(tx) if region not in scope.regions]
            wide = replace(scope, regions=tuple(others))
            hits = indexes.words.search(asked, wide, CHECKED) if others else []
            stored = catalogue.usable(tx, [hit.id for hit in hits], wide)
        places = dict.fromkeys(stored[hit.id].region for hit in hits if hit.id in stored)
        nearest = tuple(itertools.islice(places, NEAREST_PLACES))
        return self._find(question, replace(wide, regions=nearest), limit) if nearest else Finding()

    def _find(self, question: Question, scope: Scope, limit: int) -> Finding:
        asked = self.rewritten(question.text)
        vector = self._vector(asked)
        meant = self._ranking.meant(vector) if self._ranking and vector is not None else vector
        with self._indexes.searching() as indexes, self._database.reading() as tx:
            by_words = indexes.words.search(asked.for_words, scope, CANDIDATES)
            by_meaning = self._by_meaning(tx, indexes, meant, scope)
            reference = find_reference(question.text, self._names.within(tx, scope.regions))
            named = self._named(tx, scope, reference)
            memory = self._memory.memory if self._memory else None
            alike = memory.likeness(vector) if memory and vector is not None else None
            recalled = memory.recall(alike, meant) if memory and alike is not None and meant is not None else []
            fused = fuse(by_words, by_meaning or [], recalled, self._weights)[:CHECKED]
            stored = catalogue.usable(tx, [one.id for one in fused], scope)
            stored.update({passage.id: passage for passage in named})
            ranked = _rank(fused, stored, {passage.id for passage in named}, reference)
            best = list(_best_of_each_clause(ranked))
            signs = _signs(indexes, asked, by_words, best)
            if memory and alike is not None:
                first = [found.passage for found in best[:FIRST]]
                entries = [
                    passage.body.partition("\n")[0] for passage in first if passage.clause_kind == ClauseKind.FAQ
                ]
                signs = replace(signs, near=memory.near(alike, [passage.id for passage in first], entries))
        reranker = None if named else self._reranker  # a clause that the question names stays first
        shown = itertools.islice(rerank(reranker, asked.repaired, best), limit)
        results = tuple(_with_words(asked.for_words, result) for result in shown)
        return Finding(results, by_meaning is None, reference, asked, signs)

    def read(self, question: Question, found: Sequence[Found]) -> list[tuple[Found, str]]:
        """Each with its clause as the asker may read it; what has changed since it was found is left out."""
        with self._database.reading() as tx:
            words = readable(tx, [one.passage for one in found], self.scope(question), question.audience)
        return [(one, words[one.passage.id]) for one in found if one.passage.id in words]

    def scope(self, question: Question) -> Scope:
        return Scope(tuple(regions.chain(question.region)), tuple(question.audience.sees()), question.on, self._today())

    def rewritten(self, text: str) -> Rewritten:
        return self._rewriter.rewrite(text) if self._rewriter else unchanged(text)

    def _vector(self, asked: Rewritten) -> Vectors | None:
        if self._embedding is None:
            return None
        vector: Vectors = self._embedding.encode([asked.repaired])[0]
        return vector

    def _by_meaning(self, tx: Connection, indexes: Indexes, vector: Vectors | None, scope: Scope) -> list[Hit] | None:
        """None without a model or without vectors: then words alone decide, and the answer says so."""
        if vector is None or indexes.vectors is None:
            return None
        return indexes.vectors.search(vector, scope, CANDIDATES, lambda: catalogue.ids_within(tx, scope))

    def _named(self, tx: Connection, scope: Scope, reference: Reference) -> list[StoredPassage]:
        if not reference or reference.clause is None:
            return []
        return catalogue.passages_of_clause(
            tx, scope, titles=reference.titles, number=reference.number, clause=reference.clause
        )


def _rank(
    fused: Sequence[Fused], stored: dict[str, StoredPassage], exact: set[str], reference: Reference
) -> list[Found]:
    scores = {one.id: one for one in fused}
    found = []
    for identity, passage in stored.items():
        one = scores.get(identity) or Fused(identity, 0.0, None, None)
        number = reference.number is not None and passage.doc_number == reference.number
        of_title = number or passage.title in reference.titles
        bonus = EXACT_BONUS if identity in exact else TITLE_BONUS if of_title else 0.0
        bonus += LOCAL_BONUS if passage.level in {Level.CITY, Level.COUNTY} else 0.0
        why = Why(one.meaning, one.words, (), identity in exact or of_title, one.remembered)
        found.append(Found(passage, one.score + bonus, why))
    return sorted(found, key=lambda result: (-result.score, result.passage.id))


def _signs(indexes: Indexes, asked: Rewritten, by_words: Sequence[Hit], best: Sequence[Found]) -> Signals:
    scores = [found.score for found in best]
    said = words.telling(asked.original)
    rarity = dict(zip(said, indexes.words.rarity(said), strict=True))
    return Signals(
        words=by_words[0].score if by_words else 0.0,
        margin=margin(scores),
        alone=alone(scores),
        covered=covered(rarity, words.fold(best[0].passage.indexed_text)) if best else 0.0,
    )


def _with_words(question: str, result: Found) -> Found:
    matched = words.matched(question, result.passage.indexed_text)[:MATCHED_WORDS]
    return replace(result, why=replace(result.why, matched=tuple(matched)))


def _best_of_each_clause(found: Sequence[Found]) -> Iterator[Found]:
    seen: set[str] = set()
    for result in found:
        if result.passage.clause_id not in seen:
            seen.add(result.passage.clause_id)
            yield result
