"""The next words while a self-test is under way, put aside or ended: an answer, an order, or something else beside it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import requests, sharp
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.eligibility import asking, ending, holding, matching, orders, taking
from assistant.eligibility.orders import Order
from assistant.eligibility.sheet import PREFIX, Sheet, Step, answers, forget, is_over, of_state
from assistant.eligibility.steps import (
    Held,
    back,
    change,
    confirmed,
    finished,
    helped,
    keep,
    noted,
    over_again,
    stopped,
    took,
    unread,
)
from assistant.eligibility.taking import Taken
from assistant.events import Card, Event, Notice, Progress, Reply
from assistant.flows.appeal import is_yes
from assistant.flows.eligibility import EligibilityFlow
from assistant.picking import Picking
from assistant.state import NOTES, REGION
from assistant.turn import Spoken, Turn, tap
from knowledge import regions, several
from knowledge.rules.engine import Engine, shipped

Aside = Callable[[Turn], Spoken]
"""Everything else, as if there were no self-test."""
BACK_AGAIN = "刚才的自测还在，接着答就行："
_NO = re.compile(r"^(?:都)?(?:不对|不是|错了?|不|否|有误|不全对|没有|重新答|不对[，,]?重新答)(?:的|了|啊|呀)*$")
_HELP = re.compile(r"怎么算|咋算|怎么(?:填|数|看)|什么意思|啥意思|指(?:的)?(?:是)?(?:什么|啥)|(?:哪里|哪儿|在哪|去哪|到哪)(?:里)?(?:看|查|找|有)|算不算|算吗|包不包括|包括|什么叫|啥叫|什么是|啥是")  # fmt: skip
_ASKS = re.compile(r"[?？吗]$|^(?:为什么|为啥|多少|怎么|咋|哪|什么|啥|几).{0,6}$")
_CLAUSES = re.compile(r"[。！!；;\n，,]+|(?<=[？?])")


_READ_ELSEWHERE = frozenset({Behaviour.HUMAN, Behaviour.CONTACT, Behaviour.WHY_ASK, Behaviour.APPEAL, Behaviour.APPEAL_STATUS, Behaviour.STOP_OR_DELETE, Behaviour.CLOSING_DOWN, Behaviour.BOOKING})  # fmt: skip
"""What leaves a form for its own flow, as a model that may read sees it."""


class SelfTests:
    def __init__(self, flow: EligibilityFlow, picking: Picking) -> None:
        self._flow, self._picking = flow, picking

    def answers(self, turn: Turn) -> bool:
        """Whether the message answers an open form, so that what it tells was asked for."""
        held = self._held(turn)
        if held is None or held.sheet.rests:
            return bool(held and self._fields(held))
        return bool(self._fields(held) or self._taken(held)) and not _asks(turn.text)

    def take(self, turn: Turn, aside: Aside) -> Spoken | None:
        """What follows in the self-test; None where the message has nothing to do with one."""
        engine = shipped()
        tapped = next((send for label, send in turn.state.last_choices if label == turn.text.strip()), turn.text)
        starting = matching.named_to_start(tapped, engine, turn.region_or_country)
        if starting:
            return self._flow.begin(turn, engine, starting[0], tapped)
        held = self._held(turn)
        if held is None:
            return self._without(turn, engine)
        if fields := self._fields(held):
            heard = [one.name for one in held.sheet.heard]
            taken = taking.of_fields(fields, engine, {*held.wanted, *held.known}, heard)
            return took(held, taken)
        given = orders.of(turn.text)
        if given and (handled := self._ordered(held, *given)) is not None:
            return handled
        if not _asks(turn.text) and (names := orders.changed(turn.text, engine, self._changeable(held))):
            return change(held, names)
        return None if held.sheet.rests else self._said(held, aside)

    def beside(self, turn: Turn, aside: Aside) -> Spoken:
        """Something else was said; then the form is put before the person again, nothing lost."""
        held = self._held(turn)
        if held is None or held.sheet.rests:
            yield from aside(turn)
            return
        kept: list[Event] = []
        for one in aside(self._about_it(held)):
            if isinstance(one, Event):
                kept.append(one)
            yield one
        if is_over(kept):
            return
        yield from self._resumed(held) if not _leads_away(kept) else _laid_aside(held)

    def _about_it(self, held: Held, asked: str = "") -> Turn:
        """最高给多少, in the middle of a self-test, asks about its policy; where a model has read the message, as it says.

        `asked`: of an answer and a question in one message, the question.
        """
        if (reading := self._picking.reading(held.turn, held.turn.text)) is not None:
            if reading.whole:
                return replace(held.turn, text=reading.whole, rewritten=reading.whole)
            is_of_rules = reading.behaviour in FROM_RULES | {Behaviour.ELIGIBILITY}
            return _of_its_policy(held) if is_of_rules else held.turn
        return _of_its_policy(replace(held, turn=held.turn.about(asked or held.turn.text)))

    def _resumed(self, held: Held) -> Spoken:
        if _has_moved(held):
            yield from self._moved(held)
        else:
            yield from held.again(BACK_AGAIN)

    def _held(self, turn: Turn) -> Held | None:
        engine = shipped()
        sheet = of_state(turn.state, engine)
        return Held(turn, engine, sheet, answers(turn.state, engine)) if sheet else None

    def _fields(self, held: Held) -> list[tuple[str, str]]:
        known = {*held.wanted, *held.known}
        return [one for one in held.turn.message.fields if one[0] in known]

    def _changeable(self, held: Held) -> list[str]:
        return [*held.known, *(one.name for one in held.sheet.heard)]

    def _without(self, turn: Turn, engine: Engine) -> Spoken | None:
        given = orders.of(turn.text)
        asks_on = given is not None and given[0] is Order.RESUME
        if not asks_on and not any(name in engine.vocabulary for name, _ in turn.message.fields):
            return None
        text = "现在没有做到一半的自测（可能已经忘掉了）。想测的话重新开始，几分钟就好。"
        reply = turn.reply(Behaviour.ELIGIBILITY, text, choices=(tap(asking.EVERYTHING), tap("转人工")))
        return iter([reply])

    def _ordered(self, held: Held, order: Order, named: str) -> Spoken | None:
        is_open, is_done = not held.sheet.rests, held.sheet.step is Step.DONE
        if order is Order.RESUME:
            return self._continue(held, named)
        if order is Order.CHANGE and held.known:
            return change(held, [name for name in held.known if name in held.wanted])
        if is_done:
            found = held.turn.state.results
            return self._after(held, order, named) if found else None
        if not is_open:
            return None
        ways: dict[Order, Callable[[Held], Spoken]] = {
            Order.STOP: stopped,
            Order.BACK: back,
            Order.FINISH: finished,
            Order.AGAIN: over_again,
            Order.KEEP: keep,
            Order.WHY: lambda one: one.again("还没有测完，先把这几题答了，再看差什么；也可以“先看结果”。"),
        }
        return ways[order](held) if order in ways else None

    def _after(self, held: Held, order: Order, named: str) -> Spoken | None:
        found = held.turn.state.results
        if order is Order.WHY:
            choices = (tap("改回答", asking.CHANGE), tap(ending.REPORT, "我要反映问题"), tap(ending.HUMAN))
            return iter([held.reply(ending.why(found, named), choices)])
        if order is Order.MATERIALS and len(found) == 1 and found[0].result.get("materials"):
            link = f"/selftest/{found[0].policy}/materials"
            card = Card("eligibility", "材料核对", "逐份勾，一次列出还缺的全部。", action="开始核对", link=link)
            return iter([held.reply(ending.materials(found[0]), (tap(ending.HUMAN),), (card,))])
        return over_again(held) if order is Order.AGAIN else None

    def _continue(self, held: Held, named: str) -> Spoken | None:
        """Where it was left; or one that was left for another."""
        title = asking.title_of(held.sheet, held.engine)
        if named and named not in title:
            for policies, words, everything in held.sheet.beneath:
                one = Sheet(policies, held.sheet.region, everything=everything)
                if named in asking.title_of(one, held.engine):
                    return self._taken_up(held, policies, words, everything=everything)
        if held.sheet.step is Step.DONE:
            text = f"“{title}”的自测已经有结果了。回答有变就说“改回答”，结果跟着重算。"
            return iter([held.reply(text, (tap("改回答", asking.CHANGE), tap("重新测一次"), tap(asking.EVERYTHING)))])
        return self._resumed(held)

    def _taken_up(self, held: Held, policies: Sequence[str], words: str, *, everything: bool) -> Spoken:
        sheet = holding.begun(held.turn, held.engine, policies, words=words, everything=everything)
        yield from held.proceed(sheet, held.known, "好，接着做。")

    def _said(self, held: Held, aside: Aside) -> Spoken | None:
        """Words while a form is open."""
        turn = held.turn
        if sharp.behaviour_of(turn.text):
            return None
        taken = self._taken(held)
        if _has_moved(held) and not taking.touches_region(taken):
            return None if _asks(turn.text) else self._moved(held)
        if (agreed := _agreed(held)) is not None:
            return agreed
        asks = _asks(turn.text)
        if asks and _HELP.search(turn.text) and len(turn.text) <= orders.LONGEST:
            return helped(held)
        if taken and not (asks and self._is_question(turn)):
            return took(held, taken, in_words=True)
        if taken.answered:
            return self._took_beside(held, taken, aside)
        if asks or self._leads_elsewhere(turn):
            return None
        more = self._flow.hearing_more(turn, held.engine, held.sheet)
        return unread(held) if more is held.sheet else held.proceed(more, held.known)

    def _taken(self, held: Held) -> Taken:
        turn = held.turn
        return taking.of_words(
            turn.text, held.engine, turn.today, asked=held.sheet.asked, answers=held.known, wanted=held.wanted
        )

    def _is_question(self, turn: Turn) -> bool:
        part = _asking(turn.text)
        if taking.is_unsure(part):
            return False
        chosen = self._picking.choose(turn, part)
        return chosen not in FROM_RULES or part.endswith(("?", "？", "吗")) or self._picking.settles(turn, part)

    def _leads_elsewhere(self, turn: Turn) -> bool:
        """What asks nothing must say plainly that it is about something else, or be read so."""
        read = self._picking.read(turn, turn.text)
        if read is not None:
            return read in _READ_ELSEWHERE
        chosen = self._picking.choose(turn, turn.text)
        return chosen in sharp.hints(turn.text) and chosen not in FROM_RULES | {
            Behaviour.ELIGIBILITY,
            Behaviour.PERSONAL_DATA,
            Behaviour.SENSITIVE_DATA,
        }

    def _took_beside(self, held: Held, taken: Taken, aside: Aside) -> Spoken:
        """An answer and a question in one message: both."""
        turn, engine = held.turn, held.engine
        yield from holding.remembered(turn, engine, taken.answered)
        kept: list[Event] = []
        for one in aside(self._about_it(held, _asking(turn.text))):
            if isinstance(one, Event):
                kept.append(one)
            yield one
        if not is_over(kept):
            known = {**held.known, **taken.answered}
            yield from held.proceed(held.sheet.answering(taken.answered), known, noted(engine, taken.answered))

    def _moved(self, held: Held) -> Spoken:
        """Another region: the policies are chosen anew, the facts stay."""
        turn, engine, sheet = held.turn, held.engine, held.sheet
        known = {name: said for name, said in held.known.items() if name != REGION}
        if REGION in held.known:
            yield forget(engine, REGION, turn.to)
        kept = {key: one for key, one in turn.state.remembered.items() if key != PREFIX + REGION}
        turn = replace(turn, state=replace(turn.state, remembered=kept))
        place = regions.name(turn.region_or_country)
        policies = self._chosen_anew(turn, engine, sheet)
        if not policies:
            short, of = asking.title_of(sheet, engine), regions.name(engine.book.policies[sheet.policies[0]].region)
            text = f"“{short}”是{of}的政策，在{place}不适用；{place}没有找到对应的自测。答过的都留着，别的自测还能用。"
            yield held.reply(text, (tap(asking.EVERYTHING), tap("转人工")))
            yield replace(sheet, home=turn.state.region or "", rests=True).progress()
            return
        begun = holding.begun(turn, engine, policies, words=sheet.words, everything=sheet.everything)
        begun = replace(begun, order=sheet.order, declined=sheet.declined, beneath=sheet.beneath)
        yield from replace(held, turn=turn).proceed(
            begun, known, f"地区改成{place}，按{place}的政策接着测；答过的不再问。"
        )

    def _chosen_anew(self, turn: Turn, engine: Engine, sheet: Sheet) -> list[str]:
        binding = engine.binding(turn.region_or_country)
        if sheet.everything:
            return engine.for_everyone(turn.region_or_country)
        if set(sheet.policies) <= set(binding):
            return list(sheet.policies)
        asked = turn.about(sheet.words)
        return self._flow.fitting(asked, engine, sheet.words, self._flow.conditions(asked))[:1]


def _agreed(held: Held) -> Spoken | None:
    """Yes or no to what the form says already."""
    sheet, text = held.sheet, held.turn.text
    if sheet.step is Step.CONFIRM and _NO.match(text.strip("。！!， ")):
        return held.proceed(replace(sheet, heard=()), held.known, "好，那几项不算，重新问：")
    if not is_yes(text):
        return None
    if sheet.step is Step.CONFIRM:
        return confirmed(held)
    if sheet.step is Step.CHANGE:
        return keep(held)
    return took(held, Taken(dict(sheet.before)), in_words=True) if sheet.before else None


def _asks(text: str) -> bool:
    """Also in few words: 多少钱."""
    return requests.asks(text) or _ASKS.search(text.strip("。！!~ ")) is not None


def _of_its_policy(held: Held) -> Turn:
    turn, said = held.turn, requests.to_the_point(_asking(held.turn.text))
    is_half = len(said) <= orders.LONGEST and _asks(said) and not several.subject(said)
    if held.sheet.everything or not is_half or sharp.behaviour_of(said):
        return turn
    whole = f"{asking.title_of(held.sheet, held.engine)}{said}"
    return replace(turn, text=whole, rewritten=whole)


def _asking(text: str) -> str:
    """The clauses that ask something."""
    return "，".join(part for part in _CLAUSES.split(text) if part and _asks(part)) or text


def _has_moved(held: Held) -> bool:
    return (held.turn.state.region or "") != held.sheet.home


def _leads_away(kept: Sequence[Event]) -> bool:
    """Another flow waits for the next words now, or a person is wanted."""
    waits = any(isinstance(one, Progress) and one.data is not None and one.flow not in NOTES for one in kept)
    return waits or any(isinstance(one, Reply) and one.behaviour == Behaviour.HUMAN for one in kept)


def _laid_aside(held: Held) -> Spoken:
    yield Notice("自测先放着，答过的都在；回“继续自测”接着做。", held.turn.to, "resting")
    yield replace(held.sheet, rests=True).progress()
