"""Everything about the rulebook that a program can check; each finding names the file, the line and the way out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from knowledge import regions
from knowledge.rules import load
from knowledge.rules.check_findings import Finding, PolicyCheck, QuoteState, RulebookCheck, Weight
from knowledge.rules.check_references import references
from knowledge.rules.check_trees import reach, redundant
from knowledge.rules.engine import Engine
from knowledge.rules.errors import Complaint, RulesError
from knowledge.rules.explain import amounts, shown
from knowledge.rules.load import Lines
from knowledge.rules.model import Basis, Case, Kind, Policy
from knowledge.rules.outdated import Change, Outdated

FEWEST_CASES = 6
QuoteLookup = Callable[[Basis], QuoteState]
OutdatedLookup = Callable[[Engine], Outdated]
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")


def no_knowledge(basis: Basis) -> QuoteState:
    """Without a knowledge base every document is absent."""
    return QuoteState.RETOLD if basis.quote is None else QuoteState.ABSENT


def nothing_newer(_: Engine) -> Outdated:
    return {}


def check(
    folder: Path,
    *,
    today: date,
    quote_state: QuoteLookup = no_knowledge,
    outdated: OutdatedLookup = nothing_newer,
) -> RulebookCheck:
    """All policies of a folder; its worked cases are judged as the rulebook stands, whatever is held."""
    book, unreadable = load.read(folder)
    found: list[PolicyCheck] = []
    broken = False
    for policy in book.policies.values():
        wrong = tuple(references(policy, book))
        broken = broken or bool(wrong)
        if wrong:
            found.append(PolicyCheck(policy.id, policy.title, 0, 0, {}, wrong))
    if broken or unreadable:
        sound = {identity: one for identity, one in book.policies.items() if identity not in {w.policy for w in found}}
        book = replace(book, policies=sound, sayings={})
    engine = Engine(book)
    beside = engine.knowing(outdated(engine))
    found += [_policy(policy, engine, beside, today, quote_state) for policy in book.policies.values()]
    return RulebookCheck(tuple(sorted(found, key=lambda one: one.policy)), tuple(unreadable))


def _policy(policy: Policy, engine: Engine, beside: Engine, today: date, quote_state: QuoteLookup) -> PolicyCheck:
    lines = engine.book.lines[policy.id]
    failed = list(_cases(policy, engine, lines))
    states = {key: quote_state(basis) for key, basis in policy.basis.items()}
    errors = [
        *failed,
        *_editions(policy, lines),
        *_wording(policy, lines),
        *reach(policy, engine, lines),
        *_outdated(policy, beside, lines, today),
        *(
            lines.complain(f"《{policy.basis[key].document}》{policy.basis[key].clause}里没有这句原文", "basis", key)
            for key, state in states.items()
            if state is QuoteState.MISMATCHED
        ),
    ]
    remarks = [*_expired(policy, engine, lines, today), *_unclaused(policy, lines), *redundant(policy, engine, lines)]
    return PolicyCheck(
        policy.id,
        policy.title,
        len(policy.cases),
        len(failed),
        {state: list(states.values()).count(state) for state in QuoteState},
        (
            *(Finding(Weight.ERROR, one) for one in errors),
            *(Finding(Weight.REMARK, one) for one in remarks),
        ),
    )


def _cases(policy: Policy, engine: Engine, lines: Lines) -> Iterator[Complaint]:
    for position, case in enumerate(policy.cases):
        problem = _problem(policy, case, engine)
        if problem:
            yield lines.complain(f"例子“{case.name}”：{problem}", "cases", position)


def _problem(policy: Policy, case: Case, engine: Engine) -> str | None:
    try:
        decision = engine.decide(policy.id, engine.read(case.facts), case.as_of)
    except RulesError as error:
        return str(error)
    if decision.expected is not case.expect:
        return f"应是 {case.expect}，算出来是 {decision.expected}"
    found = {one.label: one.amount for one in amounts(decision)}
    for label, amount in case.benefits.items():
        if label not in found:
            return f"没有“{label}”这项待遇"
        if (None if found[label] is None else str(found[label])) != (None if amount is None else str(amount)):
            return f"“{label}”应是 {amount}，算出来是 {found[label]}"
    values = dict(shown(decision))
    for name, value in case.shows.items():
        if values.get(name) != value:
            return f"{name} 应是 {value}，算出来是 {values.get(name)}"
    return None


def _editions(policy: Policy, lines: Lines) -> Iterator[Complaint]:
    for position, edition in enumerate(policy.editions):
        if edition.to is not None and edition.to < edition.from_:
            yield lines.complain("to 比 from 还早", "editions", position)
    for position, (earlier, later) in enumerate(pairwise(policy.editions), start=1):
        if later.from_ <= earlier.from_:
            yield lines.complain("各版要按 from 从早到晚排", "editions", position)
        elif earlier.to is None or later.from_ <= earlier.to:
            yield lines.complain(
                f"和上一版重叠：上一版应到 {later.from_ - timedelta(days=1)} 为止", "editions", position
            )
        elif later.from_ != earlier.to + timedelta(days=1):
            yield lines.complain(
                f"和上一版之间有空档（{earlier.to} 到 {later.from_}）：确实没有政策的，补一版 ended",
                "editions",
                position,
            )


def _wording(policy: Policy, lines: Lines) -> Iterator[Complaint]:
    place = "全国" if policy.region == regions.COUNTRY else regions.name(policy.region)
    if not policy.title.startswith((place, regions.full_name(policy.region))):
        yield lines.complain(f"标题要以行政区划“{place}”开头", "title")
    if policy.kind is not Kind.EXPLANATION and len(policy.cases) < FEWEST_CASES:
        yield lines.complain(f"例子只有 {len(policy.cases)} 个，至少要 {FEWEST_CASES} 个（含边界值）", "cases")
    phone = _PHONE.search(policy.model_dump_json())
    if phone:
        yield lines.complain(f"不能写电话号码（{phone[0]}）：联系方式以服务能力清单为准")


def _expired(policy: Policy, engine: Engine, lines: Lines, today: date) -> Iterator[Complaint]:
    last = engine.rulings[policy.id][-1]
    if last.edition.ended is None and last.last_day is not None and last.last_day < today and not policy.replaced_by:
        place = len(policy.editions) - 1
        yield lines.complain(
            f"最后一版 {last.last_day} 到期，之后没有新的规定：请核对是否延续，或写 replaced_by", "editions", place
        )


def _outdated(policy: Policy, beside: Engine, lines: Lines, today: date) -> Iterator[Complaint]:
    """Words that do not stand in the document are complained of where they are quoted."""
    found = beside.outdated(policy.id, today)
    if found is not None and found.change is not Change.REWORDED:
        key = next(key for key, one in policy.basis.items() if one.place == found.basis.place)
        yield lines.complain(f"{found.told()}：请按新文件补一版", "basis", key)


def _unclaused(policy: Policy, lines: Lines) -> Iterator[Complaint]:
    for key, basis in policy.basis.items():
        if basis.clause is None:
            yield lines.complain(f"{basis.document} 没有写是第几条", "basis", key)
