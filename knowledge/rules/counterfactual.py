"""还差什么: the smallest changes of answers that would turn a “no”, and the day from which waiting suffices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from knowledge.rules.comparisons import turns
from knowledge.rules.conditions import Comparison
from knowledge.rules.derived import Facts
from knowledge.rules.engine import Decision
from knowledge.rules.logic import Trace
from knowledge.rules.solving import domains_of, solve
from knowledge.rules.values import Value, show
from knowledge.rules.values import day as show_day

MOST_CHANGES = 3
MOST_WAYS = 4
_WAITED_FOR = frozenset({Comparison.MONTHS_PASSED, Comparison.DAYS_PASSED})


@dataclass(frozen=True, slots=True)
class Change:
    fact: str
    label: str
    now: str
    to: str
    """An answer that would do."""
    needs: tuple[str, ...]
    """The conditions it must meet, in words."""
    changeable: bool
    advice: str | None

    @property
    def words(self) -> str:
        return f"{self.label}：现在“{self.now}”，要“{'；'.join(self.needs) or self.to}”" + (
            f"（{self.advice}）" if self.advice else ""
        )


@dataclass(frozen=True, slots=True)
class Way:
    """All of these changes together, or waiting until a day."""

    changes: tuple[Change, ...]
    wait_until: date | None = None

    @property
    def possible(self) -> bool:
        """Whether it is in one's own hands."""
        return all(change.changeable for change in self.changes)

    @property
    def words(self) -> str:
        """等到2027年3月1日；正常经营：由“否”到“正常经营，没有歇业”."""
        waits = [f"等到{show_day(self.wait_until)}"] if self.wait_until else []
        return "；".join([*waits, *(change.words for change in self.changes)])


def ways(decision: Decision) -> list[Way]:
    """Fewest changes first, with waiting where time helps; only where nothing helps, what one cannot change."""
    trace, ruling = decision.trace, decision.ruling
    if trace is None or ruling is None or trace.truth is not False:
        return []
    free = [name for name in _given(trace) if trace.tree.known[name].changeable]
    found = [way for day in _days(trace, ruling.last_day) for way in _smallest(trace, free, day)]
    found.sort(key=lambda way: (len(way.changes) + (way.wait_until is not None), way.wait_until or trace.on))
    kept = [way for place, way in enumerate(found) if not any(_within(before, way) for before in found[:place])]
    return (kept or list(_smallest(trace, list(_given(trace)), trace.on)))[:MOST_WAYS]


def _within(smaller: Way, larger: Way) -> bool:
    """Whether the larger asks for everything the smaller asks for, and as long a wait."""
    names = {change.fact for change in smaller.changes}
    waits = smaller.wait_until is None or (larger.wait_until is not None and smaller.wait_until <= larger.wait_until)
    return waits and names <= {change.fact for change in larger.changes}


def _given(trace: Trace) -> dict[str, Value]:
    """What was answered of what the leaves test."""
    return {name: trace.facts[name] for name, _ in trace.tree.tests if name in trace.facts}


def _days(trace: Trace, last_day: date | None) -> list[date]:
    """Today, and the days on which one of the periods will have passed."""
    turning = {
        turns(leaf.test, int(str(leaf.value)), value)
        for leaf in trace.tree.leaves
        if leaf.test in _WAITED_FOR and (value := trace.facts.get(leaf.fact)) is not None
    }
    return [trace.on, *sorted(day for day in turning if day > trace.on and (last_day is None or day <= last_day))]


def _smallest(trace: Trace, free: Sequence[str], day: date) -> Iterator[Way]:
    """Sets of facts, fewest first, none within another, whose change turns the verdict of that day."""
    found: list[frozenset[str]] = []
    domains = domains_of(trace.tree, day)
    for count in range(min(MOST_CHANGES, len(free)) + 1):
        for chosen in combinations(free, count):
            if any(smaller <= set(chosen) for smaller in found):
                continue
            solution = _turned(trace, chosen, domains, day)
            if solution is not None:
                found.append(frozenset(chosen))
                changes = tuple(_change(trace, name, solution, day) for name in chosen)
                yield Way(changes, day if day > trace.on else None)


def _turned(
    trace: Trace, chosen: Sequence[str], domains: Mapping[str, Sequence[Value]], day: date
) -> dict[str, Value] | None:
    given = _given(trace)
    narrowed = {
        name: _nearest_first(values, given[name]) if name in chosen else [given[name]] if name in given else values
        for name, values in domains.items()
    }
    return solve(trace.tree, [(trace.tree.root, True)], narrowed, day)


def _nearest_first(values: Sequence[Value], now: Value) -> list[Value]:
    if isinstance(now, bool) or not isinstance(now, (int, Decimal)):
        return list(values)
    here = Decimal(now)
    return sorted(values, key=lambda value: abs(Decimal(value) - here) if isinstance(value, (int, Decimal)) else here)


def _change(trace: Trace, name: str, solution: Facts, day: date) -> Change:
    fact = trace.tree.known[name]
    turned = [
        leaf
        for place, leaf in enumerate(trace.tree.leaves)
        if leaf.fact == name and trace.truths[place] is False and trace.tree.tests[place][1](solution[name], day)
    ]
    return Change(
        name,
        fact.label,
        show(fact.type, trace.facts[name], unit=fact.unit),
        show(fact.type, solution[name], unit=fact.unit),
        tuple(dict.fromkeys(leaf.says for leaf in turned)),
        fact.changeable,
        next((leaf.advice for leaf in turned if leaf.advice), None),
    )
