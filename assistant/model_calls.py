"""What the language model was asked and what it cost: one row a call, and the sums of them."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, DateTime, Float, Integer, String, Table, case, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from knowledge.database import Database
from knowledge.schema import metadata
from prompts.accounting import Call, Outcome

MOST_WAITING = 1_000
"""Calls kept in memory while the database cannot be written; older ones are given up."""

log = logging.getLogger(__name__)

model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True, comment="when it ended"),
    Column("model", String(200), nullable=False),
    Column("prompt", String(60), nullable=False),
    Column("prompt_version", String(80), nullable=False),
    Column("tokens_in", Integer, comment="null where the endpoint does not say"),
    Column("tokens_out", Integer),
    Column("seconds", Float, nullable=False),
    Column("first_token_seconds", Float),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(200), nullable=False, comment="why it failed; never what was asked or answered"),
)


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call and when it ended."""

    at: datetime
    call: Call


@dataclass(frozen=True, slots=True)
class Total:
    """Of one prompt version and model."""

    prompt_version: str
    model: str
    calls: int
    failures: int
    uncounted: int
    """Calls whose tokens the endpoint did not tell."""
    tokens_in: int
    tokens_out: int
    seconds: float


def record(tx: Connection, kept: Sequence[KeptCall]) -> None:
    tx.execute(insert(model_calls), [_row(one) for one in kept])


def last(tx: Connection, limit: int) -> list[KeptCall]:
    """The newest first."""
    found = tx.execute(select(model_calls).order_by(model_calls.c.id.desc()).limit(limit))
    return [
        KeptCall(
            _aware(row.at),
            Call(
                model=row.model,
                prompt=row.prompt,
                prompt_version=row.prompt_version,
                tokens_in=row.tokens_in,
                tokens_out=row.tokens_out,
                seconds=row.seconds,
                first_piece_seconds=row.first_token_seconds,
                outcome=Outcome(row.outcome),
                reason=row.reason,
            ),
        )
        for row in found
    ]


def totals(tx: Connection, since: datetime) -> list[Total]:
    """The most asked first."""
    table = model_calls.c
    failed = func.sum(case((table.outcome == Outcome.FAILED.value, 1), else_=0))
    uncounted = func.sum(case((table.tokens_in.is_(None), 1), else_=0))
    calls = func.count()
    found = tx.execute(
        select(
            table.prompt_version,
            table.model,
            calls,
            failed,
            uncounted,
            func.coalesce(func.sum(table.tokens_in), 0),
            func.coalesce(func.sum(table.tokens_out), 0),
            func.sum(table.seconds),
        )
        .where(table.at >= since.astimezone(UTC))
        .group_by(table.prompt_version, table.model)
        .order_by(calls.desc(), table.prompt_version, table.model)
    )
    return [Total(*row) for row in found]


class Ledger:
    """Takes calls down at once and writes them into SQL later: an answer never waits for its accounts."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database, self._now = database, now
        self._waiting: list[KeptCall] = []
        self._lock = threading.Lock()

    def note(self, call: Call) -> None:
        with self._lock:
            self._waiting = [*self._waiting[1 - MOST_WAITING :], KeptCall(self._now(), call)]

    def write(self) -> None:
        """What could not be written is tried again the next time."""
        with self._lock:
            taken, self._waiting = self._waiting, []
        if not taken:
            return
        try:
            with self._database.transaction() as tx:
                record(tx, taken)
        except SQLAlchemyError:
            log.exception("语言模型的 %d 次调用没有记上，稍后再记", len(taken))
            with self._lock:
                self._waiting = [*taken, *self._waiting][-MOST_WAITING:]


def _row(kept: KeptCall) -> dict[str, object]:
    values = asdict(kept.call)
    values["first_token_seconds"] = values.pop("first_piece_seconds")
    return {**values, "at": kept.at.astimezone(UTC), "outcome": kept.call.outcome.value}


def _aware(at: datetime) -> datetime:
    """SQLite forgets the zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
