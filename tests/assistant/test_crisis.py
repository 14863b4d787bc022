"""After words of despair the conversation stays with the person until they clearly ask for something else."""

from itertools import pairwise

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import QINGHE, Talk, progress


@pytest.mark.parametrize(
    "vague",
    [
        "你别劝我",
        "没用的",
        "我该怎么办",
        "谢谢",
        "公司没了我还怎么活",
        "我还想说说",
        "算了吧",
        "没人管我的",
        "你懂什么",
        "累了",
        "活到冒得劲",
        "...",
    ],
)
def test_what_follows_words_of_despair_is_met_with_care(engine: Responder, vague: str) -> None:
    talk = Talk(engine)
    assert talk.behaviour("店赔光了，我不想活了") == "crisis"
    reply = talk.answer(vague)
    assert reply.behaviour == "crisis"
    assert "12356" in reply.text
    assert reply.answer is None


def test_care_goes_on_for_many_turns_without_saying_the_same_twice_in_a_row(engine: Responder) -> None:
    talk = Talk(engine)
    said = [talk.answer(words) for words in ("我不想活了", "你别劝我", "没用的", "就这样吧", "嗯", "不说了")]
    assert {reply.behaviour for reply in said} == {"crisis"}
    assert all(first.text != second.text for first, second in pairwise(said))


@pytest.mark.parametrize(
    ("else_", "behaviour"),
    [
        ("残疾人开店补贴多少", "answer"),
        ("转人工", "human"),
        ("把我的对话删掉", "stop_or_delete"),
        ("中介说交两千包过，能信不", "fee_offer"),
        ("税务局电话多少", "contact"),
    ],
)
def test_a_clear_question_about_something_else_is_answered(engine: Responder, else_: str, behaviour: str) -> None:
    talk = Talk(engine)
    talk.say("我不想活了")
    assert talk.behaviour(else_) == behaviour


def test_care_is_over_once_something_else_was_asked(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我不想活了")
    talk.say("残疾人开店补贴多少")
    assert talk.behaviour("你好") == "off_topic"


def test_an_open_draft_takes_in_no_word_of_despair_and_none_that_follows(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我要反映问题，窗口让我跑了三趟都没办成")
    assert talk.behaviour("我不想活了") == "crisis"
    events = talk.say("你别劝我")
    assert "appeal" not in progress(events)
    confirmed = talk.answer("确认")
    assert confirmed.behaviour == "appeal"
    assert "劝" not in dict(confirmed.cards[0].context)["事项"]


def test_a_person_asked_for_after_words_of_despair_is_told_that_it_is_urgent(engine: Responder) -> None:
    talk = Talk(engine, QINGHE)
    talk.say("我不想活了")
    reply = talk.answer("转人工")
    assert ("紧急程度", "紧急") in reply.cards[0].context
    assert "12356" in reply.text
