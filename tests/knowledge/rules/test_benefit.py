"""What one gets is computed exactly and shown as computed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.benefit import parse
from knowledge.rules.engine import shipped
from knowledge.rules.errors import BadFormula
from knowledge.rules.result import result_of


def test_half_the_rent_up_to_a_limit() -> None:
    formula = parse("min(rent * 50%, 800) * months")
    assert formula.compute({"rent": Decimal(1500), "months": 3}) == Decimal(2250)
    assert formula.compute({"rent": Decimal(2000), "months": 3}) == Decimal(2400)
    assert formula.shown({"rent": "1500", "months": "3"}) == "取小（1500 × 50%，800） × 3"


def test_brackets_are_shown_only_where_they_matter() -> None:
    assert parse("(8000 + 2000) * 2").shown({}) == "（8000 + 2000） × 2"
    assert parse("8000 - (2000 - 500)").shown({}) == "8000 − （2000 − 500）"
    assert parse("(8000 + 2000)").shown({}) == "8000 + 2000"


def test_a_missing_fact_gives_no_amount() -> None:
    assert parse("rent * 50%").compute({}) is None
    assert parse("rent / months").compute({"rent": Decimal(10), "months": 0}) is None


def test_cents_are_rounded_half_up() -> None:
    assert parse("sales / 1.01 * 1%").compute({"sales": Decimal(101000)}) == Decimal(1000)
    assert parse("people * 0.005").compute({"people": 1}) == Decimal("0.01")


@given(st.decimals(0, 10**9, places=2), st.integers(0, 48))
def test_a_cap_is_never_exceeded(rent: Decimal, months: int) -> None:
    amount = parse("min(rent * 50%, 800) * min(months, 24)").compute({"rent": rent, "months": months})
    assert amount is not None
    assert 0 <= amount <= 800 * 24


@pytest.mark.parametrize(
    "formula", ["rent ** 2", "open('x')", "rent.real", "rent if 1 else 2", "'8000'", "[1]", "min()", "rent or 1", "1 +"]
)
def test_anything_but_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(BadFormula):
        parse(formula)


def test_a_figure_nobody_gave_stands_in_the_formula_under_its_label() -> None:
    (amount,) = result_of(shipped(), "six_taxes_half", {"entity": "个体工商户"}, date(2026, 7, 1)).amounts
    assert amount.formula == "减半前的六税两费 × 50%"
