"""The directory (服务能力清单): the only place that contact details come from, each with the day it was verified."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from knowledge import regions
from knowledge.documents import Audience, ClauseKind
from knowledge.errors import UnknownRegion
from knowledge.schema import clauses, rows

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ON_DUTY = re.compile(r"值班(?:人员|坐席|专员|律师|员|室)?|专席|服务台|前台")
_MASKED = "（个人手机，不对外公布，可以转接）"


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the directory, as its reader may see it."""

    clause_id: str
    name: str
    topic: str
    content: str
    how: str
    fee: str
    phone: str
    """Empty: there is none, or it was never verified."""
    address: str
    hours: str
    region: str
    verified: date | None
    ability: str = ""
    """How many windows and people, and when who is there."""
    contact: str = ""
    """Who answers, by what they are there for; a person's name is not told to the public."""

    @property
    def words(self) -> str:
        return f"{self.name}{self.topic}{self.content}"


def units(tx: Connection, places: Sequence[str], audience: Audience) -> list[Unit]:
    """All units of these places that this audience may see, the nearest place first."""
    query = (
        select(rows.c.clause_id, rows.c.fields)
        .join(clauses, clauses.c.id == rows.c.clause_id)
        .where(rows.c.kind == ClauseKind.UNIT, clauses.c.audience.in_(audience.sees()))
        .order_by(clauses.c.document_id, clauses.c.ordinal)
    )
    found = [_unit(row.clause_id, row.fields, audience) for row in tx.execute(query)]
    kept = [one for one in found if one.region in places]
    return sorted(kept, key=lambda one: list(places).index(one.region))


def _unit(clause_id: str, fields: dict[str, Any], audience: Audience) -> Unit:
    def cell(name: str) -> str:
        return str(fields.get(name) or "").strip()

    verified = _day(cell("核验日期"))
    phone = cell("联系电话")
    if audience is Audience.PUBLIC:
        phone = _MASKED if _MOBILE.search(re.sub(r"\D", "", phone)) else phone if verified else ""
    return Unit(
        clause_id,
        cell("单位"),
        cell("项目"),
        cell("内容"),
        cell("申请方式"),
        cell("收费标准"),
        phone,
        cell("地址"),
        cell("服务时间"),
        _region(cell("地区")),
        verified,
        "" if re.search(r"\d{7,}", cell("服务能力")) else cell("服务能力"),
        cell("联系人") if audience is Audience.STAFF or _ON_DUTY.fullmatch(cell("联系人")) else "",
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
