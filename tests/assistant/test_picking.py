"""Which class a question belongs to, where its words resemble several."""

from pathlib import Path

import pytest

from assistant import facts
from assistant.asked_words import asks_a_figure
from assistant.behaviours import Behaviour
from assistant.events import Author, Message, Recorded
from assistant.means import Knowledge
from assistant.picking import Picking
from assistant.state import derive
from assistant.turn import Turn
from knowledge.documents import Audience
from tests.assistant.chatting import NOON, QINGHE, Talk, responder
from tests.sample import OpenSample


@pytest.fixture
def picking(sample: OpenSample, tmp_path: Path) -> Picking:
    knowledge = Knowledge(sample.database, sample.library, sample.answers)
    return Picking(knowledge, tmp_path, Audience.PUBLIC)


def chosen(picking: Picking, text: str) -> Behaviour:
    here = Recorded(1, NOON, Author.SYSTEM, facts.of_region(QINGHE, 0))
    turn = Turn(derive([here]), Message(text), 2, text, NOON, Audience.PUBLIC)
    return picking.choose(turn, text)


@pytest.mark.parametrize("text", ["我请了两个人，带动就业补贴一共能拿几多", "我当过兵头回开店，开业补贴是多少钱"])
def test_who_asks_how_much_is_told_the_sum_and_not_put_to_a_test(picking: Picking, text: str) -> None:
    assert chosen(picking, text) is Behaviour.ANSWER


@pytest.mark.parametrize("text", ["我是退役军人，能不能领开业补贴", "租的门面，场租补贴轮得到我不"])
def test_who_asks_whether_is_put_to_the_test(picking: Picking, text: str) -> None:
    assert chosen(picking, text) is Behaviour.ELIGIBILITY


@pytest.mark.parametrize("text", ["自测显示我符合条件，钱就算到手了吧", "免申即享忘了确认账户，过了十天还能领吗"])
def test_what_becomes_of_it_is_no_question_whether_one_qualifies(picking: Picking, text: str) -> None:
    assert chosen(picking, text) in {Behaviour.ANSWER, Behaviour.AUTHORITY_DECIDES}


@pytest.mark.parametrize("text", ["一亩地补几个钱", "几天给我恢复", "最高能贷多少"])
def test_how_much_and_how_long_ask_for_a_figure(text: str) -> None:
    assert asks_a_figure(text)


@pytest.mark.parametrize("text", ["能拿多少不说，到底能不能拿", "反映了多少回都没用", "够不够条件"])
def test_whether_does_not(text: str) -> None:
    assert not asks_a_figure(text)


def test_an_order_to_take_a_record_down_is_a_decision_and_no_question_for_progress(picking: Picking) -> None:
    assert chosen(picking, "都整改好了，你现在就把我那条记录撤了") is Behaviour.AUTHORITY_DECIDES


def test_who_does_not_accept_what_was_told_about_a_decision_asks_how_to_contest_it(sample: OpenSample) -> None:
    talk = Talk(responder(sample))
    talk.say("你直接给我定成成长型")
    assert talk.behaviour("那我不服咋办") != Behaviour.APPEAL
