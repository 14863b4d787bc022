"""The log of every conversation: events in order, only ever added, sealed under a key of that conversation.

Deleting a conversation destroys its key: the rows stay, the words are gone, and a receipt says so (design.md 8).
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from assistant.errors import ConversationDeleted, ConversationNotFound, WrongSecret
from assistant.events import Author, Event, Recorded, payload, read
from assistant.sealing import ContentKey, Keyring
from assistant.turn import CHINA
from knowledge.schema import metadata

ID_BYTES = 16

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(22), primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("touched_at", DateTime(timezone=True), nullable=False, index=True),
    Column("deleted_at", DateTime(timezone=True)),
    Column("receipt", String(40)),
)

conversation_keys = Table(
    "conversation_keys",
    metadata,
    Column("conversation_id", String(22), ForeignKey("conversations.id"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False, comment="under the master key; gone when deleted"),
)

conversation_events = Table(
    "conversation_events",
    metadata,
    Column("conversation_id", String(22), ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("author", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_hash", String(32), comment="of the idempotency key"),
    UniqueConstraint("conversation_id", "key_hash"),
)

seals = Table(
    "seals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(32), nullable=False, comment="of the master key"),
)

Entry = tuple[Author, Event]

_ONE = (
    select(conversations, conversation_keys.c.wrapped)
    .outerjoin(conversation_keys, conversation_keys.c.conversation_id == conversations.c.id)
    .where(conversations.c.id == bindparam("of"))
)
_LOCKED = _ONE.with_for_update(of=conversations)
_MOVED = update(conversations).where(conversations.c.id == bindparam("of"))
_OF_KEY = select(conversation_events.c.seq).where(
    conversation_events.c.conversation_id == bindparam("of"), conversation_events.c.key_hash == bindparam("key")
)
_EVENTS = (
    select(*(conversation_events.c[name] for name in ("seq", "at", "author", "kind", "sealed")))
    .where(conversation_events.c.conversation_id == bindparam("of"), conversation_events.c.seq > bindparam("after"))
    .order_by(conversation_events.c.seq)
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a deletion."""

    number: str
    deleted_at: datetime
    events: int
    """How many became unreadable."""


def fit(tx: Connection, keyring: Keyring) -> None:
    """Make sure that the stored conversations open with this master key. Raises WrongSecret."""
    known = tx.execute(select(seals.c.fingerprint).with_for_update()).scalar()
    if known == keyring.fingerprint:
        return
    if known is not None:
        if tx.execute(select(conversation_keys.c.conversation_id).limit(1)).first():
            raise WrongSecret(keyring.source)
        tx.execute(delete(seals))
    tx.execute(insert(seals).values(id=1, fingerprint=keyring.fingerprint))


class ConversationLog:
    """Reads and adds inside the transaction of its caller."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def start(self, tx: Connection, at: datetime) -> str:
        """A new conversation without events; its id."""
        conversation = secrets.token_urlsafe(ID_BYTES)
        moment = at.astimezone(UTC)
        tx.execute(insert(conversations).values(id=conversation, last_seq=0, started_at=moment, touched_at=moment))
        _, wrapped = self._keyring.new_key(conversation)
        tx.execute(insert(conversation_keys).values(conversation_id=conversation, wrapped=wrapped))
        return conversation

    def append(
        self, tx: Connection, conversation: str, entries: Sequence[Entry], at: datetime, *, key: str = ""
    ) -> list[Recorded]:
        """Add events with the next numbers; the key, where given, marks the first of them.

        Whoever adds at the same time waits: numbers have no gaps and stand in the order of writing.
        Raises ConversationNotFound, ConversationDeleted.
        """
        row = lock(tx, conversation)
        content_key = self._keyring.unwrap(row.wrapped, conversation)
        recorded = [
            Recorded(seq, at, author, event) for seq, (author, event) in enumerate(entries, start=row.last_seq + 1)
        ]
        rows = [{**self._sealed(content_key, conversation, one), "key_hash": None} for one in recorded]
        if key and rows:
            rows[0]["key_hash"] = _hash(conversation, key)
        if rows:
            tx.execute(insert(conversation_events), rows)
        moved = {"of": conversation, "last_seq": row.last_seq + len(rows), "touched_at": at.astimezone(UTC)}
        tx.execute(_MOVED, moved)
        return recorded

    def seq_of(self, tx: Connection, conversation: str, key: str) -> int | None:
        """Number of the event that came with this idempotency key."""
        found: int | None = tx.execute(_OF_KEY, {"of": conversation, "key": _hash(conversation, key)}).scalar()
        return found

    def read(self, tx: Connection, conversation: str, *, after: int = 0, limit: int | None = None) -> list[Recorded]:
        """Events in order. Raises ConversationNotFound, ConversationDeleted."""
        content_key = self._keyring.unwrap(existing(tx, conversation).wrapped, conversation)
        query = _EVENTS if limit is None else _EVENTS.limit(limit)
        return [
            _opened(content_key, conversation, row) for row in tx.execute(query, {"of": conversation, "after": after})
        ]

    @staticmethod
    def _sealed(key: ContentKey, conversation: str, one: Recorded) -> dict[str, Any]:
        words = json.dumps(payload(one.event), ensure_ascii=False, separators=(",", ":")).encode()
        kind = one.event.kind
        return {
            "conversation_id": conversation,
            "seq": one.seq,
            "at": one.at.astimezone(UTC),
            "author": one.author.value,
            "kind": kind,
            "sealed": key.seal(words, _place(conversation, one.seq, one.author, kind)),
        }


def lock(tx: Connection, conversation: str) -> "Row[Any]":
    """The conversation's row with its key, held until the transaction ends. Raises ConversationNotFound, ConversationDeleted."""
    return _checked(tx.execute(_LOCKED, {"of": conversation}).one_or_none())


