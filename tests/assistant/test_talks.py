"""What a person may do in a conversation: with the right session only, masked, rated once, forgotten, deleted for good."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.conversations import conversation_events, conversation_keys
from assistant.errors import (
    AlreadyRated,
    ConversationDeleted,
    EventNotFound,
    SessionExpired,
    SessionInvalid,
    SessionMissing,
    UnknownMemory,
)
from assistant.events import Feedback, Message, Notice, Rating, Remembered
from assistant.exporting import AI_NOTICE, Export
from assistant.showing import shown
from assistant.talks import Caller
from knowledge.database import Database
from knowledge.errors import UnknownRegion
from tests.assistant.talking import NOON, Talking, kinds, talking

MOBILE = "13800000000"
SAID = f"电话{MOBILE}，问开业补贴"


def test_every_door_asks_for_the_session_of_this_conversation(database: Database) -> None:
    with talking(database) as here:
        mine, other = here.begin(), here.begin()
        stolen = Caller(mine.conversation, other.token)
        doors: list[Callable[[Caller], object]] = [
            here.talks.admit,
            here.talks.renew,
            here.talks.follow,
            here.talks.history,
            here.talks.memory,
            here.talks.forget,
            here.talks.delete,
            lambda caller: here.talks.say(caller, "补贴"),
            lambda caller: here.talks.retry(caller, 1),
            lambda caller: here.talks.sources(caller, 1),
            lambda caller: here.talks.feedback(caller, 1, helpful=True),
            lambda caller: here.talks.rate(caller, 5),
            lambda caller: here.talks.remember(caller, "region", "武汉市"),
        ]
        for door in doors:
            with pytest.raises(SessionInvalid):
                door(stolen)
            with pytest.raises(SessionMissing):
                door(Caller(mine.conversation, ""))
        assert len(doors) == len([name for name in vars(type(here.talks)) if not name.startswith("_")]) - 1  # start
        assert here.events(mine) == []
        here.clock.now += timedelta(hours=2)
        with pytest.raises(SessionExpired):
            here.talks.history(mine)
        assert here.talks.history(Caller(mine.conversation, here.talks.renew(mine).token)) == []


def test_personal_data_is_masked_before_anything_else_sees_it(
    database: Database, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with talking(database) as here, caplog.at_level("DEBUG"):
        caller = here.begin()
        seq = here.talks.say(caller, SAID, (("电话", MOBILE),), MOBILE)
        events = here.answered(caller, seq)
        here.talks.feedback(caller, 3, helpful=False, reason=f"打{MOBILE}")
        here.talks.rate(caller, 4, f"找{MOBILE}")
        here.talks.remember(caller, "trade", f"卖菜{MOBILE}")
        written = here.events(caller)
    assert kinds(events) == ["message", "notice", "reply", "done"]
    message, notice = events[0].event, events[1].event
    assert isinstance(message, Message)
    assert len(message.masked) == 1
    assert isinstance(notice, Notice)
    assert notice.code == "masked"
    assert message.masked[0] in notice.text
    assert MOBILE not in str([shown(one) for one in written])
    assert MOBILE not in "".join(here.says.asked)
    assert MOBILE not in caplog.text


def test_a_message_sent_twice_with_one_key_is_taken_once(database: Database) -> None:
    with talking(database) as here:
        caller, other = here.begin(), here.begin()
        assert here.talks.say(caller, "补贴", key="k") == here.talks.say(caller, "补贴", key="k")
        assert here.talks.say(other, "补贴", key="k") == 1
        events = here.answered(caller, 1)
        assert kinds(events) == ["message", "reply", "done"]
        assert here.talks.say(caller, "补贴", key="l") == 4


def test_feedback_is_for_replies_and_a_rating_is_given_once(database: Database) -> None:
    with talking(database) as here:
        caller = here.begin()
        here.answered(caller, here.talks.say(caller, "补贴"))
        here.talks.feedback(caller, 2, helpful=True)
        here.talks.feedback(caller, 2, helpful=None)
        for wrong in (1, 3, 99):
            with pytest.raises(EventNotFound):
                here.talks.feedback(caller, wrong, helpful=True)
        assert here.talks.sources(caller, 2) == []
        here.talks.rate(caller, 5, "好")
        with pytest.raises(AlreadyRated):
            here.talks.rate(caller, 1)
        events = here.events(caller)
        assert [one.event for one in events if isinstance(one.event, Feedback)][-1] == Feedback(2, None)
        assert events[-1].event == Rating(5, "好")


def test_what_is_remembered_can_be_seen_changed_and_forgotten(database: Database) -> None:
    with talking(database) as here:
        caller = here.begin("990100")
        assert [one.shown for one in here.talks.memory(caller)] == ["云岭省青禾市"]
        here.talks.remember(caller, "region", "武汉市")
        here.talks.remember(caller, "trade", "餐饮")
        assert {one.key: one.value for one in here.talks.memory(caller)} == {"region": "420100", "trade": "餐饮"}
        with pytest.raises(UnknownRegion):
            here.talks.remember(caller, "region", "火星")
        with pytest.raises(UnknownMemory):
            here.talks.remember(caller, "income", "100")
        here.talks.forget(caller, "trade")
        with pytest.raises(UnknownMemory):
            here.talks.forget(caller, "trade")
        here.talks.forget(caller)
        here.talks.forget(caller)  # nothing left: nothing to say
        assert here.talks.memory(caller) == []
        notices = [one.event.code for one in here.events(caller) if isinstance(one.event, Notice)]
        assert notices == ["region", "remembered", "forgotten", "forgotten"]


def test_the_page_a_conversation_began_on_is_remembered(database: Database) -> None:
    with talking(database) as here:
        session = here.talks.start(None, f"/documents?q={MOBILE}")
        remembered = here.talks.memory(Caller(session.conversation, session.token))
        assert [one.key for one in remembered] == ["page"]
        assert MOBILE not in remembered[0].value


def files_of(database: Database) -> list[Path]:
    name = database.engine.url.database or ""
    return [file for file in Path(name).parent.iterdir() if file.name.startswith(Path(name).name)]


def test_a_deleted_conversation_cannot_be_read_from_the_files_either(database: Database) -> None:
    """On SQLite the wrapped key is not in any of its files any more: looked for byte by byte."""
    with talking(database, starts=False) as here:
        caller, kept = here.begin(), here.begin()
        here.talks.say(caller, "开业补贴")
        with database.reading() as tx:
            keys = tx.execute(select(conversation_keys.c.conversation_id, conversation_keys.c.wrapped))
            wrapped = {row.conversation_id: row.wrapped for row in keys}
        if database.is_sqlite:
            assert any(wrapped[caller.conversation] in file.read_bytes() for file in files_of(database))
        receipt = here.talks.delete(caller)
        with database.reading() as tx:
            left = tx.execute(select(conversation_keys.c.conversation_id)).scalars().all()
        assert left == [kept.conversation]
        if database.is_sqlite:
            assert not [file for file in files_of(database) if wrapped[caller.conversation] in file.read_bytes()]
            assert any(wrapped[kept.conversation] in file.read_bytes() for file in files_of(database))
        assert receipt.events == 1
        for _ in range(2):
            with pytest.raises(ConversationDeleted, match=receipt.number):
                here.talks.history(caller)
        with pytest.raises(ConversationDeleted):
            here.talks.say(caller, "还在吗")
        with pytest.raises(ConversationDeleted):
            here.talks.renew(caller)
        with pytest.raises(ConversationDeleted):
            here.talks.delete(caller)


def test_no_word_of_a_conversation_stands_in_the_store(database: Database) -> None:
    with talking(database) as here:
        caller = here.begin()
        here.answered(caller, here.talks.say(caller, "一句很特别的话", key="special-key"))
        with database.reading() as tx:
            rows = repr(tx.execute(select(conversation_events)).all())
        assert "特别" not in rows
        assert "special-key" not in rows
        for file in files_of(database) if database.is_sqlite else []:
            assert "特别".encode() not in file.read_bytes()
            assert b"special-key" not in file.read_bytes()


def exported(here: Talking) -> Export:
    caller = here.begin("990100")
    here.answered(caller, here.talks.say(caller, "补贴", (("行业", "餐饮"),)))
    here.talks.rate(caller, 5)
    return Export(caller.conversation, here.events(caller), NOON)


def test_an_export_carries_the_notice_and_the_metadata(database: Database) -> None:
    with talking(database) as here:
        whole = exported(here)
    text = whole.to_text()
    assert text.count(AI_NOTICE) == 3  # at the beginning, at the reply, at the end
    for part in ("您说：补贴", "行业：餐饮", "2026-07-01 12:00", "评价 5 分", '"Label": "1"'):
        assert part in text
    values = whole.to_json()
    assert values["ai_notice"] == AI_NOTICE
    assert values["AIGC"]["ContentProducer"]
    assert values["AIGC"]["ProduceID"].startswith(whole.conversation)
    assert [one["kind"] for one in values["events"]] == ["remembered", "message", "reply", "done", "rating"]
    assert "rewritten" not in values["events"][2]
    assert "key" not in values["events"][1]
    assert isinstance(whole.events[0].event, Remembered)
