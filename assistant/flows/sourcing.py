"""From clauses found to sources shown: quotes, the clauses behind published answers, what later documents did."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.answer import Source, Successor
from assistant.deciding_words import deciding
from assistant.flows import that_day
from assistant.flows.citing import BASIS, PENDING, why
from assistant.flows.quoting import CELLS, LEFT_OUT, deciding_ranges
from assistant.one_off import OfItsYear, OneOff, of_its_year, one_off
from knowledge import catalogue, dates_in_force, succession
from knowledge.catalogue import StoredFaq, StoredPassage
from knowledge.clause_ranges import head_of
from knowledge.database import Database
from knowledge.documents import TABLE_ROWS, Audience, ClauseKind, Module, Span, redact
from knowledge.library import Finding, Found, Library, Question
from knowledge.scope import Scope
from knowledge.service_items import not_open
from knowledge.succession import Later

LEAST_OF_ORIGINAL = 0.7
"""Share of its explanation's score from which the original text is shown before it."""


_EXAMPLE = re.compile(r"[（(](?:示例|样例|样本|样表|样式|参考样式|填写示例|模板)[）)]")
LONGEST_WHOLE = 500
"""Characters of a passage that is quoted whole where a model has chosen it."""
LONGEST_HEAD = 120
"""Characters at the beginning of an annex that may say what it is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause as the reader sees it."""

    found: Found
    source: Source
    faq: StoredFaq | None
    head: str = ""
    """The first row of a table, where the quote begins further down."""

    @property
    def words(self) -> str:
        """What a model reads: an answer means nothing without its question, nor a row without its head."""
        if self.faq:
            return f"问：{self.faq.question}\n答：{self.source.quote}"
        return f"{self.head}\n{self.source.quote}" if self.head else self.source.quote


