"""Deadlines: the period from the rule or the message, counted on the calendar, every step shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from assistant.answer import Answer, Source
from assistant.behaviours import Behaviour
from assistant.flows.rules import RulesFlow, replied
from assistant.means import Knowledge
from assistant.spans_of_time import Period, day_said, number, periods, without_days
from assistant.turn import Spoken, Turn
from knowledge.calendar import Calendar, Deadline, Unit, shown
from knowledge.library import Question as Asked

_COUNTS = re.compile(r"还有|还剩|剩|几天|多少天|顺延|算不算|工作日|放假|补班|到期|最晚|最迟|几号之前")
_EVENT = re.compile(r"受理|提交|收到|公示|满|递交|申请|作出|决定|发生|变更|终止|缴费")
MOST_COMPARED, LEAST_OF_BEST = 10, 0.8
_QUARTERLY = re.compile(r"每季度首月(?P<d>\d{1,2})日前[^。；]{0,8}上一?季度")
_QUARTER = re.compile(r"(?:第)?(?P<n>[一二三四1-4])季度?")
MOST_STEPS = 4
CHAINED = "→"
"""Stands before the words of a step that begins where the one before it ends."""
NOT_FOR_SURE = "还没有{years}年的放假安排，只能按周末和固定的节日推算，是预计，不能当作法定的到期日。"


@dataclass(frozen=True, slots=True)
class Counted:
    deadline: Deadline
    forward: bool


class DeadlineFlow:
    def __init__(self, knowledge: Knowledge, calendar: Calendar, rules: RulesFlow) -> None:
        self._knowledge, self._calendar, self._rules = knowledge, calendar, rules

    def respond(self, turn: Turn) -> Spoken:
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        own = next(periods(turn.text), None)
        start = day_said(turn.text, turn.today)
        if own and start:
            yield from self._own(turn, asked, own, start)
            return
        if (places := self._rules.places_to_ask(turn, asked)) is not None:
            yield from self._rules.ask_region(turn, places)
            return
        answer = self._rule_for(asked)
        before = self._from_rule(turn, answer, own, start)
        counts = before and (start or own or _COUNTS.search(turn.text))
        yield from replied(turn, answer, behaviour=Behaviour.DEADLINE if counts else None, before=before)

    def _rule_for(self, asked: Asked) -> Answer:
        """By the message, or where that finds no period, by what is left of it without the days."""
        if triggered := self._by_trigger(asked):
            return triggered
        answer = self._knowledge.answers.answer(asked)
        plain = without_days(asked.text)
        if plain == asked.text or any(_sets_a_time(source.quote) for source in answer.sources):
            return answer
        other = self._knowledge.answers.answer(replace(asked, text=plain))
        return other if any(_sets_a_time(source.quote) for source in other.sources) else answer

    def _by_trigger(self, asked: Asked) -> Answer | None:
        """今天受理我的…: of clauses that fit nearly as well, the one that counts from that event."""
        event = _EVENT.search(asked.text)
        if event is None:
            return None
        plain = replace(asked, text=without_days(asked.text))
        results = self._knowledge.library.find(plain, limit=MOST_COMPARED).results
        counts = re.compile(
            rf"自{event[0]}[^，。；]{{0,12}}(?:之日|起)|自[^，。；]{{0,4}}{event[0]}[^，。；]{{0,8}}之日"
        )
        near = [one for one in results if one.score >= LEAST_OF_BEST * results[0].score]
        fit = next((one for one in near if counts.search(one.passage.body)), None)
        if fit is None or not self._knowledge.answers.settles(plain):
            return None
        return self._knowledge.answers.of(asked, [fit])

    def _own(self, turn: Turn, asked: Asked, period: Period, start: date) -> Spoken:
        """A period that the person names; the rule beside it where one of the same length is found."""
        backwards = period.unit is Unit.WORKING and re.search(rf"{period.said}(?:之|以)?前|提前[^，。]{{0,4}}{period.said}", turn.text)  # fmt: skip
        counted = self._count(start, period, forward=not backwards)
        answer = self._knowledge.answers.answer(asked)
        rule = next((one for one in answer.sources if any(_same(period, other) for other in periods(one.quote))), None)
        lines = list(told(self._calendar, counted))
        if rule is None:
            lines.append("这个期限是按您说的数的，具体以文件或通知书写的为准。")
            yield turn.reply(Behaviour.DEADLINE, "\n".join(lines))
            return
        lines.append(f"期限的依据是{_named(rule)}。")
        yield from replied(turn, answer, behaviour=Behaviour.DEADLINE, before="\n".join(lines))

    def _from_rule(self, turn: Turn, answer: Answer, own: Period | None, start: date | None) -> str:
        """The counting with the periods that the first fitting clause sets; nothing where none sets any."""
        for source in answer.sources:
            if fixed := _of_quarter(turn.text, source.quote, turn.today):
                return self._until(fixed, turn.today, source)
            fixed = _fixed_day(source.quote, turn.today)
            if fixed and start is None:
                return self._until(fixed, turn.today, source)
            found = [(own, "")] if own else list(steps(source.quote))
            if found:
                begin = start or turn.today
                lead = "" if start else "还不知道从哪天起算，先按今天起算给您看数法；告诉我起算的那天，我重新数。"
                lines = self._steps_told(begin, found[:MOST_STEPS])
                return "\n".join(filter(None, [lead, *lines, f"期限出自{_named(source)}。"]))
        return ""

    def _steps_told(self, begin: date, steps: Sequence[tuple[Period, str]]) -> Iterator[str]:
        """Each step of a procedure from the same day; what is counted from the end of another, from there."""
        before: date | None = None
        for period, words in steps:
            chained = before is not None and words.startswith(CHAINED)
            first = before if chained and before is not None else begin
            counted = self._count(first, period, forward=True)
            if len(steps) > 1:
                yield f"“{words.removeprefix(CHAINED)}”："
            yield from told(self._calendar, counted)
            before = counted.deadline.last

    def _count(self, start: date, period: Period, *, forward: bool) -> Counted:
        if not forward:
            return Counted(self._calendar.before(start, period.length), forward=False)
        return Counted(self._calendar.after(start, period.length, period.unit), forward=True)

    def _until(self, day: date, today: date, source: Source) -> str:
        left = (day - today).days
        if left < 0:
            return f"截止日是{shown(day)}，今天是{shown(today)}，已经过了{-left}天（自然日）。出自{_named(source)}。"
        working = sum(self._calendar.is_working(today + timedelta(days=n)) for n in range(1, left + 1))
        sure = self._calendar.knows(today.year) and self._calendar.knows(day.year)
        estimate = "" if sure else NOT_FOR_SURE.format(years=day.year)
        about = "约" if not sure else ""
        rest = "" if self._calendar.is_working(day) else "那天不上班，请提前办。"
        return f"截止日是{shown(day)}：今天是{shown(today)}，当天不计，还有{left}天，其中工作日{about}{working}天。{rest}{estimate}出自{_named(source)}。"


def steps(quote: str) -> Iterator[tuple[Period, str]]:
    """The periods of a clause with their words, of which those that begin where the one before ends are marked."""
    for piece in re.split(r"[，,。；;\n]", quote):
        last = 0
        for period in periods(piece):
            at = piece.find(period.said, last)
            joined = last > 0 and re.search(r"之日起|满|后|再", piece[last:at]) is not None
            last = at + len(period.said)
            begins_later = re.match(r"(?:并)?自?(?:决定|公示|期满|届满|复核|收到初审)", piece) is not None
            yield period, (CHAINED if joined or begins_later else "") + piece.strip()


def told(calendar: Calendar, counted: Counted) -> Iterator[str]:
    """The result first, then how it was counted."""
    one = counted.deadline
    perhaps = "预计" if one.estimated else ""
    if counted.forward:
        yield f"{perhaps}到{shown(one.last)}为止。"
        yield f"数法：{shown(one.start)}起算，当天不计，数{one.length}{_unit(one.unit)}。"
    else:
        yield f"{perhaps}最迟{shown(one.last)}。"
        yield f"数法：从{shown(one.start)}往前数，当天不计，满{one.length}{_unit(one.unit)}。"
    if one.unit is Unit.WORKING:
        yield from _working(one)
    else:
        yield from _natural(calendar, one)
    if one.estimated:
        unknown = [year for year in range(min(one.start, one.rolled).year, max(one.start, one.rolled).year + 1) if not calendar.knows(year)]  # fmt: skip
        yield NOT_FOR_SURE.format(years="、".join(map(str, unknown)))


def _unit(unit: Unit) -> str:
    return "日（自然日，节假日也算在内）" if unit is Unit.NATURAL else unit.value


def _working(one: Deadline) -> Iterator[str]:
    if one.skipped:
        yield f"不算的休息日：{_ranges(one.skipped)}。"
    if one.made_up:
        yield f"补班算工作日：{_ranges(one.made_up)}。"


def _natural(calendar: Calendar, one: Deadline) -> Iterator[str]:
    if one.rolled != one.last:
        yield (
            f"最后一天是休息日（{calendar.name(one.last)}）。文件没有写顺延，稳妥起见按{one.last.month}月{one.last.day}日前办好；"
            f"按《民法典》第二百零三条的算法会顺延到{shown(one.rolled)}，能不能顺延以主管机构的口径为准。"
        )


def _ranges(days: Sequence[tuple[date, str]]) -> str:
    """10月1日至7日（国庆节）、10月11日（周日）."""
    ordered = sorted(days)
    groups: list[list[tuple[date, str]]] = [[ordered[0]]]
    for before, one in pairwise(ordered):
        joined = one[0] - before[0] == timedelta(days=1) and (one[1] == before[1] or {one[1], before[1]} == {"周六", "周日"})  # fmt: skip
        groups[-1].append(one) if joined else groups.append([one])
    return "、".join(_range(group) for group in groups)


def _range(group: Sequence[tuple[date, str]]) -> str:
    (first, name), (last, _) = group[0], group[-1]
    begin = f"{first.month}月{first.day}日"
    if first == last:
        return f"{begin}（{name}）"
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{begin}至{end}（{'周末' if name.startswith('周') else name}）"


def _sets_a_time(quote: str) -> bool:
    return next(periods(quote), None) is not None or re.search(r"\d{1,2}月\d{1,2}日|首月\d{1,2}日", quote) is not None


def _of_quarter(text: str, quote: str, today: date) -> date | None:
    """每季度首月20日前申请上一季度: the day for the quarter that is named, else the next one to come."""
    match = _QUARTERLY.search(quote)
    if match is None:
        return None
    day = int(match["d"])
    if named := _QUARTER.search(text):
        quarter = number(named["n"])
        year = today.year - ("去年" in text)
        return date(year + (quarter == 4), quarter % 4 * 3 + 1, day)
    this = date(today.year, (today.month - 1) // 3 * 3 + 1, day)
    month = this.month + 3
    return this if this >= today else date(this.year + (month > 12), (month - 1) % 12 + 1, day)


def _fixed_day(quote: str, today: date) -> date | None:
    match = re.search(r"(?:每年|次年)?[^。；]{0,20}至?(\d{1,2})月(\d{1,2})日(?:前|以前|之前|止|为止)?", quote)
    last = list(re.finditer(r"(\d{1,2})月(\d{1,2})日", quote)) if match and re.search(r"每年|次年|报送", quote) else []
    if not last or re.search(r"20\d\d年", quote):
        return None
    month, day = int(last[-1][1]), int(last[-1][2])
    try:
        this_year = date(today.year, month, day)
    except ValueError:
        return None
    return this_year if this_year >= today else this_year.replace(year=today.year + 1, day=min(day, 28) if month == 2 else day)  # fmt: skip


def _named(source: Source) -> str:
    number = f"（{source.doc_number}）" if source.doc_number else ""
    return f"《{source.title.strip('《》')}》{number}{source.clause}"


def _same(one: Period, other: Period) -> bool:
    return one.length == other.length and one.unit is other.unit
