"""Facts picked up from what people say: right or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.fact_pickup import pick_up
from assistant.hearing.days import dates
from assistant.hearing.figures import number
from assistant.hearing.picked import to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 6, 15)


def heard(text: str, *asked: str) -> dict[str, str]:
    found = pick_up(text, shipped(), today=TODAY, asked=asked)
    return {one.name: to_text(one.value) for one in found.picked}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八万五", "85000"),
        ("1.2万", "12000"),
        ("一百二", "120"),
        ("一百零五", "105"),
        ("三千二", "3200"),
        ("3万5", "35000"),
        ("两万三千", "23000"),
        ("12,000", "12000"),
        ("3w", "30000"),
        ("二百五十", "250"),
        ("1亿2", "120000000"),
        ("十", "10"),
    ],
)
def test_a_number_is_read_as_it_is_said(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["七八", "十几", "几十", "五六十万", "", "万"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "day", "rough"),
    [
        ("去年七月", date(2025, 7, 1), True),
        ("今年3月8号", date(2026, 3, 8), False),
        ("2025年9月1日", date(2025, 9, 1), False),
        ("25年9月1日", date(2025, 9, 1), False),
        ("9月1号", date(2025, 9, 1), False),
        ("上个月", date(2026, 5, 1), True),
        ("半年前", date(2025, 12, 15), True),
        ("三个月前", date(2026, 3, 15), True),
        ("昨天", date(2026, 6, 14), False),
        ("2025-09-01", date(2025, 9, 1), False),
    ],
)
def test_a_day_is_read_as_it_is_said(text: str, day: date, rough: bool) -> None:
    (found,) = dates(text, TODAY)
    assert (found.value, found.rough) == (day, rough)


def test_a_day_to_come_is_none() -> None:
    assert not [found for found in dates("今年12月", TODAY) if found.exact]
    assert not [found for found in dates("去年13月", TODAY) if found.exact]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "我是个体户，去年七月开的店，店里三个人",
            {"entity": "个体工商户", "opened_on": "2025-07-01", "employees": "3"},
        ),
        (
            "我们公司有25个员工，去年一年营业额大概300万",
            {"entity": "企业", "employees": "25", "annual_revenue": "3000000"},
        ),
        (
            "这个月不含税卖了九万八，按月报税的小规模",
            {"period_sales": "98000", "vat_taxpayer": "小规模纳税人", "vat_period": "按月"},
        ),
        ("房租一个月三千五", {"monthly_rent": "3500"}),
        ("我在青禾市南屏区开了家小吃店", {"industry": "餐饮业", "region": "990102"}),
        ("我是退伍军人，第一次开店", {"founder_category": "退役军人", "first_business": "是"}),
        ("欠我们货款12万8，拖了90天", {"unpaid_amount": "128000", "overdue_days": "90"}),
        (
            "执照是2025年9月1号拿的，今年三月才开业",
            {"registered_on": "2025-09-01", "opened_on": "2026-03-01"},
        ),
        ("想贷20万", {"loan_amount": "200000"}),
        ("年报忘报了", {"annual_report_filed": "否"}),
        ("年报已经报了", {"annual_report_filed": "是"}),
        ("年报还没报呢", {"annual_report_filed": "否"}),
        ("裁了两个人，参保的有30人", {"layoffs": "2", "insured_employees": "30"}),
        ("没有别的贷款，征信也没问题", {"other_loans": "否", "credit_good": "是"}),
        ("一共交了15个月失业保险，被公司辞退的", {"own_unemployment_months": "15", "left_involuntarily": "是"}),
        ("雇了5个人，其中1个残疾人", {"employees": "5", "disabled_employees": "1"}),
        ("公司员工一百二十人左右，资产三千万", {"employees": "120", "total_assets": "30000000"}),
        ("俺们铺子里俩人上班，旧年八月开张", {"employees": "2", "opened_on": "2025-08-01"}),
        ("没雇人，执照还没办", {"employees": "0", "entity": "自然人"}),
        ("房祖一个月两千", {"monthly_rent": "2000"}),
    ],
)
def test_what_was_said_is_heard(text: str, facts: dict[str, str]) -> None:
    assert {name: value for name, value in heard(text).items() if name in facts} == facts


@pytest.mark.parametrize(
    "text",
    [
        "如果我月销售额10万，要交税吗",
        "要是店里有三个人能不能享受",
        "我朋友店里有3个人",
        "隔壁老王去年七月开的店",
        "店里十几个人",
        "一年流水也就五六十万",
        "一年流水60来万",
        "月销售额不到10万",
        "月销售额8到10万",
        "月销售额十万以下免不免税",
        "补贴8000元什么时候到账",
        "我不是退役军人",
        "想明年开个店",
        "规定是从业人员不超过20人",
        "店里有三位客人在等",
        "请了三个律师",
        "今年12月开业",
        "去年利润30万，是多少税率",
        "我妈有残疾证",
        "每年房租36000",
        "我可能算个体户吧",
        "以前店里有8个员工",
        "这个月卖了九万八",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    figures = {"entity", "employees", "period_sales", "annual_revenue", "opened_on", "founder_category", "monthly_rent"}
    assert not figures & heard(text).keys()


@pytest.mark.parametrize(
    ("text", "asked", "value"),
    [
        ("三个人", "employees", "3"),
        ("不是三个人，是五个人", "employees", "5"),
        ("我不知道有多少人，大概5个人吧", "employees", "5"),
        ("8万", "period_sales", "80000"),
        ("85000", "period_sales", "85000"),
        ("是的", "first_business", "是"),
        ("没有", "annual_report_filed", "否"),
        ("南屏区", "region", "990102"),
        ("去年8月份", "opened_on", "2025-08-01"),
        ("开了三个月", "opened_on", "2026-03-15"),
        ("一般纳税人", "vat_taxpayer", "一般纳税人"),
    ],
)
def test_a_bare_answer_answers_what_was_asked(text: str, asked: str, value: str) -> None:
    assert heard(text, asked) == {asked: value}


def test_a_bare_answer_that_could_answer_two_questions_answers_none() -> None:
    assert heard("12万", "annual_revenue", "total_assets") == {}
    assert heard("没有", "first_business", "zero_employment_family") == {}


def test_not_knowing_is_heard_as_such() -> None:
    assert pick_up("这个我不清楚", shipped(), today=TODAY, asked=["employees"]).declined == ("employees",)


def test_a_day_that_was_not_said_is_marked_for_confirmation() -> None:
    (found,) = pick_up("去年七月开业的", shipped(), today=TODAY).picked
    assert found.rough
    assert found.shown == "2025年7月1日"


def test_two_different_figures_are_no_figure_unless_the_second_corrects_the_first() -> None:
    assert "employees" not in heard("店里3个人上班。员工5个人")
    assert heard("店里3个人上班。不对，员工5个人")["employees"] == "5"
