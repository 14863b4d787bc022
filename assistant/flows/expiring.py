"""延续, 延长: counted back from the day that something runs out, with whether the time for it is still ahead, open or over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Source
from assistant.before_expiry import Days, Window, days_of, most_in_all, window_in
from assistant.behaviours import Behaviour
from assistant.flows import counting_words
from assistant.flows.rules import replied
from assistant.matters_named import matters_of, speaks_of
from assistant.means import FAQ, Knowledge
from assistant.spans_of_time import Period, days_said, placed
from assistant.turn import Spoken, Turn
from knowledge.calendar import Calendar, Unit, shown
from knowledge.library import Found
from knowledge.library import Question as Asked

_RENEWS = re.compile(r"延续|延长|延期|续期|续证|续办|续歇|换证|接着歇|再歇|续(?=[上一吗不么]|$)")
_RUNS_OUT = re.compile(r"到期|届满|期满|过期|失效|到头")
_BREAK = re.compile(r"[，,。；;！!？?\s]")
MOST_COMPARED, LEAST_OF_BEST = 20, 0.4
RENEWAL = "届满前 延续 延长 提出申请"
AT_MOST = "“{words}”：您说的{own}已经到了这个最长的期限，不能再延长。"
LEFT = "合起来不得超过{most}：从{start}起算，最长到{end}。"
NO_DAY = "还没有{years}年的放假安排，往前数工作日会碰上假期，我不给日子，免得误了您的事；宁早勿晚，先问受理窗口哪天起能申请。"
OVER = "今天是{today}，最晚的那天已经过了{days}天（自然日）；过了还能不能办，条款没有写，请马上问受理窗口。"
OPEN = "今天是{today}，正在这段时间里，还剩{days}天（自然日）。"
AHEAD = "今天是{today}，还没到能申请的时候，最早从{first}起。"
BY_THE_PAPER = "到期日以证上、备案上写的为准；赶在最后一天之前办，受理部门的算法可能差一天。"


class Expiring:
    def __init__(self, knowledge: Knowledge, calendar: Calendar) -> None:
        self._knowledge, self._calendar = knowledge, calendar

    def take(self, turn: Turn) -> Spoken | None:
        """None where no day is known that something runs out on, or no rule on the matter counts back from it."""
        ending = _ending(turn.text, turn.today, self._calendar)
        if ending is None or not _RENEWS.search(turn.text) or not matters_of(turn.text):
            return None
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        rule = next(self._rules(asked), None)
        return self._told(turn, asked, rule, *ending) if rule else None

    def _rules(self, asked: Asked) -> Iterator[tuple[Found, Window]]:
        for words in (asked.text, f"{'、'.join(sorted(matters_of(asked.text)))} {RENEWAL}"):
            results = self._knowledge.library.find(replace(asked, text=words), limit=MOST_COMPARED).results
            for one in results:
                passage = one.passage
                whole = f"{passage.title}{passage.prefix}{passage.body}"
                is_near = one.score >= LEAST_OF_BEST * results[0].score and FAQ not in passage.title
                if is_near and speaks_of(asked.text, whole) and (window := window_in(passage.body)):
                    yield one, window

    def _told(
        self, turn: Turn, asked: Asked, rule: tuple[Found, Window], end: date, start: date | None, own: Period | None
    ) -> Spoken:
        found, window = rule
        answer = self._knowledge.answers.of(asked, [found])
        most = most_in_all(found.passage.body)
        if own is not None and start is not None and most is not None and own.length >= most.length:
            words = next(
                one for one in re.split(r"[，,。；;\n]", found.passage.body) if most.said in one and "超过" in one
            )
            lines = [AT_MOST.format(words=re.sub(r"^第[^\s　]{1,8}条[\s　]+", "", words), own=own.said)]
        else:
            lines = list(self._window(window, end, turn.today))
            lines += self._left(most, start)
        yield from replied(
            turn, answer, behaviour=Behaviour.DEADLINE, before="\n".join([*lines, _from(answer.sources)])
        )

    def _left(self, most: Period | None, start: date | None) -> Iterator[str]:
        if most is not None and start is not None:
            last = self._calendar.after(start, most.length, most.unit).last
            yield LEFT.format(most=most.said, start=shown(start), end=shown(last))

    def _window(self, window: Window, end: date, today: date) -> Iterator[str]:
        days = days_of(window, end, self._calendar)
        yield f"“{window.words}”："
        if days.is_estimated:
            years = range((days.first or days.last).year, end.year + 1)
            yield NO_DAY.format(years="、".join(str(year) for year in years if not self._calendar.knows(year)))
            return
        first = f"最早{shown(days.first)}，" if days.first else ""
        yield f"按{shown(end)}到期算，{first}最晚{shown(days.last)}。"
        counted = [f"{one.length}{_unit(one)}" for one in (window.opens, window.closes) if one]
        yield f"数法：从{shown(end)}往前数，当天不计，数{'、'.join(counted)}。"
        yield _status(days, today)
        yield BY_THE_PAPER


def _status(days: Days, today: date) -> str:
    if today > days.last:
        return OVER.format(today=shown(today), days=(today - days.last).days)
    if days.first is not None and today < days.first:
        return AHEAD.format(today=shown(today), first=shown(days.first))
    return OPEN.format(today=shown(today), days=(days.last - today).days)


def _unit(period: Period) -> str:
    return "日" if period.unit is Unit.NATURAL else period.unit.value


def _from(sources: Sequence[Source]) -> str:
    return f"期限出自{counting_words.named(sources[0])}。" if sources else ""


def _ending(text: str, today: date, calendar: Calendar) -> tuple[date, date | None, Period | None] | None:
    """The day it runs out: as it is said, or from the day it began and how long it holds."""
    said = days_said(text, today)
    for one in said:
        around = _BREAK.split(text[: one.start])[-1] + _BREAK.split(text[one.end :])[0]
        if _RUNS_OUT.search(around):
            return one.day, None, None
    if len(said) != 1:
        return None
    rest = text[: said[0].start] + "|" * (said[0].end - said[0].start) + text[said[0].end :]
    own = next(
        (one for one, start, _ in placed(rest) if one.unit is Unit.MONTHS and rest[start - 1 : start] != "前"), None
    )
    if own is None:
        return None
    return calendar.after(said[0].day, own.length, own.unit).last, said[0].day, own
