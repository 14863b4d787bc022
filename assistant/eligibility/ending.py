"""How a self-test ended: a result for each policy, one sentence over them, and what is still missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.eligibility.asking import CHANGE
from assistant.eligibility.sheet import UNKNOWN, Sheet, facts
from assistant.events import Card, Choice, Result
from assistant.turn import tap
from knowledge.rules import result as rules
from knowledge.rules.engine import Engine, Standing
from knowledge.rules.explain import DISCLAIMER
from knowledge.rules.logic import Verdict
from knowledge.rules.values import day
from knowledge.succession import named

WHY, MATERIALS, REPORT, HUMAN = "还差什么", "材料核对", "提交诉求", "转人工"
_ORDER = ("met", "unknown", "not_met", "")
MOST_TOLD = 5
"""Policies of which it is told at once why not."""


def results(sheet: Sheet, answers: Mapping[str, str], engine: Engine, on: date, to: int) -> list[Result]:
    """Met first, then open, then not met; of several, those not in force are left out, not those out of date."""
    given = facts(answers, engine)
    found = [rules.result_of(engine, one, given, on) for one in sheet.policies]
    if sheet.everything:
        found = [one for one in found if one.standing in {Standing.IN_FORCE, Standing.OUTDATED}]
    told = [_told(one, sheet, answers, engine, to) for one in found]
    return sorted(told, key=lambda one: (_is_outdated(one), _ORDER.index(one.verdict)))


def _is_outdated(one: Result) -> bool:
    return one.result.get("outdated") is not None


def newer(found: Sequence[Result]) -> tuple[Card, ...]:
    """The way to each document that took the place of what the self-tests rest on."""
    links: dict[str, Card] = {}
    for one in found:
        by = (one.result.get("outdated") or {}).get("by")
        if by:
            title = named(by["title"], by["doc_number"])
            links.setdefault(by["link"], Card("page", "现行文件", title, action="看原文", link=by["link"]))
    return tuple(links.values())


def _told(result: rules.Result, sheet: Sheet, answers: Mapping[str, str], engine: Engine, to: int) -> Result:
    rulings = engine.rulings[result.policy.id]
    mine = {name for ruling in rulings for name in ruling.facts}
    given = {name: said for name, said in answers.items() if name in mine}
    declined = [name for name in sheet.declined if name in mine and name not in given]
    return Result(
        to,
        result.policy.id,
        result.policy.title,
        result.on.isoformat(),
        result.verdict.value if result.verdict else "",
        result.sentence,
        result.to_json(),
        tuple(_shown(given, declined, engine)),
        tuple(_hidden(given, declined, result.on)),
        () if sheet.everything else tuple(_choices(result)),
        f"{DISCLAIMER}。" + (f"暂定，待核：{result.provisional}" if result.provisional else ""),
    )


def _shown(given: Mapping[str, str], declined: Sequence[str], engine: Engine) -> Iterator[tuple[str, str, str]]:
    read = facts(given, engine)
    yield from ((name, engine.vocabulary[name].label, engine.show(name, value)) for name, value in read.items())
    yield from ((name, engine.vocabulary[name].label, UNKNOWN) for name in declined)


def _hidden(given: Mapping[str, str], declined: Sequence[str], on: date) -> Iterator[tuple[str, str]]:
    """As the self-test page carries them on; it shows the result at once."""
    yield "go", "result"
    yield from ((f"a.{name}", said) for name, said in given.items())
    yield from (("declined", name) for name in declined)
    yield "on", on.isoformat()


def _choices(result: rules.Result) -> Iterator[Choice]:
    if result.rows:
        yield tap("改回答", CHANGE)
    if result.verdict in {Verdict.NOT_MET, Verdict.UNKNOWN}:
        yield tap(WHY)
    if result.materials:
        yield tap(MATERIALS)
    yield from (tap(REPORT, "我要反映问题"), tap(HUMAN))


def sentence(sheet: Sheet, found: Sequence[Result], on: date) -> str:
    """One sentence, with the day it holds for; nothing is promised."""
    if not sheet.everything and _is_outdated(found[0]):
        return f"{found[0].sentence}\n{DISCLAIMER}。"
    if not sheet.everything:
        one = found[0].sentence.rstrip("。")
        return f"{one}（按{day(on)}的规定）。{DISCLAIMER}。"
    stale = [one for one in found if _is_outdated(one)]
    count = {verdict: sum(one.verdict == verdict for one in found) for verdict in _ORDER}
    count[""] -= len(stale)
    parts = [
        f"按您说的情况符合条件的 {count['met']} 项",
        f"还不能定的 {count['unknown']} 项",
        f"条件对不上的 {count['not_met']} 项",
    ]
    parts += [f"只讲标准、要由部门认定的 {count['']} 项"] if count[""] else []
    if stale:
        names = "、".join(map(_short, stale))
        parts.append(f"依据已经有新文件、自测规则还没有更新、不能判断的 {len(stale)} 项（{names}）")
    return (
        f"一共看了 {len(found)} 项（按{day(on)}的规定）：{'，'.join(parts)}。没答的算“待定”，不算不符合。{DISCLAIMER}。"
    )


def choices(found: Sequence[Result], *, several: bool) -> tuple[Choice, ...]:
    if not several:
        return found[0].choices
    is_open = any(one.verdict in {"not_met", "unknown"} for one in found)
    return (tap("改回答", CHANGE), *([tap(WHY)] if is_open else []), tap(HUMAN))


def why(found: Sequence[Result], named: str) -> str:
    """What failed or is open, by whose words, and what would turn it; from the results as they were told."""
    meant = [one for one in found if named and (named in one.title or named in _short(one))] or list(found)
    missing = [one for verdict in ("not_met", "unknown") for one in meant if one.verdict == verdict]
    if not missing:
        return "自测里没有对不上的条件；能不能享受，最后由主管部门审核。"
    told = ["\n".join(_why(one, brief=len(missing) > 2)) for one in missing[:MOST_TOLD]]
    more = len(missing) - MOST_TOLD
    if more > 0:
        told.append(f"还有 {more} 项，想看哪一项就说“{_short(missing[-1])}为什么不符合”。")
    return "\n\n".join([*told, f"{DISCLAIMER}。"])


def _short(one: Result) -> str:
    return str(one.result.get("policy", {}).get("short", one.title))


def _why(one: Result, *, brief: bool) -> Iterator[str]:
    if one.verdict == "unknown":
        labels = "、".join(str(miss["label"]) for miss in one.result.get("missing", []))
        is_plain = "不知道" in one.sentence and labels
        yield f"【{_short(one)}】待定：" + (f"还不知道{labels}，补上就能往下定。" if is_plain else one.sentence)
        return
    rows = [row for row in one.result.get("conditions", []) if row.get("truth") is False and not row.get("aside")]
    yield f"【{_short(one)}】对不上的条件："
    for row in rows[: 1 if brief else None]:
        quote = f"：“{row['quote']}”" if row.get("quote") and not brief else ""
        yield f"· {row['says']}；您答的是“{row['answer'] or UNKNOWN}”（《{row['document']}》{row['clause'] or ''}{quote}）"
    ways = one.result.get("ways", [])
    if ways:
        yield "还差：" + "；或者：".join(filter(None, (_way(way) for way in ways[: 1 if brief else 3])))


def _way(way: Mapping[str, Any]) -> str:
    waits = [f"等到{day(date.fromisoformat(way['wait_until']))}"] if way.get("wait_until") else []
    changes = [_change(one) for one in way.get("changes", [])]
    beyond = "" if way.get("possible", True) else "（这不是自己能改的）"
    return "，并且".join([*waits, *changes]) + beyond


def _change(one: Mapping[str, Any]) -> str:
    needs = "；".join(one.get("needs", ())) or one.get("to", "")
    advice = f"（{one['advice']}）" if one.get("advice") else ""
    return f"{one['label']}现在是“{one['now']}”，要“{needs}”{advice}"


def materials(one: Result) -> str:
    """一次性告知: everything, once."""
    listed = one.result.get("materials", [])
    lines = [
        f"{row}. {material['name']}"
        + ("（可共享，免交）" if material.get("shared") else "")
        + (f"：{material['says']}" if material.get("says") else "")
        for row, material in enumerate(listed, start=1)
    ]
    return f"“{_short(one)}”要的材料，一次说全：\n" + "\n".join(lines) + "\n逐份核对审查要点，请点“开始核对”。"
