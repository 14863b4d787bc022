"""What passages are ranked by, read without their words: many are ranked, few are cited."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from knowledge.catalogue import CHUNK, StoredPassage
from knowledge.documents import Audience
from knowledge.schema import documents, passages
from knowledge.scope import Scope

MOST_KEPT = 50_000
"""About 30 MB."""


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    clause_id: str
    title: str
    doc_number: str | None
    level: str | None
    region: str
    audience: Audience
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, passage: StoredPassage) -> "Candidate":
        return cls(*(getattr(passage, name) for name in cls.__slots__))


_BY_ID = (
    select(
        *(passages.c.id, passages.c.clause_id, documents.c.title, documents.c.doc_number, documents.c.level),
        *(passages.c.region, passages.c.audience, passages.c.valid_from, passages.c.valid_to),
    )
    .join(documents, documents.c.id == passages.c.document_id)
    .where(passages.c.id.in_(bindparam("ids", expanding=True)))
)


class Candidates:
    """Kept until something changes: questions come back to the same passages. Several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq = -1
        self._known: dict[str, Candidate] = {}

    def of(self, tx: Connection, seq: int, ids: Iterable[str], scope: Scope) -> dict[str, Candidate]:
        """Of these passages, the ones that `usable` would give, as `tx` sees them; `seq` is its last change."""
        wanted = list(ids)
        known = self._current(seq)
        missing = [one for one in wanted if one not in known]
        for start in range(0, len(missing), CHUNK):
            for identity, clause, title, number, level, region, audience, *valid in tx.execute(
                _BY_ID, {"ids": missing[start : start + CHUNK]}
            ):
                known[identity] = Candidate(identity, clause, title, number, level, region, Audience(audience), *valid)
        found = ((one, known.get(one)) for one in wanted)
        return {one: candidate for one, candidate in found if candidate is not None and scope.admits(candidate)}

    def _current(self, seq: int) -> dict[str, Candidate]:
        with self._lock:
            if seq != self._seq or len(self._known) > MOST_KEPT:
                self._seq, self._known = seq, {}
            return self._known
