"""Reading documents, clauses and passages; every hit of an index is checked here before it is used."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, func, or_, select

from knowledge.documents import MASK, Audience, LinkKind, Span, SpanKind, redact
from knowledge.errors import DocumentNotFound
from knowledge.privacy import find_spans
from knowledge.schema import clauses, documents, faqs, links, passages, spans
from knowledge.scope import Scope
from knowledge.validity import in_force

CHUNK = 500
MOST_OF_CLAUSE = 50


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what is needed to cite it."""

    id: str
    clause_id: str
    clause: str
    clause_kind: str
    document_id: str
    title: str
    doc_number: str | None
    kind: str | None
    module: str | None
    level: str | None
    region: str
    issued: date | None
    effective_from: date | None
    valid_from: date | None
    valid_to: date | None
    audience: Audience
    pending: tuple[str, ...]
    start: int
    end: int
    prefix: str
    body: str
    ended_by: str | None

    @property
    def indexed_text(self) -> str:
        return f"{self.prefix}\n{self.body}"


_COLUMNS = (
    passages.c.id,
    passages.c.clause_id,
    clauses.c.path.label("clause"),
    clauses.c.kind.label("clause_kind"),
    passages.c.document_id,
    documents.c.title,
    documents.c.doc_number,
    documents.c.kind,
    documents.c.module,
    documents.c.level,
    passages.c.region,
    documents.c.issued,
    documents.c.effective_from,
    passages.c.valid_from,
    passages.c.valid_to,
    passages.c.audience,
    documents.c.pending,
    passages.c.start,
    passages.c.end,
    passages.c.prefix,
    passages.c.body,
    documents.c.ended_by,
)


def _passages() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(documents, documents.c.id == passages.c.document_id)
        .join(clauses, clauses.c.id == passages.c.clause_id)
    )


_BY_ID = _passages().where(passages.c.id.in_(bindparam("ids", expanding=True)))
_AUDIENCE, _PENDING = (StoredPassage.__slots__.index(name) for name in ("audience", "pending"))


def _stored(row: Any) -> StoredPassage:
    """_COLUMNS stand in the order of the fields."""
    values = list(row)
    values[_AUDIENCE], values[_PENDING] = Audience(values[_AUDIENCE]), tuple(values[_PENDING])
    return StoredPassage(*values)


def usable(tx: Connection, ids: Sequence[str], scope: Scope) -> dict[str, StoredPassage]:
    """Of these passages, the ones that bind in the region, are in force on the day and may be read."""
    # By id alone: with the scope in the query, SQLite goes through all passages of the region instead.
    return {passage.id: passage for passage in passages_by_id(tx, ids) if scope.admits(passage)}


def passages_by_id(tx: Connection, ids: Sequence[str]) -> list[StoredPassage]:
    """Whatever their scope: before an answer uses one, its scope has to admit it."""
    parts = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return [_stored(row) for part in parts for row in tx.execute(_BY_ID, {"ids": part}).all()]


def ids_within(tx: Connection, scope: Scope) -> list[str]:
    """All passages of the scope: what an index is asked about another date is limited to."""
    there = passages.c.region.in_(scope.regions), passages.c.audience.in_(scope.audiences), in_force(scope.on)
    return [row[0] for row in tx.execute(select(passages.c.id).where(*there)).all()]


def passages_of_clause(
    tx: Connection, scope: Scope, *, titles: Sequence[str] = (), number: str | None = None, clause: str | None = None
) -> list[StoredPassage]:
    """Passages named exactly: by 文号 or title, and by clause (第六条 also gives its 款 and 项)."""
    # The documents first, and the scope last: in one query SQLite goes through all passages of the region.
    named = select(documents.c.id)
    if number is not None:
        named = named.where(documents.c.doc_number == number)
    if titles:
        named = named.where(documents.c.title.in_(titles))
    query = _passages().where(passages.c.document_id.in_(tx.execute(named).scalars().all()))
    if clause is not None:
        query = query.where(or_(clauses.c.path == clause, clauses.c.path.startswith(f"{clause}第")))
    found = map(_stored, tx.execute(query.order_by(passages.c.document_id, passages.c.start)))
    return list(itertools.islice(filter(scope.admits, found), MOST_OF_CLAUSE))


