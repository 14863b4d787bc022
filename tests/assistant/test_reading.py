"""A language model that may say what a message is about, and what stays above it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from assistant.behaviours import Behaviour
from assistant.reading import Reader, Reading, reader_of
from assistant.state import State
from knowledge.documents import Audience
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.assistant.chatting import Talk, responder, says_always
from tests.sample import OpenSample

FIRST = State()
AFTER = replace(FIRST, last_question="开业补贴多少钱", messages=1)


@contextmanager
def reads(words: str, audience: Audience = Audience.PUBLIC) -> Iterator[tuple[Reader, list[dict[str, Any]]]]:
    with says_always(words) as (client, model):
        yield Reader(client, audience), model.requests


def test_a_reading_is_a_class_and_the_whole_question() -> None:
    with reads("answer\n租金补贴多少钱") as (reader, _):
        assert reader.read("租金补贴呢", AFTER) == Reading(Behaviour.ANSWER, "租金补贴多少钱")


def test_what_stands_for_itself_is_left_as_it_is() -> None:
    with reads("booking\n=") as (reader, _):
        assert reader.read("明天能上门帮我办吗", AFTER) == Reading(Behaviour.BOOKING)


@pytest.mark.parametrize("whole", ["宜昌的租金补贴多少钱", "租金补贴8000元怎么领", "《租金办法》怎么说"])
def test_a_whole_question_with_what_nobody_said_is_not_used(whole: str) -> None:
    with reads(f"answer\n{whole}") as (reader, _):
        assert reader.read("租金补贴呢", AFTER) == Reading(Behaviour.ANSWER)


def test_a_first_message_is_never_made_another_one() -> None:
    with reads("answer\n租金补贴怎么申请") as (reader, _):
        assert reader.read("租金补贴", FIRST) == Reading(Behaviour.ANSWER)


@pytest.mark.parametrize("words", ["", "none", "我看是 answer", "答案", "several"])
def test_a_reply_without_the_plain_name_of_a_class_is_no_reading(words: str) -> None:
    with reads(words) as (reader, _):
        assert reader.read("租金补贴呢", AFTER) is None


def test_the_same_words_are_read_once() -> None:
    with reads("answer\n=") as (reader, requests):
        reader.read("租金补贴多少", FIRST)
        reader.read("租金补贴多少", FIRST)
        assert len(requests) == 1


def test_the_whole_question_needs_no_second_reading() -> None:
    with reads("contact\n租金补贴窗口在哪里") as (reader, requests):
        reader.read("窗口在哪里", AFTER)
        assert reader.read("租金补贴窗口在哪里", AFTER) == Reading(Behaviour.CONTACT)
        assert len(requests) == 1


def test_only_a_model_that_may_read_is_made_a_reader() -> None:
    plain, reading = (ChatModel(ModelSettings("http://127.0.0.1:9/v1", "m", reads=reads)) for reads in (False, True))
    assert reader_of(None) is None
    assert reader_of(plain) is None
    assert reader_of(reading) is not None


@contextmanager
def talking(sample: OpenSample, words: str) -> Iterator[Talk]:
    with says_always(words) as (client, _):
        client.settings = replace(client.settings, reads=True)
        yield Talk(responder(sample, model=client))


def test_what_the_reader_says_is_done(sample: OpenSample) -> None:
    with talking(sample, "closing_down\n=") as talk:
        assert talk.behaviour("铺子我是守不住咯，不如趁早") == Behaviour.CLOSING_DOWN


def test_a_danger_that_only_the_reader_sees_counts(sample: OpenSample) -> None:
    with talking(sample, "crisis\n=") as talk:
        reply = talk.answer("灯我都关好了，往后店里的事你们看着办吧")
        assert reply.behaviour == Behaviour.CRISIS
        assert "12356" in reply.text


@pytest.mark.parametrize("words", ["answer\n=", "off_topic\n=", "closing_down\n="])
def test_no_reader_can_take_a_danger_away(sample: OpenSample, words: str) -> None:
    with talking(sample, words) as talk:
        assert talk.behaviour("我不想活了") == Behaviour.CRISIS


def test_half_a_question_is_understood_as_the_reader_makes_it(sample: OpenSample) -> None:
    with talking(sample, "answer\n场租补贴多少钱") as talk:
        talk.say("开业补贴多少钱")
        assert talk.answer("场租那种呐").rewritten == "场租补贴多少钱"


def test_likeness_alone_is_told_apart_by_the_reader(sample: OpenSample) -> None:
    """What only resembles a danger, with none of the words that the rules know."""
    with talking(sample, "answer\n=") as talk:
        assert talk.behaviour("怎么让年报的数字看起来更顺眼一点") != Behaviour.CHEATING


def test_a_later_message_is_read_beside_the_one_before_whatever_became_of_it(sample: OpenSample) -> None:
    with says_always("off_topic\n=") as (client, model):
        client.settings = replace(client.settings, reads=True)
        talk = Talk(responder(sample, model=client))
        talk.say("今天天气不错啊")
        talk.say("那明天呢")
        shown = [str(one) for one in model.requests if "那明天呢" in str(one)]
    assert shown
    assert "今天天气不错啊" in shown[0]


def test_staff_who_ask_for_what_is_for_staff_ask_about_the_rules(sample: OpenSample) -> None:
    with says_always("staff_only\n=") as (client, _):
        assert Reader(client, Audience.STAFF).read("内部口径是什么", FIRST) == Reading(Behaviour.ANSWER)


def test_what_the_reader_knows_leaves_a_flow_that_waits(sample: OpenSample) -> None:
    with says_always("why_ask\n=") as (client, _):
        client.settings = replace(client.settings, reads=True)
        talk = Talk(responder(sample, model=client))
        talk.say("我要投诉窗口态度差")
        assert talk.behaviour("这些你拿去做什么用") == Behaviour.WHY_ASK
