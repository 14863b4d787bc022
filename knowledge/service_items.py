"""Service items (事项指南): what can be applied for, with conditions, amounts, papers and steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from knowledge import regions
from knowledge.documents import Audience, ClauseKind, redact
from knowledge.errors import UnknownRegion
from knowledge.privacy import find_spans
from knowledge.schema import clauses, rows

PARTS = ("政策依据", "申报条件", "扶持标准", "申报材料", "申报流程", "注意事项")
"""The six elements of a guide (requirements A8-04)."""


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One item as its reader may see it."""

    document: str
    path: str
    """Of its clause: 事项指南 is a document with a clause for each item."""
    name: str
    department: str
    region: str
    """Code; empty where the sheet names a place nobody knows."""
    fulfilment: str
    """免申即享, 即申即享 or 申报审批."""
    opens: date | None
    closes: date | None
    parts: tuple[tuple[str, str], ...]
    """PARTS that are filled in, with their text."""
    shared_papers: tuple[str, ...]
    """Papers the authority can get itself."""

    def is_open(self, *, on: date) -> bool:
        return (self.opens is None or self.opens <= on) and (self.closes is None or on <= self.closes)


def service_items(tx: Connection, audience: Audience, *, places: Sequence[str] | None = None) -> list[ServiceItem]:
    """In the order of the sheets; with places, only those that hold there."""
    found = [_item(row, audience) for row in tx.execute(_query(audience))]
    return [one for one in found if places is None or one.region in places]


def service_item(tx: Connection, document: str, path: str, audience: Audience) -> ServiceItem | None:
    condition = clauses.c.document_id == document, clauses.c.path == path
    row = tx.execute(_query(audience).where(*condition)).first()
    return _item(row, audience) if row else None


def not_open(tx: Connection, ids: Collection[str], *, on: date) -> set[str]:
    """Of these clauses, the items that nobody could apply for on that day; one that says no days is open."""
    query = select(rows.c.clause_id, rows.c.fields).where(
        rows.c.kind == ClauseKind.SERVICE_ITEM, rows.c.clause_id.in_(list(ids))
    )
    days = {
        row.clause_id: (_day(row.fields.get("申报开始") or ""), _day(row.fields.get("申报截止") or ""))
        for row in tx.execute(query)
    }
    return {one for one, (opens, closes) in days.items() if (opens and on < opens) or (closes and on > closes)}


def _query(audience: Audience) -> Any:
    return (
        select(clauses.c.document_id, clauses.c.path, rows.c.fields)
        .join(clauses, clauses.c.id == rows.c.clause_id)
        .where(rows.c.kind == ClauseKind.SERVICE_ITEM, clauses.c.audience.in_(audience.sees()))
        .order_by(clauses.c.document_id, clauses.c.ordinal)
    )


def _item(row: Row[Any], audience: Audience) -> ServiceItem:
    def cell(name: str) -> str:
        text = str(row.fields.get(name) or "").strip()
        return redact(text, find_spans(text)) if audience is Audience.PUBLIC else text

    return ServiceItem(
        row.document_id,
        row.path,
        cell("事项名称"),
        cell("主管部门"),
        _region(cell("地区")),
        cell("兑现方式"),
        _day(cell("申报开始")),
        _day(cell("申报截止")),
        tuple((name, cell(name)) for name in PARTS if cell(name)),
        tuple(filter(None, (paper.strip() for paper in cell("可共享免交材料").replace("；", ";").split(";")))),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _region(text: str) -> str:
    try:
        return regions.resolve(text)
    except UnknownRegion:
        return ""
