"""The rulebook that is shipped: sound, its worked cases right, its quotes in the sample word for word."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from knowledge.rules.check import FEWEST_CASES, check
from knowledge.rules.check_findings import QuoteState
from knowledge.rules.check_trees import decides
from knowledge.rules.engine import Engine, Standing, shipped
from knowledge.rules.load import FOLDER
from knowledge.rules.model import Grade, Kind
from knowledge.rules.quotes import state_of
from tests.knowledge.rules.sampled import sample_database

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return shipped()


def test_nothing_is_wrong_and_no_quote_differs_from_the_sample(tmp_path: Path) -> None:
    database = sample_database(tmp_path)
    with database.reading() as tx:
        found = check(FOLDER, today=TODAY, quote_state=partial(state_of, tx))
    assert not [str(one) for one in found.errors]
    assert found.total(QuoteState.MISMATCHED) == 0
    assert found.total(QuoteState.VERIFIED) > 0
    database.close()


def test_every_quote_of_the_sample_city_is_verified(tmp_path: Path, engine: Engine) -> None:
    database = sample_database(tmp_path)
    with database.reading() as tx:
        states = {
            (policy.id, key): state_of(tx, basis)
            for policy in engine.book.policies.values()
            for key, basis in policy.basis.items()
            if basis.grade is Grade.SAMPLE
        }
    assert set(states.values()) == {QuoteState.VERIFIED}
    database.close()


def test_every_policy_that_judges_has_worked_cases_for_its_scope(engine: Engine) -> None:
    for policy in engine.book.policies.values():
        if policy.kind is not Kind.EXPLANATION:
            assert len(policy.cases) >= FEWEST_CASES, policy.id


def test_every_condition_can_decide_something(engine: Engine) -> None:
    for rulings in engine.rulings.values():
        for ruling in rulings:
            if ruling.edition.conditions is not None:
                own = range(1 if ruling.scope.place_basis is None else 2, len(ruling.tree.leaves))
                assert all(decides(ruling.tree, place, ruling) for place in own), ruling.edition


@pytest.mark.parametrize(("sales", "expected"), [("99999.99", "met"), ("100000", "not_met"), ("100000.01", "not_met")])
def test_exactly_one_hundred_thousand_a_month_is_taxed_since_2026(engine: Engine, sales: str, expected: str) -> None:
    facts = engine.read(
        {"entity": "个体工商户", "vat_taxpayer": "小规模纳税人", "vat_period": "按月", "period_sales": sales}
    )
    assert engine.decide("vat_threshold", facts, date(2026, 3, 31)).verdict == expected


def test_the_gate_ends_the_old_relief_and_names_what_replaced_it(engine: Engine) -> None:
    before = engine.decide("vat_threshold_2023", {}, date(2025, 12, 31))
    after = engine.decide("vat_threshold_2023", {}, date(2026, 1, 1))
    assert before.standing is Standing.IN_FORCE
    assert after.standing is Standing.ENDED
    assert after.ruling is not None
    assert after.ruling.gate is not None
    assert after.policy.replaced_by == ["vat_threshold"]


def test_the_gate_spares_the_law_itself_and_other_taxes(engine: Engine) -> None:
    ended = {
        policy.id
        for policy in engine.book.policies.values()
        for ruling in engine.rulings[policy.id]
        if ruling.gate is not None
    }
    assert "vat_threshold" not in ended
    assert all(
        any(basis.tax == "增值税" for basis in engine.book.policies[identity].basis.values()) for identity in ended
    )
