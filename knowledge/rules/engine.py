"""Decide policies: which edition stands on a day, what the gates ended, and the verdict with its trace.

Everything is compiled once, when the rulebook is read; a verdict is then a few microseconds.
"""

import copy
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from knowledge import regions
from knowledge.rules import load
from knowledge.rules.benefit import Formula, parse
from knowledge.rules.comparisons import Predicate, predicate
from knowledge.rules.conditions import AllOf, Comparison, Leaf
from knowledge.rules.derived import DERIVED, Facts
from knowledge.rules.errors import BadAnswer, UnknownFact, UnknownPolicy
from knowledge.rules.load import Rulebook
from knowledge.rules.logic import Trace, Tree, Verdict, compile_tree, fact_named
from knowledge.rules.model import Basis, Benefit, Edition, Expected, Fact, Gate, Kind, Policy, Scope
from knowledge.rules.outdated import Outdated, OutdatedBasis
from knowledge.rules.values import Unreadable, Value, read, show

ENTITY, REGION = "entity", "region"
NOTHING = AllOf.model_construct(all=[], says=None)


class Standing(StrEnum):
    """Whether there is a rule to judge by on that day."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    NOT_YET = "not_yet"
    OUTDATED = "outdated"
    """A document held here has ended or changed what the rule goes by: nothing is judged."""


@dataclass(frozen=True, slots=True)
class Prize:
    """A benefit, compiled: one formula, or rows with their conditions."""

    terms: Benefit
    rows: tuple[tuple[Tree | None, str, Formula], ...]
    labels: Mapping[str, str]
    """What the names in the formulas are called."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """An edition, compiled."""

    edition: Edition
    scope: Scope
    tree: Tree
    prizes: tuple[Prize, ...]
    last_day: date | None
    """Its own end, or the day before a gate ended one of its bases."""
    gate: Gate | None

    @property
    def facts(self) -> tuple[str, ...]:
        """What decides the verdict, then what only the benefits need."""
        wanted = dict.fromkeys(self.tree.facts)
        for prize in self.prizes:
            for tree, _, formula in prize.rows:
                wanted.update(dict.fromkeys(tree.facts if tree else ()))
                for name in formula.names:
                    wanted.update(dict.fromkeys(DERIVED[name].needs if name in DERIVED else (name,)))
        return tuple(wanted)


class Decision(NamedTuple):
    """What was decided about one policy."""

    policy: Policy
    standing: Standing
    ruling: Ruling | None
    """The edition judged by; for what has ended, the last one."""
    trace: Trace | None
    outdated: OutdatedBasis | None = None
    """Why nothing is judged although the rulebook has an edition."""

    @property
    def verdict(self) -> Verdict | None:
        return None if self.trace is None else self.trace.verdict

    @property
    def expected(self) -> Expected:
        """In the words of a worked case."""
        if self.standing is not Standing.IN_FORCE:
            return Expected(self.standing.value)
        return Expected.EXPLAINED if self.trace is None else Expected(self.trace.verdict.value)


class Engine:
    """A rulebook, ready to decide."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.rulings: Mapping[str, tuple[Ruling, ...]] = {
            identity: tuple(rulings_of(policy, book)) for identity, policy in book.policies.items()
        }
        self.known: Outdated = {}
        """What documents held have put out of date."""

    def __eq__(self, other: object) -> bool:
        """The same rulebook; what documents have put out of date changes no word of it."""
        return isinstance(other, Engine) and self.book is other.book

    def __hash__(self) -> int:
        return id(self.book)

    def knowing(self, outdated: Outdated) -> "Engine":
        """The same rulebook beside a knowledge base; nothing is compiled anew."""
        other = copy.copy(self)
        other.known = outdated
        return other

    def decide(self, identity: str, facts: Facts, on: date) -> Decision:
        """The verdict on that day; facts have been read (`facts`)."""
        policy = self.book.policies.get(identity)
        if policy is None:
            raise UnknownPolicy(identity)
        found: Ruling | None = None
        for ruling in self.rulings[identity]:
            if ruling.edition.from_ > on:
                break
            found = ruling
        if found is None:
            return Decision(policy, Standing.NOT_YET, None, None)
        if found.edition.ended is not None or (found.last_day is not None and on > found.last_day):
            return Decision(policy, Standing.ENDED, found, None)
        if identity in self.known and (one := self.outdated(identity, on)) is not None:
            return Decision(policy, Standing.OUTDATED, found, None, one)
        trace = None if policy.kind is Kind.EXPLANATION else found.tree.evaluate(facts, on)
        return Decision(policy, Standing.IN_FORCE, found, trace)

    def outdated(self, identity: str, on: date) -> OutdatedBasis | None:
        """What the edition of that day goes by and no longer holds; None where all of it does, as far as is known."""
        return next((one for one in self.known.get(identity, ()) if one.holds(on)), None)

    def decide_all(self, facts: Facts, on: date, *, region: str | None = None) -> list[Decision]:
        """Every policy that binds the region (all without one)."""
        return [self.decide(identity, facts, on) for identity in self.binding(region)]

    def binding(self, region: str | None) -> list[str]:
        """Policies of this place and of everything above it."""
        if region is None:
            return list(self.book.policies)
        chain = frozenset(regions.chain(region))
        return [identity for identity, policy in self.book.policies.items() if policy.region in chain]

    def for_everyone(self, region: str | None) -> list[str]:
        """Those binding a place that “what is there for me” asks about: mere procedures are not."""
        return [one for one in self.binding(region) if self.book.policies[one].asked_for_everyone]

    def facts_of(self, policy: Policy) -> Mapping[str, Fact]:
        return self.book.facts_of(policy)

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, Fact]:
        """Every fact of the rulebook that can be asked."""
        own = {name: fact for policy in self.book.policies.values() for name, fact in policy.facts.items()}
        return {**self.book.facts, **own}

    def fact(self, name: str) -> Fact:
        """Asked or derived. Raises UnknownFact."""
        try:
            return fact_named(name, self.vocabulary)
        except KeyError:
            raise UnknownFact(name) from None

    def read(self, given: Mapping[str, object]) -> dict[str, Value]:
        """Answers as people and programs give them. Raises UnknownFact and BadAnswer; empty answers are left out."""
        facts: dict[str, Value] = {}
        for name, value in given.items():
            if name not in self.vocabulary:
                raise UnknownFact(name)
            if value is not None and value != "":
                facts[name] = read_answer(self.vocabulary[name], value)
        return facts

    def show(self, name: str, value: Value) -> str:
        fact = self.fact(name)
        return show(fact.type, value, unit=fact.unit)


