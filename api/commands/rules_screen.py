"""How `xiaoer rules` looks on the screen, and in JSON."""

from typing import TYPE_CHECKING, Any

from api.commands.screen import complain, results, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.rules.check_findings import PolicyCheck, RulebookCheck
    from knowledge.rules.engine import Engine
    from knowledge.rules.explain import Row
    from knowledge.rules.model import Policy
    from knowledge.rules.result import Result

_TRUTHS = {True: "满足", False: "不满足", None: "待定"}


def as_checked(found: "RulebookCheck") -> dict[str, Any]:
    """For each policy: cases run, quotes verified, document absent, mismatched, retold; findings with lines."""
    from knowledge.rules.check_findings import QuoteState

    return {
        "policies": [_policy_as_json(one) for one in found.policies],
        "unreadable": [{"file": one.file, "line": one.line, "reason": one.reason} for one in found.unreadable],
        "cases": sum(one.cases for one in found.policies),
        "quotes": {state.value: found.total(state) for state in QuoteState},
        "errors": len(found.errors),
    }


def _policy_as_json(one: "PolicyCheck") -> dict[str, Any]:
    return {
        "id": one.policy,
        "title": one.title,
        "cases_run": one.cases,
        "cases_failed": one.failed,
        "quotes": {state.value: count for state, count in one.quotes.items()},
        "findings": [
            {
                "weight": finding.weight.value,
                "file": finding.complaint.file,
                "line": finding.complaint.line,
                "reason": finding.complaint.reason,
            }
            for finding in one.findings
        ],
    }


def print_check(found: "RulebookCheck") -> None:
    from knowledge.rules.check_findings import QuoteState

    for one in found.policies:
        counts = {state: one.quotes.get(state, 0) for state in QuoteState}
        results().print(
            f"{one.policy}  例子 {one.cases - one.failed}/{one.cases}  原文：核对 {counts[QuoteState.VERIFIED]}"
            f"，文件不在 {counts[QuoteState.ABSENT]}，不符 {counts[QuoteState.MISMATCHED]}"
            f"，转述 {counts[QuoteState.RETOLD]}"
        )
        for finding in one.findings:
            say(f"  {finding.complaint}", "red" if finding.weight.value == "error" else "yellow")
    for complaint in found.unreadable:
        complain(f"  {complaint}")
    errors = len(found.errors)
    say(f"{len(found.policies)} 项政策，{errors} 处错误。" if errors else f"{len(found.policies)} 项政策，没有错误。")


def as_listed(policy: "Policy") -> dict[str, Any]:
    return {
        "id": policy.id,
        "code": policy.code,
        "title": policy.title,
        "short": policy.short,
        "kind": policy.kind.value,
        "region": policy.region,
        "entities": [str(one) for one in policy.scope.entities],
        "fulfilment": policy.fulfilment,
        "provisional": policy.provisional,
        "summary": policy.summary,
    }


def print_policy(policy: "Policy", engine: "Engine") -> None:
    out = results()
    out.print(policy.title)
    if policy.provisional:
        out.print(f"暂定，待核：{policy.provisional}")
    out.print(policy.summary)
    for ruling in engine.rulings[policy.id]:
        until = f"到 {ruling.last_day}" if ruling.last_day else ""
        out.print(f"\n{ruling.edition.from_} 起{until}")
        for leaf in ruling.tree.leaves:
            out.print(f"  · {leaf.says}（{policy.basis[leaf.basis].clause or '转述'}）")
        facts = engine.facts_of(policy)
        out.print("  问：" + "；".join(f"{name} {facts[name].ask}" for name in ruling.facts))
    for basis in policy.basis.values():
        out.print(
            f"\n《{basis.document}》{basis.clause or ''}（{basis.grade}）{basis.quote or '转述：' + str(basis.retold)}"
        )


def print_result(result: "Result") -> None:
    out = results()
    out.print(result.policy.title)
    if result.provisional:
        out.print(f"暂定，待核：{result.provisional}")
    out.print(result.sentence, soft_wrap=True)
    for line in (*map(_row, result.rows), *_rest(result)):
        out.print(line, soft_wrap=True)


def _row(row: "Row") -> str:
    mark = "不必看" if row.aside else _TRUTHS[row.truth]
    given = f"，您的情况：{row.answer}" if row.answer is not None else ""
    return f"  [{mark}] {row.says}{given}（《{row.basis.document}》{row.basis.clause or '，转述'}）"


def _rest(result: "Result") -> "Iterator[str]":
    from knowledge.rules.explain import DISCLAIMER

    for one in result.amounts:
        yield f"{one.label}：{one.shown}" + (f"（{one.formula}）" if one.formula not in {"", one.shown} else "")
    for label, value in result.shown:
        yield f"{label}：{value}"
    if result.missing:
        yield "还不知道：" + "、".join(label for _, label in result.missing)
    for way in result.ways:
        yield ("可以这样改变：" if way.possible else "自己改变不了：") + way.words
    for policy in result.replaced_by:
        yield f"现在看：{policy.title}（{policy.id}）"
    yield DISCLAIMER
