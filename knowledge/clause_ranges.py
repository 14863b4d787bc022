"""Where in its documents a clause lies that somebody names, and the passages that belong to it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from knowledge.clause_names import matching
from knowledge.schema import clauses, documents, passages


def named_ranges(tx: Connection, held: Sequence[str], clause: str) -> list[tuple[str, int, int]]:
    """Document, start and end of what the clause's name means in each of these documents."""
    columns = (clauses.c.document_id, clauses.c.path, clauses.c.start, clauses.c.end)
    rows = tx.execute(select(*columns).where(clauses.c.document_id.in_(held))).all()
    meant = {one: matching((row.path for row in rows if row.document_id == one), clause) for one in held}
    return [(row.document_id, row.start, row.end) for row in rows if row.path in meant[row.document_id]]


def lies_in(ranges: Sequence[tuple[str, int, int]]) -> ColumnElement[bool]:
    """Passages of these ranges; short neighbours may share one."""
    return or_(
        false(),
        *(
            and_(passages.c.document_id == document, passages.c.start < end, passages.c.end > start)
            for document, start, end in ranges
        ),
    )


def head_of(tx: Connection, document_id: str, path: str, size: int) -> str:
    """The first characters of a clause; nothing where there is none of that name."""
    words = func.substr(documents.c.text, clauses.c.start + 1, size)
    query = select(words).join(clauses, clauses.c.document_id == documents.c.id)
    return str(tx.execute(query.where(documents.c.id == document_id, clauses.c.path == path)).scalar() or "")
