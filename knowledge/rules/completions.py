"""All ways to complete the answers: where each ends the same, the verdict is certain though the logic leaves it open.

Kleene logic looks at every condition alone: “按月” and “不是按月” are both unknown to
it, and so is their “或”. Few open facts can be looked through in full.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod

from knowledge.rules.comparisons import probes
from knowledge.rules.derived import DERIVED, Facts
from knowledge.rules.engine import Decision
from knowledge.rules.logic import VERDICT, Tree, Truth, Verdict
from knowledge.rules.values import FactType, Value

MOST = 2_000
"""Completions that are looked through while somebody waits: about 15 ms."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Values that no leaf tells apart, one of them standing for all."""

    value: Value
    share: Fraction
    """How likely, when nothing is known: options count alike, stretches of numbers too."""


@functools.lru_cache(maxsize=8192)
def cells(tree: Tree, name: str, on: date) -> tuple[Cell, ...]:
    """The fact's values as the tree sees them."""
    fact = tree.known[name]
    own = [place for place, (tested, _) in enumerate(tree.tests) if tested == name]
    values = probes(fact, [tree.leaves[place] for place in own], on)
    needing = [one for _, one in tree.derived if name in one.needs]
    for one in needing:
        values = list(dict.fromkeys([*values, *one.probes[name]]))
    groups: dict[object, list[Value]] = {}
    for value in values:
        seen: object = value if needing else tuple(tree.tests[place][1](value, on) for place in own)
        groups.setdefault(seen, []).append(value)
    counted = fact.type is FactType.CHOICE
    total = len(values) if counted else len(groups)
    return tuple(Cell(group[0], Fraction(len(group) if counted else 1, total)) for group in groups.values())


def completions(tree: Tree, facts: Facts, on: date, *, most: int | None = None) -> Iterator[dict[str, Value]] | None:
    """Every way to answer what is open; None when there are more than `most`."""
    unanswered = [name for name in tree.facts if name not in facts]
    values = [[cell.value for cell in cells(tree, name, on)] for name in unanswered]
    if most is not None and prod(map(len, values)) > most:
        return None
    return _filled(facts, unanswered, values)


def _filled(facts: Facts, names: Sequence[str], values: Sequence[Sequence[Value]]) -> Iterator[dict[str, Value]]:
    for chosen in product(*values):
        yield {**facts, **dict(zip(names, chosen, strict=True))}


def certain(tree: Tree, ways: Iterator[dict[str, Value]], on: date) -> Truth:
    """What every completion says; None as soon as two differ or one stays open."""
    found: Truth = None
    for facts in ways:
        truth = tree.evaluate(facts, on).truth
        if truth is None or (found is not None and truth is not found):
            return None
        found = truth
    return found


def settled(decision: Decision, *, most: int = MOST) -> Verdict | None:
    """The verdict of an open decision that no further answer can change; None where one can, or too much is open."""
    trace = decision.trace
    if trace is None:
        return None
    given = {name: value for name, value in trace.facts.items() if name not in DERIVED}
    ways = completions(trace.tree, given, trace.on, most=most)
    truth = None if ways is None else certain(trace.tree, ways, trace.on)
    return None if truth is None else VERDICT[truth]
