"""Counts of self-tests: by condition, on both engines, and nothing about anybody."""

from datetime import date

from assistant import events, fall_outs
from knowledge.database import Database
from knowledge.rules.engine import shipped
from knowledge.rules.result import Result, result_of

DAY = date(2026, 6, 15)


def result(**facts: object) -> Result:
    engine = shipped()
    return result_of(engine, "vat_threshold", engine.read(facts), DAY)


def test_each_result_is_counted_where_it_ended(database: Database) -> None:
    taxed = result(vat_taxpayer="小规模纳税人", vat_period="按月", period_sales="10万元")
    general, nothing = result(vat_taxpayer="一般纳税人"), result()
    with database.transaction() as tx:
        fall_outs.count(tx, [taxed, taxed, general], day=DAY)
        fall_outs.count(tx, [nothing], day=DAY)
    with database.reading() as tx:
        found = fall_outs.counted(tx, since=DAY, until=DAY)
    assert [(one.outcome, one.fact, one.count) for one in found] == [
        ("not_met", "period_sales", 2),
        ("not_met", "vat_taxpayer", 1),
        ("unknown", nothing.missing[0][0], 1),
    ]


def test_days_are_added_up(database: Database) -> None:
    with database.transaction() as tx:
        for day in (date(2026, 6, 1), date(2026, 6, 2), date(2026, 7, 1)):
            fall_outs.count(tx, [result()], day=day)
    with database.reading() as tx:
        found = fall_outs.counted(tx, since=date(2026, 6, 1), until=date(2026, 6, 30))
    assert [one.count for one in found] == [2]


def test_a_result_told_in_a_conversation_counts_like_one_on_a_page(database: Database) -> None:
    for found in (result(vat_taxpayer="一般纳税人"), result()):
        told = events.Result(
            1, found.policy.id, "", "2026-06-15", str(found.verdict or ""), "", found.to_json(), (), ()
        )
        with database.transaction() as tx:
            fall_outs.count(tx, [found], day=DAY)
            fall_outs.count_told(tx, [events.Notice("x"), told], day=DAY)
    with database.reading() as tx:
        assert [one.count for one in fall_outs.counted(tx, since=DAY, until=DAY)] == [2, 2]
