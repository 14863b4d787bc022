"""Derived facts follow their clause and never change their mind when more is known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.derived import DERIVED, INDUSTRIES, Facts, enterprise_size
from knowledge.rules.values import Value

_WAN = 10_000
money = st.integers(0, 300_000).map(lambda wan: Decimal(wan * _WAN))
answers = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from(INDUSTRIES),
        "employees": st.integers(0, 3000),
        "annual_revenue": money,
        "total_assets": money,
    },
)


@pytest.mark.parametrize(
    ("industry", "people", "revenue_wan", "expected"),
    [
        ("餐饮业", 8, 150, "微型"),
        ("零售业", 12, 260, "小型"),
        ("批发业", 6, 900, "微型"),
        ("工业", 300, 2000, "中型"),
        ("工业", 299, 2000, "小型"),
        ("工业", 1000, 40000, "大型"),
        ("工业", 1000, 39999, "中型"),
        ("零售业", 300, 20000, "大型"),
        ("软件和信息技术服务业", 10, 50, "小型"),
        ("软件和信息技术服务业", 10, 49, "微型"),
    ],
)
def test_the_size_follows_the_table(industry: str, people: int, revenue_wan: int, expected: str) -> None:
    facts: dict[str, Value] = {"industry": industry, "employees": people, "annual_revenue": Decimal(revenue_wan * _WAN)}
    assert enterprise_size(facts) == expected


def test_one_criterion_at_the_bottom_settles_it() -> None:
    assert enterprise_size({"industry": "餐饮业", "employees": 9}) == "微型"
    assert enterprise_size({"industry": "餐饮业", "employees": 10}) is None


def test_some_industries_go_by_one_figure_only() -> None:
    assert enterprise_size({"industry": "其他行业", "employees": 100}) == "中型"
    assert enterprise_size({"industry": "农、林、牧、渔业", "annual_revenue": Decimal(500 * _WAN)}) == "中型"
    building: dict[str, Value] = {
        "industry": "建筑业",
        "annual_revenue": Decimal(6000 * _WAN),
        "total_assets": Decimal(4999 * _WAN),
    }
    assert enterprise_size(building) == "小型"


@given(answers, answers)
def test_more_answers_never_change_a_derived_fact(some: Facts, more: Facts) -> None:
    before = enterprise_size(some)
    if before is not None:
        assert enterprise_size({**more, **some}) == before


def test_a_share_of_nothing_is_unknown() -> None:
    assert DERIVED["disabled_ratio"].compute({"disabled_employees": 0, "employees": 0}) is None
    assert DERIVED["disabled_ratio"].compute({"disabled_employees": 1, "employees": 80}) == Decimal("0.0125")


def test_every_derived_fact_names_its_clause_and_probes_its_needs() -> None:
    for one in DERIVED.values():
        assert one.clause
        assert set(one.needs) == set(one.probes)
