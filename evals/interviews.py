"""Questions asked against the optimal decision tree: the fewest on average that any order could do with.

Both walk the same cells with the same shares; the optimum is found by looking
through all states, which twelve facts allow and thirteen do not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evals.eligibility import Judged, OnProgress, judged, silent
from knowledge.rules.completions import cells
from knowledge.rules.engine import ENTITY, Engine
from knowledge.rules.interview import Interview
from knowledge.rules.logic import Tree, Truth
from knowledge.rules.values import Value

MOST_FACTS = 12
MOST_STATES = 150_000
State = tuple[int, ...]
"""For each fact the cell answered, -1 for none."""
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Spent:
    """Questions, weighted by how likely each way is, apart for the two verdicts."""

    met: float
    not_met: float
    likely: float
    """Of met."""

    @property
    def questions(self) -> float:
        return self.met + self.not_met


class TooMany(Exception):
    """More states than can be looked through."""


@dataclass(slots=True)
class Walk:
    """All ways of asking about one edition; who is referred to the authority has no verdict to be asked for."""

    one: Judged
    shares: list[list[float]]
    values: list[list[Value]]
    truths: dict[State, Truth]
    constant: dict[State, Truth]

    @classmethod
    def of(cls, one: Judged) -> "Walk":
        referred = {str(entity) for entity in one.ruling.scope.referred}
        found = [
            [cell for cell in cells(one.ruling.tree, name, one.on) if name != ENTITY or cell.value not in referred]
            for name in one.ruling.tree.facts
        ]
        shares = [[float(cell.share / sum(other.share for other in each)) for cell in each] for each in found]
        return cls(one, shares, [[cell.value for cell in each] for each in found], {}, {})

    @property
    def tree(self) -> Tree:
        return self.one.ruling.tree

    @property
    def start(self) -> State:
        return (NOTHING,) * len(self.shares)

    def facts(self, state: State) -> dict[str, Value]:
        return {
            name: self.values[place][cell]
            for place, (name, cell) in enumerate(zip(self.tree.facts, state, strict=True))
            if cell != NOTHING
        }

    def after(self, state: State, place: int) -> list[tuple[float, State]]:
        return [(share, (*state[:place], cell, *state[place + 1 :])) for cell, share in enumerate(self.shares[place])]

    def settled(self, state: State) -> Truth:
        """What every completion says, found through one open fact after another."""
        if state in self.constant:
            return self.constant[state]
        if len(self.constant) > MOST_STATES:
            raise TooMany
        truth = self.tree.evaluate(self.facts(state), self.one.on).truth
        open_places = [place for place, cell in enumerate(state) if cell == NOTHING]
        if truth is None and open_places:
            ends = {self.settled(after) for _, after in self.after(state, open_places[0])}
            truth = ends.pop() if len(ends) == 1 else None
        self.constant[state] = truth
        return truth


def optimum(walk: Walk) -> Spent:
    """Raises TooMany."""
    known: dict[State, Spent] = {}

    def best(state: State) -> Spent:
        if state not in known:
            if len(known) > MOST_STATES:
                raise TooMany
            known[state] = _leaf(walk.settled(state)) or min(
                (_asked(walk.after(state, place), best) for place, cell in enumerate(state) if cell == NOTHING),
                key=lambda spent: spent.questions,
                default=Spent(0, 0, 0),
            )
        return known[state]

    return best(walk.start)


def asked(walk: Walk, engine: Engine, *, together: int) -> Spent:
    """What our interview spends, asking so many questions at a time."""
    interview = Interview(engine, [walk.one.policy.id], walk.one.on)
    places = {name: place for place, name in enumerate(walk.tree.facts)}
    known: dict[State, Spent] = {}

    def go(state: State) -> Spent:
        if state not in known:
            ended = _leaf(walk.settled(state))
            if ended is None:
                questions = interview.next_questions(walk.facts(state), most=together)
                group = [places[one.name] for one in questions if one.name in places]
                ended = _group(state, group) if group else Spent(0, 0, 0)
            known[state] = ended
        return known[state]

    def _group(state: State, group: list[int]) -> Spent:
        if not group:
            return go(state)
        return _asked(walk.after(state, group[0]), lambda after: _group(after, group[1:]))

    return go(walk.start)


def _leaf(truth: Truth) -> Spent | None:
    return None if truth is None else Spent(0, 0, float(truth))


def _asked(ways: list[tuple[float, State]], below: Callable[[State], Spent]) -> Spent:
    """One question more on every way."""
    ends = [(share, below(state)) for share, state in ways]
    likely = sum(share * one.likely for share, one in ends)
    return Spent(
        sum(share * one.met for share, one in ends) + likely,
        sum(share * one.not_met for share, one in ends) + 1 - likely,
        likely,
    )


def compare(engine: Engine, *, on_progress: OnProgress = silent) -> dict[str, Any]:
    """For every edition of at most twelve facts: our questions over the optimum's; apart for met and not met."""
    editions = list(judged(engine))
    rows: list[dict[str, Any]] = []
    skipped: list[str] = []
    for done, one in enumerate(editions):
        walk = Walk.of(one)
        try:
            row = _row(walk, engine) if len(walk.shares) <= MOST_FACTS else None
        except TooMany:
            row = None
        if row is None:
            skipped.append(f"{one.policy.id} {one.on}")
        else:
            rows.append(row)
        on_progress(done + 1, len(editions))
    return {
        "editions": len(rows),
        "skipped": skipped,
        **{name: _mean_ratio(rows, name) for name in ("questions", "met", "not_met")},
        "worst": max(rows, key=lambda row: row["questions"][0] / row["questions"][1], default=None),
        "in_groups": round(
            sum(row["in_groups"] for row in rows) / max(1e-9, sum(row["questions"][1] for row in rows)), 3
        ),
        "rows": rows,
    }


def _row(walk: Walk, engine: Engine) -> dict[str, Any]:
    best, ours = optimum(walk), asked(walk, engine, together=1)
    groups = asked(walk, engine, together=3)
    met, missed = max(best.likely, 1e-12), max(1 - best.likely, 1e-12)
    return {
        "policy": walk.one.policy.id,
        "facts": len(walk.shares),
        "questions": [round(ours.questions, 4), round(best.questions, 4)],
        "met": [round(ours.met / met, 4), round(best.met / met, 4)],
        "not_met": [round(ours.not_met / missed, 4), round(best.not_met / missed, 4)],
        "in_groups": round(groups.questions, 4),
    }


def _mean_ratio(rows: list[Mapping[str, Any]] | list[dict[str, Any]], name: str) -> dict[str, float]:
    """All our questions over all the optimum's, and the mean of the ratios."""
    pairs = [row[name] for row in rows if row[name][1] > 0]
    ours, best = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return {
        "ours": round(ours / max(1, len(pairs)), 3),
        "optimal": round(best / max(1, len(pairs)), 3),
        "ratio": round(ours / max(best, 1e-12), 4),
        "worst_ratio": round(max((pair[0] / pair[1] for pair in pairs), default=0), 4),
    }
