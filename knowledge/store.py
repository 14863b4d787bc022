"""Documents in SQL: the atomic swap, and which version is in force when."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from knowledge.documents import Document, Passage
from knowledge.schema import changes, clauses, documents, faqs, links, passages, rows, sources, spans
from knowledge.validity import affected_by, settle

INSERT_ROWS = 2000


def save(tx: Connection, document: Document, *, at: datetime) -> None:
    """Put the document in place of its earlier reading; old or new, never half (one transaction)."""
    removed = _removed_passages(tx, document.id)
    _delete_parts(tx, document.id)
    _write_document(tx, document, at)
    _insert(
        tx, clauses, [{**asdict(c), "document_id": document.id, "ordinal": n} for n, c in enumerate(document.clauses)]
    )
    _insert(tx, spans, [{**asdict(span), "document_id": document.id} for span in document.spans])
    _insert(tx, links, [{**asdict(link), "document_id": document.id} for link in document.labels.links])
    _insert(tx, passages, [_passage_row(document, passage) for passage in document.passages])
    _insert(
        tx, faqs, [{**asdict(faq), "variants": list(faq.variants), "document_id": document.id} for faq in document.faqs]
    )
    _insert(tx, rows, [{**asdict(row), "document_id": document.id} for row in document.rows])
    tx.execute(insert(changes).values(document_id=document.id, removed=removed))
    settle(tx, affected_by(tx, document.id))


def remove(tx: Connection, document_id: str) -> None:
    """Take a document out; what it had ended is in force again."""
    removed = _removed_passages(tx, document_id)
    affected = affected_by(tx, document_id) - {document_id}
    tx.execute(delete(sources).where(sources.c.document_id == document_id))
    _delete_parts(tx, document_id)
    tx.execute(delete(documents).where(documents.c.id == document_id))
    tx.execute(insert(changes).values(document_id=document_id, removed=removed))
    settle(tx, affected)


def replace(tx: Connection, document_id: str, by: str) -> None:
    """Take a document out in favour of a better copy of it, which takes over its files."""
    tx.execute(update(sources).where(sources.c.document_id == document_id).values(document_id=by))
    remove(tx, document_id)


def record_source(tx: Connection, path: str, content_hash: str, document_id: str, *, at: datetime) -> None:
    tx.execute(delete(sources).where(sources.c.path == path))
    tx.execute(insert(sources).values(path=path, content_hash=content_hash, document_id=document_id, ingested_at=at))


def _removed_passages(tx: Connection, document_id: str) -> dict[str, list[str]]:
    """Passage ids by region|audience as they stood: the indexes delete by these."""
    removed: dict[str, list[str]] = {}
    columns = select(passages.c.id, passages.c.region, passages.c.audience)
    for identity, region, audience in tx.execute(columns.where(passages.c.document_id == document_id)):
        removed.setdefault(f"{region}|{audience}", []).append(identity)
    return removed


def _delete_parts(tx: Connection, document_id: str) -> None:
    for table in (clauses, spans, links, passages, faqs, rows):
        tx.execute(delete(table).where(table.c.document_id == document_id))


def _write_document(tx: Connection, document: Document, at: datetime) -> None:
    labels = document.labels
    values = {
        "family": document.family,
        "title": labels.title,
        "aliases": list(labels.aliases),
        "doc_number": labels.doc_number,
        "issuers": list(labels.issuers),
        "level": labels.level,
        "region": labels.region,
        "kind": labels.kind,
        "module": labels.module,
        "issued": labels.issued,
        "printed": labels.printed,
        "effective_from": labels.effective_from,
        "effective_to": labels.effective_to,
        "valid_from": labels.valid_from,
        "valid_to": labels.effective_to,
        "ended_by": None,
        "review_on": labels.review_on,
        "audience": labels.audience,
        "owner_department": labels.owner_department,
        "pending": list(labels.pending),
        "findings": list(document.findings),
        "text": document.text,
        "ingested_at": at,
    }
    known = tx.execute(select(documents.c.id).where(documents.c.id == document.id)).first()
    if known:
        tx.execute(update(documents).where(documents.c.id == document.id).values(**values))
    else:
        tx.execute(insert(documents).values(id=document.id, **values))


def _passage_row(document: Document, passage: Passage) -> dict[str, object]:
    row = asdict(passage)
    own_from, own_to = row.pop("effective_from"), row.pop("effective_to")
    return {
        **row,
        "document_id": document.id,
        "own_from": own_from,
        "own_to": own_to,
        "valid_from": own_from or document.labels.valid_from,
        "valid_to": min(filter(None, [own_to, document.labels.effective_to]), default=None),
    }


def _insert(tx: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(values), INSERT_ROWS):
        tx.execute(insert(table), values[start : start + INSERT_ROWS])
