"""The next best question: the one that most often decides, cheap and not sensitive first, over one policy or several.

Every open node knows how likely it is to come out true and how many questions that
costs; k-of-n nodes take the child that is among the k likeliest to help and the
n - k + 1 likeliest to settle (optimal for independent conditions).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.rules import explain
from knowledge.rules.completions import cells, settled
from knowledge.rules.derived import DERIVED, Facts
from knowledge.rules.engine import Decision, Engine
from knowledge.rules.logic import NEGATION, Trace, Verdict
from knowledge.rules.model import Fact, Kind
from knowledge.rules.planning import cost_of, plan
from knowledge.rules.values import Value

MOST_TOGETHER = 3
"""Questions one can answer at a glance."""
LOOK_AHEAD = 8
"""Questions that are thought ahead to find those of the same kind."""
THOUGHT_AHEAD = 3
"""Policies for which every first question is tried out; for more, each policy's own guess must do."""
EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    fact: Fact
    policies: tuple[str, ...]
    """Those still open that want to know it."""


@dataclass(frozen=True, slots=True)
class _Outlook:
    """An open condition: how likely true, how dear to find out, what to ask first."""

    likely: float
    cost: float
    first: str


@dataclass(slots=True)
class Interview:
    """One interview over some policies; it keeps nothing, answers are given anew each time."""

    engine: Engine
    policies: Sequence[str]
    on: date

    def open_policies(self, facts: Facts, declined: Collection[str] = ()) -> list[Decision]:
        """Those whose result further answers can still change."""
        decisions = (self.engine.decide(identity, facts, self.on) for identity in self.policies)
        return [one for one in decisions if self._wanted(one, facts, declined) is not None]

    def next_questions(
        self, facts: Facts, declined: Collection[str] = (), *, most: int = MOST_TOGETHER
    ) -> list[Question]:
        """A small group of the same kind, all of which a “yes” would need; empty when nothing more can be learned."""
        found: list[Question] = []
        assumed, skipped = dict(facts), set(declined)
        for _ in range(LOOK_AHEAD):
            best = self._best(assumed, skipped)
            if best is None or len(found) == most:
                break
            if not found or best.fact.group == found[0].fact.group:
                found.append(best)
            likeliest = self._good_answer(best, assumed)
            if likeliest is None:
                skipped.add(best.name)
            else:
                assumed[best.name] = likeliest
        return found

    def _best(self, facts: Facts, declined: Collection[str]) -> Question | None:
        votes: dict[str, float] = {}
        wanting: dict[str, list[str]] = {}
        for identity in self.policies:
            decision = self.engine.decide(identity, facts, self.on)
            wanted = self._wanted(decision, facts, declined)
            if wanted is None:
                continue
            votes[wanted.first] = votes.get(wanted.first, 0) + 1 / max(wanted.cost, 1)
            for name in self._could_help(decision, facts, declined):
                wanting.setdefault(name, []).append(identity)
        if not votes:
            return None
        name = max(votes, key=lambda one: votes[one] + len(wanting.get(one, ())) / len(self.policies))
        return Question(name, self.engine.vocabulary[name], tuple(wanting.get(name, ())))

    def _classified(self, decision: Decision, trace: Trace, declined: Collection[str]) -> _Outlook | None:
        """Who first, then what the class goes by, in the order of the function."""
        if trace.truth is False or explain.referred(decision) is not None:
            return None
        left = [name for name in explain.missing(decision) if name not in declined]
        return _Outlook(1, len(left), left[0]) if left else None

    def _could_help(self, decision: Decision, facts: Facts, declined: Collection[str]) -> Iterator[str]:
        return (name for name in explain.missing(decision) if name not in facts and name not in declined)

    def _wanted(self, decision: Decision, facts: Facts, declined: Collection[str]) -> _Outlook | None:
        """What to ask for this policy; None when it is decided or nothing askable is left."""
        trace, ruling = decision.trace, decision.ruling
        if trace is None or ruling is None:
            return None
        if decision.policy.kind is Kind.CLASSIFICATION:
            return self._classified(decision, trace, declined)
        if trace.truth is None and explain.referred(decision) is None:
            certain = settled(decision)
            if certain is None:
                outlook = _outlook(trace, len(trace.truths) - 1, declined)
                return (
                    _planned(decision, outlook, declined)
                    if outlook and len(self.policies) <= THOUGHT_AHEAD
                    else outlook
                )
            if certain is Verdict.NOT_MET:
                return None
        elif trace.truth is not True:
            return None
        left = [name for name in explain.missing(decision) if name not in declined and name not in facts]
        return _Outlook(1, len(left), left[0]) if left and trace.truth else None

    def _good_answer(self, question: Question, facts: Facts) -> Value | None:
        """An answer that leaves most of the policies open."""
        if not question.policies:
            return None
        decision = self.engine.decide(question.policies[0], facts, self.on)
        trace = decision.trace
        if trace is None:
            return None
        if question.name not in trace.tree.known:
            return None
        found = cells(trace.tree, question.name, self.on)
        return max(found, key=lambda cell: self._left_open(question, {**facts, question.name: cell.value})).value

    def _left_open(self, question: Question, facts: Mapping[str, Value]) -> int:
        verdicts = [self.engine.decide(identity, facts, self.on).verdict for identity in question.policies]
        return sum(verdict is not Verdict.NOT_MET for verdict in verdicts)