def titles_of(tx: Connection, region: str) -> list[tuple[str, str | None]]:
    """(title, 文号) of the region's own documents."""
    query = select(documents.c.title, documents.c.doc_number).where(documents.c.region == region)
    return [(row.title, row.doc_number) for row in tx.execute(query.distinct()).all()]


_REGIONS_HELD = select(documents.c.region).where(documents.c.region.is_not(None)).distinct()


def regions_held(tx: Connection) -> list[str]:
    """Regions that have documents of their own."""
    return list(tx.execute(_REGIONS_HELD).scalars())


_QUOTED = select(
    func.substr(documents.c.text, bindparam("start", type_=Integer), bindparam("size", type_=Integer))
).where(documents.c.id == bindparam("id"))
_SPANS = select(spans).where(spans.c.document_id == bindparam("id")).order_by(spans.c.start)


def quoted(tx: Connection, passage: StoredPassage, start: int, end: int, audience: Audience) -> str:
    """Words [start, end) of the passage's document as this audience may read them."""
    words = str(tx.execute(_QUOTED, {"start": start + 1, "size": end - start, "id": passage.document_id}).scalar_one())
    if audience is Audience.STAFF:
        return words
    return redact(words, [Span(s.start - start, s.end - start, s.kind) for s in spans_of(tx, passage.document_id)])


def spans_of(tx: Connection, document_id: str) -> list[Span]:
    return [Span(row.start, row.end, SpanKind(row.kind)) for row in tx.execute(_SPANS, {"id": document_id})]


@dataclass(frozen=True, slots=True)
class StoredFaq:
    clause_id: str
    question: str
    answer: str
    variants: tuple[str, ...]
    basis_title: str
    basis_clause: str


_FAQS = select(faqs).where(faqs.c.clause_id.in_(bindparam("ids", expanding=True)))


def faqs_of(tx: Connection, clause_ids: Sequence[str]) -> dict[str, StoredFaq]:
    return {
        row.clause_id: StoredFaq(
            row.clause_id, row.question, row.answer, tuple(row.variants), row.basis_title, row.basis_clause
        )
        for row in tx.execute(_FAQS, {"ids": clause_ids})
    }


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    id: str
    title: str
    doc_number: str | None
    issuers: tuple[str, ...]
    level: str | None
    region: str | None
    kind: str | None
    module: str | None
    issued: date | None
    effective_from: date | None
    valid_from: date | None
    valid_to: date | None
    ended_by: str | None
    review_on: date | None
    audience: Audience
    owner_department: str | None
    pending: tuple[str, ...]
    family: str


_SUMMARY = tuple(documents.c[name] for name in DocumentSummary.__slots__)


def _summary(row: Any) -> DocumentSummary:
    values = {name: getattr(row, name) for name in DocumentSummary.__slots__}
    return DocumentSummary(
        **{
            **values,
            "issuers": tuple(values["issuers"]),
            "pending": tuple(values["pending"]),
            "audience": Audience(values["audience"]),
        }
    )


def list_documents(
    tx: Connection,
    audience: Audience,
    *,
    regions: Sequence[str] | None = None,
    module: str | None = None,
    words: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[DocumentSummary], int]:
    """A page of documents, newest first, and how many there are."""
    conditions: list[ColumnElement[bool]] = [documents.c.audience.in_(audience.sees())]
    if regions is not None:
        conditions.append(documents.c.region.in_(regions))
    if module is not None:
        conditions.append(documents.c.module == module)
    if words:
        conditions.append(or_(documents.c.title.contains(words, autoescape=True), documents.c.doc_number == words))
    total = tx.execute(select(func.count()).select_from(documents).where(*conditions)).scalar_one()
    newest = documents.c.valid_from.desc().nulls_last()
    query = select(*_SUMMARY).where(*conditions).order_by(newest, documents.c.title).limit(limit).offset(offset)
    return [_summary(row) for row in tx.execute(query)], total


