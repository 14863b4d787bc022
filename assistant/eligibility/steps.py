"""Steps of a self-test under way: answers taken, heard facts confirmed, back, changes, an early end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.behaviours import Behaviour
from assistant.eligibility import asking, holding, taking
from assistant.eligibility.sheet import Sheet, Step, complaint, facts, forget
from assistant.eligibility.taking import Taken
from assistant.events import Card, Choice, Event, Reply
from assistant.turn import Spoken, Turn, tap
from knowledge.rules.engine import Engine
from knowledge.rules.values import FactType

RESUME = tap("继续自测")


@dataclass(frozen=True, slots=True)
class Held:
    """A self-test, and the message that comes upon it."""

    turn: Turn
    engine: Engine
    sheet: Sheet
    known: Mapping[str, str]

    @property
    def wanted(self) -> list[str]:
        return asking.wanted(self.sheet, self.engine, self.turn.today)

    def reply(self, text: str, choices: Sequence[Choice] = (), cards: Sequence[Card] = ()) -> Reply:
        """Its question stands for the message, which may hold an answer that is nobody's business."""
        turn = replace(self.turn, rewritten=self.sheet.words)
        return turn.reply(Behaviour.ELIGIBILITY, text, choices=tuple(choices), cards=tuple(cards))

    def again(self, said: str) -> Iterator[Event]:
        return holding.again(self.turn, self.engine, self.sheet, self.known, said)

    def proceed(self, sheet: Sheet, known: Mapping[str, str], said: str = "") -> Iterator[Event]:
        return holding.proceeding(self.turn, self.engine, sheet, known, said=said)


def took(held: Held, taken: Taken, *, in_words: bool = False) -> Spoken:
    """What was answered counts from now on; what was only heard is to be confirmed first."""
    sheet, known = held.sheet, dict(held.known)
    if sheet.step is Step.CONFIRM and {one.name: one.value for one in sheet.heard} == taken.answered:
        yield from confirmed(held)  # said once more, the same
        return
    if sheet.step is Step.CONFIRM and in_words:
        yield from _corrected(held, taken)
        return
    fresh = {name: said for name, said in taken.answered.items() if known.get(name) != said}
    yield from holding.remembered(held.turn, held.engine, fresh)
    yield from (forget(held.engine, name, held.turn.to) for name in taken.declined if name in known)
    known = {name: said for name, said in {**known, **fresh}.items() if name not in taken.declined}
    asked_now = [name for name in taken.answered if name in fresh or name in sheet.asked]
    sheet = sheet.answering(fresh if sheet.step is Step.CHANGE else asked_now).declining(taken.declined)
    if taking.touches_region(taken):
        sheet = replace(sheet, home=held.turn.state.region or "")
    left = [one for one in sheet.heard if one.name not in {*taken.answered, *taken.declined, *taken.misheard}]
    heard = {one.name: one for one in [*left, *taken.beside]}
    sheet = replace(sheet, heard=tuple(heard.values()))
    if taken.complaints:
        yield from _complained(replace(held, sheet=sheet, known=known), taken)
        return
    yield from held.proceed(sheet, known, noted(held.engine, fresh) if in_words else "")


def _corrected(held: Held, taken: Taken) -> Spoken:
    """Of what was heard, some was said anew: shown once more."""
    said = {**taken.typed, **taken.answered}
    words = held.turn.text[:40]
    heard = [
        replace(one, value=said[one.name], words=words, rough=False) if one.name in said else one
        for one in held.sheet.heard
        if one.name not in taken.declined
    ]
    names = {one.name for one in heard}
    more = {one.name: one for one in taken.beside}
    heard = [more.pop(one.name, one) for one in heard] + [one for one in more.values() if one.name not in names]
    sheet = replace(held.sheet.declining(taken.declined), heard=tuple(heard))
    yield from held.proceed(sheet, held.known, "改过来了，再看一遍。" if said else "")


def confirmed(held: Held) -> Spoken:
    said = {one.name: one.value for one in held.sheet.heard}
    yield from holding.remembered(held.turn, held.engine, said)
    sheet = replace(held.sheet.answering(said), heard=())
    yield from held.proceed(sheet, {**held.known, **said}, "好，这些都记下了。")


def doubtful(held: Held) -> Spoken:
    """都是, 都没有: where all that stands there is the same, that is what was said; else it is asked."""
    stands = {one.value for one in held.sheet.heard if held.engine.vocabulary[one.name].type is FactType.YES_NO}
    if len(stands) <= 1 and "没" not in held.turn.text and "不" not in held.turn.text and stands <= {"是"}:
        yield from confirmed(held)
        return
    said = held.turn.text.strip("。！!， ")[:10]
    yield from held.again(
        f"“{said}”是说上面写的都对吗？都对就回“对”；哪一项不对，直接说那一项，例如“不是第一次创业”；都不对就回“不对”。"
    )


