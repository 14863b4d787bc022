"""Who remembers an old rule is told the old document and the new one, since when, and what holds now."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import Talk

OLD, NEW = "青政规〔2022〕5号", "青政规〔2025〕2号"


@pytest.mark.parametrize(
    "claim",
    [
        "以前不是三个月吗",
        "我记得是5000",
        "不是5000吗",
        "去年不是说五千吗",
        "我听说是5000块",
        "原来不是满12个月吗？",
        "可我印象里是一年",
        "之前说的是五千来着",
    ],
)
def test_a_claim_after_an_answer_is_met_with_both_documents_and_the_day(engine: Responder, claim: str) -> None:
    talk = Talk(engine)
    talk.say("残疾人开店补贴多少")
    reply = talk.answer(claim)
    assert reply.behaviour == "superseded"
    assert OLD in reply.text
    assert NEW in reply.text
    assert "2025年7月1日" in reply.text
    assert "10000元" in reply.text
    assert reply.rewritten == "残疾人开店补贴多少"


def test_what_stood_in_the_old_one_is_said_to_have_stood_there(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("残疾人开店补贴多少")
    assert "“5000元”" in talk.answer("我记得是5000").text
    talk.say("残疾人开店补贴多少")
    assert "“7777元”" not in talk.answer("我记得是7777元").text


@pytest.mark.parametrize("claim", ["开业补贴我记得是5000", "开业补贴以前不是满12个月吗", "小餐饮以前不是备案就行吗"])
def test_a_claim_that_names_its_matter_needs_no_question_before(engine: Responder, claim: str) -> None:
    assert Talk(engine).behaviour(claim) == "superseded"


def test_where_no_older_rule_is_known_that_is_said(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("办执照收费吗？")
    reply = talk.answer("以前不是收50块吗")
    assert reply.behaviour != "superseded"
    assert "没有查到更早的规定" in reply.text


def test_a_question_with_a_figure_is_no_claim(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("残疾人开店补贴多少")
    assert talk.answer("开了三个月能领吗").behaviour != "superseded"
