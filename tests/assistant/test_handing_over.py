"""Whoever takes over a conversation gets what it has come to: the matter, the person's facts, what was tried."""

from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies


def handed_over(talk: Talk, words: str = "转人工") -> dict[str, str]:
    (card,) = (card for reply in replies(talk.say(words)) for card in reply.cards if card.service == "handoff")
    return dict(card.context)


def test_the_matter_the_facts_and_what_was_tried_travel_along(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我是个体户，残疾人开店补贴多少")
    talk.say("税务局电话多少")
    context = handed_over(talk)
    assert context["地区"].endswith("青禾市")
    assert context["主体类型"] == "个体工商户"
    assert context["在问"] == "税务局电话多少"
    assert context["已经试过"] == "查政策依据、查窗口电话"
    assert "青禾市个体工商户创业扶持办法" in context["看过的文件"]


def test_a_question_without_an_answer_travels_along_too(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("卖月饼盒子里能不能放酒")
    context = handed_over(talk)
    assert context["在问"] == "卖月饼盒子里能不能放酒"
    assert context["已经试过"] == "没查到依据"


def test_what_is_no_matter_is_not_taken_for_one(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("残疾人开店补贴多少")
    talk.say("你好")
    talk.say("转人工")
    assert handed_over(talk, "叫个人来")["在问"] == "残疾人开店补贴多少"


def test_an_open_draft_travels_along(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我要反映问题，窗口让我跑了三趟都没办成")
    context = handed_over(talk)
    assert context["诉求草稿"] == "我要反映问题，窗口让我跑了三趟都没办成"


def test_what_is_said_beside_the_wish_for_a_person_travels_along(engine: Responder) -> None:
    assert "场租" in handed_over(Talk(engine), "转人工，我想问场租补贴的事")["在问"]


def test_no_word_of_a_report_that_wants_secrecy_travels_along(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我要举报区里一个科长收红包")
    assert "科长" not in str(handed_over(talk))


def test_the_urgent_card_says_where_the_person_is(engine: Responder) -> None:
    context = handed_over(Talk(engine), "我不想活了")
    assert context["紧急程度"] == "紧急"
    assert context["地区"].endswith("青禾市")
