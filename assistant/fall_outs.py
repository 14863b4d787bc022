"""Where people fall out of self-tests: counts by day, policy and condition, nothing about anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, Integer, String, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant import events
from knowledge.rules.logic import Verdict
from knowledge.rules.result import Result
from knowledge.schema import metadata

selftest_counts = Table(
    "selftest_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("policy", String(60), primary_key=True),
    Column("outcome", String(20), primary_key=True, comment="met, not_met, unknown, ended, not_yet"),
    Column("fact", String(60), primary_key=True, comment="where it failed or stayed open; else empty"),
    Column("count", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class FallOut:
    policy: str
    outcome: str
    fact: str
    count: int


def count(tx: Connection, results: Sequence[Result], *, day: date) -> None:
    """One more for each result; what was answered is not looked at."""
    for result in results:
        key = {
            "day": day,
            "policy": result.policy.id,
            "outcome": str(result.verdict or result.standing),
            "fact": _where(result),
        }
        _add(tx, key)


def count_told(tx: Connection, told: Iterable[events.Event], *, day: date) -> None:
    """One more for each result told in a conversation; who was told is not looked at either."""
    for event in told:
        if isinstance(event, events.Result):
            outcome = event.verdict or str(event.result.get("standing", ""))
            _add(tx, {"day": day, "policy": event.policy, "outcome": outcome, "fact": _where_told(event)})


def _where_told(event: events.Result) -> str:
    rows, missing = event.result.get("conditions", []), event.result.get("missing", [])
    if event.verdict == Verdict.NOT_MET:
        return next((str(row["fact"]) for row in rows if row["truth"] is False and not row["aside"]), "")
    return str(missing[0]["fact"]) if event.verdict == Verdict.UNKNOWN and missing else ""


def _where(result: Result) -> str:
    """The fact of the first condition that failed, or the first that is open."""
    if result.verdict is Verdict.NOT_MET:
        return next((row.fact for row in result.rows if row.truth is False and not row.aside), "")
    return result.missing[0][0] if result.verdict is Verdict.UNKNOWN and result.missing else ""


def _add(tx: Connection, key: dict[str, object]) -> None:
    where = [selftest_counts.c[name] == value for name, value in key.items()]
    one_more = update(selftest_counts).where(*where).values(count=selftest_counts.c.count + 1)
    if tx.execute(one_more).rowcount:
        return
    try:
        with tx.begin_nested():
            tx.execute(insert(selftest_counts).values(**key, count=1))
    except IntegrityError:  # somebody else was first
        tx.execute(one_more)


def counted(tx: Connection, *, since: date, until: date) -> list[FallOut]:
    """Sums over these days, the most frequent first."""
    table = selftest_counts.c
    total = func.sum(table.count)
    query = (
        select(table.policy, table.outcome, table.fact, total)
        .where(table.day.between(since, until))
        .group_by(table.policy, table.outcome, table.fact)
        .order_by(total.desc(), table.policy, table.outcome, table.fact)
    )
    return [FallOut(*row) for row in tx.execute(query)]
