"""What a decision says to people: the sentence, condition by condition, what one gets and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge import regions
from knowledge.rules.comparisons import add_months
from knowledge.rules.derived import DERIVED, Facts
from knowledge.rules.engine import ENTITY, Decision, Prize, Ruling, Standing
from knowledge.rules.logic import NEGATION, Trace, Tree, Truth, Verdict, negated, with_derived
from knowledge.rules.model import Basis, Deadline, Fact, Policy
from knowledge.rules.values import Value, day, money, show

DISCLAIMER = "自测结果仅供参考，以主管部门审核为准"
READ_NEWER = "请看现行文件的原文，或者请政策服务专员核对。"


@dataclass(frozen=True, slots=True)
class Row:
    """One condition: what it asks, what was answered, what came out, by which words of which clause."""

    says: str
    fact: str
    label: str
    answer: str | None
    truth: Truth
    aside: bool
    """In a branch that one need not look at: another way was met, or comes closer."""
    under: tuple[str, ...]
    """The heads above it: 按月申报，月销售额低于10万元."""
    basis: Basis
    since: date
    until: date | None
    region: str
    advice: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    label: str
    says: str
    amount: Decimal | None
    shown: str
    """With its unit: 8000元."""
    formula: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Due:
    says: str
    on: date | None
    counting: str
    basis: Basis


def sentence(decision: Decision) -> str:
    """The verdict in one sentence; an authority decides, so nothing is promised."""
    policy = decision.policy
    if decision.standing is Standing.NOT_YET:
        return f"这一天“{policy.short}”还没有开始（{day(policy.editions[0].from_)}起）。"
    if decision.outdated is not None:
        return f"{decision.outdated.told()}。{READ_NEWER}"
    if decision.ruling is None or decision.standing is Standing.ENDED:
        return _ended(decision)
    if decision.trace is None:
        return policy.summary
    words = decision.ruling.edition.verdicts
    if decision.trace.verdict is Verdict.MET:
        return words.met or f"按您说的情况，符合“{policy.short}”的条件。"
    if decision.trace.verdict is Verdict.NOT_MET:
        return words.not_met or f"按您说的情况，不符合“{policy.short}”：{_first_failed(decision)}这一条没有满足。"
    remark = referred(decision)
    return remark or words.unknown or "还不能定：有的条件还不知道。不知道不等于不符合。"


def _ended(decision: Decision) -> str:
    ruling, policy = decision.ruling, decision.policy
    if ruling is None:
        return f"“{policy.short}”没有在执行。"
    if ruling.edition.ended is not None:
        return ruling.edition.ended
    last = f"{day(ruling.last_day)}以后" if ruling.last_day else ""
    if ruling.gate is not None:
        return f"“{policy.short}”{last}停止执行：{ruling.gate.says}。"
    return f"“{policy.short}”{last}已经到期，是否延续以新发布的文件为准。"


def _first_failed(decision: Decision) -> str:
    trace = decision.trace
    if trace is None:
        return ""
    mattering, beside = matters(trace), aside(trace)
    leaves = [place for place in range(len(trace.tree.leaves)) if mattering[place]]
    failed = next((place for place in leaves if not beside[place]), leaves[0])
    return f"“{_position(trace.tree, failed).says}”"


def referred(decision: Decision) -> str | None:
    """What the policy says of somebody it neither lists nor shuts out."""
    if decision.ruling is None or decision.trace is None:
        return None
    entity = decision.trace.facts.get(ENTITY)
    remarks = {str(one): words for one, words in decision.ruling.scope.referred.items()}
    return remarks.get(str(entity)) if decision.verdict is Verdict.UNKNOWN else None


def matters(trace: Trace) -> list[bool]:
    """For every leaf and node, whether the result rests on it."""
    found = [False] * len(trace.truths)
    _mark(trace, len(trace.truths) - 1, found)
    return found


def _mark(trace: Trace, place: int, found: list[bool]) -> None:
    found[place] = True
    node = trace.tree.node(place)
    if node is None:
        return
    truth = trace.truths[place]
    for child in node.children:
        is_so = trace.truths[child]
        if node.needs == NEGATION or is_so is truth or (truth is None and is_so is True and node.needs > 1):
            _mark(trace, child, found)


def aside(trace: Trace) -> list[bool]:
    """Leaves and nodes of alternatives that somebody in this position need not look at."""
    found = [False] * len(trace.truths)

    def go(place: int, *, off: bool) -> None:
        found[place] = off
        node = trace.tree.node(place)
        if node is None:
            return
        alternative = 0 < node.needs < len(node.children)
        far = {child: _far(trace, child) for child in node.children} if alternative else {}
        for child in node.children:
            dropped = alternative and (
                trace.truths[child] is not True if trace.truths[place] else far[child] > min(far.values())
            )
            go(child, off=off or dropped)

    go(trace.tree.root, off=False)
    return found


def _far(trace: Trace, place: int) -> int:
    """How much is wrong below; what one cannot change weighs double."""
    node = trace.tree.node(place)
    if node is None:
        fails = trace.truths[place] is False
        return fails * (1 if trace.tree.known[trace.tree.leaves[place].fact].changeable else 2)
    return sum(_far(trace, child) for child in node.children)


def rows(decision: Decision) -> list[Row]:
    """Every leaf, in the order of writing; what must not be so is turned round, so that 满足 is always good."""
    trace, ruling = decision.trace, decision.ruling
    if trace is None or ruling is None:
        return []
    beside = aside(trace)
    place_name = "全国" if decision.policy.region == regions.COUNTRY else regions.name(decision.policy.region)
    return [
        Row(
            position.says,
            leaf.fact,
            trace.tree.known[leaf.fact].label,
            answer(leaf.fact, trace.facts, trace.tree.known),
            negated(trace.truths[place]) if position.turned else trace.truths[place],
            beside[place],
            position.under,
            decision.policy.basis[leaf.basis],
            ruling.edition.from_,
            ruling.last_day,
            place_name,
            leaf.advice,
        )
        for place, leaf in enumerate(trace.tree.leaves)
        for position in (_position(trace.tree, place),)
    ]


@dataclass(frozen=True, slots=True)
class _Position:
    says: str
    under: tuple[str, ...]
    turned: bool


def _position(tree: Tree, leaf: int) -> _Position:
    """The heads above a leaf, and how it reads below a “not”."""
    heads: list[str] = []
    turned, says, place = False, tree.leaves[leaf].says, leaf
    for above in tree.ancestors(leaf):
        node = tree.node(above)
        if node is not None and node.needs == NEGATION:
            turned = not turned
            says = (node.says if place == leaf else None) or (f"不是“{says}”" if turned else says)
        elif node is not None and node.says:
            heads.insert(0, node.says)
        place = above
    return _Position(says, tuple(heads), turned)


def answer(name: str, given: Facts, facts: Mapping[str, Fact]) -> str | None:
    """The answer as people write it; None where there is none."""
    value = given.get(name)
    fact = facts[name]
    return None if value is None else show(fact.type, value, unit=fact.unit)


def amounts(decision: Decision) -> list[Amount]:
    """What one gets, as far as the answers say; nothing for those who do not qualify."""
    trace, ruling = decision.trace, decision.ruling
    if trace is None or ruling is None or trace.verdict is Verdict.NOT_MET:
        return []
    names = [name for prize in ruling.prizes for _, _, formula in prize.rows for name in formula.names]
    derived = [(name, DERIVED[name]) for name in names if name in DERIVED]
    facts = with_derived(trace.facts, derived) if derived else trace.facts
    return [_amount(prize, decision.policy, facts, trace.on) for prize in ruling.prizes]


def _amount(prize: Prize, policy: Policy, facts: Facts, on: date) -> Amount:
    terms = prize.terms
    basis = policy.basis[terms.basis]
    for tree, says, formula in prize.rows:
        truth = True if tree is None else tree.evaluate(facts, on).truth
        if truth is None:
            break
        if truth:
            amount = formula.compute(facts)
            words = {name: _number(facts[name]) if name in facts else prize.labels[name] for name in formula.names}
            shown_formula = formula.shown(words)
            if amount is not None and str(amount) != shown_formula:
                shown_formula += f" = {amount}"
            shown_amount = says if amount is None else _with_unit(amount, terms.unit)
            return Amount(terms.label, says, amount, shown_amount, shown_formula, basis)
    return Amount(terms.label, terms.says, None, terms.says, "", basis)


def _number(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _with_unit(amount: Decimal, unit: str) -> str:
    return money(amount) if unit == "元" else f"{amount}{unit}"


def shown(decision: Decision) -> Iterator[tuple[str, str]]:
    """Derived facts that the edition wants shown: 企业规模 小型."""
    trace, ruling = decision.trace, decision.ruling
    if trace is None or ruling is None:
        return
    facts = with_derived(trace.facts, [(name, DERIVED[name]) for name in ruling.edition.shows])
    for name in ruling.edition.shows:
        fact = DERIVED[name].fact
        if name in facts:
            yield fact.label, show(fact.type, facts[name], unit=fact.unit)


def missing(decision: Decision) -> list[str]:
    """Facts nobody gave that can still change the result or the amount."""
    trace, ruling = decision.trace, decision.ruling
    if trace is None or ruling is None or trace.verdict is Verdict.NOT_MET:
        return []
    unseen = [name for name in ruling.edition.shows if name not in trace.facts]
    if unseen:
        shown_needs = _unanswered([name for name in unseen if DERIVED[name].compute(trace.facts) is None], trace.facts)
        return list(dict.fromkeys([*_open_names(trace), *shown_needs]))
    if trace.verdict is Verdict.MET:
        return _missing_for_amounts(decision, ruling, trace)
    return _open_names(trace)


def _open_names(trace: Trace) -> list[str]:
    """Facts of the open leaves on which the result rests."""
    mattering = matters(trace)
    leaves = enumerate(trace.tree.leaves)
    names = [leaf.fact for place, leaf in leaves if mattering[place] and trace.truths[place] is None]
    return _unanswered(names, trace.facts)


def _unanswered(names: Iterable[str], facts: Facts) -> list[str]:
    """What is to be asked for these; of derived facts, what they still want."""
    wanted = (need for name in names for need in (DERIVED[name].wants(facts) if name in DERIVED else (name,)))
    return list(dict.fromkeys(name for name in wanted if name not in facts))


def _missing_for_amounts(decision: Decision, ruling: Ruling, trace: Trace) -> list[str]:
    if all(one.amount is not None for one in amounts(decision)):
        return []
    judged = set(ruling.tree.facts)
    return [name for name in ruling.facts if name not in judged and name not in trace.facts]


def due(decision: Decision) -> Due | None:
    """The deadline, computed where the answers allow it; calendar days and months only."""
    deadline = decision.policy.deadline
    if deadline is None or decision.trace is None:
        return None
    on, counting = _due_on(deadline, decision.trace)
    return Due(deadline.says, on, counting, decision.policy.basis[deadline.basis])


def _due_on(deadline: Deadline, trace: Trace) -> tuple[date | None, str]:
    if deadline.yearly is not None:
        month, last = (int(part) for part in deadline.yearly.split("-"))
        this_year = date(trace.on.year, month, last)
        on = this_year if trace.on <= this_year else this_year.replace(year=trace.on.year + 1)
        return on, f"每年{month}月{last}日为止"
    start = trace.facts.get(deadline.fact or "")
    if not isinstance(start, date):
        return None, ""
    on = add_months(start, deadline.months) + timedelta(days=deadline.days)
    parts = [f"{deadline.months}个月"] if deadline.months else []
    parts += [f"{deadline.days}天"] if deadline.days else []
    return on, f"从{day(start)}起算{'又'.join(parts)}"
