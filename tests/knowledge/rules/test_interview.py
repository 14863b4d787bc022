"""The interview asks what matters, nothing twice, and stops as soon as the verdict is certain."""

from datetime import date

import pytest

from evals import interviews
from evals.eligibility import judged
from knowledge.rules.engine import Engine, shipped
from knowledge.rules.interview import Interview, Question
from knowledge.rules.logic import Verdict

ON = date(2026, 6, 15)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return shipped()


def names(questions: list[Question]) -> list[str]:
    return [question.name for question in questions]


def test_a_group_is_of_one_kind_and_small(engine: Engine) -> None:
    asked = Interview(engine, ["qinghe_opening_subsidy"], ON).next_questions({})
    assert 1 <= len(asked) <= 3
    assert len({question.fact.group for question in asked}) == 1


def test_nothing_more_is_asked_once_the_verdict_is_certain(engine: Engine) -> None:
    interview = Interview(engine, ["vat_threshold"], ON)
    assert not interview.next_questions(engine.read({"vat_taxpayer": "一般纳税人"}))


def test_nothing_is_asked_that_cannot_matter_any_more(engine: Engine) -> None:
    """Below the lowest threshold the period no longer matters, nor does who one is."""
    interview = Interview(engine, ["vat_threshold"], ON)
    facts = engine.read({"vat_taxpayer": "小规模纳税人", "period_sales": 900})
    assert not interview.next_questions(facts)


def test_what_was_declined_is_not_asked_again(engine: Engine) -> None:
    interview = Interview(engine, ["qinghe_opening_subsidy"], ON)
    declined: set[str] = set()
    for _ in range(12):
        asked = interview.next_questions({}, declined)
        assert not declined & set(names(asked))
        if not asked:
            break
        declined |= set(names(asked))
    assert not interview.next_questions({}, declined)


def test_once_it_is_met_only_what_the_amount_needs_is_asked(engine: Engine) -> None:
    facts = engine.read(
        {
            "entity": "个体工商户",
            "region": "青禾市",
            "first_business": "是",
            "founder_category": "退役军人",
            "operating_normally": "是",
            "opened_on": "2025-09-01",
            "registered_on": "2025-08-01",
        }
    )
    assert engine.decide("qinghe_opening_subsidy", facts, ON).verdict is Verdict.MET
    asked = Interview(engine, ["qinghe_opening_subsidy"], ON).next_questions(facts)
    assert names(asked) == ["zero_employment_family"]


def test_shared_facts_are_asked_once_for_all_policies(engine: Engine) -> None:
    policies = engine.binding("990100")
    interview = Interview(engine, policies, ON)
    facts: dict[str, object] = {}
    asked_in_all: list[str] = []
    for _ in range(60):
        asked = interview.next_questions(engine.read(facts), set(asked_in_all))
        if not asked:
            break
        assert not set(names(asked)) & set(asked_in_all)
        asked_in_all += names(asked)
    assert {"entity"} <= set(asked_in_all)
    assert len(asked_in_all) == len(set(asked_in_all))


def test_policies_fall_away_as_they_are_decided(engine: Engine) -> None:
    interview = Interview(engine, ["vat_threshold", "qinghe_opening_subsidy"], ON)
    still = interview.open_policies(engine.read({"region": "白榆市"}))
    assert [one.policy.id for one in still] == ["vat_threshold"]


def test_the_interview_asks_hardly_more_than_the_optimal_order(engine: Engine) -> None:
    small = [one for one in judged(engine) if one.policy.id in {"vat_threshold", "qinghe_opening_subsidy"}]
    for one in small:
        walk = interviews.Walk.of(one)
        best, ours = interviews.optimum(walk), interviews.asked(walk, engine, together=1)
        # an older shop stays open whatever is said (第二十五条): ours stops where only a no is left to be found
        assert 0.99 * best.questions <= ours.questions <= 1.15 * best.questions
        assert ours.likely == pytest.approx(best.likely)


PROCEDURES = {
    "annual_report", "dormancy", "simple_deregistration", "operator_change", "upgrade_to_company",
    "registration_time_limit", "change_registration", "overdue_payment", "food_no_permit", "first_offence",
    "tell_all_at_once", "reconsideration_deadline",
}  # fmt: skip


def test_what_is_there_for_me_does_not_ask_about_mere_procedures(engine: Engine) -> None:
    for region in ("990100", "420500"):  # 宜昌
        offered = set(engine.for_everyone(region))
        assert offered < set(engine.binding(region))
        assert not offered & PROCEDURES
        assert {"vat_threshold", "sole_trader_income_tax"} <= offered
    assert "hubei_special_traders" in engine.for_everyone("420500")
    assert "qinghe_opening_subsidy" in engine.for_everyone("990100")
    assert "qinghe_opening_subsidy" not in engine.for_everyone("420500")