class Sourcing:
    def __init__(self, library: Library, database: Database) -> None:
        self._library, self._database = library, database

    def faqs(self, chosen: Sequence[Found]) -> dict[str, StoredFaq]:
        return self._library.faqs(
            [found.passage.clause_id for found in chosen if found.passage.clause_kind == ClauseKind.FAQ]
        )

    def clauses_of(self, question: Question, title: str) -> list[StoredPassage]:
        """All of a document that the person may read, in force on the day asked about."""
        with self._database.reading() as tx:
            return catalogue.passages_of_clause(tx, self._library.scope(question), titles=[title])

    def of_that_day(self, question: Question, finding: Finding) -> Finding:
        """The same for today; for another day without items that were not open then."""
        if self._library.scope(question).is_today:
            return finding
        items = {one.passage.clause_id for one in finding.results if one.passage.clause_kind == ClauseKind.SERVICE_ITEM}
        with self._database.reading() as tx:
            return that_day.of_that_day(question.text, finding, not_open(tx, items, on=question.on))

    def show(
        self,
        question: Question,
        chosen: Sequence[Found],
        finding: Finding,
        faqs: Mapping[str, StoredFaq],
        *,
        whole: bool = False,
    ) -> list[Shown]:
        """In the order of reading: a published answer before its basis, an explanation behind its original.

        `whole`: passages are not cut down to the sentences that share most words with the question.
        """
        scope = self._library.scope(question)
        with self._database.reading() as tx:
            explains = succession.originals(tx, {found.passage.document_id for found in chosen})
            ordered = list(self._with_bases(tx, scope, _originals_first(chosen, finding, explains), faqs))
            shown = {found.passage.document_id for found in ordered}
            known = _Known(
                scope, faqs, explains, succession.successors(tx, scope, shown), succession.amended(tx, shown), whole
            )
            return [_shown(tx, question, found, known) for found in ordered]

    def _with_bases(
        self, tx: Connection, scope: Scope, chosen: Sequence[Found], faqs: Mapping[str, StoredFaq]
    ) -> Iterator[Found]:
        """Each FAQ entry followed by the clause it rests on: an answer names the rule, not only the entry."""
        entries = {found.passage.clause_id: found for found in reversed(chosen)}  # the best passage of each
        seen, told = set(entries), set[str]()
        for found in sorted(entries.values(), key=chosen.index):
            faq = faqs.get(found.passage.clause_id)
            if faq is not None and faq.answer in told:
                continue
            told |= {faq.answer} if faq else set()
            yield found
            if faq is None or not faq.basis_title or not faq.basis_clause:
                continue
            bases = catalogue.passages_of_clause(tx, scope, titles=[faq.basis_title], clause=faq.basis_clause)
            if bases and bases[0].clause_id not in seen:
                seen.add(bases[0].clause_id)
                yield Found(bases[0], found.score, BASIS)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all the clauses of an answer, looked up once."""

    scope: Scope
    faqs: Mapping[str, StoredFaq]
    explains: Mapping[str, Sequence[str]]
    later: Mapping[str, Later]
    amended: Container[str]
    """Documents that others say they change."""
    whole: bool


def _shown(tx: Connection, question: Question, found: Found, known: _Known) -> Shown:
    passage = found.passage
    faq, ended = known.faqs.get(passage.clause_id), known.later.get(passage.document_id)
    changed: Sequence[Later] = ()
    if passage.document_id in known.amended:
        changed = succession.amendments(tx, known.scope, passage.document_id, passage.clause)
    quote = faq.answer if faq else _quote(tx, question, passage, whole=known.whole)
    source = Source(
        document=passage.document_id,
        title=passage.title,
        doc_number=passage.doc_number,
        clause=passage.clause,
        quote=quote,
        region=passage.region,
        effective_from=dates_in_force.start(passage),
        effective_to=passage.valid_to,
        in_force=True,
        audience=passage.audience,
        score=found.score,
        why=why(found),
        clause_id=passage.clause_id,
        matched=found.why.matched,
        deciding=deciding(question.text, quote),
        pending=tuple(dict.fromkeys(PENDING[name] for name in _pending(passage) if name in PENDING)),
        superseded_by=_successor(ended) if ended else None,
        amended_by=tuple(_successor(one) for one in changed),
        remarks=(*_of_annex(tx, passage), *_remarks(question, passage, known.explains.get(passage.document_id, ()))),
        issued=passage.issued,
        module=passage.module,
        relied_on_from=passage.valid_from,
    )
    head = _head(tx, known.scope, passage) if known.whole and faq is None else ""
    return Shown(found, source, faq, "" if head in quote else head)


def _head(tx: Connection, scope: Scope, passage: StoredPassage) -> str:
    """Of the table that the passage begins in the middle of."""
    if CELLS.strip() not in passage.body.partition("\n")[0]:
        return ""
    of_clause = catalogue.passages_of_clause(tx, scope, titles=[passage.title], clause=passage.clause)
    before = [one for one in of_clause if one.document_id == passage.document_id and one.start < passage.start]
    lines = "\n".join(one.body for one in before).split("\n")
    return next((line.strip() for line in lines if CELLS.strip() in line), "")


def _originals_first(chosen: Sequence[Found], finding: Finding, explains: Mapping[str, Sequence[str]]) -> list[Found]:
    """The original text before what explains it, also where only the explanation had come near enough."""
    ordered: list[Found] = []
    for found in chosen:
        targets = explains.get(found.passage.document_id, ())
        for other in [*chosen, *finding.results] if targets else ():
            of_target = other.passage.title in targets or other.passage.doc_number in targets
            if of_target and (other in chosen or other.score >= LEAST_OF_ORIGINAL * found.score):
                ordered += [other] if other not in ordered else []
                break
        if found not in ordered:
            ordered.append(found)
    return ordered


def _quote(tx: Connection, question: Question, passage: StoredPassage, *, whole: bool) -> str:
    """Deciding words of the document itself, or all of it; for the public, personal data masked."""
    said = catalogue.quoted(tx, passage, passage.start, passage.end, Audience.STAFF)
    is_whole = whole and len(said) <= LONGEST_WHOLE
    ranges = [(0, len(said))] if is_whole else deciding_ranges(question.text, said)
    if question.audience is Audience.STAFF:
        return _put_together(said[start:end] for start, end in ranges)
    hidden = catalogue.spans_of(tx, passage.document_id)
    shifted = [Span(one.start - passage.start, one.end - passage.start, one.kind) for one in hidden]
    return _put_together(redact(said, shifted, start=start, end=end) for start, end in ranges)


def _put_together(pieces: Iterable[str]) -> str:
    return f"\n{LEFT_OUT}\n".join(piece.strip() for piece in pieces)


def _successor(later: Later) -> Successor:
    return Successor(later.document, later.title, later.doc_number, later.since, later.is_pending)


def _pending(passage: StoredPassage) -> Sequence[str]:
    """News have no force, so nobody waits for the day it begins."""
    is_news = passage.module == Module.NEWS
    return [name for name in passage.pending if not (is_news and name == dates_in_force.FIELD)]


def _of_annex(tx: Connection, passage: StoredPassage) -> Iterator[str]:
    """服务能力清单（示例） only shows what such a list looks like."""
    annex = passage.clause.partition("·")[0]
    if annex.startswith("附件") and _EXAMPLE.search(head_of(tx, passage.document_id, annex, LONGEST_HEAD)):
        yield "这是附件里的示例，不是规定。"


def _remarks(question: Question, passage: StoredPassage, explains: Sequence[str]) -> Iterator[str]:
    if explains:
        yield f"这是对《{explains[0]}》的解读，以原文为准。"
    elif passage.kind == "解读":
        yield "这是解读，以文件原文为准。"
    if passage.module == Module.NEWS:
        yield "这是新闻，不是规定。"
    past = _past(question, passage)
    if past is not None:
        yield past.told(question.on)


def _past(question: Question, passage: StoredPassage) -> OneOff | OfItsYear | None:
    """Laws and the curators' tables arrange nothing for a year."""
    if passage.module == Module.LAW or passage.clause_kind in TABLE_ROWS:
        return None
    return one_off(passage.body, question.on, heading=passage.prefix) or of_its_year(
        passage.body, question.on, title=passage.title, issued=passage.issued, heading=passage.prefix
    )
