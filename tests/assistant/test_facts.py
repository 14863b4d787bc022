"""What is picked up from what people say about their business, and what never is."""

import pytest

from assistant import facts
from assistant.spans_of_time import Period, day_said, periods
from knowledge import places, regions
from knowledge.calendar import Unit
from tests.sample import TODAY


def found(text: str) -> dict[str, str]:
    return {one.key: one.value for one in facts.picked_up(text, {}, 1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我开了家面馆，刚开业，请了两个人", {"trade": "餐饮", "stage": "刚开业", "fact:headcount": "2"}),
        ("我是个体户，店开了三年", {"entity": "个体工商户", "stage": "经营中"}),
        ("我们公司有12个人", {"entity": "企业", "fact:headcount": "12"}),
        ("我想开个网店", {"trade": "网络经营", "stage": "准备开业"}),
        ("俺做早餐的", {"trade": "餐饮"}),
    ],
)
def test_facts_are_picked_up(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["我有抑郁症", "我信佛", "我是残疾人", "开业补贴多少钱", "个体户年报什么时候报", "公司怎么注销"]
)
def test_nothing_is_picked_up_from_questions_or_about_health(text: str) -> None:
    assert found(text) == {}


def test_a_fact_that_is_known_is_not_told_again() -> None:
    known = {one.key: one for one in facts.picked_up("我是个体户", {}, 1)}
    assert list(facts.picked_up("我是个体户", known, 2)) == []


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("我在青禾市开店", None, "青禾市"),
        ("宜昌呢", "990100", "宜昌市"),
        ("不是武汉是宜昌", "420100", "宜昌市"),
        ("换成白榆", "990100", "白榆市"),
        ("白榆市的开业补贴是多少", None, "白榆市"),
        ("南屏区晚上摆到几点", "990100", "南屏区"),
        ("湖北宜昌", None, "宜昌市"),
    ],
)
def test_the_region_follows_what_is_said(text: str, before: str | None, after: str) -> None:
    code = facts.region_said(text, before)
    assert code is not None
    assert regions.name(code) == after


@pytest.mark.parametrize(
    "text", ["白榆市的开业补贴是多少", "开业补贴多少", "和平饭店怎么样", "在白榆市登记到青禾市摆摊行吗"]
)
def test_a_place_in_passing_changes_no_region(text: str) -> None:
    assert facts.region_said(text, "990100") is None


def test_a_name_of_many_places_is_none_without_its_city() -> None:
    assert places.named_in("朝阳区的店") == []
    assert [regions.full_name(code) for code in places.named_in("我在北京朝阳区")] == ["北京市朝阳区"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026年3月2日", "2026-03-02"), ("26年12月25号", "2026-12-25"), ("10月8日交的", "2025-10-08"), ("上周五受理", "2026-06-26"), ("昨天", "2026-06-30"), ("3号提交的", "2026-06-03")],
)  # fmt: skip
def test_days_as_people_say_them(text: str, day: str) -> None:
    assert str(day_said(text, TODAY)) == day


@pytest.mark.parametrize("text", ["2月30日", "没有日子", "第十六条"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_said(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15日内办结", [Period(15, Unit.NATURAL, "15日")]),
        ("十五个工作日", [Period(15, Unit.WORKING, "十五个工作日")]),
        ("满6个月之日起12个月内", [Period(6, Unit.MONTHS, "6个月"), Period(12, Unit.MONTHS, "12个月")]),
        ("每季度首月15日前", []),
        ("2026年10月8日", []),
        ("半年内", [Period(6, Unit.MONTHS, "半年")]),
    ],
)
def test_periods_keep_working_days_apart(text: str, expected: list[Period]) -> None:
    assert list(periods(text)) == expected
