"""Who decides: questions on one's own case against questions about the rules."""

import pytest

from assistant.decisions import Decision, find_decision
from assistant.flows.deciding import ASKS

ASKED = {
    "能不能给我批开业补贴": Decision.APPROVAL,
    "你帮我批一下吧": Decision.APPROVAL,
    "我这个贷款能批下来不": Decision.APPROVAL,
    "补贴批不批得下来": Decision.APPROVAL,
    "我的申请能通过吗？": Decision.APPROVAL,
    "我的补贴到账没有": Decision.MONEY,
    "我的钱到账没": Decision.MONEY,
    "俺那个奖励怎么还没下来": Decision.MONEY,
    "钱什么时候打给我": Decision.MONEY,
    "我上个月申请的社保补贴啥时候能到账": Decision.MONEY,
    "会不会罚我": Decision.PENALTY,
    "我没年报会被罚款吗": Decision.PENALTY,
    "第一次犯能不能不罚": Decision.PENALTY,
    "能不能少罚我一点": Decision.PENALTY,
    "我家超范围经营要罚多少": Decision.PENALTY,
    "我的店算不算小微企业": Decision.RECOGNITION,
    "算不算小微": Decision.RECOGNITION,
    "我五年前开过店，算首次创办吗": Decision.RECOGNITION,
    "我符不符合条件": Decision.RECOGNITION,
    "我家这种情况够条件吗": Decision.RECOGNITION,
    "我这个店属于哪一型": Decision.RECOGNITION,
    "请把我家店从异常名录里拿掉，移出来": Decision.VERDICT,
    "你直接给我发张许可证嘛": Decision.VERDICT,
    "你说一声我这场官司稳赢不": Decision.VERDICT,
    "您跟城管讲一下，叫他们莫来拆": Decision.VERDICT,
    "请保证我的商标能注册": Decision.VERDICT,
    "恁替税务局把滞纳金免了": Decision.VERDICT,
}
ABOUT_THE_RULES = (
    "请问怎么移出经营异常名录",
    "请问许可证续期要什么材料",
    "你们窗口发许可证要几天",
    "请帮我写一封信",
    "你说的认定标准在哪条",
    "开业补贴怎么申请",
    "开业补贴审批要几天",
    "补贴多久能到账",
    "我想申请开业补贴要什么材料",
    "没年报罚多少",
    "什么情况下免予处罚",
    "小微企业的划型标准是什么",
    "首次创办怎么认定",
    "批发市场的摊位怎么登记",
    "罚款在哪里交",
    "我们市有哪些补贴",
    "我被罚了不服怎么办",
    "贷款还不上怎么办",
    "名特优新怎么申报",
    "我是残疾人，开业补贴有多少",
    "营业执照几天能办好",
    "",
)


@pytest.mark.parametrize("question", ASKED)
def test_a_decision_on_ones_own_case_is_recognised(question: str) -> None:
    assert find_decision(question) is ASKED[question]


@pytest.mark.parametrize("question", ABOUT_THE_RULES)
def test_a_question_about_the_rules_asks_for_no_decision(question: str) -> None:
    assert find_decision(question) is None


@pytest.mark.parametrize("question", ["许可证递上去好多天批得下来", "我的开业补贴几天能打到卡里"])
def test_how_many_days_an_authority_takes_is_asked_of_the_rules(question: str) -> None:
    assert find_decision(question) is None


@pytest.mark.parametrize("decision", Decision)
def test_every_sentence_says_that_the_service_cannot_decide(decision: Decision) -> None:
    assert "我不能代为认定" in decision or "不能代为认定" in decision
    assert decision.alone.endswith("认定。")


def test_for_every_decision_the_flow_knows_what_to_look_up() -> None:
    assert set(ASKS) == set(Decision)
