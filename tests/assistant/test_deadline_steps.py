"""The periods of a clause: what each begins with, and which of them set no last day at all."""

import pytest

from assistant.acts import Act, act_of
from assistant.time_steps import Kind, steps


@pytest.mark.parametrize(
    ("clause", "begins"),
    [
        ("自受理之日起5个工作日内现场核查、8个工作日内作出决定，决定之日起2个工作日内发证。", ["受理", "受理", "决定"]),
        ("自受理之日起5个工作日内审核后3个工作日内公示。", ["受理", "审核"]),
        ("自收到申请之日起3个工作日内审核，审核通过后5个工作日内拨付资金。", ["收到申请", "审核通过"]),
        ("公示无异议的，自公示期满之日起10个工作日内拨付资金。", ["公示期满"]),
        ("经营满6个月之日起12个月内提出。", ["经营", "经营满6个月"]),
        ("登记机关应当在3个工作日内办结。", [""]),
    ],
)
def test_each_period_begins_with_an_act_of_its_own_or_with_that_of_the_list(clause: str, begins: list[str]) -> None:
    assert [one.event for one in steps(clause)] == begins


@pytest.mark.parametrize(
    ("clause", "kinds"),
    [
        ("应当自提交之日起15日内办结。情况复杂的，可以延长一次，延长不超过10日。", [Kind.LIMIT, Kind.EXTENSION]),
        ("自提交之日起15日（自然日）内办结；经批准可以延长一次，不超过10日。", [Kind.LIMIT, Kind.EXTENSION]),
        ("不能当场登记的，应当在3个工作日内登记，经批准可以再延长3个工作日。", [Kind.LIMIT, Kind.EXTENSION]),
        ("受到罚款处罚的，公示满3个月可以申请修复。", [Kind.WAIT]),
        ("食品经营许可证有效期为5年。", [Kind.VALIDITY]),
        ("应当在期限届满前30日内办理延长备案，累计不得超过3年。", [Kind.OTHER, Kind.OTHER]),
        ("应当在有效期届满前90个工作日至15个工作日期间提出申请。", [Kind.OTHER]),
        ("自处理决定作出之日起3年内不得申请。", [Kind.OTHER]),
        ("自登记之日起3年内，按实际支付租金的50%给予场租补贴，累计不超过24个月。", [Kind.OTHER, Kind.OTHER]),
        ("应当自文件废止之日起3个工作日内，在惠企服务平台下线。", [Kind.LIMIT]),
        ("毕业5年内的高校毕业生", [Kind.OTHER]),
        ("上门服务应当提前2个工作日预约。", [Kind.OTHER]),
    ],
)
def test_only_a_limit_sets_a_last_day(clause: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in steps(clause)] == kinds


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("受理的招牌设置审批", Act.ACCEPTED),
        ("递的恢复申请", Act.SUBMITTED),
        ("审核通过", Act.DECIDED),
        ("收到初审意见", Act.OPINION),
        ("免申即享的确认通知是发的", Act.INFORMED),
        ("公示期满", Act.PUBLISHED_OUT),
        ("领执照正常经营", Act.REGISTERED),
        ("随便走走", None),
    ],
)
def test_acts_are_told_apart(words: str, act: Act | None) -> None:
    assert act_of(words) is act