def _planned(decision: Decision, guess: _Outlook, declined: Collection[str]) -> _Outlook:
    def estimate(after: Trace) -> float:
        outlook = _outlook(after, len(after.truths) - 1, declined)
        return outlook.cost if outlook else 0

    found = plan(decision, declined, estimate)
    return guess if found is None else _Outlook(guess.likely, *found)


def _outlook(trace: Trace, place: int, declined: Collection[str]) -> _Outlook | None:
    node = trace.tree.node(place)
    if node is None:
        return _leaf(trace, place, declined)
    inner = [
        one
        for child in node.children
        if trace.truths[child] is None and (one := _outlook(trace, child, declined)) is not None
    ]
    if not inner:
        return None
    if node.needs == NEGATION:
        return _Outlook(1 - inner[0].likely, inner[0].cost, inner[0].first)
    needs = node.needs - sum(trace.truths[child] is True for child in node.children)
    return _joined(inner, min(needs, len(inner)))


def _leaf(trace: Trace, place: int, declined: Collection[str]) -> _Outlook | None:
    name = trace.tree.tests[place][0]
    unanswered = DERIVED[name].wants(trace.facts) if name in DERIVED else [name]
    if not unanswered or any(need in declined for need in unanswered):
        return None
    costs = {need: cost_of(trace.tree.known[need]) for need in unanswered}
    likely = 0.5 if name in DERIVED else _share(trace, place)
    return _Outlook(likely, sum(costs.values()), unanswered[0])


def _share(trace: Trace, place: int) -> float:
    """How many of the possible answers make the leaf true."""
    name, test = trace.tree.tests[place]
    return float(sum(cell.share for cell in cells(trace.tree, name, trace.on) if test(cell.value, trace.on)))


def _joined(inner: Sequence[_Outlook], needs: int) -> _Outlook:
    """K of these: who comes first, how likely they succeed, what it costs on average to know."""
    helping = sorted(range(len(inner)), key=lambda place: inner[place].cost / max(inner[place].likely, EPSILON))
    settling = sorted(range(len(inner)), key=lambda place: inner[place].cost / max(1 - inner[place].likely, EPSILON))
    likeliest, failing = helping[:needs], settling[: len(inner) - needs + 1]
    first = next((place for place in failing if place in likeliest), failing[0])
    order = [first, *(place for place in (settling if needs == len(inner) else helping) if place != first)]
    cost, counts = 0.0, {0: 1.0}
    for position, place in enumerate(order):
        one, left = inner[place], len(order) - position
        undecided = {met: share for met, share in counts.items() if met < needs <= met + left}
        cost += sum(undecided.values()) * one.cost
        counts = {met: share for met, share in counts.items() if met not in undecided}
        for met, share in undecided.items():
            counts[met + 1] = counts.get(met + 1, 0) + share * one.likely
            counts[met] = counts.get(met, 0) + share * (1 - one.likely)
    likely = sum(share for met, share in counts.items() if met >= needs)
    return _Outlook(likely, cost, inner[first].first)
