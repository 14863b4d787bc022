"""Conditions no answer can reach, verdicts no answer can give, rows of a table that never come up."""

from collections.abc import Iterator

from knowledge.rules.engine import Engine, Ruling
from knowledge.rules.errors import Complaint
from knowledge.rules.load import Lines
from knowledge.rules.logic import Tree
from knowledge.rules.model import Kind, Policy
from knowledge.rules.solving import decisive, domains_of, solve


def reach(policy: Policy, engine: Engine, lines: Lines) -> Iterator[Complaint]:
    if policy.kind is Kind.EXPLANATION:
        return
    for position, ruling in enumerate(engine.rulings[policy.id]):
        if ruling.edition.ended is None:
            yield from _verdicts(ruling, lines, position)
            yield from _leaves(ruling, lines, position)
            yield from _rows(ruling, lines, position)


def _verdicts(ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    tree, on = ruling.tree, ruling.edition.from_
    domains = domains_of(tree, on)
    if solve(tree, [(tree.root, True)], domains, on) is None:
        yield lines.complain("条件互相矛盾：怎么回答都不会符合", "editions", position, "conditions")
    if solve(tree, [(tree.root, False)], domains, on) is None:
        yield lines.complain("条件不起作用：怎么回答都符合", "editions", position, "conditions")


def _leaves(ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    tree = ruling.tree
    for place in range(_scope_leaves(ruling), len(tree.leaves)):
        if not reachable(tree, place, ruling):
            leaf = tree.leaves[place]
            yield lines.complain(f"条件“{leaf.says}”轮不到：怎么回答都不影响结果", "editions", position, "conditions")


def reachable(tree: Tree, place: int, ruling: Ruling) -> bool:
    """Some answers make this leaf true and decisive, or false and decisive."""
    on = ruling.edition.from_
    domains = domains_of(tree, on)
    return any(
        solve(tree, [(place, wanted), *others], domains, on) is not None
        for others in decisive(tree, place)
        for wanted in (True, False)
    )


def _scope_leaves(ruling: Ruling) -> int:
    """Who and where are there of themselves."""
    return 1 if ruling.scope.place_basis is None else 2


def _rows(ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    on = ruling.edition.from_
    for number, prize in enumerate(ruling.prizes):
        for tree, says, _ in prize.rows:
            if tree is not None and solve(tree, [(tree.root, True)], domains_of(tree, on), on) is None:
                yield lines.complain(f"待遇“{says}”永远轮不到", "editions", position, "benefits", number)
