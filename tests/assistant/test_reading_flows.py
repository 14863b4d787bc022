"""Words that come while a flow waits, as a model that may read sees them: more of the same, or something beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant.behaviours import Behaviour
from assistant.responder import Responder
from assistant.state import derive
from tests.assistant.chatting import Talk, replies, responder, says_always
from tests.sample import OpenSample

BOOKS, COMPLAINS, TESTS = "我想预约上门帮我办执照", "我要投诉窗口的人态度差，跑了三趟", "自测：开业补贴"


@contextmanager
def after(engine: Responder, sample: OpenSample, first: str, words: str) -> Iterator[Talk]:
    """A conversation that the rules have begun and a reader goes on with."""
    begun = Talk(engine)
    begun.say(first)
    with says_always(words) as (client, _):
        client.settings = replace(client.settings, reads=True)
        yield Talk(responder(sample, model=client), log=begun.log)


def waits(talk: Talk) -> list[str]:
    return [one.name for one in derive(talk.log).waiting]


def test_a_question_while_a_booking_waits_is_answered_as_it_was_read(engine: Responder, sample: OpenSample) -> None:
    with after(engine, sample, BOOKS, "answer\n上门帮我办执照要带什么材料\n=") as talk:
        (reply, *_) = replies(talk.say("要带些啥呐"))
        assert reply.rewritten == "上门帮我办执照要带什么材料"
        assert reply.text.endswith("刚才的预约还在，可以接着说。")
        assert waits(talk) == ["booking"]


@pytest.mark.parametrize("words", ["booking\n=\n=", "answer\n=\n=", "不知道"])
def test_what_only_answers_the_booking_goes_on_with_it(engine: Responder, sample: OpenSample, words: str) -> None:
    with after(engine, sample, BOOKS, words) as talk:
        assert talk.answer("办执照，周三上午").text.startswith("记下了：办执照，周三上午")


@pytest.mark.parametrize("read", ["anger", "why_ask", "contact", "human", "off_topic"])
def test_what_is_read_as_something_else_leaves_the_draft_also_where_it_asks_nothing(
    engine: Responder, sample: OpenSample, read: str
) -> None:
    with after(engine, sample, COMPLAINS, f"{read}\n=\n=") as talk:
        (reply, *_) = replies(talk.say("他们让我把这些说给你，那天当时就这样"))
        assert reply.behaviour == read
        assert "appeal" in waits(talk)


def test_more_of_a_complaint_is_added_to_the_draft(engine: Responder, sample: OpenSample) -> None:
    with after(engine, sample, COMPLAINS, "appeal\n=\n=") as talk:
        assert "那天还把门关了" in talk.answer("那天还把门关了").text


def test_an_order_about_the_draft_is_no_order_to_delete_the_conversation(engine: Responder, sample: OpenSample) -> None:
    with after(engine, sample, COMPLAINS, "stop_or_delete\n=\n=") as talk:
        assert talk.answer("跑了三趟这句去掉").behaviour == Behaviour.APPEAL


def test_half_a_question_in_a_self_test_is_the_one_that_was_read(engine: Responder, sample: OpenSample) -> None:
    with after(engine, sample, TESTS, "answer\n一次性开业补贴最高给多少\n=") as talk:
        (reply, *_) = replies(talk.say("最高给多少"))
    assert reply.rewritten == "一次性开业补贴最高给多少"


def test_a_statement_in_a_self_test_that_is_read_as_a_complaint_leaves_it(
    engine: Responder, sample: OpenSample
) -> None:
    with after(engine, sample, TESTS, "appeal\n=\n=") as talk:
        assert replies(talk.say("窗口那位把我的材料丢了还不认"))[0].behaviour == Behaviour.APPEAL
