"""What passages are ranked by, read without their words: many are ranked, few are cited."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from knowledge.catalogue import CHUNK, StoredPassage
from knowledge.documents import Audience
from knowledge.schema import documents, passages
from knowledge.scope import Scope


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    clause_id: str
    title: str
    doc_number: str | None
    level: str | None

    @classmethod
    def of(cls, passage: StoredPassage) -> "Candidate":
        return cls(passage.id, passage.clause_id, passage.title, passage.doc_number, passage.level)


_SCOPED = (passages.c.region, passages.c.audience, passages.c.valid_from, passages.c.valid_to)
_REGIONS_BY_ID = select(passages.c.id, *_SCOPED).where(passages.c.id.in_(bindparam("ids", expanding=True)))
_CANDIDATES_BY_ID = (
    select(passages.c.id, passages.c.clause_id, documents.c.title, documents.c.doc_number, documents.c.level, *_SCOPED)
    .join(documents, documents.c.id == passages.c.document_id)
    .where(passages.c.id.in_(bindparam("ids", expanding=True)))
)


def of(tx: Connection, ids: Sequence[str], scope: Scope) -> dict[str, Candidate]:
    """Of these passages, the ones that `usable` would give."""
    found: dict[str, Candidate] = {}
    for start in range(0, len(ids), CHUNK):
        for row in tx.execute(_CANDIDATES_BY_ID, {"ids": ids[start : start + CHUNK]}).all():
            if scope.includes(row.region, Audience(row.audience), row.valid_from, row.valid_to):
                found[row.id] = Candidate(row.id, row.clause_id, row.title, row.doc_number, row.level)
    return found


def regions_of(tx: Connection, ids: Sequence[str], scope: Scope) -> dict[str, str]:
    """Where each of these passages binds, of those that `usable` would give."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), CHUNK):
        for row in tx.execute(_REGIONS_BY_ID, {"ids": ids[start : start + CHUNK]}).all():
            if scope.includes(row.region, Audience(row.audience), row.valid_from, row.valid_to):
                found[row.id] = row.region
    return found
