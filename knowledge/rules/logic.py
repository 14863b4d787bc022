"""Kleene logic over conditions: met, not met, unknown; a fact nobody gave is unknown, never false.

Conditions are compiled once into leaves and k-of-n nodes; a verdict is one pass over both, and what the
pass wrote down is the full trace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.rules.comparisons import Predicate, predicate
from knowledge.rules.conditions import AllOf, AnyOf, AtLeast, Condition, Leaf
from knowledge.rules.derived import DERIVED, Derived, Facts
from knowledge.rules.model import Fact
from knowledge.rules.values import Value

Truth = bool | None
NEGATION = -1
"""In place of how many children a node needs."""


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


VERDICT: Mapping[Truth, Verdict] = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNKNOWN}


class Node(NamedTuple):
    needs: int
    """How many children must be true: all, one, or k; NEGATION turns its only child round."""
    children: tuple[int, ...]
    says: str | None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Tree:
    """Leaves 0…n-1, then nodes, children before parents; the last is the whole."""

    leaves: tuple[Leaf, ...]
    tests: tuple[tuple[str, Predicate], ...]
    nodes: tuple[Node, ...]
    steps: tuple[tuple[int, tuple[int, ...]], ...]
    facts: tuple[str, ...]
    """What is asked, needs of derived facts included, in the order of writing."""
    derived: tuple[tuple[str, Derived], ...]
    known: Mapping[str, Fact]
    """What each of its facts is, derived ones included."""

    def __len__(self) -> int:
        return len(self.leaves) + len(self.nodes)

    @property
    def root(self) -> int:
        return len(self) - 1

    def children(self, place: int) -> tuple[int, ...]:
        return () if place < len(self.leaves) else self.nodes[place - len(self.leaves)].children

    def node(self, place: int) -> Node | None:
        return None if place < len(self.leaves) else self.nodes[place - len(self.leaves)]

    def ancestors(self, place: int) -> Iterator[int]:
        """Nodes around it, nearest first."""
        for above in range(len(self.leaves), len(self)):
            if place in self.children(above):
                yield above
                place = above

    def leaves_on(self, fact: str) -> Iterator[int]:
        """Leaves that this fact can decide, derived facts included."""
        reached = {fact} | {name for name, one in self.derived if fact in one.needs}
        return (place for place, (name, _) in enumerate(self.tests) if name in reached)

    def evaluate(self, facts: Facts, on: date) -> "Trace":
        """What holds for these facts on that day."""
        if self.derived:
            facts = with_derived(facts, self.derived)
        get = facts.get
        truths: list[Truth] = [None if (value := get(name)) is None else test(value, on) for name, test in self.tests]
        for needs, children in self.steps:
            truths.append(negated(truths[children[0]]) if needs < 0 else _enough(needs, children, truths))
        return Trace(self, truths, facts, on)


class Trace(NamedTuple):
    """The truth of every leaf and node, with the facts it came from."""

    tree: Tree
    truths: Sequence[Truth]
    facts: Facts
    on: date

    @property
    def truth(self) -> Truth:
        return self.truths[-1]

    @property
    def verdict(self) -> Verdict:
        return VERDICT[self.truths[-1]]


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _enough(needs: int, children: tuple[int, ...], truths: Sequence[Truth]) -> Truth:
    possible = 0
    for child in children:
        truth = truths[child]
        if truth:
            needs -= 1
        elif truth is None:
            possible += 1
    if needs <= 0:
        return True
    return None if possible >= needs else False


def with_derived(facts: Facts, derived: Sequence[tuple[str, Derived]]) -> Facts:
    """The answers and what follows from them; nobody can give a derived fact directly."""
    full: dict[str, Value] = dict(facts)
    for name, one in derived:
        value = one.compute(facts)
        if value is None:
            full.pop(name, None)
        else:
            full[name] = value
    return full


def compile_tree(condition: Condition, facts: Mapping[str, Fact], extra: Sequence[tuple[Leaf, Predicate]] = ()) -> Tree:
    """Leaves and nodes of the condition, with the `extra` leaves (scope) needed before it.

    Raises KeyError for a fact that is not there and Unreadable for a leaf that makes no sense.
    """
    leaves: list[Leaf] = [leaf for leaf, _ in extra]
    tests: list[Predicate] = [test for _, test in extra]
    _collect(condition, facts, leaves, tests)
    nodes: list[Node] = []
    taken = iter(range(len(extra), len(leaves)))
    top = _place(condition, taken, nodes, len(leaves))
    if extra:
        nodes.append(Node(len(extra) + 1, (*range(len(extra)), top), None))
    elif top < len(leaves):
        nodes.append(Node(1, (top,), None))
    names = [leaf.fact for leaf in leaves]
    derived = tuple((name, DERIVED[name]) for name in dict.fromkeys(names) if name in DERIVED)
    asked = dict.fromkeys(need for name in names for need in (DERIVED[name].needs if name in DERIVED else (name,)))
    return Tree(
        tuple(leaves),
        tuple(zip(names, tests, strict=True)),
        tuple(nodes),
        tuple((node.needs, node.children) for node in nodes),
        tuple(asked),
        derived,
        {name: fact_named(name, facts) for name in (*names, *asked)},
    )


def fact_named(name: str, facts: Mapping[str, Fact]) -> Fact:
    return DERIVED[name].fact if name in DERIVED else facts[name]


def inner(condition: Condition) -> list[Condition]:
    """The conditions directly within."""
    if isinstance(condition, Leaf):
        return []
    if isinstance(condition, AllOf):
        return list(condition.all)
    if isinstance(condition, AnyOf):
        return list(condition.any)
    return list(condition.of) if isinstance(condition, AtLeast) else [condition.not_]


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Leaf):
        yield condition
    for one in inner(condition):
        yield from leaves_of(one)


def _collect(condition: Condition, facts: Mapping[str, Fact], leaves: list[Leaf], tests: list[Predicate]) -> None:
    for leaf in leaves_of(condition):
        leaves.append(leaf)
        tests.append(predicate(leaf, fact_named(leaf.fact, facts)))


def _place(condition: Condition, taken: Iterator[int], nodes: list[Node], first: int) -> int:
    if isinstance(condition, Leaf):
        return next(taken)
    children = tuple(_place(one, taken, nodes, first) for one in inner(condition))
    nodes.append(Node(_needs(condition, len(children)), children, condition.says))
    return first + len(nodes) - 1


def _needs(condition: Condition, children: int) -> int:
    if isinstance(condition, AtLeast):
        return condition.at_least
    if isinstance(condition, AllOf):
        return children
    return 1 if isinstance(condition, AnyOf) else NEGATION
