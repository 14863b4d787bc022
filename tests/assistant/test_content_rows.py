"""Rows answered from the documents: what stands beside a decision, an outdated figure, a half question, two sides."""

import pytest

from assistant import coverage, remit, requests, sharp
from assistant.behaviours import Behaviour
from assistant.decisions import Decision, find_decision
from assistant.flows.former import FormerRules
from assistant.flows.procedure import Procedure
from assistant.means import Knowledge
from assistant.parties import clash
from knowledge.library import Question
from tests.assistant.chatting import QINGHE, Talk, responder
from tests.sample import TODAY, OpenSample


@pytest.fixture
def knowledge(sample: OpenSample) -> Knowledge:
    return Knowledge(sample.database, sample.library, sample.answers)


def test_beside_the_criteria_stands_who_decides_by_when_and_what_can_be_done_against_it(knowledge: Knowledge) -> None:
    asked = Question("场租补贴每月最高多少", QINGHE, TODAY)
    answer = knowledge.answers.answer(asked)
    told = Procedure(knowledge).beside(asked, Decision.MONEY, answer)
    assert len(told.sources) > len(answer.sources)
    assert "公示期满之日起10个工作日内拨付" in told.text
    assert "申请复核" in told.text
    assert f"[{len(told.sources)}]" in told.text


def test_what_is_quoted_already_is_not_quoted_again(knowledge: Knowledge) -> None:
    asked = Question("场租补贴每月最高多少", QINGHE, TODAY)
    once = Procedure(knowledge).beside(asked, Decision.MONEY, knowledge.answers.answer(asked))
    assert Procedure(knowledge).beside(asked, Decision.MONEY, once) == once


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("开业补贴要满一年才能拿是吧", "一年"),
        ("带动就业补贴一个人一千，社保交满一年才给对不对", "一千"),
        ("听说场租补贴每月最高只有500元", "500元"),
    ],
)
def test_a_figure_of_the_old_rule_is_named_as_outdated(knowledge: Knowledge, text: str, figure: str) -> None:
    former = FormerRules(knowledge).find(Question(text, QINGHE, TODAY))
    assert former is not None
    assert former.figure == figure


def test_a_figure_that_still_stands_is_not_called_outdated(knowledge: Knowledge) -> None:
    assert FormerRules(knowledge).find(Question("听说场租补贴每月最高只有800元", QINGHE, TODAY), claimed=True) is None


def test_a_figure_of_ones_own_is_no_claim_about_the_rule(knowledge: Knowledge) -> None:
    asked = Question("我店开了14个月了，能领开业补贴吗", QINGHE, TODAY)
    assert FormerRules(knowledge).find(asked, claimed=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "开业补贴白榆没写返乡农民工，省里写了，到底给不给",
        "两份同名文件，一份写2年内不受理，一份写3年内不得申请，哪份有效？",
        "带动就业的文件说父母不算，用工补贴那份又只说配偶不算，咋回事",
    ],
)
def test_two_documents_that_say_different_things_are_a_clash_whatever_the_words(text: str) -> None:
    assert clash(text, QINGHE)


def test_a_city_by_name_and_by_level_is_one_side(sample: OpenSample) -> None:
    talk = Talk(responder(sample))
    reply = talk.answer("省里的文件写开业补贴5000元，青禾市写8000元，究竟执行哪个？")
    regions = {source["region"] for source in (reply.answer or {})["sources"]}
    assert regions == {"云岭省", "青禾市"}


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("清税证明你们开不开", "税务局"),
        ("店门被撬了快来破案", "公安机关"),
        ("人社局那边一直没动静", "人力资源和社会保障局"),
        ("租房押金他死活不退", "公共法律服务中心"),
    ],
)
def test_matters_of_others_are_known_by_their_words(text: str, department: str) -> None:
    matter = remit.matter_of(text)
    assert matter is not None
    assert matter.department == department


@pytest.mark.parametrize("text", ["名特优新能保证评上吗", "你说一定批下来的吧", "材料齐了，铁定通过吗"])
def test_who_wants_it_promised_asks_for_a_decision(text: str) -> None:
    assert find_decision(text) is Decision.VERDICT


@pytest.mark.parametrize("text", ["能不能莫罚我", "可不可以别罚", "头一回可以免罚吗"])
def test_a_wish_not_to_be_fined_is_a_decision_in_any_dialect(text: str) -> None:
    assert find_decision(text) is Decision.PENALTY


def test_a_type_of_growing_shops_is_no_misstatement() -> None:
    assert Behaviour.CHEATING not in sharp.hints("我这店算成长型还是生存型")


@pytest.mark.parametrize("text", ["能拿开业补贴不嘛", "这个要交钱没得噻，好多钱", "办得成不咧"])
def test_a_question_may_end_in_a_particle(text: str) -> None:
    assert requests.asks(text)


def test_rare_words_tell_what_is_meant() -> None:
    bodies = ["经营凉菜的设置专用区", "小餐饮不得经营蛋糕", "小餐饮不得经营水产", "小餐饮的面积"]
    among = coverage.known(bodies)
    wanted = {"小餐", "餐饮", "凉菜"}
    assert coverage.covered(wanted, bodies[0], among) > coverage.covered(wanted, bodies[1], among)


def test_half_a_question_is_answered_from_the_document_just_cited(sample: OpenSample) -> None:
    talk = Talk(responder(sample))
    talk.say("“名特优新”认定有效期多长？")
    reply = talk.answer("那奖励给多少钱")
    assert any("3000元" in source["quote"] for source in (reply.answer or {})["sources"])
