"""What later documents did to earlier ones, as those who answer must know it: ended, changed, explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select

from knowledge import regions
from knowledge.dates_in_force import FIELD, since
from knowledge.documents import LinkKind
from knowledge.numbering import normalise_number
from knowledge.references import Names, find_reference
from knowledge.schema import documents, links
from knowledge.scope import Scope, in_force


@dataclass(frozen=True, slots=True)
class Later:
    """A document that ended or changed another one."""

    document: str
    title: str
    doc_number: str | None
    since: date
    is_pending: bool = False
    """Its start is 待核: `since` is only the day from which it is relied on."""

    @property
    def name(self) -> str:
        return named(self.title, self.doc_number)

    @property
    def when(self) -> str:
        """已于2025年7月1日, or 已 where that day is 待核."""
        return since(self.since, is_pending=self.is_pending)


@dataclass(frozen=True, slots=True)
class Ended:
    """A document that is no longer in force."""

    document: str
    title: str
    doc_number: str | None
    last_day: date
    by: Later | None
    """None when it ran out, or what ended it may not be shown."""

    @property
    def name(self) -> str:
        return named(self.title, self.doc_number)


def named(title: str, doc_number: str | None) -> str:
    """As one writes it: 《办法》（文号）, and 《办法》政策解读 without a second pair of marks."""
    marked = title if title.startswith("《") else f"《{title}》"
    return f"{marked}（{doc_number}）" if doc_number else marked


_by = documents.alias("by")
_COLUMNS = (
    documents.c.id,
    documents.c.title,
    documents.c.doc_number,
    documents.c.valid_to,
    _by.c.id.label("by_id"),
    _by.c.title.label("by_title"),
    _by.c.doc_number.label("by_number"),
    _by.c.pending.label("by_pending"),
)


def _ended(row: Any) -> Ended:
    later = None
    if row.by_id is not None:
        later = Later(row.by_id, row.by_title, row.by_number, row.valid_to + timedelta(days=1), FIELD in row.by_pending)
    return Ended(row.id, row.title, row.doc_number, row.valid_to, later)


_AUDIENCES: BindParameter[Any] = bindparam("audiences", expanding=True)
_WITH_LATER = (
    select(*_COLUMNS)
    .select_from(documents.outerjoin(_by, and_(_by.c.id == documents.c.ended_by, _by.c.audience.in_(_AUDIENCES))))
    .where(documents.c.audience.in_(_AUDIENCES), documents.c.valid_to.is_not(None))
)
_SUCCESSORS = _WITH_LATER.where(documents.c.id.in_(bindparam("ids", expanding=True)))


def successors(tx: Connection, scope: Scope, ids: Iterable[str]) -> dict[str, Later]:
    """Of these documents, those that another one ended or will end."""
    rows = tx.execute(_SUCCESSORS, {"audiences": scope.audiences, "ids": list(ids)})
    return {row.id: later for row in rows if (later := _ended(row).by) is not None}


def named_but_ended(tx: Connection, scope: Scope, text: str) -> list[Ended]:
    """Documents that a question names and that were no longer in force on the day it asks about.

    A title that a version in force bears, too, names that version.
    """
    rows = list(
        tx.execute(
            _WITH_LATER.where(documents.c.region.in_(scope.regions), documents.c.valid_to < scope.on),
            {"audiences": scope.audiences},
        )
    )
    found = find_reference(normalise_number(text), [Names((row.title, row.doc_number) for row in rows)])
    if not found:
        return []
    current = set(_titles_in_force(tx, scope, found.titles))
    by_title = [row for row in rows if row.title in found.titles and row.title not in current]
    by_number = [row for row in rows if found.number and row.doc_number == found.number]
    return [_ended(row) for row in by_number or by_title]


def _titles_in_force(tx: Connection, scope: Scope, titles: Sequence[str]) -> list[str]:
    query = select(documents.c.title, documents.c.valid_from, documents.c.valid_to).where(
        documents.c.title.in_(titles), documents.c.region.in_(scope.regions), documents.c.audience.in_(scope.audiences)
    )
    return [row.title for row in tx.execute(query) if in_force(row.valid_from, row.valid_to, on=scope.on)]


def predecessors(tx: Connection, scope: Scope, ids: Iterable[str]) -> list[tuple[Ended, str]]:
    """What these documents ended, latest first, with its text."""
    query = _WITH_LATER.add_columns(documents.c.text).where(
        documents.c.ended_by.in_(list(ids)), documents.c.valid_to < scope.on
    )
    return [
        (_ended(row), row.text)
        for row in tx.execute(query.order_by(documents.c.valid_to.desc()), {"audiences": scope.audiences})
    ]


def replaced_by(tx: Connection, scope: Scope, names: Iterable[str]) -> list[Ended]:
    """What the documents of these titles or 文号 ended."""
    known = list(names)
    query = _WITH_LATER.where(
        or_(_by.c.title.in_(known), _by.c.doc_number.in_(known)),
        documents.c.region.in_(scope.regions),
        documents.c.valid_to < scope.on,
    )
    return [_ended(row) for row in tx.execute(query, {"audiences": scope.audiences})]


_OF_TARGET = or_(links.c.target == documents.c.title, links.c.target == documents.c.doc_number)
_AMENDED = (
    select(documents.c.id)
    .join(links, and_(_OF_TARGET, links.c.kind == LinkKind.AMENDS))
    .where(documents.c.id.in_(bindparam("ids", expanding=True)))
)


def amended(tx: Connection, ids: Iterable[str]) -> set[str]:
    """Of these documents, those that some document says it changes."""
    return set(tx.execute(_AMENDED, {"ids": list(ids)}).scalars())


def amendments(tx: Connection, scope: Scope, document_id: str, clause: str) -> list[Later]:
    """Later documents in force that change this clause of the document, by what they say themselves."""
    columns = (documents.c.title, documents.c.doc_number, documents.c.valid_from, documents.c.region)
    own = tx.execute(select(*columns).where(documents.c.id == document_id)).one()
    names = [name for name in (own.title, own.doc_number) if name]
    query = (
        select(documents.c.id, *columns, documents.c.pending, documents.c.text)
        .join(links, links.c.document_id == documents.c.id)
        .where(
            links.c.kind == LinkKind.AMENDS,
            links.c.target.in_(names),
            documents.c.id != document_id,
            documents.c.audience.in_(scope.audiences),
            or_(documents.c.valid_to.is_(None), documents.c.valid_to >= scope.on),
        )
        .order_by(documents.c.valid_from)
    )
    article = clause.partition("条")[0] + "条" if "条" in clause else ""
    return [
        Later(row.id, row.title, row.doc_number, row.valid_from, FIELD in row.pending)
        for row in {row.id: row for row in tx.execute(query)}.values()
        if row.valid_from is not None
        and (own.valid_from is None or row.valid_from > own.valid_from)
        and row.valid_from <= scope.on
        and (row.region is None or own.region is None or regions.binds(row.region, own.region))
        and article in row.text
    ]


_ORIGINALS = select(links.c.document_id, links.c.target).where(
    links.c.document_id.in_(bindparam("ids", expanding=True)), links.c.kind == LinkKind.INTERPRETS
)


def originals(tx: Connection, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of these documents, those that explain others: titles or 文号 of what they explain."""
    found: dict[str, tuple[str, ...]] = {}
    for document_id, target in tx.execute(_ORIGINALS, {"ids": list(ids)}):
        found[document_id] = (*found.get(document_id, ()), target)
    return found
