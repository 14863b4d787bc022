"""Messages that wait for their answer: one row a message until its Done is written.

A process that answers one holds a lease on it; a lease that is not renewed falls to whoever looks next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from assistant.conversations import aware, lock
from knowledge.schema import metadata

LEASE = timedelta(seconds=20)
MOST_TRIES = 2

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", String(22), ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False, comment="of the message"),
    Column("tries", Integer, nullable=False),
    Column("owner", String(120)),
    Column("leased_until", DateTime(timezone=True), index=True),
)


_OLDEST = select(turns).where(turns.c.conversation_id == bindparam("of")).order_by(turns.c.seq).limit(1)
_THIS = (turns.c.conversation_id == bindparam("of"), turns.c.seq == bindparam("one"))
_CLAIMED = update(turns).where(*_THIS)
_FINISHED = delete(turns).where(*_THIS, turns.c.owner == bindparam("by"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this process answers now."""

    conversation: str
    seq: int
    tries: int
    """This one included."""


def add(tx: Connection, conversation: str, seq: int) -> None:
    tx.execute(insert(turns).values(conversation_id=conversation, seq=seq, tries=0))


def claim(tx: Connection, conversation: str, owner: str, now: datetime) -> Claim | None:
    """The oldest waiting message of this conversation, unless another process answers it.

    Raises ConversationNotFound, ConversationDeleted.
    """
    lock(tx, conversation)
    row = tx.execute(_OLDEST, {"of": conversation}).one_or_none()
    if row is None or _is_held(row, now):
        return None
    tries = row.tries + 1
    tx.execute(
        _CLAIMED, {"of": conversation, "one": row.seq, "owner": owner, "leased_until": _until(now), "tries": tries}
    )
    return Claim(conversation, row.seq, tries)


def finish(tx: Connection, claimed: Claim, owner: str) -> bool:
    """Take the message off the list; False where the lease was lost to another."""
    done = tx.execute(_FINISHED, {"of": claimed.conversation, "one": claimed.seq, "by": owner})
    return done.rowcount == 1


def release(tx: Connection, claimed: Claim, owner: str, *, counts: bool) -> None:
    """Let others have it; where the try was not to blame, it does not count."""
    values: dict[str, Any] = {"owner": None, "leased_until": None, "tries": claimed.tries - (not counts)}
    tx.execute(_of(claimed.conversation, claimed.seq).where(turns.c.owner == owner).values(values))


def renew(tx: Connection, owner: str, now: datetime) -> None:
    tx.execute(update(turns).where(turns.c.owner == owner).values(leased_until=_until(now)))


def forget(tx: Connection, conversation: str) -> None:
    """Nothing of a deleted conversation is answered."""
    tx.execute(delete(turns).where(turns.c.conversation_id == conversation))


def has_any(tx: Connection, conversation: str) -> bool:
    return tx.execute(_OLDEST, {"of": conversation}).first() is not None


def is_waiting(tx: Connection, conversation: str, seq: int) -> bool:
    table = turns.c
    return (
        tx.execute(select(table.seq).where(table.conversation_id == conversation, table.seq == seq)).first() is not None
    )


def free(tx: Connection, now: datetime, limit: int) -> list[str]:
    """Conversations with a message that nobody answers."""
    table = turns.c
    found = tx.execute(
        select(table.conversation_id)
        .where(or_(table.leased_until.is_(None), table.leased_until < now.astimezone(UTC)))
        .group_by(table.conversation_id)
        .limit(limit)
    )
    return list(found.scalars())


def owners(tx: Connection) -> list[str]:
    return list(tx.execute(select(turns.c.owner).where(turns.c.owner.is_not(None)).distinct()).scalars())


def release_all(tx: Connection, gone: Sequence[str]) -> None:
    """These owners are known to have ended."""
    tx.execute(update(turns).where(turns.c.owner.in_(gone)).values(owner=None, leased_until=None))


def _of(conversation: str, seq: int) -> Any:
    return update(turns).where(turns.c.conversation_id == conversation, turns.c.seq == seq)


def _is_held(row: "Row[Any]", now: datetime) -> bool:
    return row.leased_until is not None and aware(row.leased_until) > now


def _until(now: datetime) -> datetime:
    return (now + LEASE).astimezone(UTC)
