"""A wish to be called back: asked for a time once, kept with it, changed, taken back; never a loop."""

import pytest

from assistant.events import Progress, Question, Remembered
from assistant.responder import Responder
from tests.assistant.chatting import Talk, progress, remembered, replies

WISH = "请人给我回电"


def test_the_time_is_asked_for_and_kept_as_an_event(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("残疾人开店补贴多少？")
    talk.say("转人工")
    asked = talk.answer(WISH)
    assert "什么时候方便" in asked.text
    assert "明天上午" in {one.label for one in asked.choices}
    events = talk.say("明天上午")
    assert remembered(events) == {"callback": "明天上午"}
    assert progress(events)["callback"] == {
        "wished": True,
        "at": "明天上午",
        "about": "残疾人开店补贴多少？",
        "region": "990100",
    }


def test_the_card_for_whoever_takes_over_carries_the_time(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(WISH)
    (card,) = replies(talk.say("周三下午3点"))[0].cards
    assert ("回电意愿", "周三下午3点") in card.context
    (again,) = talk.answer("转人工").cards
    assert ("回电意愿", "周三下午3点") in again.context


def test_a_time_said_with_the_wish_is_not_asked_for(engine: Responder) -> None:
    events = Talk(engine).say("明天下午给我回个电话")
    assert remembered(events) == {"callback": "明天下午"}


def test_words_without_a_time_are_asked_about_once_more_and_then_end(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(WISH)
    assert "还差一个" in talk.answer("嗯").text
    assert remembered(talk.say("我是老王")) == {"callback": "时间没有说定"}
    assert not any(isinstance(one, Question) for one in talk.events)


def test_what_was_kept_is_changed_and_taken_back(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("明天上午给我回电")
    talk.say("我想改回电时间")
    assert remembered(talk.say("后天下午")) == {"callback": "后天下午"}
    assert remembered(talk.say("不用回电了")) == {"callback": ""}


def test_a_question_beside_it_is_answered_and_the_time_still_waited_for(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(WISH)
    assert "10000元" in talk.answer("残疾人开店补贴多少？").text
    assert remembered(talk.say("什么时间都行")) == {"callback": "什么时间都行"}


def test_no_number_is_taken_and_nothing_is_promised(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(WISH)
    text = talk.answer("明天上午").text
    assert "不能替他们保证" in text
    assert "工作人员查看时能看到" not in text + talk.answer("转人工").text


@pytest.mark.parametrize("said", ["你们说会回电，到现在没人打给我", "多久给我回电话"])
def test_a_call_that_was_promised_is_no_new_wish(engine: Responder, said: str) -> None:
    events = Talk(engine).say(said)
    assert not any(isinstance(one, Remembered) for one in events)
    assert not any(isinstance(one, Progress) and one.flow == "human" for one in events)
