"""Points of a question in answers: what no clause says, what another place has, whom its rules are for."""

import pytest

from assistant.answer import Extent
from assistant.behaviours import Behaviour
from assistant.events import Reply
from assistant.flows import scopes
from assistant.opposed import opposed
from assistant.parties import clash
from knowledge.library import Question
from tests.assistant.chatting import QINGHE, Talk, responder
from tests.sample import TODAY, OpenSample

BAIYU = "990200"


def test_the_question_behind_a_figure_that_is_right_is_named_where_no_clause_has_a_word_of_it(
    sample: OpenSample,
) -> None:
    answer = sample.answers.answer(Question("名特优新奖3000元，评上了发牌匾吗", QINGHE, TODAY))
    assert answer.extent is Extent.PARTLY
    assert "没有写明您问的“评上了发牌匾吗”" in answer.text
    assert "3000元" in answer.text


def test_a_figure_that_only_another_place_has_is_told_to_be_of_there(sample: OpenSample) -> None:
    answer = sample.answers.answer(Question("白榆市带动就业补贴每人2000元，对吗", BAIYU, TODAY))
    assert "是青禾市的规定，在白榆市不适用" in answer.text
    assert "1500元" in answer.text


def test_a_figure_of_here_is_of_no_other_place(sample: OpenSample) -> None:
    answer = sample.answers.answer(Question("白榆市带动就业补贴每人1500元，对吗", BAIYU, TODAY))
    assert "不适用" not in answer.text


def test_who_asks_from_elsewhere_is_shown_whom_the_rules_are_for(sample: OpenSample) -> None:
    talk = Talk(responder(sample), region=QINGHE)
    replies = [one for one in talk.say("我的店登记在青禾，白榆市的一次性开业补贴我能领吗") if isinstance(one, Reply)]
    assert [one.behaviour for one in replies] == [Behaviour.OTHER_REGION.value]
    assert "在白榆市行政区域内登记" in replies[0].text


@pytest.mark.parametrize("text", ["青禾的补贴我能领吗", "那边的场租能报不", "有没有我的份", "我可以申请吗"])
def test_who_asks_whether_they_may_is_understood(text: str) -> None:
    assert scopes.asks_whether(text)


@pytest.mark.parametrize("text", ["白榆市的补贴是多少", "白榆市多久审完"])
def test_who_asks_what_the_rule_is_does_not_ask_whether_they_may(text: str) -> None:
    assert not scopes.asks_whether(text)


@pytest.mark.parametrize(
    "text",
    [
        "窗口说能拖五天，省里说三天，市里的算话还是省里的算",
        "手機見到話要滿一年，你哋又話半年，兩份文邊份先啱",
        "市里讲就高不重复，县里讲能叠加，俩说法咋弄",
    ],
)
def test_two_who_say_different_things_are_heard_in_other_words_too(text: str) -> None:
    assert clash(text, QINGHE)


def test_what_one_leaves_out_and_the_other_plainly_says_is_set_against_each_other() -> None:
    assert opposed("市里的文件没写摊贩，省里那份明明写了，凭什么没我", QINGHE)