def read_answer(fact: Fact, given: object) -> Value:
    """One answer, within the bounds of its fact. Raises BadAnswer."""
    try:
        value = read(fact.type, given, unit=fact.unit, options=tuple(fact.options))
        low, high = (
            None if bound is None else read(fact.type, bound, unit=fact.unit) for bound in (fact.minimum, fact.maximum)
        )
    except Unreadable as error:
        raise BadAnswer(fact.label, given, str(error)) from error
    if low is not None and value < low:  # type: ignore[operator]
        raise BadAnswer(fact.label, given, f"不小于 {show(fact.type, low, unit=fact.unit)} 的数")
    if high is not None and value > high:  # type: ignore[operator]
        raise BadAnswer(fact.label, given, f"不大于 {show(fact.type, high, unit=fact.unit)} 的数")
    return value


def rulings_of(policy: Policy, book: Rulebook) -> Iterator[Ruling]:
    facts = book.facts_of(policy)
    for edition in policy.editions:
        scope = edition.scope or policy.scope
        gate = next((gate for gate in book.gates if any(ends(gate, policy.basis[key]) for key in edition.bases)), None)
        ends_on = [day for day in (edition.to, gate.from_ - timedelta(days=1) if gate else None) if day is not None]
        yield Ruling(
            edition,
            scope,
            compile_tree(edition.conditions or NOTHING, facts, scope_leaves(policy, scope, facts)),
            tuple(_prize(one, facts) for one in edition.benefits),
            min(ends_on, default=None),
            gate if gate and min(ends_on) < gate.from_ and (edition.to is None or edition.to >= gate.from_) else None,
        )


def ends(gate: Gate, basis: Basis) -> bool:
    """Whether the gate ended this document."""
    if basis.tax != gate.tax or basis.issued is None:
        return False
    if any(title in basis.document for title in gate.spares):
        return False
    year = basis.issued if isinstance(basis.issued, int) else basis.issued.year
    return basis.issued <= gate.issued_until if isinstance(basis.issued, date) else year <= gate.issued_until.year


def scope_leaves(policy: Policy, scope: Scope, facts: Mapping[str, Fact]) -> list[tuple[Leaf, Predicate]]:
    """The two conditions that every policy has: who, and where."""
    who = Leaf(
        fact=ENTITY,
        test=Comparison.ONE_OF,
        value=list(scope.entities),
        says="属于" + "、".join(scope.entities),
        basis=scope.basis,
    )
    allowed, referred = frozenset(map(str, scope.entities)), frozenset(map(str, scope.referred))

    def of_these(value: Value, _: date) -> bool | None:
        return True if value in allowed else None if value in referred else False

    found: list[tuple[Leaf, Predicate]] = [(who, of_these)]
    if scope.place_basis is not None:
        where = Leaf(
            fact=REGION,
            test=Comparison.WITHIN,
            value=policy.region,
            says=f"登记地在{regions.name(policy.region)}",
            basis=scope.place_basis,
        )
        found.append((where, predicate(where, facts[REGION])))
    return found


def _prize(one: Benefit, facts: Mapping[str, Fact]) -> Prize:
    rows: tuple[tuple[Tree | None, str, Formula], ...]
    rows = tuple((compile_tree(row.when, facts), row.says, parse(row.formula)) for row in one.rows)
    if one.formula is not None:
        rows = ((None, one.says, parse(one.formula)),)
    names = {name for _, _, formula in rows for name in formula.names}
    labels = {name: (DERIVED[name].fact if name in DERIVED else facts[name]).label for name in names}
    return Prize(one, rows, labels)


@functools.cache
def shipped() -> Engine:
    """The rulebook of this installation. Raises BadRulebook."""
    return Engine(load.shipped())
