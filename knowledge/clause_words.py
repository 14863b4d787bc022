"""The whole clause that a passage belongs to, in the words that a reader may see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from knowledge import catalogue
from knowledge.catalogue import StoredPassage
from knowledge.documents import Audience, ClauseKind
from knowledge.schema import clauses
from knowledge.scope import Scope

LONGEST = 1_500
"""Characters; of a longer clause only the passage that was found is given."""
_OUTLINE = {ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.PART, ClauseKind.ANNEX}
"""Their clauses are clauses of their own."""


def readable(tx: Connection, found: Sequence[StoredPassage], scope: Scope, audience: Audience) -> dict[str, str]:
    """Words by id of passage; what has changed or ended since it was found is missing."""
    stored = catalogue.usable(tx, [passage.id for passage in found], scope)
    same = [passage for passage in found if stored.get(passage.id) == passage]
    entries = [passage.clause_id for passage in same if passage.clause_kind == ClauseKind.FAQ]
    faqs = catalogue.faqs_of(tx, entries) if entries else {}
    words = {}
    for passage in same:
        faq = faqs.get(passage.clause_id)
        words[passage.id] = f"{faq.question}\n{faq.answer}" if faq else _clause(tx, passage, audience)
    return words


def _clause(tx: Connection, passage: StoredPassage, audience: Audience) -> str:
    clause = tx.execute(select(clauses).where(clauses.c.id == passage.clause_id)).one()
    if passage.clause_kind in _OUTLINE or clause.end - clause.start > LONGEST:
        return catalogue.quoted(tx, passage, passage.start, passage.end, audience).strip()
    parts = [catalogue.quoted(tx, passage, part.start, part.own_end, audience) for part in _parts(tx, clause, audience)]
    return "".join(parts).strip()


def _parts(tx: Connection, clause: Any, audience: Audience) -> Sequence[Any]:
    """The clause and what stands below it, without what is for others."""
    query = select(clauses.c.start, clauses.c.own_end).where(
        clauses.c.document_id == clause.document_id,
        clauses.c.start >= clause.start,
        clauses.c.end <= clause.end,
        clauses.c.audience.in_(audience.sees()),
    )
    return tx.execute(query.order_by(clauses.c.ordinal)).all()
