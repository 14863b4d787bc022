"""The front door: a question in, the clauses that may answer it out, each with why it was found."""

import functools
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from knowledge import beside, catalogue, index_feed, regions, words
from knowledge.candidates import Candidate, Candidates
from knowledge.catalogue import StoredFaq, StoredPassage
from knowledge.clause_words import readable
from knowledge.current_entries import CurrentEntries
from knowledge.database import Database
from knowledge.documents import Audience, ClauseKind
from knowledge.elsewhere import NearestPlaces
from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.fusion import CANDIDATES, Fused, FusionWeights, fuse
from knowledge.index_keeper import Indexes
from knowledge.kept_passages import KeptPassages
from knowledge.keyword_index import KeywordIndex
from knowledge.known_names import KnownNames
from knowledge.memory import Memory
from knowledge.ordering import best_of_each_clause, is_named, ordered
from knowledge.ranking import Ranking
from knowledge.references import Reference, find_reference
from knowledge.reranking import Reranker, rerank
from knowledge.rewriting import Rewriter, Rewritten, unchanged
from knowledge.scope import Hit, Scope
from knowledge.signals import FIRST, Covered, Signals, longest, seen

MATCHED_WORDS = 8
CLAUSES_KEPT = 1_000
"""Clauses of other places whose vectors are kept: 2 MB."""
LARGE = 20_000
"""Passages of an index from which the questions of a message are looked up side by side."""
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
    also: tuple[str, ...] = field(default=(), compare=False)  # other wordings of it; find() does not look in them


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
    vector: Vectors | None = field(default=None, compare=False, repr=False)
    """Of the question."""

    @property
    def names_first(self) -> bool:
        """The question names a clause, and what stands first is of the document it names."""
        return bool(self.results and self.results[0].why.named and self.reference.clause)


