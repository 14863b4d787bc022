"""Figures and days that hang on what was said before, that changed, or that are written in other ways."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up
from assistant.hearing.days import dates, since_graduation
from assistant.hearing.figures import number
from assistant.hearing.picked import Picked, to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)
"""A Friday."""


def picked(text: str) -> dict[str, Picked]:
    return {one.name: one for one in pick_up(text, shipped(), today=TODAY).picked}


def heard(text: str) -> dict[str, str]:
    return {name: to_text(one.value) for name, one in picked(text).items()}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("执照是6月8号，啊不是，18号发的", "registered_on", "2026-06-18"),
        ("执照2023年办的，更正，2024年2月6号办的", "registered_on", "2024-02-06"),
        ("去年11月11日拿照，当天就开张了", "opened_on", "2025-11-11"),
        ("执照2024年4月16号发证，五一那天正式迎客", "opened_on", "2024-05-01"),
        ("9月1号开学那天开的张", "opened_on", "2026-09-01"),
        ("房租从三千涨到三千五一个月", "monthly_rent", "3500"),
        ("月租4,000元", "monthly_rent", "4000"),
        ("房租每个月叁仟贰佰元", "monthly_rent", "3200"),
        ("场地是租的，80平，一月四千五", "monthly_rent", "4500"),
        ("场地是租的，80平，一月四千五", "premises_area", "80"),
        ("员工九个，等等，把我算进去了，应该是八个", "employees", "8"),
        ("想贷三十万，还是二十万吧", "loan_amount", "200000"),
        ("从业人员三十一", "employees", "31"),
    ],
)
def test_a_figure_is_heard_with_what_it_hangs_on(text: str, name: str, value: str) -> None:
    assert heard(text)[name] == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去年三月份、七月份各辞退一个", "layoffs"),
        ("每个店三个员工，四家店", "employees"),
        ("请了两个保洁一个前台", "employees"),
        ("三个全职员工，两个兼职", "employees"),
        ("没到6月1号就开业了", "opened_on"),
        ("原定6月1号开业，推迟了", "opened_on"),
        ("我还欠货款八万", "unpaid_amount"),
        ("店开在三楼，三百平的商场里", "premises_area"),
    ],
)
def test_a_figure_of_a_part_or_of_what_was_not_is_none(text: str, name: str) -> None:
    assert name not in heard(text)


def test_a_rent_without_its_month_is_asked_once_more() -> None:
    rent = picked("租金一千九")["monthly_rent"]
    assert (to_text(rent.value), rent.rough) == ("1900", True)
    assert "monthly_rent" not in heard("租金三万六")


def test_a_day_of_last_week_is_a_day_and_last_week_none() -> None:
    assert [one.value for one in dates("上周五", TODAY)] == [date(2026, 11, 20)]
    assert [one.value for one in dates("上个星期", TODAY)] == [None]


def test_years_since_graduation_count_where_no_month_decides() -> None:
    assert since_graduation("我2023年大学毕业", TODAY) == "我大学毕业三年"
    assert since_graduation("我2024年大学毕业", TODAY) == "我2024年大学毕业"


def test_letters_stand_for_sizes_after_numerals_too() -> None:
    assert number("五十w") == 500_000
