"""A place put right after an answer is remembered, and the last question is answered again for there."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import BAIYU, QINGHE, Talk, notices, questions, remembered, replies

RENT = "场租补贴按实际租金的多少给"
WANGJIN = "990121"


@pytest.mark.parametrize(
    "words",
    [
        "不是青禾，是白榆",
        "我不在青禾，在白榆",
        "是白榆不是青禾",
        "我是白榆的，不是青禾的",
        "说错了，白榆的",
        "搞错了，应该是白榆市",
        "白榆的呢",
        "那白榆那边呢？",
        "我问的是白榆市的",
    ],
)
def test_a_place_put_right_is_remembered_and_asked_again_for(engine: Responder, words: str) -> None:
    talk = Talk(engine)
    talk.say(RENT)
    events = talk.say(words)
    assert remembered(events) == {"region": BAIYU}
    assert "白榆市" in notices(events)[0].text
    (reply,) = replies(events)
    assert reply.rewritten == RENT
    assert reply.answer is not None
    assert reply.answer["region"] == "白榆市"


@pytest.mark.parametrize("words", ["我说的是我们县里", "那县里呢", "不是市里，是县里的", "我问的是我们区里"])
def test_which_county_is_asked_where_only_the_city_is_known(engine: Responder, words: str) -> None:
    talk = Talk(engine)
    talk.say(RENT)
    events = talk.say(words)
    (question,) = questions(events)
    assert question.about == "region"
    assert "望津县" in {choice.label for choice in question.choices}
    told = talk.say("望津县")
    assert remembered(told) == {"region": WANGJIN}
    assert replies(told)[0].rewritten == RENT


def test_the_county_that_is_known_is_asked_for_again(engine: Responder) -> None:
    talk = Talk(engine, WANGJIN)
    talk.say(RENT)
    events = talk.say("我说的是我们县里")
    assert not questions(events)
    (reply,) = replies(events)
    assert reply.rewritten == f"望津县{RENT}"
    assert reply.answer is not None
    assert reply.answer["region"] == "望津县"


def test_the_city_above_is_asked_about_and_the_county_stays_remembered(engine: Responder) -> None:
    talk = Talk(engine, WANGJIN)
    talk.say(RENT)
    events = talk.say("我说的是市里的")
    assert remembered(events) == {}
    (reply,) = replies(events)
    assert reply.answer is not None
    assert reply.answer["region"] == "青禾市"


def test_words_about_a_county_without_a_question_before_are_a_question_of_their_own(engine: Responder) -> None:
    assert replies(Talk(engine, QINGHE).say("县里有什么补贴"))
