"""The result of a self-test as one object: for the screen, the API and the conversation alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.rules import explain
from knowledge.rules.completions import settled
from knowledge.rules.counterfactual import Change, Way, ways
from knowledge.rules.derived import Facts
from knowledge.rules.engine import Decision, Engine, Standing
from knowledge.rules.explain import Amount, Due, Row
from knowledge.rules.logic import Verdict, compile_tree
from knowledge.rules.model import Fact, Material, Policy, Section, Step
from knowledge.rules.outdated import OutdatedBasis


@dataclass(frozen=True, slots=True)
class Result:
    policy: Policy
    on: date
    standing: Standing
    verdict: Verdict | None
    """None for what is explained, has ended or has not begun."""
    by_completion: bool
    """The conditions alone leave it open, but every way to complete the answers ends the same."""
    sentence: str
    rows: tuple[Row, ...]
    amounts: tuple[Amount, ...]
    shown: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    """Name and label of facts that can still change something."""
    ways: tuple[Way, ...]
    """What would turn the verdict, smallest changes first."""
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    due: Due | None
    replaced_by: tuple[Policy, ...]
    sections: tuple[tuple[Section, str], ...]
    """With where each stands: 《…》第五条."""
    outdated: OutdatedBasis | None = None
    """Why nothing is judged; then nothing of what the rule says is told either."""

    @property
    def provisional(self) -> str | None:
        return self.policy.provisional

    @property
    def cautions(self) -> list[str]:
        return [] if self.outdated else self.policy.cautions

    def to_json(self) -> dict[str, Any]:
        """Everything a card needs; figures as strings, so that nothing is rounded on the way."""
        policy = self.policy
        return {
            "policy": {"id": policy.id, "title": policy.title, "short": policy.short, "region": policy.region},
            "on": self.on.isoformat(),
            "standing": self.standing,
            "verdict": self.verdict,
            "outdated": self.outdated and self.outdated.to_json(),
            "sentence": self.sentence,
            "provisional": policy.provisional,
            "by_completion": self.by_completion,
            "conditions": [_row(row) for row in self.rows],
            "benefits": [_amount(one) for one in self.amounts],
            "shown": dict(self.shown),
            "missing": [{"fact": name, "label": label} for name, label in self.missing],
            "ways": [_way(way) for way in self.ways],
            "materials": [one.model_dump(exclude={"when"}) for one in self.materials],
            "steps": [one.model_dump() for one in self.steps],
            "deadline": None if self.due is None else _due(self.due),
            "apply_at": None if self.outdated else policy.apply_at,
            "fulfilment": None if self.outdated else policy.fulfilment,
            "cautions": self.cautions,
            "sections": [{"title": one.title, "says": one.says, "source": where} for one, where in self.sections],
            "replaced_by": [{"id": one.id, "title": one.title} for one in self.replaced_by],
            "disclaimer": explain.DISCLAIMER,
        }


def result_of(engine: Engine, identity: str, facts: Facts, on: date) -> Result:
    """Decide and explain; where few answers are missing, look through all of them."""
    decision = engine.decide(identity, facts, on)
    if decision.outdated is not None:
        return _untold(decision, on)
    verdict = decision.verdict
    by_completion = False
    if verdict is Verdict.UNKNOWN and explain.referred(decision) is None:
        certain = settled(decision)
        by_completion = certain is not None
        verdict = certain or verdict
    policy, facts_known = decision.policy, engine.facts_of(decision.policy)
    return Result(
        policy,
        on,
        decision.standing,
        verdict,
        by_completion,
        _sentence(decision, verdict),
        tuple(explain.rows(decision)),
        tuple(explain.amounts(decision)),
        tuple(explain.shown(decision)),
        tuple((name, facts_known[name].label) for name in ([] if by_completion else explain.missing(decision))),
        tuple(ways(decision)) if verdict is Verdict.NOT_MET else (),
        tuple(_materials(decision, facts_known)),
        tuple(policy.steps),
        explain.due(decision),
        tuple(engine.book.policies[name] for name in policy.replaced_by),
        tuple((one, cited(policy, one.basis)) for one in policy.sections),
    )


def _untold(decision: Decision, on: date) -> Result:
    """Why nothing is judged, and no figure, material or step of the old rule."""
    sentence = explain.sentence(decision)
    return Result(
        policy=decision.policy,
        on=on,
        standing=decision.standing,
        verdict=None,
        by_completion=False,
        sentence=sentence,
        rows=(),
        amounts=(),
        shown=(),
        missing=(),
        ways=(),
        materials=(),
        steps=(),
        due=None,
        replaced_by=(),
        sections=(),
        outdated=decision.outdated,
    )


def _sentence(decision: Decision, verdict: Verdict | None) -> str:
    if decision.verdict is verdict or decision.ruling is None:
        return explain.sentence(decision)
    words = decision.ruling.edition.verdicts
    if verdict is Verdict.MET:
        return words.met or f"按您说的情况，剩下的问题怎么回答都符合“{decision.policy.short}”的条件。"
    return words.not_met or f"按您说的情况，剩下的问题怎么回答都不符合“{decision.policy.short}”的条件。"


def _materials(decision: Decision, facts: Mapping[str, Fact]) -> list[Material]:
    """Those that are needed or may be: an unanswered “when” keeps its material on the list."""
    if decision.trace is None:
        return list(decision.policy.materials)
    return [
        one
        for one in decision.policy.materials
        if one.when is None
        or compile_tree(one.when, facts).evaluate(decision.trace.facts, decision.trace.on).truth is not False
    ]


def cited(policy: Policy, key: str) -> str:
    """《办法》（青政规〔2025〕2号）第五条."""
    basis = policy.basis[key]
    number = f"（{basis.number}）" if basis.number and basis.number != basis.document else ""
    return f"《{basis.document}》{number}{basis.clause or ''}"


def _row(row: Row) -> dict[str, Any]:
    return {
        "says": row.says,
        "fact": row.fact,
        "label": row.label,
        "answer": row.answer,
        "truth": row.truth,
        "aside": row.aside,
        "under": list(row.under),
        "quote": row.basis.quote,
        "retold": row.basis.retold,
        "document": row.basis.document,
        "number": row.basis.number,
        "clause": row.basis.clause,
        "grade": row.basis.grade,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "region": row.region,
        "advice": row.advice,
    }


def _amount(one: Amount) -> dict[str, Any]:
    amount: Decimal | None = one.amount
    return {
        "label": one.label,
        "says": one.says,
        "amount": None if amount is None else str(amount),
        "shown": one.shown,
        "formula": one.formula,
        "clause": one.basis.clause,
    }


def _way(way: Way) -> dict[str, Any]:
    return {"possible": way.possible, "wait_until": way.wait_until.isoformat() if way.wait_until else None} | {
        "changes": [_change(one) for one in way.changes]
    }


def _change(one: Change) -> dict[str, Any]:
    return asdict(one)


def _due(due: Due) -> dict[str, Any]:
    return {"says": due.says, "on": due.on.isoformat() if due.on else None, "counting": due.counting}
