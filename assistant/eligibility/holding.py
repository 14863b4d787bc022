"""Begin a self-test, and take it one step further: a form, or the results."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.behaviours import Behaviour
from assistant.eligibility import asking, ending, said_before
from assistant.eligibility.sheet import Sheet, Step, answers, of_state, remember
from assistant.events import Card, Choice, Event, Reply
from assistant.turn import Turn, tap
from knowledge import regions
from knowledge.rules.engine import REGION, Engine

INDICATIVE = "结果仅供参考，以主管部门审核为准"


def begun(
    turn: Turn, engine: Engine, policies: Sequence[str], *, words: str, everything: bool = False, extra: str = ""
) -> Sheet:
    """With what was said before to be confirmed; a self-test under way goes beneath. `extra`: words not in the log."""
    before = of_state(turn.state, engine)
    sheet = Sheet(
        tuple(policies),
        turn.region_or_country,
        turn.state.region or "",
        words[:80],
        everything,
        beneath=tuple(one for one in before.left() if one[0] != tuple(policies)) if before else (),
    )
    wanted = asking.wanted(sheet, engine, turn.today)
    known = answers(turn.state, engine)
    said = "\n".join(filter(None, [turn.message.text, extra]))
    heard = said_before.heard(turn.state, said, engine, turn.today, wanted=wanted, known=known)
    offered = before.offered if before else ()
    fresh = tuple(one for one in heard if one.name not in offered or one.name == REGION or one.words in said)
    return replace(sheet, heard=fresh, offered=offered)


def proceeding(
    turn: Turn,
    engine: Engine,
    sheet: Sheet,
    known: Mapping[str, str],
    *,
    said: str = "",
    opening: Reply | None = None,
) -> Iterator[Event]:
    """The next form, or the end. `opening` stands before it; `said` before its words."""
    sheet = asking.advanced(sheet, known, engine, turn.today)
    if sheet.step is Step.DONE:
        yield from ended(turn, engine, sheet, known, opening=opening)
        return
    if opening:
        yield opening
    yield asking.form(sheet, known, engine, turn.today, turn.to, said=said)
    yield sheet.progress()


def ended(
    turn: Turn,
    engine: Engine,
    sheet: Sheet,
    known: Mapping[str, str],
    *,
    opening: Reply | None = None,
) -> Iterator[Event]:
    """One sentence, and a result for each policy; where nothing had to be asked, without the promise to ask."""
    found = ending.results(sheet, known, engine, turn.today, turn.to)
    begun = opening.text.split("\n")[0] if opening else ""
    text = "\n".join(filter(None, [begun, ending.sentence(sheet, found, turn.today)]))
    choices = (*ending.choices(found, several=sheet.everything), *_beneath(sheet, engine)) if found else ()
    reply = opening or replace(turn, rewritten=sheet.words).reply(Behaviour.ELIGIBILITY, "")
    newer = ending.newer(found)
    cards = newer if newer and not sheet.everything else (*reply.cards, *newer)
    yield replace(reply, text=text, cards=cards, choices=(*reply.choices, *choices))
    yield from found
    yield sheet.ended().progress()


def _beneath(sheet: Sheet, engine: Engine) -> Iterator[Choice]:
    for policies, _, everything in sheet.beneath[:1]:
        name = asking.EVERYTHING if everything else engine.book.policies[policies[0]].short
        yield tap(f"继续“{name}”", f"继续《{name}》的自测")


def again(turn: Turn, engine: Engine, sheet: Sheet, known: Mapping[str, str], said: str) -> Iterator[Event]:
    """The same form once more."""
    if not sheet.asked or asking.is_outdated(sheet, engine, turn.today):
        yield from proceeding(turn, engine, sheet, known, said=said)
        return
    sheet = replace(sheet, rests=False)
    yield asking.form(sheet, known, engine, turn.today, turn.to, said=said)
    yield sheet.progress()


def opening_of(sheet: Sheet, engine: Engine, known: Iterable[str] = ()) -> str:
    """What it is and what it is not; unanswered is open, never a no."""
    place = "" if sheet.region == regions.COUNTRY else regions.name(sheet.region)
    what = (
        f"{place}有好处可领的各项政策一起"
        if sheet.everything
        else f"“{engine.book.policies[sheet.policies[0]].short}”的条件"
    )
    kept = [engine.vocabulary[name].label for name in known]
    used = f"前面答过的（{'、'.join(kept[:6])}）接着用，不再问。" if kept else ""
    return (
        f"能不能享受，要逐条对条件，最后由主管部门审核，我不下结论。\n"
        f"我按{what}问您几个问题：不用登录，只问还不清楚的，没答的算“待定”，不会算成不符合；{INDICATIVE}。{used}"
    )


def page_of(turn: Turn, policy: str, context: tuple[tuple[str, str], ...]) -> Card:
    """The way to the full page."""
    place = f"?region={turn.region}" if turn.region else ""
    return Card(
        "eligibility",
        "条件自测",
        "也可以在整页上做：不用登录，页面不留记录；没答的按“待定”，结果仅供参考，以主管部门审核为准。",
        action="打开自测页",
        link=f"/selftest/{policy}{place}",
        context=context,
    )


def remembered(turn: Turn, engine: Engine, answered: Mapping[str, str]) -> Iterator[Event]:
    return (remember(engine, name, said, turn.to) for name, said in answered.items())
