"""Conversations are kept for so many days after the last event; then their keys are destroyed like those of deleted ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant import conversations, pending
from assistant.conversations import ConversationLog, conversation_keys
from assistant.errors import ConversationDeleted
from knowledge.database import Database

AT_ONCE = 200
"""In one transaction, so that nobody waits long."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge has done."""

    conversations: int
    events: int
    """Of these and of those deleted before: taken out of the database."""


def purge(database: Database, log: ConversationLog, *, keep_days: int, now: datetime) -> Purged:
    """Delete what is older, and take out what nobody can read any more."""
    before = now - timedelta(days=keep_days)
    purged = 0
    while True:
        with database.transaction() as tx:
            old = conversations.untouched_since(tx, before, AT_ONCE)
            for conversation in old:
                try:
                    log.delete(tx, conversation, now)
                except ConversationDeleted:
                    continue  # by its person, a moment ago
                pending.forget(tx, conversation)
        purged += len(old)
        if len(old) < AT_ONCE:
            break
    with database.transaction() as tx:
        events = conversations.clear_deleted(tx)
    if purged or events:
        database.scrub(conversation_keys.name)
    return Purged(purged, events)
