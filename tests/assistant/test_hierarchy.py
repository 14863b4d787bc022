"""Which of two rules governs, and when two clauses plainly say different things."""

from datetime import date

import pytest

from assistant.hierarchy import Standing, difference, governs

LAW = Standing("中华人民共和国食品安全法", "法规", "100000", date(2015, 10, 1))
REGULATION = Standing("促进个体工商户发展条例", "法规", "100000", date(2022, 11, 1))
MINISTRY = Standing("个体工商户年度报告暂行办法", "规范性文件", "100000", date(2014, 10, 1))
LOCAL = Standing("云岭省市场主体条例", "法规", "990000", date(2023, 1, 1))
PROVINCE = Standing("云岭省若干措施", "规范性文件", "990000", date(2024, 2, 1))
CITY = Standing("青禾市实施办法", "规范性文件", "990100", date(2025, 7, 1))
COUNTY = Standing("望津县若干措施", "规范性文件", "990121", date(2025, 10, 1))
LATER_CITY = Standing("青禾市工作规程", "规范性文件", "990100", date(2026, 1, 1))
EXPLANATION = Standing("《青禾市实施办法》政策解读", "解读", "990100", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        (LAW, REGULATION),
        (REGULATION, MINISTRY),
        (REGULATION, LOCAL),
        (LOCAL, PROVINCE),
        (MINISTRY, PROVINCE),
        (PROVINCE, CITY),
        (CITY, COUNTY),
        (LATER_CITY, CITY),
        (CITY, EXPLANATION),
        (LAW, COUNTY),
    ],
)
def test_the_higher_the_later_and_the_original_govern(higher: Standing, lower: Standing) -> None:
    first, second = governs(higher, lower), governs(lower, higher)
    assert first is not None
    assert second is not None
    assert (first[0], second[0]) == (True, False)


def test_the_reason_is_told() -> None:
    ruling = governs(PROVINCE, CITY)
    assert ruling is not None
    assert ruling[1] == "省级规定的效力高于市级规定"


def test_nothing_is_decided_between_equals() -> None:
    assert governs(CITY, CITY) is None


TIME = "诉求应当自提交之日起15日内办结并回复。"
DIFFERENT = (
    (TIME, "诉求应当自提交之日起20日内办结并回复。"),
    ("对符合条件的首次创业人员，给予一次性开业补贴8000元。", "对符合条件的首次创业人员，给予一次性开业补贴6000元。"),
    ("场租补贴按实际支付租金的50%给予，每月最高800元。", "场租补贴按实际支付租金的40%给予，每月最高800元。"),
)
NOT_DIFFERENT = (
    (TIME, TIME),
    (TIME, "市场监督管理部门收到诉求后，应当自提交之日起十五日内办结并回复。"),
    (TIME, "申请材料齐全的，登记机关应当自受理之日起3个工作日内办结。"),
    ("给予一次性开业补贴8000元。", "各市给予一次性开业补贴，补贴标准由各市确定，每户不得低于5000元。"),
    ("给予一次性开业补贴8000元。", "在市级补贴基础上，再给予一次性开业补贴2000元。"),
    ("一次性开业补贴由5000元提高到8000元。", "给予一次性开业补贴8000元。"),
    ("个体工商户经营者个人贷款额度最高30万元。", "小型微型企业贷款额度最高300万元，合作银行可以自行受理。"),
    ("每月最高800元。", "每人1200元培训补贴。"),
    ("", ""),
)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_a_plain_difference_is_found_both_ways(first: str, second: str) -> None:
    assert difference(first, second) is not None
    assert difference(second, first) is not None


@pytest.mark.parametrize(("first", "second"), NOT_DIFFERENT)
def test_what_only_resembles_is_no_difference(first: str, second: str) -> None:
    assert difference(first, second) is None
    assert difference(second, first) is None


def test_the_words_that_differ_are_named() -> None:
    assert difference(*DIFFERENT[0]) == ("15日", "20日")
