"""What has happened to the sources of an older answer: nobody should act on a clause that was replaced after it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from assistant.answer import Successor
from assistant.flows.citing import replaced
from knowledge import dates_in_force
from knowledge.documents import Audience
from knowledge.outdated_entries import outdated
from knowledge.schema import documents

REMOVED = "作答之后，这份文件已经移出知识库，请向主管部门核实。"
Source = dict[str, Any]


def as_of(tx: Connection, answer: Mapping[str, Any], *, told: date, today: date) -> list[Source]:
    """The sources of an answer given on the day `told`, as they stand today.

    An answer about a day that had passed by then stays as it is: what held that day still held.
    """
    sources: list[Source] = [dict(one) for one in answer.get("sources") or ()]
    if str(answer.get("on", "")) < told.isoformat():
        return sources
    held = _held(tx, [str(one.get("document")) for one in sources])
    entries = outdated(tx, today) if sources else {}
    for source in sources:
        document = held.get(str(source.get("document")))
        if document is None:
            source.update(in_force=False, remarks=[*source.get("remarks", ()), REMOVED])
        elif source.get("in_force") and document.valid_to is not None and document.valid_to < today:
            source.update(_ended(source, document, held))
        elif (entry := entries.get(str(source.get("clause_id")))) is not None:
            source["remarks"] = [*source.get("remarks", ()), f"作答之后，这一条{entry.told()}。"]
    return sources


def _held(tx: Connection, ids: Sequence[str]) -> dict[str, Any]:
    """The documents, and those that ended them."""
    found = {row.id: row for row in tx.execute(select(documents).where(documents.c.id.in_(ids)))}
    ended_by = [row.ended_by for row in found.values() if row.ended_by and row.ended_by not in found]
    public = documents.c.audience == Audience.PUBLIC
    later = tx.execute(select(documents).where(documents.c.id.in_(ended_by), public))
    return {**found, **{row.id: row for row in later}}


def _ended(source: Source, document: Any, held: Mapping[str, Any]) -> Source:
    by = held.get(document.ended_by or "")
    ended: Source = {
        "in_force": False,
        "effective_to": document.valid_to.isoformat(),
        "dates": dates_in_force.dates(document),
    }
    remark = f"作答之后，这份文件已于 {document.valid_to.isoformat()} 失效"
    if by is not None:
        later = Successor(
            by.id, by.title, by.doc_number, document.valid_to + timedelta(days=1), dates_in_force.FIELD in by.pending
        )
        ended["superseded_by"] = later.to_json()
        remark = f"作答之后，这份文件{replaced(later)}"
    return {**ended, "remarks": [*source.get("remarks", ()), f"{remark}，请以现行规定为准。"]}
