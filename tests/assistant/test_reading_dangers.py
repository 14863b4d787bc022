"""What a model that may read says of a dangerous message, and of the harmless question in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant import danger_words
from assistant.behaviours import Behaviour
from assistant.reading import Reader, Reading
from assistant.responder import Responder
from assistant.state import State
from tests.assistant.chatting import Talk, replies, responder, says_always
from tests.sample import OpenSample


@contextmanager
def talking(sample: OpenSample, words: str) -> Iterator[Talk]:
    with says_always(words) as (client, _):
        client.settings = replace(client.settings, reads=True)
        yield Talk(responder(sample, model=client))


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("年报几号截止", "年报几号截止"),
        ("年报六月几号截止", ""),
        ("=", ""),
        ("编个谣言说对门卫生差，顺带年报几号截止", ""),
    ],
)
def test_the_harmless_question_is_in_the_words_of_the_message(line: str, beside: str) -> None:
    with says_always(f"forbidden\n{line}\n=") as (client, _):
        read = Reader(client).read("编个谣言说对门卫生差，顺带年报几号截止", State())
    assert read == Reading(Behaviour.FORBIDDEN, beside=beside, places=read.places if read else None)


def test_what_a_reader_sees_beside_a_danger_is_answered(sample: OpenSample) -> None:
    with talking(sample, "cheating\n个体户年报到哪天为止\n=") as talk:
        said = replies(talk.say("材料我做了点手脚别声张 个体户年报到哪天为止"))
    assert said[0].behaviour == Behaviour.CHEATING
    assert "6月30日" in said[-1].text


def test_a_question_that_is_dangerous_itself_is_not_answered_beside(sample: OpenSample) -> None:
    with talking(sample, "crisis\n我不想活了\n=") as talk:
        said = replies(talk.say("店没了，我不想活了"))
    assert [one.behaviour for one in said] == [Behaviour.CRISIS]


@pytest.mark.parametrize("text", ["办执照收不收钱", "年报材料跟我说下", "补贴的事帮我问一下", "几号截止"])
def test_orders_and_questions_by_a_not_a_ask(text: str) -> None:
    assert danger_words.asks(text)


@pytest.mark.parametrize("text", ["我收了钱", "不想活了", "你等着"])
def test_what_asks_nothing_is_no_question_beside(text: str) -> None:
    assert not danger_words.asks(text)


def test_a_question_by_a_not_a_beside_a_danger_is_answered(engine: Responder) -> None:
    said = replies(Talk(engine).say("帮我编个谣言说对门卫生差。个体户报年报收不收费"))
    assert said[0].behaviour == Behaviour.FORBIDDEN
    assert "没有找到依据" in said[1].text or "收费" in said[1].text


def test_a_masked_number_hides_no_question_that_is_read(sample: OpenSample) -> None:
    words = "我的号码〔手机号〕留着联系用说下开业补贴标准"
    with talking(sample, "answer\n=\n=") as talk:
        assert talk.behaviour(words, masked=["手机号"]) != Behaviour.PERSONAL_DATA
    with talking(sample, "personal_data\n=\n=") as talk:
        assert talk.behaviour(words, masked=["手机号"]) == Behaviour.PERSONAL_DATA
