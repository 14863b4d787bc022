"""Search for answers that make a condition true or false: what the checks and “还差什么” stand on.

A derived fact counts as a variable of its own here: its needs are not searched.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from knowledge.rules.comparisons import probes
from knowledge.rules.logic import NEGATION, Node, Tree
from knowledge.rules.values import Value

Domains = Mapping[str, Sequence[Value]]
Demand = tuple[int, bool]
"""A leaf or node, and what it has to be."""


def domains_of(tree: Tree, on: date) -> dict[str, list[Value]]:
    """For every fact a leaf tests, values on every side of every point where a leaf turns."""
    names = dict.fromkeys(name for name, _ in tree.tests)
    return {name: probes(tree.known[name], [leaf for leaf in tree.leaves if leaf.fact == name], on) for name in names}


def solve(tree: Tree, demands: Sequence[Demand], domains: Domains, on: date) -> dict[str, Value] | None:
    """Answers that satisfy all demands, the earliest of each domain; None when there are none."""
    narrowed = next(_search(tree, list(demands), dict(domains), on), None)
    return None if narrowed is None else {name: values[0] for name, values in narrowed.items()}


def _search(
    tree: Tree, demands: list[Demand], domains: dict[str, Sequence[Value]], on: date
) -> Iterator[dict[str, Sequence[Value]]]:
    if not demands:
        yield domains
        return
    (place, wanted), rest = demands[0], demands[1:]
    node = tree.node(place)
    if node is None:
        name, test = tree.tests[place]
        kept = [value for value in domains[name] if test(value, on) is wanted]
        if kept:
            yield from _search(tree, rest, {**domains, name: kept}, on)
        return
    for choice in _choices(node, wanted=wanted):
        yield from _search(tree, [*choice, *rest], domains, on)


def _choices(node: Node, *, wanted: bool) -> Iterator[list[Demand]]:
    """Which children make the node so: any k true, or any n - k + 1 false."""
    if node.needs == NEGATION:
        yield [(node.children[0], not wanted)]
        return
    count = node.needs if wanted else len(node.children) - node.needs + 1
    if count <= len(node.children):
        yield from ([(child, wanted) for child in chosen] for chosen in combinations(node.children, max(0, count)))


def decisive(tree: Tree, leaf: int) -> Iterator[list[Demand]]:
    """Demands on all others under which this leaf alone decides the whole."""
    yield from _decisive(tree, leaf, tree.root)


def _decisive(tree: Tree, leaf: int, place: int) -> Iterator[list[Demand]]:
    if place == leaf:
        yield []
        return
    node = tree.node(place)
    if node is None:
        return
    for child in node.children:
        for below in _decisive(tree, leaf, child):
            if node.needs == NEGATION:
                yield below
                continue
            others = [other for other in node.children if other != child]
            for chosen in combinations(others, node.needs - 1):
                yield below + [(other, other in chosen) for other in others]
