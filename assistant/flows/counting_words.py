"""How a count is told: the day first, then every step of it; and why no day can be given."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from assistant.acts import act_of, is_of_the_authority
from assistant.answer import Source
from assistant.day_counting import Anchor, Counted, Counting
from assistant.flows import citing
from assistant.spans_of_time import Period
from assistant.time_steps import Kind, Step
from knowledge.calendar import Calendar, Deadline, Unit, shown

NOT_FOR_SURE = "还没有{years}年的放假安排，只能按周末和固定的节日推算，是预计，不能当作法定的到期日。"
NO_ROLL = (
    "{years}年的放假安排还没有公布，最后一天碰上休息日顺延到哪天只能预计；日子本身是按日历数的，稳妥起见按它之前办好。"
)
BEGINS = re.compile(r"从“(?P<event>[^”]+)”那天起算")
"""Read back from a reply when the day is told."""
PLAINLY_THIS_YEAR = 120
"""Days ago within which nobody means another year."""
IN_GOOD_ORDER = "前提是从{day}起一直{event}；中间停过的，满期的那天由主管部门认定。"


def told(calendar: Calendar, one: Deadline, *, forward: bool = True) -> Iterator[str]:
    """The result first, then how it was counted."""
    working = one.unit is Unit.WORKING
    perhaps = "预计" if one.estimated and working else ""
    if forward:
        yield f"{perhaps}到{shown(one.last)}为止。"
        yield f"数法：{shown(one.start)}起算，当天不计，数{one.length}{_unit(one.unit)}。"
    else:
        yield f"{perhaps}最迟{shown(one.last)}。"
        yield f"数法：从{shown(one.start)}往前数，当天不计，满{one.length}{_unit(one.unit)}。"
    if working:
        yield from _working(one)
    else:
        yield from _natural(calendar, one)
    if one.estimated:
        unknown = [year for year in range(min(one.start, one.rolled).year, max(one.start, one.rolled).year + 1) if not calendar.knows(year)]  # fmt: skip
        wording = NOT_FOR_SURE if working else NO_ROLL
        yield wording.format(years="、".join(map(str, unknown)))


def of_counting(calendar: Calendar, counting: Counting, today: date) -> Iterator[str]:
    """Each step in the words of the clause, with its day, or with what its day depends on."""
    for one in counting.counted:
        yield f"“{one.step.words}”："
        yield from _of_step(calendar, one, today)
    for step in counting.left_open:
        yield left_open(step, counting.anchors)
    for anchor in [one.anchor for one in counting.counted][:1]:
        yield from said_without_year(anchor, today)


def _of_step(calendar: Calendar, one: Counted, today: date) -> Iterator[str]:
    if one.step.kind is Kind.WAIT:
        yield f"{shown(one.deadline.start)}起满{one.step.period.said}是{shown(one.deadline.last)}，到那天才算满。"
        return
    if one.step.kind is Kind.VALIDITY:
        yield f"从{shown(one.deadline.start)}起数{one.step.period.said}，到{shown(one.deadline.last)}前后到期；证上写着起止日期的，以证上写的为准。"
        return
    if one.of is not None:
        yield f"获准延长的，接在{shown(one.of.last)}后面再数，不是另起一头："
    lines = list(told(calendar, one.deadline))
    yield lines[0]
    if one.since is not None:
        yield f"先数满期：{shown(one.since.start)}起，满{one.since.length}个月是{shown(one.since.last)}，期限从那天起数。"
    yield from lines[1:]
    if one.since is not None:
        yield IN_GOOD_ORDER.format(day=shown(one.since.start), event=one.step.event.split("满")[0])
    if "收到" in one.step.event and one.anchor.act is not None and "提交" in one.anchor.act.value:
        yield "条款从收到那天起算，这里按提交的当天收到。"
    if one.deadline.last < today:
        yield f"今天是{shown(today)}，这一天已经过了{(today - one.deadline.last).days}天。"


def without_days(counting: Counting) -> Iterator[str]:
    """What its steps are counted from, and no day: where it is not clear that the clause is the one."""
    for step in (*(one.step for one in counting.counted), *counting.left_open):
        yield left_open(step, () if counting.counted else counting.anchors)


def left_open(step: Step, anchors: Sequence[Anchor]) -> str:
    """Why this step has no day, and what it is counted from."""
    length = f"{step.period.length}{_unit(step.period.unit)}"
    if step.kind is Kind.EXTENSION:
        return f"“{step.words}”：是加在前面那个期限后面的，不单独算。"
    if not step.event and step.kind is not Kind.VALIDITY:
        return f"“{step.words}”：条款没有写从哪天起算，我不替它定，给不出日子。"
    begins = f"从“{step.event}”那天起算" if step.event else "从证上写的日期起算"
    day = f"，不是从{shown(anchors[0].day)}起算" if anchors else ""
    if step.kind is Kind.WAIT:
        return f"“{step.words}”：{begins}{day}，满{length}才可以；告诉我那天是几号，我来数。"
    whose = "那一天要看机关什么时候办到，" if is_of_the_authority(step.event) else ""
    tell = "告诉我那天是几号，我来数。"
    if step.waits is not None:
        tell = f"告诉我从哪天开始{step.event.split('满')[0]}，或者满{step.waits.said}的那天是几号，我来数。"
    return f"“{step.words}”：{begins}{day}，当天不计，数{length}。{whose}现在给不出日子；{tell}"


def said_without_year(anchor: Anchor, today: date) -> Iterator[str]:
    """Where another year could have been meant."""
    if not anchor.guessed or 0 <= (today - anchor.day).days <= PLAINLY_THIS_YEAR:
        return
    ahead = "这一天还没到，先按它数；" if anchor.day > today else ""
    yield f"您没有说是哪一年，这里按{shown(anchor.day)}数：{ahead}不是这一年的，告诉我，我重新数。"


def of_own(source: Source, step: Step, own: Period, anchor: Anchor | None) -> str:
    """The clause beside a period that the person names."""
    if not step.period.same(own):
        return f"{named(source)}写的是“{step.words}”，和您说的{own.said}不一样，以条款为准。"
    differs = anchor is not None and act_of(step.event) not in {None, anchor.act}
    begins = f"条款是从“{step.event}”那天起算的，您说的如果不是那天，要按那天重新数。" if differs else ""
    return f"期限的依据是{named(source)}。{begins}"


def until(calendar: Calendar, day: date, today: date, source: Source, whose: str = "") -> str:
    """A day that the rule itself names."""
    left = (day - today).days
    lead = f"{whose}截止日是{shown(day)}"
    if left < 0:
        return f"{lead}，今天是{shown(today)}，已经过了{-left}天（自然日）。出自{named(source)}。"
    working = sum(calendar.is_working(today + timedelta(days=n)) for n in range(1, left + 1))
    unknown = [year for year in range(today.year, day.year + 1) if not calendar.knows(year)]
    about = "约" if unknown else ""
    years = "、".join(map(str, unknown))
    estimate = f"日子是条款写定的；只有工作日的天数，因为{years}年的放假安排还没有公布，是预计。" if unknown else ""
    rest = "" if calendar.is_working(day) else "那天不上班，请提前办。"
    return f"{lead}：今天是{shown(today)}，当天不计，还有{left}天，其中工作日{about}{working}天。{rest}{estimate}出自{named(source)}。"


def named(source: Source) -> str:
    return citing.name(source)


def _unit(unit: Unit) -> str:
    return "日（自然日，节假日也算在内）" if unit is Unit.NATURAL else unit.value


def _working(one: Deadline) -> Iterator[str]:
    if one.skipped:
        yield f"不算的休息日：{_ranges(one.skipped)}。"
    if one.made_up:
        yield f"补班算工作日：{_ranges(one.made_up)}。"


def _natural(calendar: Calendar, one: Deadline) -> Iterator[str]:
    if one.rolled == one.last:
        return
    later = f"预计顺延到{shown(one.rolled)}" if one.estimated else f"会顺延到{shown(one.rolled)}"
    yield (
        f"最后一天是休息日（{calendar.name(one.last)}）。文件没有写顺延，稳妥起见按{one.last.month}月{one.last.day}日前办好；"
        f"按《民法典》第二百零三条的算法{later}，能不能顺延以主管机构的口径为准。"
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
