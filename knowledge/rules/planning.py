"""The cheapest order of questions of one policy: looked through in full where the facts are few, else one question ahead."""

from collections.abc import Callable, Collection
from math import prod

from knowledge.rules import explain
from knowledge.rules.completions import cells, certain, completions
from knowledge.rules.derived import DERIVED, Facts
from knowledge.rules.engine import ENTITY, Decision
from knowledge.rules.logic import Trace, Tree, Truth
from knowledge.rules.model import Fact

FEW_STATES = 1_500
"""Sets of answers that are looked through while somebody waits: some 30 ms."""
FEW = 100
"""Completions looked through for each answer that is tried."""
SENSITIVE, EFFORT = 0.15, 0.1
"""How much dearer a sensitive question and each step of effort are: they decide between equals."""

Estimate = Callable[[Trace], float]
"""What an open trace will still cost."""
Plan = tuple[float, str]


def cost_of(fact: Fact) -> float:
    return 1 + SENSITIVE * fact.sensitive + EFFORT * (fact.effort - 1)


def plan(decision: Decision, declined: Collection[str], estimate: Estimate) -> Plan | None:
    """Cost and first question; None when nothing is left to ask."""
    trace = decision.trace
    if trace is None:
        return None
    open_names = [name for name in explain.missing(decision) if name not in declined]
    if not open_names:
        return None
    unanswered = [name for name in trace.tree.facts if name not in trace.facts]
    if prod(len(cells(trace.tree, name, trace.on)) + 1 for name in unanswered) <= FEW_STATES:
        return _Search(decision, trace, declined).best()
    tried = [(_after(decision, trace, name, estimate), name) for name in open_names]
    return min(tried, key=lambda one: round(one[0], 9))


def _referred(decision: Decision, name: str, value: object) -> bool:
    """Who is referred to the authority is asked no further."""
    return (
        name == ENTITY and decision.ruling is not None and value in {str(one) for one in decision.ruling.scope.referred}
    )


class _Search:
    """All orders, from the answers given on."""

    def __init__(self, decision: Decision, trace: Trace, declined: Collection[str]) -> None:
        self._decision, self._trace = decision, trace
        self._tree: Tree = trace.tree
        given = {name: value for name, value in trace.facts.items() if name not in DERIVED}
        self._given: Facts = given
        self._names = [name for name in trace.tree.facts if name not in given and name not in declined]
        self._cells = [cells(trace.tree, name, trace.on) for name in self._names]
        self._costs = [cost_of(trace.tree.known[name]) for name in self._names]
        self._known: dict[tuple[int, ...], tuple[float, int | None, Truth]] = {}

    def best(self) -> Plan | None:
        cost, place, _ = self._best((-1,) * len(self._names))
        return None if place is None else (cost, self._names[place])

    def _best(self, state: tuple[int, ...]) -> tuple[float, int | None, Truth]:
        """Cost, first question, and what is certain already: then nothing is asked."""
        if state not in self._known:
            self._known[state] = self._look(state)
        return self._known[state]

    def _look(self, state: tuple[int, ...]) -> tuple[float, int | None, Truth]:
        answers = {self._names[place]: self._cells[place][cell].value for place, cell in enumerate(state) if cell >= 0}
        truth = self._tree.evaluate({**self._given, **answers}, self._trace.on).truth
        if truth is not None or any(_referred(self._decision, name, value) for name, value in answers.items()):
            return 0, None, truth
        found: tuple[float, int | None, Truth] = (0, None, None)
        for place, cell in enumerate(state):
            if cell >= 0:
                continue
            ends = [
                (float(one.share), *self._best((*state[:place], number, *state[place + 1 :])))
                for number, one in enumerate(self._cells[place])
            ]
            certainties = {end[3] for end in ends}
            if len(certainties) == 1 and None not in certainties:
                return 0, None, certainties.pop()
            cost = self._costs[place] + sum(share * below for share, below, _, _ in ends)
            if found[1] is None or cost < found[0] - 1e-9:
                found = (cost, place, None)
        return found


def _after(decision: Decision, trace: Trace, name: str, estimate: Estimate) -> float:
    """What this question and all that follow cost on average."""
    cost, tree = cost_of(trace.tree.known[name]), trace.tree
    for cell in cells(tree, name, trace.on):
        facts = {**trace.facts, name: cell.value}
        after = tree.evaluate(facts, trace.on)
        if after.truth is not None or _referred(decision, name, cell.value):
            continue
        ways = completions(tree, facts, trace.on, most=FEW)
        if ways is None or certain(tree, ways, trace.on) is None:
            cost += float(cell.share) * estimate(after)
    return cost
