"""What a reviewer who used the product missed: the ways out of business, a question beside despair, plain wishes."""

import pytest

from assistant.decisions import find_decision
from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies


def test_the_rent_subsidy_dormancy_and_deregistration_stand_with_their_conditions(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("不想干了")
    text = talk.answer("房租太贵").text
    for clause in ("第九条", "第十六条", "第十八条", "第二十一条", "第二十三条"):
        assert clause in text
    assert "没有找到直接对应" not in text
    assert "第二十四条" not in text


def test_one_way_that_is_asked_about_is_told_alone(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("不想干了")
    talk.say("房租太贵")
    text = talk.answer("那歇业呢").text
    assert "第十六条" in text
    assert "场租补贴" not in text
    assert "简易注销程序" not in text


def test_who_has_a_successor_is_told_how_the_shop_changes_hands(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("不想干了，能不能转让给徒弟")
    assert "变更经营者" in "".join(reply.text for reply in replies(talk.say("他愿意接")))


def test_a_question_beside_a_cry_for_help_waits_below_it(engine: Responder) -> None:
    talk = Talk(engine)
    reply = talk.answer("我想死，但先告诉我补贴多少")
    assert reply.behaviour == "crisis"
    assert reply.text.index("12356") < reply.text.index("我问的那件事")
    assert "补贴" not in reply.text
    (kept,) = [one for one in reply.choices if one.label == "我问的那件事"]
    answered = talk.answer(kept.send)
    assert answered.behaviour != "crisis"
    assert "12356" in answered.text


def test_a_wish_to_know_something_else_is_met_after_despair(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("活着没意思了")
    answered = talk.answer("没事了，问下年报")
    assert answered.behaviour != "crisis"
    assert "12356" in answered.text


def test_debts_that_somebody_despairs_of_are_no_question(engine: Responder) -> None:
    reply = Talk(engine).answer("贷款还不上怎么办，活着真没意思，想一了百了")
    assert [one.label for one in reply.choices] == ["请人联系我", "我还想说说"]


@pytest.mark.parametrize("said", ["我想改名字", "店名", "想换个店名"])
def test_a_shop_that_wants_another_name_is_told_of_the_registration(engine: Responder, said: str) -> None:
    reply = Talk(engine).answer(said)
    assert reply.behaviour == "answer"
    assert "变更登记" in reply.text


def test_the_rate_of_a_guaranteed_loan_is_nobodys_verdict() -> None:
    assert find_decision("担保贷款利率多少") is None
    assert find_decision("担保人要什么条件") is None
    assert find_decision("担保我能批下来") is not None


def test_when_something_is_done_offers_no_self_test(engine: Responder) -> None:
    assert not Talk(engine).answer("啥时候划型").cards


def test_whom_a_benefit_is_for_names_no_other_benefit(engine: Responder) -> None:
    reply = Talk(engine).answer("大学生毕业三年开奶茶店给多少钱")
    assert "自测：一次性扩岗补助" not in {card.title for card in reply.cards}
