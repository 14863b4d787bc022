"""Eligibility rules: how fast a verdict is, whether it is sound, and whether the interview asks no more than it must."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

from evals.speed import load_average
from knowledge.rules.completions import cells, certain, completions, settled
from knowledge.rules.derived import Facts
from knowledge.rules.engine import Decision, Engine, Ruling, Standing
from knowledge.rules.load import Rulebook
from knowledge.rules.logic import Truth
from knowledge.rules.model import Policy
from knowledge.rules.values import Value

OnProgress = Callable[[int, int], None]
LEAVES, MANY = 10, 1000
MOST_COMPLETIONS = 20_000
"""Looked through by the oracle for one set of answers."""
SAMPLED = 400
"""Completions drawn where there are more; they can only refute."""


def silent(done: int, total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An edition that gives verdicts, on a day it stands."""

    policy: Policy
    ruling: Ruling
    on: date


def judged(engine: Engine) -> Iterator[Judged]:
    """Every edition with conditions, on its first day."""
    for identity, rulings in engine.rulings.items():
        for ruling in rulings:
            on = ruling.edition.from_
            decision = engine.decide(identity, {}, on)
            if decision.standing is Standing.IN_FORCE and decision.trace is not None:
                yield Judged(decision.policy, ruling, on)


def speed(engine: Engine, *, rounds: int = 5) -> dict[str, Any]:
    """Microseconds a verdict with trace, by leaves; milliseconds for a thousand policies and one profile."""
    per_leaf = [(len(one.ruling.tree.leaves), _microseconds(engine, one, rounds)) for one in judged(engine)]
    tens = [taken * LEAVES / leaves for leaves, taken in per_leaf if leaves >= LEAVES // 2]
    many, profile = _thousand(engine), _profile(engine)
    on = date(2026, 6, 1)
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        many.decide_all(profile, on)
        taken.append((time.perf_counter() - started) * 1000)
    return {
        "ten_leaves_us": round(median(tens), 2),
        "slowest_verdict_us": round(max(us for _, us in per_leaf), 2),
        "most_leaves": max(leaves for leaves, _ in per_leaf),
        "thousand_policies_ms": round(median(taken), 2),
        "facts_of_profile": len(profile),
        "load_average": round(load_average(), 2),
    }


def _microseconds(engine: Engine, one: Judged, rounds: int) -> float:
    facts = {name: cells(one.ruling.tree, name, one.on)[0].value for name in one.ruling.tree.facts}
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(300):
            engine.decide(one.policy.id, facts, one.on)
        times.append((time.perf_counter() - started) / 300 * 1e6)
    return median(times)


def _thousand(engine: Engine) -> Engine:
    """The policies of the rulebook over and over, under other names."""
    policies = list(engine.book.policies.values())
    copies = {
        f"{policies[number % len(policies)].id}_{number}": policies[number % len(policies)] for number in range(MANY)
    }
    return Engine(Rulebook(copies, engine.book.facts, engine.book.gates, engine.book.lines))


def _profile(engine: Engine) -> dict[str, Value]:
    """Every fact of every policy answered."""
    found: dict[str, Value] = {}
    for one in judged(engine):
        for name in one.ruling.tree.facts:
            found.setdefault(name, cells(one.ruling.tree, name, one.on)[0].value)
    return found


@dataclass(frozen=True, slots=True)
class Soundness:
    profiles: int
    exhaustive: int
    """Of these, all completions were looked through; of the rest, a sample."""
    unsound: tuple[dict[str, Any], ...]
    certain_but_open: int
    """Every completion agrees, Kleene leaves it open."""
    closed: int
    """Of those, how many the product closes by looking through the completions."""

    def to_json(self) -> dict[str, Any]:
        return {
            "profiles": self.profiles,
            "exhaustive": self.exhaustive,
            "unsound": len(self.unsound),
            "unsound_cases": list(self.unsound[:20]),
            "certain_but_open": {
                "count": self.certain_but_open,
                "share": round(self.certain_but_open / max(1, self.exhaustive), 4),
                "closed": self.closed,
            },
        }


def soundness(engine: Engine, *, per_edition: int = 40, seed: int = 5, on_progress: OnProgress = silent) -> Soundness:
    """Partial answers drawn for every edition, each compared with the oracle over all completions."""
    draw = random.Random(seed)
    editions = list(judged(engine))
    found = Soundness(0, 0, (), 0, 0)
    for done, one in enumerate(editions):
        for _ in range(per_edition):
            found = _weigh(engine, one, _partial(one, draw), draw, found)
        on_progress(done + 1, len(editions))
    return found


def _partial(one: Judged, draw: random.Random) -> dict[str, Value]:
    share = draw.random()
    return {
        name: draw.choice(cells(one.ruling.tree, name, one.on)).value
        for name in one.ruling.tree.facts
        if draw.random() < share
    }


def _weigh(engine: Engine, one: Judged, facts: Facts, draw: random.Random, found: Soundness) -> Soundness:
    decision = engine.decide(one.policy.id, facts, one.on)
    trace = decision.trace
    if trace is None:
        return found
    ways = completions(trace.tree, facts, one.on, most=MOST_COMPLETIONS)
    found = replace(found, profiles=found.profiles + 1)
    if ways is None:
        return _refuted(one, decision, facts, _samples(one, facts, draw), found)
    oracle = certain(trace.tree, ways, one.on)
    found = replace(found, exhaustive=found.exhaustive + 1)
    if trace.truth is not None and oracle is not trace.truth:
        return _unsound(one, decision, facts, found)
    if trace.truth is None and oracle is not None:
        is_closed = settled(decision) is not None
        found = replace(found, certain_but_open=found.certain_but_open + 1, closed=found.closed + is_closed)
    return found


def _samples(one: Judged, facts: Facts, draw: random.Random) -> Iterator[dict[str, Value]]:
    missing = [name for name in one.ruling.tree.facts if name not in facts]
    for _ in range(SAMPLED):
        drawn = {name: draw.choice(cells(one.ruling.tree, name, one.on)).value for name in missing}
        yield {**facts, **drawn}


def _refuted(
    one: Judged, decision: Decision, facts: Facts, ways: Iterator[dict[str, Value]], found: Soundness
) -> Soundness:
    truth: Truth = decision.trace.truth if decision.trace else None
    if truth is None:
        return found
    if any(one.ruling.tree.evaluate(way, one.on).truth is not truth for way in ways):
        return _unsound(one, decision, facts, found)
    return found


def _unsound(one: Judged, decision: Decision, facts: Facts, found: Soundness) -> Soundness:
    case = {"policy": one.policy.id, "verdict": decision.verdict, "facts": {k: str(v) for k, v in facts.items()}}
    return replace(found, unsound=(*found.unsound, case))


def worked_cases(engine: Engine) -> dict[str, int]:
    """Worked cases of all policies, and how many of them come out as written."""
    cases = [(policy, case) for policy in engine.book.policies.values() for case in policy.cases]
    right = sum(
        engine.decide(policy.id, engine.read(case.facts), case.as_of).expected is case.expect for policy, case in cases
    )
    return {"policies": len(engine.book.policies), "cases": len(cases), "right": right}
