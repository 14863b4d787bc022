"""Facts for a self-test picked up from what somebody said, by patterns; all of them are shown for confirmation.

Better nothing than something wrong: questions, suppositions, wishes, vague figures
and what is said of others give no fact.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from assistant.hearing import binding, days, replies, stance, taking_back
from assistant.hearing.clauses import EVERY_TYPE, Clauses
from assistant.hearing.figures import NUMBER
from assistant.hearing.picked import Picked, Pickup
from assistant.hearing.spelling import plain
from assistant.hearing.stance import UNSURE, Part, Stance
from knowledge import regions
from knowledge.rules.engine import REGION, Engine
from knowledge.rules.values import FactType, show

FIGURES = frozenset({FactType.MONEY, FactType.WHOLE, FactType.PERIOD})
_ADDS = re.compile(
    rf"^{NUMBER}[个名位](?:兼职|临时|小时工|零工|钟点工|实习)|(?:还有|另外|外加|再加|加上|另有)[^，]*[个名位人]"
)
_NUMBERED = re.compile(rf"{NUMBER}(?:[个人名位块元月天年次趟]|$)")
_LEFT = re.compile(
    rf"(?:都|全|全都|也|又)[^，没]{{0,2}}(?:走|散|跑|辞|离)(?:职|光|完|掉|了)|(?:走|辞|离|裁|炒|少|减)(?:职|退|掉|员)?了{NUMBER}|(?:只|就)剩下?(?:了|下|的)*{NUMBER}?[个人名位]"
)
_NOTHING_ELSE = re.compile(
    rf"^(?:(?:每个?|一个?)月|都|就|已经|涨到|涨成|降到|变成|改成|是|要|得|收)*了?(?:{NUMBER}[kw万]?)(?:元|块钱?)?(?:一个?月)?了?$"
)
_HEADS = re.compile(rf"^(?:就|只|还|剩下?|有|是)*{NUMBER}[个人名位]")
_NO_AREAS = FIGURES - {FactType.WHOLE}
_ALONE = re.compile(rf"(?!.*[平㎡])|^[^，]{{0,8}}{NUMBER}个?(?:平方?米?|㎡)(?!的[^，])")
"""店开在三楼，三百平的商场里: the area is another thing's."""
_THAT_DAY = re.compile(r"^(?:也|就)*(?:当[天日]|同一天|[那这]天)")
_DENIES = re.compile(r"^[哦噢啊诶哎唉]*(?:又|并|根本|压根|才|也)*不是")
_TOLD_OF = re.compile(rf"{NUMBER}[^，]{{0,3}}(?:是|算)[^，]")
"""三千是含水电的: told of the figure, which is no new one."""
_NONE_OF_THESE = re.compile(
    r"^(?:这些|那些|这几样|我们?|全|都|统统|通通|一[样个概律点]|半[样个点])*(?:都|也)?(?:不|没)(?:做|卖|有|搞|碰|弄|用)(?:的|过|这些)*$"
)
_SHORT = 4
"""别人的, as an answer, is about us; 没贷过 tells nothing but what was asked."""


