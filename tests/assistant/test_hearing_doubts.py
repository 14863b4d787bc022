"""What was said with doubt, of somebody else, of another time or only of a part gives no fact: asking is better than taking."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up, to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)


def heard(text: str, *asked: str) -> dict[str, str]:
    return {one.name: to_text(one.value) for one in pick_up(text, shipped(), today=TODAY, asked=asked).picked}


@pytest.mark.parametrize(
    "text",
    [
        "上一个租客在这里开饭店，请了六个人",
        "供货的那家公司资产有两千万",
        "会计那边是一般纳税人公司",
        "对方公司是小型微利企业",
        "我对象有残疾证，我没有",
    ],
)
def test_what_the_other_side_of_a_deal_is_tells_nothing_of_us(text: str) -> None:
    assert heard(text) == {}


def test_who_owes_us_is_told_of_the_other_side() -> None:
    assert heard("对方是个大公司，货款欠我们八万六")["payer"] == "大型企业"


@pytest.mark.parametrize(
    "text",
    ["早知道去年就注册公司了", "但凡有个残疾员工，也不至于交这么多", "要真是小规模纳税人，就免了"],
)
def test_what_would_have_been_is_not(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "并不是说我没报年报",
        "我可没说过我是个体户",
        "我没有说不愿意转企业",
        "没有哪个员工没签合同",
        "我这把年纪还退伍军人呢",
    ],
)
def test_what_somebody_denies_having_said_is_not_said(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "办事指南写的是月租金的百分之五十，最多三千",
        "条件是首次创业、正常经营半年",
        "人社局公告说退役军人、大学生都可以",
        "中介说这铺子月租四千五",
        "代办的人告诉我说我是小规模",
    ],
)
def test_what_a_rule_or_somebody_in_between_says_is_no_fact(text: str) -> None:
    assert heard(text) == {}


def test_a_rule_reaches_on_until_we_speak_of_ourselves() -> None:
    found = heard("条件是首次创业、正常经营半年，我们店里三个人干活")
    assert found == {"employees": "3"}


@pytest.mark.parametrize("text", ["今年比去年多招了两个", "我们比隔壁少三个人", "营业额一年翻了一番多做了五十万"])
def test_a_difference_is_no_figure(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("看情况，有时候三个有时候五个", "employees"),
        ("最多的时候十个", "employees"),
        ("十个八个工人吧", "employees"),
        ("不记得了，可能是五月", "opened_on"),
        ("没有吧", "other_loans"),
        ("年把两年", "own_unemployment_months"),
    ],
)
def test_an_answer_in_doubt_is_none(text: str, asked: str) -> None:
    assert heard(text, asked) == {}


def test_not_one_is_none() -> None:
    assert heard("没有，一个都没有", "disabled_employees") == {"disabled_employees": "0"}
    assert heard("歇业以前没办过，一个月都没歇").get("dormant_months", "0") == "0"


def test_true_of_some_is_not_true_of_all() -> None:
    assert heard("不是所有人都有健康证").get("health_certificates") != "是"
    assert "penalty_fulfilled" not in heard("罚款交了一部分", "penalty_fulfilled")


@pytest.mark.parametrize("text", ["想着年底前把罚款交了", "我想当个体户，不想开公司"])
def test_what_is_wanted_or_not_wanted_is_not_done(text: str) -> None:
    assert heard(text) == {}


def test_another_year_is_not_last_year() -> None:
    assert heard("疫情那年裁了六个人") == {}


def test_how_it_is_now_takes_the_place_of_how_it_was() -> None:
    assert heard("去年还欠着税，今年税补清了")["taxes_settled"] == "是"
    assert heard("房租一个月两千四，现在一个月两千九了")["monthly_rent"] == "2900"


def test_the_truth_takes_the_place_of_what_was_said() -> None:
    assert heard("前面我说年报报了，其实没报")["annual_report_filed"] == "否"
    assert heard("我是小规模，啊不，一般纳税人")["vat_taxpayer"] == "一般纳税人"


def test_what_is_called_off_is_gone() -> None:
    assert heard("贷十五万，再想想，算了不贷了") == {}


def test_those_who_left_since_leave_the_number_open() -> None:
    assert "employees" not in heard("店里请了五个人，后来走了两个")