@dataclass(frozen=True, slots=True)
class StoredClause:
    id: str
    parent_id: str | None
    kind: str
    path: str
    heading: str
    text: str
    """Own words as the reader may see them."""
    page: int | None
    start: int
    own_end: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    summary: DocumentSummary
    aliases: tuple[str, ...]
    clauses: tuple[StoredClause, ...]
    versions: tuple[DocumentSummary, ...]
    """All versions of the document that this audience may see, oldest first."""
    links: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]


def view_document(tx: Connection, document_id: str, audience: Audience) -> DocumentView:
    """A whole document; what the audience may not see is left out or masked. Raises DocumentNotFound."""
    condition = documents.c.id == document_id, documents.c.audience.in_(audience.sees())
    row = tx.execute(select(documents).where(*condition)).first()
    if row is None:
        raise DocumentNotFound(document_id)
    hidden = spans_of(tx, document_id) if audience is Audience.PUBLIC else []
    query = select(clauses).where(clauses.c.document_id == document_id).order_by(clauses.c.ordinal)
    shown = [clause for clause in tx.execute(query) if Audience(clause.audience) in audience.sees()]
    family = select(*_SUMMARY).where(documents.c.family == row.family, documents.c.audience.in_(audience.sees()))
    versions = [_summary(version) for version in tx.execute(family.order_by(documents.c.valid_from.nulls_first()))]
    named = tx.execute(select(links.c.kind, links.c.target).where(links.c.document_id == document_id))
    return DocumentView(
        summary=_summary(row),
        aliases=tuple(row.aliases),
        clauses=tuple(
            StoredClause(
                clause.id,
                clause.parent_id,
                clause.kind,
                clause.path,
                clause.heading if not hidden else redact_words(clause.heading),
                redact(row.text, hidden, start=clause.start, end=clause.own_end),
                clause.page,
                clause.start,
                clause.own_end,
                clause.end,
            )
            for clause in shown
        ),
        versions=tuple(versions),
        links=tuple((link.kind, link.target) for link in named),
        findings=tuple(row.findings) if audience is Audience.STAFF else (),
    )


def documents_naming(tx: Connection, named: DocumentSummary, audience: Audience) -> list[tuple[str, DocumentSummary]]:
    """Kind of link and document for everything that explains, ends or amends this one, by title or 文号."""
    names = [name for name in (named.title, named.doc_number) if name]
    query = (
        select(links.c.kind.label("link"), *_SUMMARY)
        .join(documents, documents.c.id == links.c.document_id)
        .where(links.c.target.in_(names), documents.c.id != named.id, documents.c.audience.in_(audience.sees()))
        .order_by(documents.c.valid_from, documents.c.title)
    )
    found = {(row.link, row.id): _summary(row) for row in tx.execute(query)}
    dated = select(documents.c.id, documents.c.issued).where(documents.c.family == named.family)
    versions = [(row.issued, row.id) for row in tx.execute(dated) if row.issued]
    return [
        (kind, one)
        for (kind, _), one in found.items()
        if kind != LinkKind.INTERPRETS or _meant(versions, one.issued) in (named.id, None)
    ]


def _meant(versions: Sequence[tuple[date, str]], on: date | None) -> str | None:
    """Of several versions with one title, an explanation means the newest when it was written."""
    return max((one for one in versions if on and one[0] <= on), default=(None, None))[1]


def redact_words(words: str) -> str:
    """A heading as the public may read it: its own personal data masked."""
    return redact(words, find_spans(words)) if MASK not in words else words


def count_documents(tx: Connection) -> int:
    return int(tx.execute(select(func.count()).select_from(documents)).scalar_one())
