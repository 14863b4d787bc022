"""What operators turn off and on while the service runs, without a restart."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, Connection, DateTime, String, Table, bindparam, insert, select, update

from knowledge.schema import metadata


class Switch(StrEnum):
    MODEL = "model"
    """Whether the language model is asked."""


switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)


_IS_ON = select(switches.c.is_on).where(switches.c.name == bindparam("of"))


def is_on(tx: Connection, switch: Switch) -> bool:
    """What nobody has touched is on."""
    found = tx.execute(_IS_ON, {"of": switch.value}).scalar()
    return found is None or bool(found)


def turn(tx: Connection, switch: Switch, *, on: bool, at: datetime) -> None:
    values = {"is_on": on, "changed_at": at.astimezone(UTC)}
    if not tx.execute(update(switches).where(switches.c.name == switch.value).values(values)).rowcount:
        tx.execute(insert(switches).values(name=switch.value, **values))