@dataclass(slots=True)
class _Turn:
    findings: dict[tuple[str, Question, int], Finding] = field(default_factory=dict)
    faqs: dict[str, StoredFaq | None] = field(default_factory=dict)
    """By clause."""
    rewritten: dict[str, Rewritten] = field(default_factory=dict)
    is_over: bool = False


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
        self._names, self._candidates, self._passages = KnownNames(), Candidates(), KeptPassages()
        self.entries = CurrentEntries()
        self._places = NearestPlaces(self._candidates)
        self._of_clause = functools.lru_cache(maxsize=CLAUSES_KEPT)(self._encoded)
        self._turn = threading.local()

    @contextmanager
    def one_turn(self) -> Iterator[None]:
        """Within it, this thread looks the same question up once: choosing a flow and answering ask alike.

        A turn that is carried on by another thread only looks again.
        """
        found = self._turn.found = _Turn()
        try:
            yield
        finally:
            found.is_over = True

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
        return self._once(("here", question, limit), lambda: self._find(question, self.scope(question), limit))

    def like(self, clause: Question, *, limit: int) -> Finding:
        """The same for the words of a clause: these come back, and unlike anybody's question their vectors are kept."""
        known = None
        if self._embedding is not None:
            asked = self.rewritten(clause.text)
            known = Finding(asked=asked, vector=self._of_clause(asked.meant))
        return self._once(("here", clause, limit), lambda: self._find(clause, self.scope(clause), limit, known))

    @contextmanager
    def found_beside(self, questions: Sequence[Question], *, limit: int = 10) -> Iterator[None]:
        """Within it find() has what these give, looked up side by side where the index is large: that takes cores."""
        with ExitStack() as stack:
            if self._now() is None:
                stack.enter_context(self.one_turn())
            with self._indexes.searching() as indexes:
                if len(questions) > 1 and indexes.words.count() >= LARGE:
                    self._look_up(indexes.words, questions, limit)
            yield

    def _look_up(self, keywords: KeywordIndex, questions: Sequence[Question], limit: int) -> None:
        findings = self._turn.found.findings
        new = [one for one in questions if ("here", one, limit) not in findings]
        asked = [(self.rewritten(one.text), self.scope(one)) for one in new]
        by_words = [beside.threads().submit(keywords.search, one.for_words, scope, CANDIDATES) for one, scope in asked]
        meant = [one.meant for one, _ in asked]
        vectors = self._embedding.encode(meant) if self._embedding and meant else [None] * len(asked)
        looking = [
            beside.whole_threads().submit(
                self._find, one, scope, limit, Finding(asked=rewritten, vector=vector), by_words=hits
            )
            for one, (rewritten, scope), vector, hits in zip(new, asked, vectors, by_words, strict=True)
        ]
        findings.update({("here", one, limit): found.result() for one, found in zip(new, looking, strict=True)})

    def elsewhere(self, question: Question, *, limit: int = 5, here: Finding | None = None) -> Finding:
        """Public rules in force in other places, which do not bind in the question's region.

        Words choose the few places that are then searched: the cost does not grow with their number.
        `here` is what find() gave for the same question: it need not be encoded again.
        """
        return self._once(("elsewhere", question, limit), lambda: self._elsewhere(question, limit, here))

    def _once(self, key: tuple[str, Question, int], look: Callable[[], Finding]) -> Finding:
        turn = self._now()
        if turn is None:
            return look()
        if key not in turn.findings:
            turn.findings[key] = look()
        return turn.findings[key]

    def _now(self) -> _Turn | None:
        """The turn of this thread."""
        turn: _Turn | None = getattr(self._turn, "found", None)
        return None if turn is None or turn.is_over else turn

    def _elsewhere(self, question: Question, limit: int, here: Finding | None) -> Finding:
        asked = (here.asked if here else self.rewritten(question.text)).for_words
        here_for_all = replace(self.scope(question), audiences=(Audience.PUBLIC,))
        with self._indexes.searching() as indexes, self._database.reading() as tx:
            nearest = self._places.scope(tx, indexes.words, asked, here_for_all)
        return self._find(question, nearest, limit, here) if nearest else Finding()

    def _find(
        self,
        question: Question,
        scope: Scope,
        limit: int,
        known: Finding | None = None,
        by_words: Future[list[Hit]] | None = None,
    ) -> Finding:
        asked = known.asked if known else self.rewritten(question.text)
        with self._indexes.searching() as indexes, self._database.reading() as tx:
            vector, worded = self._vector_and_words(indexes, asked, scope, known.vector if known else None, by_words)
            meant = self._ranking.meant(vector) if self._ranking and vector is not None else vector
            by_meaning = self._by_meaning(tx, indexes, meant, scope)
            seq = index_feed.last_change(tx)
            reference = find_reference(question.text, self._names.within(tx, seq, scope.regions))
            named = self._named(tx, scope, reference)
            memory = self._memory.memory if self._memory else None
            alike = memory.likeness(vector) if memory and vector is not None else None
            recalled = memory.recall(alike, meant) if memory and alike is not None and meant is not None else []
            fused = {one.id: one for one in fuse(worded, by_meaning or [], recalled, self._weights, CHECKED)}
            held = self._candidates.of(tx, seq, fused, scope)
            held.update({passage.id: Candidate.of(passage) for passage in named})
            exact = {one.id for one in named}
            local = self._weights.local if regions.COUNTRY in scope.regions else 0.0
            ranked = list(best_of_each_clause(ordered(fused, held, exact, reference, local)))
            reranker = None if named else self._reranker  # a clause that the question names stays first
            shown = ranked[: max(limit, FIRST, reranker.top if reranker else 0)]
            stored = self._passages.usable(tx, seq, [one.id for _, one in shown], scope)
            best = [
                Found(
                    stored[one.id],
                    score,
                    _why(asked, stored[one.id], fused.get(one.id), reference, is_exact=one.id in exact),
                )
                for score, one in shown
                if one.id in stored
            ]
            best = self.entries.put_right(tx, seq, scope, best)
            texts = [words.fold(found.passage.indexed_text) for found in best[:FIRST]]
            signs = seen(self._asks(indexes, asked), texts, worded, [score for score, _ in ranked])
            if memory and alike is not None:
                first = [found.passage for found in best[:FIRST]]
                entries = [one.body.partition("\n")[0] for one in first if one.clause_kind == ClauseKind.FAQ]
                signs = replace(signs, near=memory.near(alike, [one.id for one in first], entries))
        results = tuple(itertools.islice(rerank(reranker, asked.repaired, best), limit))
        return Finding(results, by_meaning is None, reference, asked, signs, vector)

    def _asks(self, indexes: Indexes, asked: Rewritten) -> Covered:
        said = longest(words.telling(asked.meant))
        rarity = dict(zip(said, indexes.words.rarity(said), strict=True))
        return Covered(rarity, {word: self.terms(word) for word in said})

    def read(self, question: Question, found: Sequence[Found]) -> list[tuple[Found, str]]:
        """Each with its clause as the asker may read it; what has changed since it was found is left out."""
        with self._database.reading() as tx:
            words = readable(tx, [one.passage for one in found], self.scope(question), question.audience)
        return [(one, words[one.passage.id]) for one in found if one.passage.id in words]

    def faqs(self, clauses: Sequence[str]) -> dict[str, StoredFaq]:
        """Published entries by their clause, whoever may read them; a turn reads each once."""
        turn = self._now()
        known = turn.faqs if turn else {}
        if missing := [one for one in clauses if one not in known]:
            with self._database.reading() as tx:
                found = catalogue.faqs_of(tx, missing)
            known.update((one, found.get(one)) for one in missing)
        return {one: faq for one in clauses if (faq := known[one]) is not None}

    def scope(self, question: Question) -> Scope:
        return Scope(tuple(regions.chain(question.region)), tuple(question.audience.sees()), question.on, self._today())

    def rewritten(self, text: str) -> Rewritten:
        """A turn rewrites the same words once."""
        known = turn.rewritten if (turn := self._now()) else {}
        if text not in known:
            known[text] = self._rewriter.rewrite(text) if self._rewriter else unchanged(text)
        return known[text]

    def terms(self, word: str) -> tuple[str, ...]:
        """What the law calls it."""
        return self._rewriter.terms(word) if self._rewriter else ()

    def _vector_and_words(
        self,
        indexes: Indexes,
        asked: Rewritten,
        scope: Scope,
        vector: Vectors | None,
        by_words: Future[list[Hit]] | None,
    ) -> tuple[Vectors | None, list[Hit]]:
        """Words are searched while the question is encoded: at 150,000 passages either takes 7 ms."""
        if by_words is not None:
            return vector, by_words.result()
        if self._embedding is None or vector is not None:
            return vector, indexes.words.search(asked.for_words, scope, CANDIDATES)
        searched = beside.threads().submit(indexes.words.search, asked.for_words, scope, CANDIDATES)
        encoded = self._encoded(asked.meant)
        return encoded, searched.result()

    def _encoded(self, text: str) -> Vectors | None:
        return self._embedding.encode([text])[0] if self._embedding else None

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


def _why(asked: Rewritten, passage: StoredPassage, fused: Fused | None, reference: Reference, *, is_exact: bool) -> Why:
    matched = words.matched(asked.for_words, passage.indexed_text)[:MATCHED_WORDS]
    one = fused or Fused(passage.id, 0.0, None, None)
    return Why(one.meaning, one.words, tuple(matched), is_exact or is_named(passage, reference), one.remembered)
