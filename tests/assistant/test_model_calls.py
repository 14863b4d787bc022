"""What the language model cost is kept and summed, and operators can turn it off, on both engines."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from assistant import model_calls, switches
from assistant.model_calls import KeptCall, Ledger, Total
from assistant.switches import Switch
from knowledge.database import Database
from prompts.accounting import Call, Outcome

NOW = datetime(2026, 7, 1, 8, tzinfo=timezone(timedelta(hours=8)))
CALL = Call("m", "answer", "answer@1", 40, 9, 1.5, 0.5, Outcome.COMPLETE)
STOPPED = replace(CALL, tokens_in=None, tokens_out=None, outcome=Outcome.STOPPED)
FAILED = replace(STOPPED, first_piece_seconds=None, outcome=Outcome.FAILED, reason="模型服务返回 500")


def test_calls_come_back_as_they_were_newest_first(database: Database) -> None:
    ledger = Ledger(database, now=lambda: NOW)
    for call in (CALL, FAILED):
        ledger.note(call)
    ledger.write()
    with database.reading() as tx:
        assert model_calls.last(tx, 5) == [KeptCall(NOW, FAILED), KeptCall(NOW, CALL)]
        assert model_calls.last(tx, 1) == [KeptCall(NOW, FAILED)]


def test_totals_are_by_prompt_version_and_model_since_a_moment(database: Database) -> None:
    day = timedelta(days=1)
    other = replace(CALL, prompt_version="answer@2", tokens_in=1)
    with database.transaction() as tx:
        model_calls.record(
            tx, [KeptCall(NOW - day, CALL), *[KeptCall(NOW, one) for one in (CALL, FAILED, STOPPED, other)]]
        )
    with database.reading() as tx:
        assert model_calls.totals(tx, NOW) == [
            Total("answer@1", "m", 3, 1, 2, 40, 9, 4.5),
            Total("answer@2", "m", 1, 0, 0, 1, 9, 1.5),
        ]
        assert model_calls.totals(tx, NOW - day)[0].calls == 4
        assert model_calls.totals(tx, NOW + day) == []


def test_what_cannot_be_written_now_is_written_later(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(database)
    ledger.note(CALL)
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE model_calls RENAME TO elsewhere"))
    with caplog.at_level(logging.ERROR):
        ledger.write()
    assert "没有记上" in caplog.text
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE elsewhere RENAME TO model_calls"))
    ledger.note(FAILED)
    ledger.write()
    ledger.write()
    with database.reading() as tx:
        assert [kept.call for kept in model_calls.last(tx, 5)] == [FAILED, CALL]


def test_a_switch_nobody_touched_is_on_and_turns_both_ways(database: Database) -> None:
    for on in (True, False, False, True):
        with database.transaction() as tx:
            switches.turn(tx, Switch.MODEL, on=on, at=datetime.now(UTC))
        with database.reading() as tx:
            assert switches.is_on(tx, Switch.MODEL) is on


def test_without_a_row_a_switch_is_on(database: Database) -> None:
    with database.reading() as tx:
        assert switches.is_on(tx, Switch.MODEL)
