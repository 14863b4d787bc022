"""What is asked about by name: a benefit or a permit is not answered by what merely resembles it."""

import pytest

from assistant.flows import matter
from knowledge.library import Question
from tests.assistant.chatting import BAIYU, QINGHE, Talk, responder
from tests.sample import TODAY, OpenSample

RENT = "青禾市个体工商户创业扶持办法\n第九条 租用经营场所的，按实际支付租金的50%给予场租补贴，每月最高800元。"
FOOD = "常见问答\n食品经营许可几天能下来？\n自受理之日起8个工作日内作出决定。"


def is_another(text: str, shown: str, region: str = QINGHE, **terms: tuple[str, ...]) -> bool:
    return matter.is_another(Question(text, region, TODAY), text, [shown], lambda word: terms.get(word, ()))


@pytest.mark.parametrize(
    "text", ["装修铺子政府给不给补贴", "买烘干机有没有补助", "商铺的取暖费能不能报销", "请人拍短视频有奖励吗"]
)
def test_a_rent_subsidy_does_not_answer_what_is_asked_about_another_benefit(text: str) -> None:
    assert is_another(text, RENT)


@pytest.mark.parametrize("text", ["租金能补多少", "场租补贴一个月最多几百", "经营场所有没有补贴", "补贴怎么申请"])
def test_what_names_the_matter_of_the_clause_or_none_at_all_is_answered(text: str) -> None:
    assert not is_another(text, RENT)


def test_a_colloquial_word_counts_by_what_the_documents_call_it() -> None:
    assert is_another("房钱有补助吗", RENT)
    assert not is_another("房钱有补助吗", RENT, 房钱=("租金",))


def test_one_permit_does_not_answer_for_another() -> None:
    assert is_another("办卫生许可要几天", FOOD)
    assert not is_another("食品许可几天能拿到", FOOD)


def test_who_asks_and_with_what_shop_is_not_what_it_is_for() -> None:
    assert not is_another("退役军人开理发店有补贴吗", RENT)


def test_a_benefit_that_the_rulebook_knows_for_another_place_only_is_not_answered_by_what_holds_here() -> None:
    here = "白榆市个体工商户创业补贴实施办法\n第四条 首次创办个体工商户的，给予一次性开业补贴6000元。"
    assert is_another("参加创业培训补贴多少", here, BAIYU)
    assert not is_another("开业补贴多少", here, BAIYU)


def test_an_unknown_benefit_is_told_to_be_unknown_and_no_other_sum_is_named(sample: OpenSample) -> None:
    reply = Talk(responder(sample)).answer("铺子装修的补贴，每户最高多少元？")
    assert "没有找到依据" in reply.text
    assert not (reply.answer or {}).get("sources")
    assert "800元" not in reply.text


def test_who_pays_for_a_repair_or_what_follows_a_fraud_asks_for_no_benefit_of_its_own() -> None:
    assert not is_another("租的铺面漏水，哪个出钱修", "出租人应当履行租赁物的维修义务。")
    assert not is_another("补贴骗领了会怎么样", "虚报材料的，责令退回全部资金。")


def test_a_benefit_counts_by_what_the_documents_call_it_though_the_rulebook_has_none_for_the_place() -> None:
    clause = "云岭省促进个体工商户发展若干措施\n四（一） 招用高校毕业生的，给予社会保险补贴，最长1年。"
    assert not is_another("招大学生社保补贴最长给多久", clause, BAIYU, 社保=("社会保险",))
    assert is_another("招大学生社保补贴最长给多久", RENT, BAIYU, 社保=("社会保险",))
