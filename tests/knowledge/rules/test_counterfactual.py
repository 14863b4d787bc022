"""还差什么: every way that is told does turn the verdict, and the smallest come first."""

from datetime import date

import pytest
from hypothesis import assume, given

from knowledge.rules.counterfactual import ways
from knowledge.rules.derived import Facts
from knowledge.rules.engine import Decision, Engine, Ruling, Standing, shipped
from knowledge.rules.logic import Tree
from knowledge.rules.model import Edition, Policy, Scope
from tests.knowledge.rules.making import ON, complete, trees

VETERAN = {
    "entity": "个体工商户",
    "region": "青禾市",
    "first_business": "是",
    "founder_category": "退役军人",
    "operating_normally": "是",
    "registered_on": "2025-08-01",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return shipped()


def opening(engine: Engine, on: date, **changes: object) -> Decision:
    return engine.decide("qinghe_opening_subsidy", engine.read({**VETERAN, **changes}), on)


def test_waiting_is_told_with_its_day(engine: Engine) -> None:
    (way,) = ways(opening(engine, date(2026, 1, 10), opened_on="2025-09-01"))
    assert way.wait_until == date(2026, 3, 1)
    assert not way.changes


def test_what_one_can_change_is_told_with_advice(engine: Engine) -> None:
    (way,) = ways(opening(engine, date(2026, 4, 1), opened_on="2025-09-01", operating_normally="否"))
    assert way.possible
    assert [change.fact for change in way.changes] == ["operating_normally"]
    assert way.changes[0].advice


def test_waiting_and_changing_go_together(engine: Engine) -> None:
    (way,) = ways(opening(engine, date(2026, 1, 10), opened_on="2025-09-01", operating_normally="否"))
    assert way.wait_until == date(2026, 3, 1)
    assert [change.fact for change in way.changes] == ["operating_normally"]


def test_what_one_cannot_change_is_said_to_be_so(engine: Engine) -> None:
    found = ways(opening(engine, date(2026, 4, 1), opened_on="2025-09-01", founder_category="以上都不是"))
    assert found
    assert not any(way.possible for way in found)


def test_a_period_that_is_over_cannot_be_waited_for(engine: Engine) -> None:
    found = ways(opening(engine, date(2027, 6, 1), opened_on="2025-09-01"))
    assert not any(way.wait_until for way in found)


@given(trees, complete)
def test_every_way_turns_the_verdict(tree: Tree, facts: Facts) -> None:
    trace = tree.evaluate(facts, ON)
    assume(trace.truth is False)
    edition = Edition.model_construct(from_=ON, to=None, ended=None)
    ruling = Ruling(edition, Scope.model_construct(), tree, (), None, None)
    for way in ways(Decision(Policy.model_construct(), Standing.IN_FORCE, ruling, trace)):
        free = {change.fact for change in way.changes}
        kept = {name: value for name, value in facts.items() if name not in free}
        after = tree.evaluate(kept, way.wait_until or ON)
        assert after.truth is not False