def change(held: Held, names: Sequence[str]) -> Spoken:
    """An answer is given anew: at once where the new one was said with it, else asked for."""
    engine, turn, sheet = held.engine, held.turn, held.sheet
    heard = {one.name for one in sheet.heard}
    said = {one.name: one.value for one in taking.corrections(turn.text, engine, turn.today, names)}
    if said and set(said) <= set(held.known):
        yield from took(replace(held, sheet=replace(sheet, step=Step.CHANGE)), Taken(said), in_words=True)
    elif said and set(said) <= heard:
        yield from _corrected(held, Taken(said))
    elif sheet.step is Step.CONFIRM and set(names) <= heard:
        kept = tuple(one for one in sheet.heard if one.name not in names)
        yield from held.proceed(replace(sheet, heard=kept), held.known)
    else:
        before = {name: held.known[name] for name in names if name in held.known}
        changing = replace(sheet, step=Step.CHANGE, asked=tuple(before), before=before, rests=False)
        yield from replace(held, sheet=changing).again("")


def back(held: Held) -> Spoken:
    """The group answered last is asked again; until it is answered, it is open."""
    sheet = held.sheet
    if not sheet.order:
        yield from held.again("这已经是第一题了。")
        return
    group = sheet.order[-1]
    before = {name: held.known[name] for name in group if name in held.known}
    yield from (forget(held.engine, name, held.turn.to) for name in before)
    known = {name: said for name, said in held.known.items() if name not in group}
    declined = tuple(name for name in sheet.declined if name not in group)
    back = replace(
        sheet, step=Step.CHANGE, asked=group, before=before, order=sheet.order[:-1], declined=declined, heard=()
    )
    yield from replace(held, sheet=back, known=known).again("回到上一题。")


def helped(held: Held) -> Spoken:
    """How a question of the form is meant, and where the figure stands."""
    known = held.engine.vocabulary
    named = [name for name in held.sheet.asked if known[name].label in held.turn.text] or held.sheet.asked
    told = [
        f"{known[name].label}：{known[name].help or known[name].ask}"
        + (f" 在“{where}”里看。" if (where := known[name].where) else "")
        for name in named
    ]
    yield held.reply("\n".join(told))
    yield from held.again("")


def stopped(held: Held) -> Spoken:
    text = "好，自测先放着，答过的都在这次对话里；想接着做就回“继续自测”。别的事随时问。"
    yield held.reply(text, (RESUME,))
    yield replace(held.sheet, rests=True).progress()


def finished(held: Held) -> Spoken:
    """The result with what is known; the rest is open."""
    yield from holding.ended(held.turn, held.engine, held.sheet, held.known)


def over_again(held: Held) -> Spoken:
    gone = [name for name in held.known if name in held.wanted]
    yield from (forget(held.engine, name, held.turn.to) for name in gone)
    known = {name: said for name, said in held.known.items() if name not in gone}
    sheet = replace(held.sheet, step=Step.ASK, asked=(), order=(), declined=(), heard=(), before={}, rests=False)
    yield from held.proceed(sheet, known, "好，从头来。")


def keep(held: Held) -> Spoken:
    """Answers that were to be given anew stay as they were."""
    before = {name: said for name, said in held.sheet.before.items() if name not in held.known}
    yield from holding.remembered(held.turn, held.engine, before)
    sheet = held.sheet.answering(before) if before else held.sheet
    yield from held.proceed(sheet, {**held.known, **before}, "好，不变。")


def unread(held: Held) -> Spoken:
    if held.sheet.step is Step.CONFIRM:
        yield from held.again("没听明白。都对就回“对”；哪一项不对，直接说，例如“人数是5个”；都不对就回“不对”。")
        return
    complaints = taking.unread(held.engine, held.sheet.asked)
    yield from _complained(held, Taken(complaints=complaints), "没听明白这句话。可以一题一题说，也可以直接点。")


def _complained(held: Held, taken: Taken, said: str = "") -> Spoken:
    """The fields that cannot be read once more, with the reason beside each."""
    asked = tuple(name for name in held.sheet.asked if name in taken.complaints) or tuple(taken.complaints)
    guessed = {name: said for name, said in taken.typed.items() if complaint(held.engine, name, said) is None}
    sheet = replace(held.sheet, asked=asked, before={**held.sheet.before, **guessed}, rests=False)
    yield asking.form(
        sheet,
        held.known,
        held.engine,
        held.turn.today,
        held.turn.to,
        said=said,
        complaints=taken.complaints,
        typed=taken.typed,
    )
    yield sheet.progress()


def noted(engine: Engine, said: Mapping[str, str]) -> str:
    if not said:
        return ""
    read = facts(said, engine)
    listed = "，".join(f"{engine.vocabulary[name].label} {engine.show(name, value)}" for name, value in read.items())
    return f"记下了：{listed}。说错了就说“改……”。"
