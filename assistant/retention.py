"""Conversations are kept for so many days after the last event; then their keys are destroyed like those of deleted ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant import conversations, pending
from assistant.conversations import conversation_keys
from assistant.errors import ConversationDeleted
from knowledge.database import Database

AT_ONCE = 200
"""In one transaction, so that nobody waits long."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge has done."""

    conversations: int
    """Whose keys were destroyed."""
    events: int
    """Unreadable ones that were taken out, those of conversations deleted before included."""


def purge(database: Database, *, keep_days: int, now: datetime) -> Purged:
    """Destroy what is older, and take out what nobody can read any more; receipts stay."""
    purged = _destroy_before(database, now - timedelta(days=keep_days), now)
    with database.transaction() as tx:
        events = conversations.clear_deleted(tx)
    if purged or events:
        database.scrub(conversation_keys.name)
    return Purged(purged, events)


def abandon(database: Database, now: datetime) -> Purged:
    """Give up all conversations: the master key that opened them is lost."""
    purged = _destroy_before(database, now + timedelta(days=1), now)
    with database.transaction() as tx:
        events = conversations.clear_deleted(tx)
        conversations.forget_master_key(tx)
    database.scrub(conversation_keys.name)
    return Purged(purged, events)


def _destroy_before(database: Database, before: datetime, now: datetime) -> int:
    count = 0
    while True:
        with database.transaction() as tx:
            old = conversations.untouched_since(tx, before, AT_ONCE)
            for conversation in old:
                try:
                    conversations.destroy(tx, conversation, now)
                except ConversationDeleted:
                    continue  # by its person, a moment ago
                pending.forget(tx, conversation)
                count += 1
        if len(old) < AT_ONCE:
            return count
