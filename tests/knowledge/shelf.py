"""Documents put straight into the tables, with the change that publishing would have logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.schema import changes, documents, metadata, passages

TODAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Words:
    """One passage of a test document."""

    body: str
    valid_from: date | None = None
    valid_to: date | None = None
    region: str = "420100"
    audience: Audience = Audience.PUBLIC


def empty_database(folder: Path) -> Database:
    database = Database(f"sqlite:///{folder / 'xiaoer.db'}")
    metadata.create_all(database.engine)
    return database


def put(database: Database, document_id: str, *bodies: str | Words, region: str | None = None) -> list[str]:
    """Publish or replace a document; the ids of its passages."""
    rows = [_row(document_id, ordinal, body) for ordinal, body in enumerate(bodies)]
    with database.transaction() as tx:
        removed = _held(tx, document_id)
        tx.execute(delete(documents).where(documents.c.id == document_id))
        tx.execute(insert(documents).values({**_document(document_id), "region": region}))
        if rows:
            tx.execute(insert(passages), rows)
        tx.execute(insert(changes).values(document_id=document_id, removed=removed))
    return [str(row["id"]) for row in rows]


def take_away(database: Database, document_id: str) -> None:
    with database.transaction() as tx:
        removed = _held(tx, document_id)
        tx.execute(delete(documents).where(documents.c.id == document_id))
        tx.execute(insert(changes).values(document_id=document_id, removed=removed))


def end(database: Database, document_id: str, *, last_day: date) -> None:
    """As when a newer version ends an older one: same passages, another last day."""
    with database.transaction() as tx:
        tx.execute(update(passages).where(passages.c.document_id == document_id).values(valid_to=last_day))
        tx.execute(insert(changes).values(document_id=document_id, removed={}))


def put_many(database: Database, bodies: Sequence[str], *, per_document: int = 50) -> None:
    for start in range(0, len(bodies), per_document):
        put(database, f"d{start:06}", *bodies[start : start + per_document])


def _held(tx: Connection, document_id: str) -> dict[str, list[str]]:
    removed: dict[str, list[str]] = {}
    for row in tx.execute(select(passages).where(passages.c.document_id == document_id)):
        removed.setdefault(f"{row.region}|{row.audience}", []).append(row.id)
    return removed


def _document(document_id: str) -> dict[str, object]:
    return {
        "id": document_id,
        "family": document_id,
        "title": document_id,
        "aliases": [],
        "issuers": [],
        "audience": "public",
        "pending": [],
        "findings": [],
        "text": "",
        "ingested_at": datetime(2026, 7, 1, tzinfo=UTC),
    }


def _row(document_id: str, ordinal: int, given: str | Words) -> dict[str, object]:
    words = Words(given) if isinstance(given, str) else given
    return {
        "id": f"{document_id}:{ordinal}",
        "document_id": document_id,
        "clause_id": f"{document_id}:{ordinal}",
        "start": 0,
        "end": 0,
        "prefix": "青禾市个体工商户扶持办法",
        "context": "青禾市个体工商户扶持办法",
        "body": words.body,
        "region": words.region,
        "audience": words.audience.value,
        "valid_from": words.valid_from,
        "valid_to": words.valid_to,
    }
