"""Which version is in force when: later versions end earlier ones, repeals end what they name.

`documents.effective_to` is what a document says of itself; `valid_to` is the last
day it may be relied on once all others are considered. Both versions stay.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from knowledge import regions
from knowledge.documents import LinkKind
from knowledge.schema import changes, documents, links, passages

Light = Any
"""A row of the columns below; SQLAlchemy types rows by position."""
_LIGHT = (
    documents.c.id,
    documents.c.family,
    documents.c.title,
    documents.c.doc_number,
    documents.c.region,
    documents.c.valid_from,
    documents.c.effective_to,
    documents.c.valid_to,
    documents.c.ended_by,
)


def in_force(on: date) -> ColumnElement[bool]:
    """Condition on passages: may be relied on that day. An unknown start excludes nothing."""
    return and_(
        or_(passages.c.valid_from.is_(None), passages.c.valid_from <= on),
        or_(passages.c.valid_to.is_(None), passages.c.valid_to >= on),
    )


def affected_by(tx: Connection, document_id: str) -> set[str]:
    """The document, its other versions, what it repeals, and what it had ended."""
    own = tx.execute(select(*_LIGHT).where(documents.c.id == document_id)).first()
    if own is None:
        return set()
    targets = select(links.c.target).where(links.c.document_id == document_id, links.c.kind == LinkKind.SUPERSEDES)
    related = select(documents.c.id).where(
        or_(
            documents.c.family == own.family,
            documents.c.ended_by == document_id,
            documents.c.title.in_(targets),
            documents.c.doc_number.in_(targets),
        )
    )
    return {document_id, *tx.execute(related).scalars()}


def settle(tx: Connection, document_ids: set[str]) -> None:
    """Work out valid_to anew; a document whose validity changed is put before the indexes again."""
    for document_id in sorted(document_ids):
        document = tx.execute(select(*_LIGHT).where(documents.c.id == document_id)).first()
        if document is None:
            continue
        valid_to, ended_by = _end_of(tx, document)
        if (valid_to, ended_by) != (document.valid_to, document.ended_by):
            tx.execute(
                update(documents).where(documents.c.id == document_id).values(valid_to=valid_to, ended_by=ended_by)
            )
            _move_passages(tx, document_id, valid_to)


def _end_of(tx: Connection, document: Light) -> tuple[date | None, str | None]:
    ends: list[tuple[date, str]] = []
    if document.valid_from is not None:
        ends = [
            (later.valid_from - timedelta(days=1), later.id)
            for later in [*_later_versions(tx, document), *_repealing(tx, document)]
        ]
    first = min(ends, default=None)
    stated = document.effective_to
    if first is None or (stated is not None and stated <= first[0]):
        return stated, None
    return first


def _later_versions(tx: Connection, document: Light) -> list[Light]:
    query = select(*_LIGHT).where(documents.c.family == document.family, documents.c.valid_from > document.valid_from)
    return list(tx.execute(query))


def _repealing(tx: Connection, document: Light) -> list[Light]:
    """Later documents of the same or a higher region that name this one as ended."""
    names = [name for name in (document.title, document.doc_number) if name]
    query = (
        select(*_LIGHT)
        .join(links, links.c.document_id == documents.c.id)
        .where(
            links.c.kind == LinkKind.SUPERSEDES,
            links.c.target.in_(names),
            documents.c.id != document.id,
            documents.c.valid_from > document.valid_from,
        )
    )
    return [later for later in tx.execute(query) if _may_repeal(later.region, document.region)]


def _may_repeal(later: str | None, earlier: str | None) -> bool:
    return later is not None and earlier is not None and regions.binds(later, earlier)


def _move_passages(tx: Connection, document_id: str, valid_to: date | None) -> None:
    own = passages.c.own_to
    tx.execute(update(passages).where(passages.c.document_id == document_id).values(valid_to=valid_to))
    earlier = own.is_not(None) if valid_to is None else own < valid_to
    tx.execute(update(passages).where(passages.c.document_id == document_id, earlier).values(valid_to=own))
    removed: dict[str, list[str]] = {}
    columns = select(passages.c.id, passages.c.region, passages.c.audience).where(passages.c.document_id == document_id)
    for identity, region, audience in tx.execute(columns):
        removed.setdefault(f"{region}|{audience}", []).append(identity)
    tx.execute(insert(changes).values(document_id=document_id, removed=removed))
