"""Facts for a self-test picked up from what somebody said, by patterns; all of them are shown for confirmation.

Better nothing than something wrong: questions, suppositions, wishes, vague figures
and what is said of others give no fact.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.hearing import binding, choices, places, stance
from assistant.hearing.figures import Found
from assistant.hearing.spelling import plain
from assistant.hearing.stance import Part, Stance
from knowledge.rules.engine import REGION, Engine, read_answer
from knowledge.rules.errors import BadAnswer
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType, Unreadable, Value, read, show

_YES = re.compile(
    r"^(?:是的?|对的?|嗯+|有的?|有过|没错|正是|报了|办了|交了|签了|可以|是啊|对啊|当然)(?:[啊呀呢了吧的]*)$"
)
_NO = re.compile(r"^(?:不是|没有|没|否|不|没得|还没|没呢|没报|没办|没交|没签|不对|从来没有|没有过)(?:[啊呀呢了吧的]*)$")
_UNSURE = re.compile(r"不知道|不清楚|不晓得|说不[上好清]|忘了|记不[得清]|不确定|搞不清|不太清楚")
_NOT = re.compile(r"(?:不是|没有|没|未|不|非|还没|无)(?:在|有|是|过)?$")


@dataclass(frozen=True, slots=True)
class Picked:
    """A fact as it was heard; nothing counts before the person has confirmed it."""

    name: str
    value: Value
    shown: str
    words: str
    """The piece of the message it was heard in."""
    rough: bool = False
    """Part of it was not said: the day of a month."""


@dataclass(frozen=True, slots=True)
class Pickup:
    picked: tuple[Picked, ...] = ()
    declined: tuple[str, ...] = ()
    """Asked about, and answered 不知道."""


def pick_up(text: str, engine: Engine, *, today: date, asked: Collection[str] = ()) -> Pickup:
    """Facts said in the message; `asked` are those just asked about, which a bare answer may answer."""
    text = plain(text, engine)
    heard = _Heard(text, engine, today)
    parts = list(stance.parts(text))
    for part in parts:
        heard.take(part)
    picked = heard.agreed()
    open_names = [name for name in asked if name not in picked]
    if not any(part.stance & Stance.OF_OTHERS for part in parts):
        picked |= {one.name: one for one in _bare(text, open_names, engine, today) if one.name not in heard.found}
    is_unsure = not picked and bool(_UNSURE.search(text))
    return Pickup(tuple(picked.values()), tuple(open_names) if is_unsure else ())


class _Heard:
    """What was heard so far, part by part; a correction takes the place of what it corrects."""

    def __init__(self, text: str, engine: Engine, today: date) -> None:
        self._engine, self._today = engine, today
        self._sayings = {
            name: saying
            for name, saying in engine.book.sayings.items()
            if name in engine.vocabulary and all(re.search(pattern, text) for pattern in saying.requires)
        }
        self.found: dict[str, list[Picked]] = {}
        self._before = ""
        """The part before, if it named something without saying how much."""
        self._correcting = False
        self._last: list[str] = []

    def take(self, part: Part) -> None:
        denies = part.text.startswith("不是")
        self._correcting = self._correcting or part.corrects or denies
        told = [] if denies else list(self._of(part.text, part.stance))
        if not told and self._before:
            told = list(self._of(self._before + part.text, part.stance))
        if not told and self._correcting and not part.stance:
            told = self._instead(stance.without_correction(part.text))
        if told:
            for one in told:
                self.found[one.name] = [one] if self._correcting else [*self.found.get(one.name, ()), one]
            self._last, self._correcting, self._before = [one.name for one in told], False, ""
        elif not self._correcting:
            self._before = "" if part.stance else part.text

    def _of(self, clause: str, how: Stance) -> Iterator[Picked]:
        for name, saying in self._sayings.items():
            fact = self._engine.vocabulary[name]
            if how & ~_spared(saying) or (saying.unless and binding.any_of(tuple(saying.unless)).search(clause)):
                continue
            yield from _said(name, fact, saying, clause, self._today)
        place = None if how else places.said(clause)
        if place is not None and REGION in self._engine.vocabulary:
            yield from _region(place, clause)

    def _instead(self, said: str) -> list[Picked]:
        """The new value of what was heard last."""
        known = self._engine.vocabulary
        answers = [one for name in self._last for one in _answers(name, known[name], said, self._today)]
        return answers if len(answers) == 1 else []

    def agreed(self) -> dict[str, Picked]:
        """One value each; what was taken back and not said anew is gone, and so is what was said in two ways."""
        gone = set(self._last) if self._correcting else set()
        return {
            name: several[-1]
            for name, several in self.found.items()
            if name not in gone and len({one.value for one in several}) == 1
        }


def _spared(saying: Saying) -> Stance:
    """Stances that do not matter to this fact: wishes for a loan, what was the case once."""
    return (Stance.WISHED if saying.wishes else Stance.TOLD) | (Stance.PAST if saying.past else Stance.TOLD)


def _said(name: str, fact: Fact, saying: Saying, clause: str, today: date) -> Iterator[Picked]:
    if fact.type in {FactType.YES_NO, FactType.CHOICE}:
        chosen = choices.told(fact, saying, clause)
        if chosen is not None:
            yield Picked(name, chosen, show(fact.type, chosen, unit=fact.unit), clause)
    elif saying.zero and binding.any_of(tuple(saying.zero)).search(clause):
        yield Picked(name, 0, show(fact.type, 0, unit=fact.unit), clause)
    elif saying.cues:
        found = binding.told(fact, saying, clause, today)
        if found is not None:
            yield from _picked(name, fact, found, clause)


def _picked(name: str, fact: Fact, found: Found, words: str) -> Iterator[Picked]:
    given: object = found.value
    try:
        value = read_answer(fact, given if isinstance(given, date) else str(given))
    except BadAnswer:
        return
    yield Picked(name, value, show(fact.type, value, unit=fact.unit), words, found.rough)


def _region(said: str, words: str) -> Iterator[Picked]:
    try:
        code = read(FactType.REGION, said)
    except Unreadable:
        return
    yield Picked(REGION, code, show(FactType.REGION, code), words)


def _bare(text: str, names: list[str], engine: Engine, today: date) -> Iterator[Picked]:
    """A short answer to what was just asked: 三个人, 8万, 是的, 去年七月."""
    whole = re.sub(r"^不是[^，,]*[，,]\s*是?", "", text.strip().strip("。.！!，, "))
    for said in dict.fromkeys([whole, *(part.text for part in stance.parts(whole))]):
        if stance.is_open(said) or _UNSURE.search(said):
            continue
        fitting = [one for name in names for one in _answers(name, engine.vocabulary[name], said, today)]
        if fitting:
            yield from fitting if len(fitting) == 1 else ()
            return


def _answers(name: str, fact: Fact, said: str, today: date) -> Iterator[Picked]:
    if fact.type is FactType.YES_NO:
        if _YES.match(said) or _NO.match(said):
            value = bool(_YES.match(said))
            yield Picked(name, value, show(fact.type, value), said)
    elif fact.type is FactType.CHOICE:
        named = [option for option in fact.options if option in said]
        if len(named) == 1 and not _NOT.search(said[: said.find(named[0])]):
            yield Picked(name, named[0], named[0], said)
    elif fact.type is FactType.REGION:
        yield from _region(re.sub(r"^(?:我?们?(?:的店|店)?在|是)|的$", "", said), said)
    else:
        found = [one for one in binding.scan(fact, said, today, bare=True) if one.exact]
        if len(found) == 1:
            yield from _picked(name, fact, found[0], said)


def to_text(value: Value) -> str:
    """As the forms and the API take it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
