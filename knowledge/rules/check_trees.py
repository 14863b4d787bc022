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
            yield from _verdicts(policy, ruling, lines, position)
            yield from _leaves(ruling, lines, position)
            yield from _rows(ruling, lines, position)


def _verdicts(policy: Policy, ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    tree, on = ruling.tree, ruling.edition.from_
    domains = domains_of(tree, on)
    if solve(tree, [(tree.root, True)], domains, on) is None:
        yield lines.complain("条件互相矛盾：怎么回答都不会符合", "editions", position, "conditions")
    own = tree.children(tree.root)[-1]
    is_class = policy.kind is Kind.CLASSIFICATION  # everybody is of some size
    if not is_class and solve(tree, [(own, False)], domains, on) is None:
        yield lines.complain("条件不起作用：怎么回答都符合", "editions", position, "conditions")


def _leaves(ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    for place, ways in _own_leaves(ruling):
        if not ways:
            says = ruling.tree.leaves[place].says
            yield lines.complain(f"条件“{says}”轮不到：怎么回答都不影响结果", "editions", position, "conditions")


def redundant(policy: Policy, engine: Engine, lines: Lines) -> Iterator[Complaint]:
    """Leaves that could be left out: others decide whenever they would."""
    if policy.kind is Kind.CLASSIFICATION:
        return
    for position, ruling in enumerate(engine.rulings[policy.id]):
        for place, ways in _own_leaves(ruling) if ruling.edition.conditions is not None else ():
            if len(ways) == 1:
                says = ruling.tree.leaves[place].says
                yield lines.complain(f"条件“{says}”是多余的：去掉它，结果都一样", "editions", position, "conditions")


def _own_leaves(ruling: Ruling) -> Iterator[tuple[int, set[bool]]]:
    for place in range(_scope_leaves(ruling), len(ruling.tree.leaves)):
        yield place, decides(ruling.tree, place, ruling)


def decides(tree: Tree, place: int, ruling: Ruling) -> set[bool]:
    """With which truths some answers make this leaf decisive; a leaf that matters has both."""
    on = ruling.edition.from_
    domains = domains_of(tree, on)
    return {
        wanted
        for wanted in (True, False)
        if any(solve(tree, [(place, wanted), *others], domains, on) is not None for others in decisive(tree, place))
    }


def _scope_leaves(ruling: Ruling) -> int:
    """Who and where are there of themselves."""
    return 1 if ruling.scope.place_basis is None else 2


def _rows(ruling: Ruling, lines: Lines, position: int) -> Iterator[Complaint]:
    on = ruling.edition.from_
    for number, prize in enumerate(ruling.prizes):
        for tree, says, _ in prize.rows:
            if tree is not None and solve(tree, [(tree.root, True)], domains_of(tree, on), on) is None:
                yield lines.complain(f"待遇“{says}”永远轮不到", "editions", position, "benefits", number)