def pick_up(text: str, engine: Engine, *, today: date, asked: Collection[str] = ()) -> Pickup:
    """Facts said in the message; `asked` are those just asked about, which a bare answer may answer."""
    text = days.since_graduation(plain(text, engine), today)
    heard = _Heard(text, engine, today, asked)
    parts = list(stance.parts(text))
    for part in parts:
        heard.take(part)
    picked = heard.agreed()
    open_names = [name for name in asked if name not in picked]
    if len(text) <= _SHORT or not any(part.stance & Stance.OF_OTHERS for part in parts):
        picked |= {
            one.name: one for one in replies.heard(text, open_names, engine, today) if one.name not in heard.found
        }
    if len(text) <= _SHORT and any(name in picked for name in asked):
        picked = {name: one for name, one in picked.items() if name in asked}
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
        self._clauses = Clauses(engine, self._sayings, today)
        self.found: dict[str, list[Picked]] = {}
        self._before = ""
        """The part before, if it named something without saying how much."""
        self._topics: tuple[str, ...] = ()
        """What the part before was about: 原来房租两千五，现在一个月三千."""
        self._correcting = False
        self._rechecking = False
        self._year: int | None = None
        """The year that was named in this sentence."""
        self._last: list[str] = []

    def take(self, part: Part) -> None:
        if part.opens:
            self._year = None
        denies = bool(_DENIES.match(part.text))
        self._correcting = self._correcting or part.corrects
        self._take_back(self._unsaid(part.text, denies=denies))
        told = [self._in_its_year(one) for one in self._told(part, only={FactType.YES_NO} if denies else EVERY_TYPE)]
        if denies:
            told = [one for one in told if one.value is False]
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
        self._topics = self._topics_after(part, told)
        if not told and not self._correcting:
            self._before = "" if part.stance else part.text
        self._rechecking = part.rechecks or denies

    def _unsaid(self, clause: str, *, denies: bool) -> list[str]:
        """What the clause says is not so, not sure, or not of us."""
        if taking_back.takes_back(clause):
            return list(self.found)
        if taking_back.takes_back_last(clause):
            return list(self._last)
        return [name for name in self._last if self._is_named(name, clause)] if denies else []

    def _told(self, part: Part, only: Collection[FactType]) -> list[Picked]:
        """By the clause itself; with the one before; with what that one was about; in the place of what was heard last."""
        told = self._said(part.text, part, only)
        if not told and self._before:
            unsaid = [one for one in FactType if one not in FIGURES or not _NUMBERED.search(self._before)]
            if not any(found for text in (self._before, part.text) for found in days.dates(text, self._today)):
                unsaid.remove(FactType.DATE)
            told = self._said(self._before + part.text, part, unsaid)
        for topic in () if told else self._topics:
            told = told or self._said(topic + part.text, part, self._of_topics(part.text))
        if not told and (dated := self._dated(part.text)) != part.text:
            told = self._said(dated, part, {FactType.DATE})
        if told or part.stance:
            return told
        if self._correcting or self._rechecking or taking_back.in_truth(part.text):
            return self._instead(taking_back.without_correction(part.text))
        return [one for one in self._instead(taking_back.anew(part.text)) if self._renewed(one)] if part.renews else []

    def _of_topics(self, clause: str) -> Collection[FactType]:
        """A day stands in the place of one that was taken back: 执照2023年办的，更正，2024年2月6号办的."""
        figures = FIGURES if _ALONE.match(clause) else _NO_AREAS
        return figures | {FactType.DATE} if self._correcting else figures

    def _topics_after(self, part: Part, told: list[Picked]) -> tuple[str, ...]:
        """场地是租的，80平，一月四千五: what was told by the topic does not end it, nor does a correction."""
        topics = binding.topics(part.text, self._sayings.values())
        if part.stance & ~Stance.PAST:
            return ()
        if any(self._is_figure(one) for one in told):
            return () if topics else self._topics
        return self._topics if part.corrects and not topics else topics

    def _dated(self, clause: str) -> str:
        """当天就开张了, 18号开的张: the day, or the month, that was told last."""
        clause = self._of_that_month(clause)
        days_told = [one.value for name in self._last for one in self.found.get(name, ())[-1:] if not one.rough]
        told = days_told[0] if len(days_told) == 1 else None
        return _THAT_DAY.sub(f"{told.year}年{told.month}月{told.day}号", clause) if isinstance(told, date) else clause

    def _said(self, words: str, part: Part, only: Collection[FactType]) -> list[Picked]:
        return list(self._clauses.told(words, part.stance, of_staff=part.of_staff, only=only))

    def _renewed(self, one: Picked) -> bool:
        """后来办了, 现在一个月两千九: nothing else stands in the clause; of heads there may be others than those before."""
        fact = self._engine.vocabulary[one.name]
        return fact.type is FactType.YES_NO or (fact.type is FactType.MONEY and bool(_NOTHING_ELSE.match(one.words)))

    def _changed(self, part: Part) -> None:
        """Who came or went since leaves the number open; the year comes after the day."""
        if _ADDS.match(part.text):
            self._last = [name for name in self._last if not self._forget_count(name)]
        if _LEFT.search(part.text) or (part.renews and _HEADS.match(taking_back.anew(part.text))):
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

    def _instead(self, said: str) -> list[Picked]:
        """The new value of what was heard last; the same said again tells something of it: 三千是含水电的."""
        said = self._of_that_month(said)
        instead = [
            one
            for name in self._last
            for one in replies.to_one(name, self._engine, said, self._today)
            if not (_TOLD_OF.search(said) and one.value in {before.value for before in self.found.get(name, ())})
        ]
        return instead if len(instead) == 1 else []

    def _of_that_month(self, said: str) -> str:
        """执照是6月8号，不是，18号发的: the month that was told."""
        day = days.day_alone(said)
        dates_told = [one.value for name in self._last for one in self.found.get(name, ())[-1:]]
        told = dates_told[0] if len(dates_told) == 1 else None
        if day is None or not isinstance(told, date):
            return said
        return days.DAY_ALONE.sub(f"{told.year}年{told.month}月{day}号", said)

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
