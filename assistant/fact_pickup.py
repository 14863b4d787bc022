"""Facts for a self-test picked up from what somebody said, by patterns; all of them are shown for confirmation.

Better nothing than something wrong: questions, suppositions, wishes, vague figures
and what is said of others give no fact.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from assistant.hearing import answers, binding, choices, days, frames, places, stance
from assistant.hearing.figures import NUMBER, Found
from assistant.hearing.spelling import plain
from assistant.hearing.stance import UNSURE, Part, Stance
from knowledge import regions
from knowledge.rules.engine import REGION, Engine, read_answer
from knowledge.rules.errors import BadAnswer
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType, Unreadable, Value, read, show

FIGURES = frozenset({FactType.MONEY, FactType.WHOLE, FactType.PERIOD})
_ADDS = re.compile(r"(?:还有|另外|外加|再加|加上|另有)[^，]*[个名位人]")
_NUMBERED = re.compile(rf"{NUMBER}(?:[个人名位块元月天年次趟]|$)")
_LEFT = re.compile(
    rf"(?:都|全|全都|也|又)[^，没]{{0,2}}(?:走|散|跑|辞|离)(?:职|光|完|掉|了)|(?:走|辞|离|裁|炒|少|减)(?:职|退|掉|员)?了{NUMBER}|(?:只|就)剩下?(?:了|下|的)*{NUMBER}?[个人名位]"
)
_NOTHING_ELSE = re.compile(
    rf"^(?:(?:每个?|一个?)月|都|就|已经|涨到|涨成|降到|变成|改成|是|要|得|收)*了?(?:{NUMBER}[kw万]?)(?:元|块钱?)?(?:一个?月)?了?$"
)
_HEADS = re.compile(rf"^(?:就|只|还|剩下?|有|是)*{NUMBER}[个人名位]")
_TOLD_OF = re.compile(rf"{NUMBER}[^，]{{0,3}}(?:是|算)[^，]")
"""三千是含水电的: told of the figure, which is no new one."""
_NONE_OF_THESE = re.compile(
    r"^(?:这些|那些|这几样|我们?|全|都|统统|通通|一[样个概律点]|半[样个点])*(?:都|也)?(?:不|没)(?:做|卖|有|搞|碰|弄|用)(?:的|过|这些)*$"
)
_OF_THE_FOUNDER = "经营者"
"""Group of the facts about the founder in person."""
_ASKS_OF_STAFF = re.compile(r"[他她]|招来|招的|招用|员工")
"""A question about those we hired may be answered of him or her."""
_OF_STAFF = re.compile(r"(?:请|招|雇|聘|新来)的[^，我]{0,8}(?:是|属于|有)|^[他她]")
_SHORT = 4
"""别人的, as an answer, is about us."""


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
    heard = _Heard(text, engine, today, asked)
    parts = list(stance.parts(text))
    for part in parts:
        heard.take(part)
    picked = heard.agreed()
    open_names = [name for name in asked if name not in picked]
    if len(text) <= _SHORT or not any(part.stance & Stance.OF_OTHERS for part in parts):
        picked |= {one.name: one for one in _bare(text, open_names, engine, today) if one.name not in heard.found}
    is_unsure = not picked and bool(UNSURE.search(text))
    return Pickup(tuple(picked.values()), tuple(open_names) if is_unsure else ())


class _Heard:
    """What was heard so far, part by part; a correction takes the place of what it corrects."""

    def __init__(self, text: str, engine: Engine, today: date, asked: Collection[str]) -> None:
        self._engine, self._today = engine, today
        self._sayings = {
            name: saying
            for name, saying in engine.book.sayings.items()
            if name in engine.vocabulary
            and (name in asked or all(re.search(pattern, text) for pattern in saying.requires))
        }
        self.found: dict[str, list[Picked]] = {}
        self._before = ""
        """The part before, if it named something without saying how much."""
        self._topic = ""
        """The last cue of the part before: 原来房租两千五，现在一个月三千."""
        self._correcting = False
        self._rechecking = False
        self._of_staff = False
        self._year: int | None = None
        """The year that was named in this sentence."""
        self._last: list[str] = []

    def take(self, part: Part) -> None:
        self._of_staff = part.of_staff
        if part.opens:
            self._year = None
        denies = part.text.lstrip("哦噢啊诶哎唉").startswith("不是")
        self._correcting = self._correcting or part.corrects
        if denies:
            self._take_back([name for name in self._last if self._is_named(name, part.text)])
        told = [
            self._in_its_year(one) for one in self._told(part, only={FactType.YES_NO} if denies else tuple(FactType))
        ]
        self._year = days.year_said(part.text, self._today) or self._year
        if not told and _NONE_OF_THESE.match(part.text) and not part.stance:
            told = list(self._turned())
        if told:
            if self._correcting:
                self._take_back(self._mistaken_for(told))
            anew = self._correcting or self._rechecking or part.renews
            for one in told:
                self.found[one.name] = [one] if anew else [*self.found.get(one.name, ()), one]
            self._last, self._correcting, self._before = [one.name for one in told], False, ""
        else:
            self._changed(part)
        self._topic = (
            ""
            if part.stance & ~Stance.PAST or any(self._is_figure(one) for one in told)
            else binding.topic(part.text, self._sayings.values())
        )
        if not told and not self._correcting:
            self._before = "" if part.stance else part.text
        self._rechecking = part.rechecks or denies

    def _told(self, part: Part, only: Collection[FactType]) -> list[Picked]:
        """By the clause itself; with the one before; with what that one was about; in the place of what was heard last."""
        told = list(self._of(part.text, part.stance, only=only))
        if not told and self._before:
            unsaid = [one for one in FactType if one not in FIGURES or not _NUMBERED.search(self._before)]
            told = list(self._of(self._before + part.text, part.stance, only=unsaid))
        if not told and self._topic:
            told = list(self._of(self._topic + part.text, part.stance, only=FIGURES))
        if told or part.stance:
            return told
        if self._correcting or self._rechecking or stance.in_truth(part.text):
            return self._instead(stance.without_correction(part.text))
        return [one for one in self._instead(stance.anew(part.text)) if self._renewed(one)] if part.renews else []

    def _renewed(self, one: Picked) -> bool:
        """后来办了, 现在一个月两千九: nothing else stands in the clause; of heads there may be others than those before."""
        fact = self._engine.vocabulary[one.name]
        return fact.type is FactType.YES_NO or (fact.type is FactType.MONEY and bool(_NOTHING_ELSE.match(one.words)))

    def _changed(self, part: Part) -> None:
        """Who came or went since leaves the number open; the year comes after the day."""
        if _ADDS.match(part.text):
            self._last = [name for name in self._last if not self._forget_count(name)]
        if _LEFT.search(part.text) or (part.renews and _HEADS.match(stance.anew(part.text))):
            forgotten = [name for name in self._last if self._forget_count(name)]
            self._correcting = self._correcting or bool(forgotten)
        self._in_the_year(days.year_alone(part.text, self._today))

    def _in_its_year(self, one: Picked) -> Picked:
        """执照2024年9月3号批的，10月8号才开门: the year that was named goes on, to be confirmed."""
        if not (self._year and isinstance(one.value, date) and days.names_no_year(one.words)):
            return one
        value = one.value.replace(year=self._year, day=min(one.value.day, 28 if one.value.month == 2 else 31))
        shown = show(self._engine.vocabulary[one.name].type, value)
        return replace(one, value=value, shown=shown, rough=True) if value <= self._today else one

    def _turned(self) -> Iterator[Picked]:
        """裱花蛋糕、自酿酒，统统不做."""
        for one in (self.found[name][-1] for name in self._last if self.found.get(name)):
            if one.value is True:
                self._correcting = True
                yield replace(one, value=False, shown=show(FactType.YES_NO, value=False))

    def _is_named(self, name: str, clause: str) -> bool:
        """去年裁了三个，不是裁: what was heard last is not so."""
        saying = self._sayings.get(name)
        return saying is not None and bool(saying.cues) and bool(binding.any_of(tuple(saying.cues)).search(clause))

    def _take_back(self, names: Iterable[str]) -> None:
        for name in names:
            self.found.pop(name, None)

    def _mistaken_for(self, told: list[Picked]) -> list[str]:
        """三月开的业，不对，三月拿的执照: what was heard last was another thing of the same type."""
        types = {self._engine.vocabulary[one.name].type for one in told} & {*FIGURES, FactType.DATE}
        fresh = {one.name for one in told}
        return [name for name in self._last if name not in fresh and self._engine.vocabulary[name].type in types]

    def _is_figure(self, one: Picked) -> bool:
        return self._engine.vocabulary[one.name].type in FIGURES

    def _in_the_year(self, year: int | None) -> None:
        """3月18号，2025年的: the year of the day that was heard last."""
        for name in self._last if year else ():
            day = self.found[name][-1].value if self.found.get(name) else None
            if isinstance(day, date) and year and year <= self._today.year:
                fact = self._engine.vocabulary[name]
                value = day.replace(year=year, day=min(day.day, 28)) if day.day == 29 else day.replace(year=year)
                self.found[name] = [replace(self.found[name][-1], value=value, shown=show(fact.type, value))]

    def _forget_count(self, name: str) -> bool:
        """员工九个，还有两个兼职: nobody said how many they are together."""
        is_count = self._engine.vocabulary[name].unit == "人"
        if is_count:
            self.found.pop(name, None)
        return is_count

    def _of(self, clause: str, how: Stance, *, only: Collection[FactType] = tuple(FactType)) -> Iterator[Picked]:
        for name, saying in self._sayings.items():
            fact = self._engine.vocabulary[name]
            if (
                fact.type not in only
                or how & ~_spared(fact, saying)
                or (fact.group == _OF_THE_FOUNDER and (self._of_staff or _OF_STAFF.search(clause)))
                or (saying.unless and binding.any_of(tuple(saying.unless)).search(clause))
            ):
                continue
            rivals = [
                other
                for rival, other in self._sayings.items()
                if rival != name and other.cues and self._engine.vocabulary[rival].type is fact.type
            ]
            yield from _said(name, fact, saying, clause, self._today, rivals)
        place = None if how or FactType.REGION not in only else places.said(clause)
        if place is not None and REGION in self._engine.vocabulary:
            yield from _region(place, clause)

    def _instead(self, said: str) -> list[Picked]:
        """The new value of what was heard last; the same said again tells something of it: 三千是含水电的."""
        instead = [
            one
            for name in self._last
            for one in _answers(name, self._engine, said, self._today)
            if not (_TOLD_OF.search(said) and one.value in {before.value for before in self.found.get(name, ())})
        ]
        return instead if len(instead) == 1 else []

    def agreed(self) -> dict[str, Picked]:
        """One value each; what was taken back and not said anew is gone, and so is what was said in two ways."""
        gone = set(self._last) if self._correcting else set()
        return {
            name: one
            for name, several in self.found.items()
            if name not in gone and (one := _one_of(name, several)) is not None
        }


def _one_of(name: str, several: list[Picked]) -> Picked | None:
    """What all agree on; of places the nearest, where each lies in the one before: 青禾, 南屏区."""
    if name == REGION and several:
        nearest = max(several, key=lambda one: len(regions.chain(str(one.value))))
        around = regions.chain(str(nearest.value))
        return nearest if all(one.value in around for one in several) else None
    return several[-1] if len({one.value for one in several}) == 1 else None


def _spared(fact: Fact, saying: Saying) -> Stance:
    """Stances that do not matter to this fact: wishes for a loan, what was the case once, who owes us, whom we hired."""
    spared = {
        Stance.WISHED: saying.wishes,
        Stance.PAST: saying.past,
        Stance.OF_PARTIES: saying.others,
        Stance.OF_THEM: saying.others or bool(_ASKS_OF_STAFF.search(fact.ask)),
    }
    return reduce(or_, (stance for stance, spares in spared.items() if spares), Stance.TOLD)


def _said(name: str, fact: Fact, saying: Saying, clause: str, today: date, rivals: list[Saying]) -> Iterator[Picked]:
    if fact.type in {FactType.YES_NO, FactType.CHOICE}:
        chosen = choices.told(fact, saying, clause)
        if chosen is not None:
            yield Picked(name, chosen, show(fact.type, chosen, unit=fact.unit), clause)
    elif saying.zero and binding.any_of(tuple(saying.zero)).search(clause) and not frames.is_turned(clause):
        yield Picked(name, 0, show(fact.type, 0, unit=fact.unit), clause)
    elif saying.cues:
        found = binding.told(fact, saying, clause, today, rivals=rivals)
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
    if places.is_any_towns(said):
        return
    try:
        code = read(FactType.REGION, said)
    except Unreadable:
        return
    yield Picked(REGION, code, show(FactType.REGION, code), words)


def _bare(text: str, names: list[str], engine: Engine, today: date) -> Iterator[Picked]:
    """A short answer to what was just asked: 三个人, 8万, 是的, 去年七月."""
    whole = re.sub(r"^不是[^，,]*[，,]\s*是?", "", text.strip().strip("。.！!，, "))
    parts = list(stance.parts(whole))
    anew = [row for row, part in enumerate(parts) if row and part.corrects]
    said_last = [stance.without_correction(part.text) for part in parts[anew[-1] :]] if anew else []
    if stance.is_put_off(text):
        return
    for said in said_last or dict.fromkeys([whole, text.strip("。.！!，, "), *(part.text for part in parts)]):
        if stance.is_open(said) or UNSURE.search(said):
            continue
        doubts = stance.doubts(said)
        sayings = engine.book.sayings
        fitting = [
            one
            for name in names
            if not doubts & ~_spared(engine.vocabulary[name], sayings.get(name, Saying()))
            for one in _answers(name, engine, said, today)
        ]
        if fitting:
            yield from fitting if len(fitting) == 1 else ()
            return


def _answers(name: str, engine: Engine, said: str, today: date) -> Iterator[Picked]:
    fact, saying = engine.vocabulary[name], engine.book.sayings.get(name, Saying())
    if fact.type is FactType.REGION:
        yield from _region(answers.place(said), said)
        return
    value = answers.value(fact, saying, said, today)
    if isinstance(value, Found):
        yield from _picked(name, fact, value, said)
    elif value is not None:
        yield Picked(name, value, show(fact.type, value, unit=fact.unit), said)


def to_text(value: Value) -> str:
    """As the forms and the API take it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
