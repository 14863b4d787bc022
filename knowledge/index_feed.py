"""What the indexes are made from, read out of SQL: passages, and what changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from knowledge.documents import Audience
from knowledge.keyword_index import KeywordEntry
from knowledge.schema import changes, passages
from knowledge.scope import Shard, in_force

PAGE = 4096
"""Passages in memory at a time: their vectors take 8 MB, and longest-first batching still pays."""

_IDS_PER_QUERY = 500

Place = tuple[str, Audience]
"""Region and audience."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    id: str
    document_id: str
    region: str
    audience: Audience
    valid_from: date | None
    valid_to: date | None
    text: str
    embedded_text: str

    def shard(self, *, on: date) -> Shard:
        return Shard(self.region, self.audience, in_force(self.valid_from, self.valid_to, on=on))

    @property
    def entry(self) -> KeywordEntry:
        return KeywordEntry(self.id, self.region, self.audience, self.valid_from, self.valid_to, self.text)


@dataclass(frozen=True, slots=True)
class Changes:
    last: int
    documents: tuple[str, ...] = ()
    removed: dict[str, dict[Place, list[str]]] = field(default_factory=dict)
    """By document: the passage ids that its changes took out of SQL."""


@dataclass(frozen=True, slots=True)
class Page:
    """Whole documents, together about PAGE passages."""

    documents: tuple[str, ...]
    passages: int


_LAST_CHANGE = select(func.max(changes.c.seq))


def last_change(tx: Connection) -> int:
    return tx.scalar(_LAST_CHANGE) or 0


def count(tx: Connection) -> int:
    return tx.scalar(select(func.count()).select_from(passages)) or 0


def changed_documents(tx: Connection, since: int) -> int:
    return tx.scalar(select(func.count(changes.c.document_id.distinct())).where(changes.c.seq > since)) or 0


def changes_since(tx: Connection, since: int) -> Changes:
    last, removed = since, dict[str, dict[Place, list[str]]]()
    for row in tx.execute(select(changes).where(changes.c.seq > since).order_by(changes.c.seq)):
        last = row.seq
        by_place = removed.setdefault(row.document_id, {})
        for place, ids in row.removed.items():
            region, audience = place.split("|")
            by_place.setdefault((region, Audience(audience)), []).extend(ids)
    return Changes(last, tuple(removed), removed)


def pages(tx: Connection, documents: Sequence[str] | None = None) -> list[Page]:
    """All documents that have passages, or these (with passages or not), in pages."""
    counted = select(passages.c.document_id, func.count()).group_by(passages.c.document_id)
    sizes: dict[str, int] = {row[0]: row[1] for row in tx.execute(counted)}
    found: list[Page] = []
    batch: list[str] = []
    size = 0
    for document in sorted(sizes) if documents is None else documents:
        if batch and size + sizes.get(document, 0) > PAGE:
            found.append(Page(tuple(batch), size))
            batch, size = [], 0
        batch.append(document)
        size += sizes.get(document, 0)
    return [*found, Page(tuple(batch), size)] if batch else found


def passages_of(tx: Connection, documents: Sequence[str]) -> list[IndexedPassage]:
    found: list[IndexedPassage] = []
    for part in _parts(documents):
        rows = tx.execute(select(passages).where(passages.c.document_id.in_(part)))
        found += [_passage(row) for row in rows]
    return found


def all_passages(tx: Connection) -> list[IndexedPassage]:
    return [_passage(row) for row in tx.execute(select(passages))]


def turned(tx: Connection, before: date, after: date) -> list[IndexedPassage]:
    """Passages in force on just one of the two days."""
    early, late = sorted((before, after))
    began = and_(passages.c.valid_from > early, passages.c.valid_from <= late)
    ended = and_(passages.c.valid_to >= early, passages.c.valid_to < late)
    rows = map(_passage, tx.execute(select(passages).where(or_(began, ended))))
    return [row for row in rows if row.shard(on=before) != row.shard(on=after)]


def sample(tx: Connection, size: int) -> list[IndexedPassage]:
    """Passages spread evenly over all ids."""
    ids = tx.scalars(select(passages.c.id).order_by(passages.c.id)).all()
    chosen = ids[:: max(1, len(ids) // size)][:size]
    return [_passage(row) for row in tx.execute(select(passages).where(passages.c.id.in_(chosen)))]


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _IDS_PER_QUERY):
        yield ids[start : start + _IDS_PER_QUERY]


def _passage(row: Row[Any]) -> IndexedPassage:
    return IndexedPassage(
        id=row.id,
        document_id=row.document_id,
        region=row.region,
        audience=Audience(row.audience),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        text=f"{row.prefix}\n{row.body}",  # as documents.Passage.indexed_text
        embedded_text=f"{row.context}\n{row.body}".strip(),  # as documents.Passage.embedded_text
    )
