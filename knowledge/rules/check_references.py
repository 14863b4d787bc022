"""Names in a policy that lead nowhere, values a test cannot compare with, formulas that cannot be computed."""

from collections.abc import Iterator, Mapping

from knowledge.rules.benefit import parse
from knowledge.rules.check_findings import Finding, Weight
from knowledge.rules.comparisons import operands
from knowledge.rules.conditions import Condition, Leaf
from knowledge.rules.derived import DERIVED
from knowledge.rules.errors import BadFormula, Complaint
from knowledge.rules.load import Lines, Path_, Rulebook
from knowledge.rules.logic import fact_named
from knowledge.rules.model import Edition, Fact, Kind, Policy
from knowledge.rules.values import FactType, Unreadable

NUMBERS = frozenset({FactType.WHOLE, FactType.MONEY, FactType.RATIO, FactType.PERIOD})


def references(policy: Policy, book: Rulebook) -> Iterator[Finding]:
    """Everything without which the policy cannot be compiled; empty for a sound one."""
    lines, facts = book.lines[policy.id], book.facts_of(policy)
    complaints = [
        *_names(policy, book, lines),
        *(one for position, edition in enumerate(policy.editions) for one in _edition(policy, position, facts, lines)),
        *_around(policy, facts, lines),
    ]
    yield from (Finding(Weight.ERROR, one) for one in complaints)


def _names(policy: Policy, book: Rulebook, lines: Lines) -> Iterator[Complaint]:
    for name in policy.replaced_by:
        if name not in book.policies:
            yield lines.complain(f"没有编号为 {name} 的政策", "replaced_by")
    for key in (policy.scope.basis, policy.scope.place_basis):
        yield from _basis(policy, key, lines, ("scope",))
    for position, section in enumerate(policy.sections):
        yield from _basis(policy, section.basis, lines, ("sections", position))


def _basis(policy: Policy, key: str | None, lines: Lines, path: Path_) -> Iterator[Complaint]:
    if key is not None and key not in policy.basis:
        yield lines.complain(f"basis 里没有 {key}", *path)


def _edition(policy: Policy, position: int, facts: Mapping[str, Fact], lines: Lines) -> Iterator[Complaint]:
    edition, path = policy.editions[position], ("editions", position)
    for key in (*edition.bases, *((edition.scope.basis, edition.scope.place_basis) if edition.scope else ())):
        yield from _basis(policy, key, lines, path)
    judged = policy.kind is not Kind.EXPLANATION and edition.ended is None
    if judged != (edition.conditions is not None):
        yield lines.complain("要写 conditions" if judged else "这里不写 conditions", *path)
    if edition.conditions is not None:
        yield from _condition(policy, edition.conditions, facts, lines, (*path, "conditions"))
    for name in edition.shows:
        if name not in DERIVED:
            yield lines.complain(f"shows 里只能写派生事实，没有 {name}", *path, "shows")
    yield from _benefits(policy, edition, path, facts, lines)


def _benefits(
    policy: Policy, edition: Edition, path: Path_, facts: Mapping[str, Fact], lines: Lines
) -> Iterator[Complaint]:
    for number, one in enumerate(edition.benefits):
        place = (*path, "benefits", number)
        yield from _basis(policy, one.basis, lines, place)
        for formula in [one.formula, *(row.formula for row in one.rows)]:
            if formula is not None:
                yield from _formula(formula, facts, lines, place)
        for row_number, row in enumerate(one.rows):
            yield from _condition(policy, row.when, facts, lines, (*place, "rows", row_number, "when"))


def _formula(formula: str, facts: Mapping[str, Fact], lines: Lines, path: Path_) -> Iterator[Complaint]:
    try:
        names = parse(formula).names
    except BadFormula as error:
        yield lines.complain(str(error), *path)
        return
    for name in names:
        if name not in facts and name not in DERIVED:
            yield lines.complain(f"算式里的 {name} 不是事实", *path)
        elif fact_named(name, facts).type not in NUMBERS:
            yield lines.complain(f"算式里的 {name} 不是数", *path)


def _condition(
    policy: Policy, condition: Condition, facts: Mapping[str, Fact], lines: Lines, path: Path_
) -> Iterator[Complaint]:
    if isinstance(condition, Leaf):
        yield from _leaf(policy, condition, facts, lines, path)
        return
    for key, one in _inner(condition):
        yield from _condition(policy, one, facts, lines, (*path, *key))
    needed = getattr(condition, "at_least", 1)
    if needed > len(getattr(condition, "of", "x")):
        yield lines.complain(f"一共只有 {len(getattr(condition, 'of', ''))} 个，不能至少 {needed} 个", *path)


def _inner(condition: Condition) -> Iterator[tuple[Path_, Condition]]:
    """Where each condition within is written, and the condition."""
    for key in ("all", "any", "of"):
        yield from (((key, number), one) for number, one in enumerate(getattr(condition, key, ())))
    negated = getattr(condition, "not_", None)
    if negated is not None:
        yield ("not",), negated


def _leaf(policy: Policy, leaf: Leaf, facts: Mapping[str, Fact], lines: Lines, path: Path_) -> Iterator[Complaint]:
    yield from _basis(policy, leaf.basis, lines, path)
    if leaf.fact not in facts and leaf.fact not in DERIVED:
        yield lines.complain(f"没有事实 {leaf.fact}：写进本文件的 facts 或 {'facts.yaml'}", *path)
        return
    missing = [name for name in DERIVED[leaf.fact].needs if name not in facts] if leaf.fact in DERIVED else []
    if missing:
        yield lines.complain(f"派生事实 {leaf.fact} 要用的 {'、'.join(missing)} 没有定义", *path)
    try:
        operands(leaf, fact_named(leaf.fact, facts))
    except Unreadable as error:
        yield lines.complain(str(error), *path)


def _around(policy: Policy, facts: Mapping[str, Fact], lines: Lines) -> Iterator[Complaint]:
    for number, material in enumerate(policy.materials):
        if material.when is not None:
            yield from _condition(policy, material.when, facts, lines, ("materials", number, "when"))
    deadline = policy.deadline
    if deadline is not None:
        yield from _basis(policy, deadline.basis, lines, ("deadline",))
        if deadline.fact is not None and (deadline.fact not in facts or facts[deadline.fact].type is not FactType.DATE):
            yield lines.complain(f"{deadline.fact} 不是日期", "deadline")
