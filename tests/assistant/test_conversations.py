"""The log on both engines: numbers without gaps under any interleaving, sealed, gone when deleted."""

import threading
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assistant.conversations import (
    ConversationLog,
    Entry,
    conversation_events,
    conversation_keys,
    conversations,
    destroy,
)
from assistant.errors import ConversationDeleted, ConversationNotFound
from assistant.events import Author, Done, Feedback, Message, Notice, Rating, Reply
from assistant.retention import purge
from knowledge.database import Database
from tests.assistant.talking import KEYRING, NOON

LOG = ConversationLog(KEYRING)


def start(database: Database) -> str:
    with database.transaction() as tx:
        return LOG.start(tx, NOON)


def say(database: Database, conversation: str, *texts: str, key: str = "") -> list[int]:
    entries = [(Author.PERSON, Message(text)) for text in texts]
    with database.transaction() as tx:
        return [one.seq for one in LOG.append(tx, conversation, entries, NOON, key=key)]


def texts(database: Database, conversation: str, after: int = 0) -> list[tuple[int, str]]:
    with database.reading() as tx:
        found = LOG.read(tx, conversation, after=after)
    return [(one.seq, one.event.text) for one in found if isinstance(one.event, Message)]


def test_events_come_back_as_they_were_written(database: Database) -> None:
    conversation = start(database)
    events: list[Entry] = [
        (Author.PERSON, Message("补贴", "k", ("手机号",), (("行业", "餐饮"),))),
        (Author.ASSISTANT, Reply("二万元[1]", 1, "question", answer={"sources": [{"quote": "“原文”"}]})),
        (Author.SYSTEM, Notice("提示", 1, "masked")),
        (Author.PERSON, Feedback(2, None)),
        (Author.PERSON, Rating(5, "好")),
        (Author.SYSTEM, Done(1)),
    ]
    with database.transaction() as tx:
        written = LOG.append(tx, conversation, events, NOON)
    with database.reading() as tx:
        assert LOG.read(tx, conversation) == written
        assert LOG.read(tx, conversation, after=2, limit=2) == written[2:4]
    assert [(one.author, one.event) for one in written] == events
    assert [one.seq for one in written] == [1, 2, 3, 4, 5, 6]
    assert written[0].at == NOON


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["", "a", "b", "c"]), st.booleans()),
        max_size=12,
    )
)
def test_any_interleaving_keeps_order_without_gaps_and_takes_a_key_once(
    database: Database, steps: list[tuple[int, int, str, bool]]
) -> None:
    """Three conversations, several events at a time, keys used again, transactions rolled back."""
    names = [start(database) for _ in range(3)]
    expected: dict[int, list[str]] = {0: [], 1: [], 2: []}
    known: dict[tuple[int, str], int] = {}
    for number, (which, count, key, fails) in enumerate(steps):
        said = [f"{number}.{one}" for one in range(count)]
        with database.transaction() as tx:
            seq = LOG.seq_of(tx, names[which], key) if key else None
            assert seq == (known.get((which, key)) if key else None)
            if seq is None:
                entries = [(Author.PERSON, Message(text)) for text in said]
                LOG.append(tx, names[which], entries, NOON, key=key)
                if fails:
                    tx.rollback()
                    continue
                known[which, key] = len(expected[which]) + 1
                expected[which] += said
    for which, name in enumerate(names):
        assert texts(database, name) == list(enumerate(expected[which], start=1))


def test_writers_at_the_same_time_leave_no_gap_and_lose_nothing(database: Database) -> None:
    conversation = start(database)
    got: list[int] = []

    def write(writer: int) -> None:
        for number in range(10):
            got.extend(say(database, conversation, f"{writer}.{number}.a", f"{writer}.{number}.b"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = texts(database, conversation)
    assert sorted(got) == [seq for seq, _ in found] == list(range(1, 101))
    for writer in range(5):
        mine = [text for _, text in found if text.startswith(f"{writer}.")]
        assert mine == [f"{writer}.{number}.{half}" for number in range(10) for half in "ab"]


def test_a_conversation_that_never_was_is_told_apart_from_a_deleted_one(database: Database) -> None:
    with database.reading() as tx, pytest.raises(ConversationNotFound):
        LOG.read(tx, "nothing")
    conversation = start(database)
    say(database, conversation, "一", "二")
    with database.transaction() as tx:
        receipt = destroy(tx, conversation, NOON)
    assert receipt.events == 2
    with database.reading() as tx, pytest.raises(ConversationDeleted, match=receipt.number):
        LOG.read(tx, conversation)
    with database.transaction() as tx, pytest.raises(ConversationDeleted):
        LOG.append(tx, conversation, [(Author.PERSON, Message("三"))], NOON)
    with database.transaction() as tx, pytest.raises(ConversationDeleted):
        destroy(tx, conversation, NOON)


def test_deleting_destroys_the_key_and_leaves_other_conversations_alone(database: Database) -> None:
    gone, kept = start(database), start(database)
    say(database, gone, "秘密")
    say(database, kept, "留着")
    with database.transaction() as tx:
        destroy(tx, gone, NOON)
        keys = tx.execute(select(conversation_keys.c.conversation_id)).scalars().all()
        rows = tx.execute(select(conversation_events.c.sealed)).scalars().all()
    assert keys == [kept]
    assert len(rows) == 2
    assert texts(database, kept) == [(1, "留着")]


def test_what_is_too_old_is_purged_and_what_is_unreadable_taken_out(database: Database) -> None:
    old, deleted, fresh = start(database), start(database), start(database)
    for one in (old, deleted, fresh):
        say(database, one, "一", "二")
    with database.transaction() as tx:
        destroy(tx, deleted, NOON)
        LOG.append(tx, fresh, [(Author.PERSON, Message("三"))], NOON + timedelta(days=100))
    purged = purge(database, keep_days=180, now=NOON + timedelta(days=181))
    assert (purged.conversations, purged.events) == (1, 4)
    assert len(texts(database, fresh)) == 3
    with database.reading() as tx:
        with pytest.raises(ConversationDeleted):
            LOG.read(tx, old)
        assert len(tx.execute(select(conversations.c.receipt).where(conversations.c.receipt.is_not(None))).all()) == 2
    again = purge(database, keep_days=180, now=NOON + timedelta(days=181))
    assert (again.conversations, again.events) == (0, 0)