def existing(tx: Connection, conversation: str) -> "Row[Any]":
    """As `lock`, without holding it."""
    return _checked(tx.execute(_ONE, {"of": conversation}).one_or_none())


def destroy(tx: Connection, conversation: str, at: datetime) -> Receipt:
    """Delete the key, and with it the words. Raises ConversationNotFound, ConversationDeleted."""
    row = lock(tx, conversation)
    number = f"DEL-{at.astimezone(CHINA):%Y%m%d}-{secrets.token_hex(6).upper()}"
    tx.execute(delete(conversation_keys).where(conversation_keys.c.conversation_id == conversation))
    tx.execute(
        update(conversations)
        .where(conversations.c.id == conversation)
        .values(deleted_at=at.astimezone(UTC), receipt=number)
    )
    return Receipt(number, at.astimezone(CHINA), row.last_seq)


def last_seqs(tx: Connection, watched: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How far these conversations have come."""
    table = conversations.c
    for row in tx.execute(select(table.id, table.last_seq).where(table.id.in_(watched))):
        yield row.id, row.last_seq


def forget_master_key(tx: Connection) -> None:
    """For the day it is lost, when no conversation has a key any more."""
    tx.execute(delete(seals))


def untouched_since(tx: Connection, moment: datetime, limit: int) -> list[str]:
    """Conversations that still have words and in which nothing has happened since, the oldest first."""
    table = conversations.c
    found = tx.execute(
        select(table.id)
        .where(table.deleted_at.is_(None), table.touched_at < moment.astimezone(UTC))
        .order_by(table.touched_at)
        .limit(limit)
    )
    return list(found.scalars())


def clear_deleted(tx: Connection) -> int:
    """Take out what nobody can read any more; the conversation and its receipt stay. How many events."""
    gone = select(conversations.c.id).where(conversations.c.deleted_at.is_not(None))
    return tx.execute(delete(conversation_events).where(conversation_events.c.conversation_id.in_(gone))).rowcount


def count(tx: Connection) -> tuple[int, int]:
    """Conversations with words, and deleted ones."""
    table = conversations.c
    deleted = tx.execute(select(func.count()).where(table.deleted_at.is_not(None))).scalar_one()
    return tx.execute(select(func.count()).where(table.deleted_at.is_(None))).scalar_one(), deleted


def aware(at: datetime) -> datetime:
    """SQLite forgets the zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _checked(row: "Row[Any] | None") -> "Row[Any]":
    if row is None:
        raise ConversationNotFound
    if row.deleted_at is not None:
        raise ConversationDeleted(row.receipt, aware(row.deleted_at).astimezone(CHINA))
    return row


def _opened(key: ContentKey, conversation: str, row: "Row[*tuple[Any, ...]]") -> Recorded:
    author = Author(row.author)
    words = key.open(row.sealed, _place(conversation, row.seq, author, row.kind))
    return Recorded(row.seq, aware(row.at), author, read(row.kind, json.loads(words)))


def _place(conversation: str, seq: int, author: Author, kind: str) -> str:
    return f"{conversation}/{seq}/{author.value}/{kind}"


def _hash(conversation: str, key: str) -> str:
    """The client chooses the key: who knows what stands in it."""
    return blake2b(key.encode(errors="replace"), key=conversation.encode(), digest_size=16).hexdigest()
