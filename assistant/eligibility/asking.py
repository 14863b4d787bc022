"""The next thing to put before the person: what was heard, the next questions, or nothing more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.eligibility.sheet import FLOW, UNKNOWN, Heard, Sheet, Step, facts
from assistant.events import Choice, Form, FormField, Purpose
from assistant.turn import tap
from knowledge.rules import explain
from knowledge.rules.engine import Engine, Standing
from knowledge.rules.interview import Interview

EVERYTHING = "我能享受什么"
SURE, WRONG, KEEP, STOP = "对，没错", "不对，重新答", "不变", "先停一停"
BACK, CHANGE, FINISH = "上一题", "改前面的回答", "先看结果"


def wanted(sheet: Sheet, engine: Engine, on: date) -> list[str]:
    """Every fact that these policies may need on that day; what is only explained needs none."""
    decisions = [engine.decide(one, {}, on) for one in sheet.policies]
    rulings = [one.ruling for one in decisions if one.ruling is not None and one.trace is not None]
    return list(dict.fromkeys(name for ruling in rulings for name in ruling.facts))


def advanced(sheet: Sheet, answers: Mapping[str, str], engine: Engine, on: date) -> Sheet:
    """At its next step: something heard to confirm, a small group to ask, or the end."""
    if is_outdated(sheet, engine, on):
        return replace(sheet, heard=()).ended()
    heard = tuple(one for one in sheet.heard if answers.get(one.name) != one.value)
    if heard:
        names = tuple(one.name for one in heard)
        offered = tuple(dict.fromkeys((*sheet.offered, *names)))
        return replace(sheet, step=Step.CONFIRM, asked=names, heard=heard, offered=offered, before={}, rests=False)
    declined = [name for name in sheet.declined if name not in answers]
    interview = Interview(engine, sheet.policies, on)
    asked = tuple(one.name for one in interview.next_questions(facts(answers, engine), declined))
    if not asked:
        return replace(sheet, declined=tuple(declined)).ended()
    return replace(sheet, step=Step.ASK, asked=asked, heard=(), before={}, rests=False, declined=tuple(declined))


def is_outdated(sheet: Sheet, engine: Engine, on: date) -> bool:
    """Whether nothing can be judged any more, so that no question helps: a newer document has come."""
    return not sheet.everything and engine.outdated(sheet.policies[0], on) is not None


def title_of(sheet: Sheet, engine: Engine) -> str:
    return EVERYTHING if sheet.everything else engine.book.policies[sheet.policies[0]].short


def form(
    sheet: Sheet,
    answers: Mapping[str, str],
    engine: Engine,
    on: date,
    to: int,
    *,
    said: str = "",
    complaints: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Form:
    """The open form of the sheet; `said` stands before its own words, `typed` is what is complained about."""
    heard = {one.name: one for one in sheet.heard} if sheet.step is Step.CONFIRM else {}
    values = {**sheet.before, **{name: one.value for name, one in heard.items()}, **(typed or {})}
    fields = tuple(
        _field(engine, name, values.get(name, ""), heard.get(name), (complaints or {}).get(name, ""))
        for name in sheet.asked
    )
    purpose = {Step.CONFIRM: Purpose.CONFIRM, Step.CHANGE: Purpose.CHANGE}.get(sheet.step, Purpose.ASK)
    text = "\n".join(filter(None, [said, _words(sheet, fields, complaints or {})]))
    progress = _progress(sheet, answers, engine, on)
    choices = tuple(_choices(sheet, answers, single=len(fields) == 1))
    return Form(text, to, FLOW, title_of(sheet, engine), purpose, fields, choices, progress)


def _field(engine: Engine, name: str, value: str, heard: Heard | None, complaint: str) -> FormField:
    fact = engine.vocabulary[name]
    explained = "；".join(f"{option}：{says}" for option, says in fact.options.items() if says)
    return FormField(
        name,
        fact.label,
        fact.ask,
        fact.type.value,
        fact.unit,
        tuple(fact.options),
        "\n".join(filter(None, [fact.help, explained])),
        fact.where or "",
        fact.sensitive,
        value,
        heard.words if heard else "",
        heard.rough if heard else False,
        complaint,
    )


def _words(sheet: Sheet, fields: Sequence[FormField], complaints: Mapping[str, str]) -> str:
    if len(complaints) == len(fields) > 1:
        return "\n".join(one.question for one in fields)
    if complaints:
        return "\n".join(f"{one.label}：{one.complaint}" for one in fields if one.complaint)
    if sheet.step is Step.CONFIRM:
        listed = "；".join(f"{one.label}：{one.value}{_shown_unit(one)}" for one in fields)
        rough = "（没有说到哪一天的，先按当月1日，请改成准确的日子）" if any(one.rough for one in fields) else ""
        return f"先核对我听到的，您确认了才算数：{listed}{rough}。对吗？"
    if sheet.step is Step.CHANGE and len(fields) > 1:
        return "要改哪一项？直接改，或者说“改……”；不用改的不动。"
    if sheet.step is Step.CHANGE:
        return f"{fields[0].label}原来答的是“{fields[0].value}”，改成什么？" if fields[0].value else fields[0].question
    return "\n".join(one.question for one in fields)


def _shown_unit(one: FormField) -> str:
    if one.type == "money":
        return "元" if one.value.replace(".", "").isdigit() else ""
    return one.unit if one.value.isdigit() else ""


def _choices(sheet: Sheet, answers: Mapping[str, str], *, single: bool) -> Iterator[Choice]:
    if sheet.step is Step.CONFIRM:
        yield from (tap(SURE, "没错"), tap(WRONG, "不对"))
    elif sheet.step is Step.CHANGE:
        yield tap(KEEP)
    else:
        if sheet.before:
            yield tap(SURE, "没错")
        yield tap(UNKNOWN if single else "这几题都不知道", UNKNOWN)
        if sheet.order:
            yield tap(BACK)
        if answers:
            yield from (tap(CHANGE), tap(FINISH))
    yield tap(STOP)


def _progress(sheet: Sheet, answers: Mapping[str, str], engine: Engine, on: date) -> str:
    relevant = set(wanted(sheet, engine, on))
    count = len([name for name in {*answers, *sheet.declined} if name in relevant])
    given = facts(answers, engine)
    if sheet.everything:
        still = len(Interview(engine, sheet.policies, on).open_policies(given, sheet.declined))
        return f"已答 {count} 题，还有 {still} 项政策没有定"
    decision = engine.decide(sheet.policies[0], given, on)
    left = [name for name in explain.missing(decision) if name not in sheet.declined]
    return f"已答 {count} 题，最多还有 {len(left)} 题"


def in_force(policies: Iterable[str], engine: Engine, on: date) -> tuple[str, ...]:
    return tuple(one for one in policies if engine.decide(one, {}, on).standing is Standing.IN_FORCE)
