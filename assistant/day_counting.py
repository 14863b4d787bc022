"""A clause read against what somebody says of their days: which periods can be counted for them, and which cannot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.acts import Act, Stage, act_of, begins_with, is_due, names_a_step, stages_asked
from assistant.matters_named import matters_of, told_in
from assistant.spans_of_time import Period, asks_for_the_day, asks_when, days_said, placed, without_days
from assistant.time_steps import Kind, Step, steps
from knowledge.calendar import Calendar, Deadline

_PIECE = re.compile(r"[^，,。；;！!？?\s]+")
_ASKING = re.compile(r"最[晚迟后]|哪|几号|几月|[什啥]么?时[候间]?|何时|几时|多久|几天|截止")
_NO_ACT = re.compile(
    r"开[店张业](?=的?补)|经营(?=许可|异常|场所|者)|登记(?=机关)|申请(?=表|书)|变更(?=执照|登记)|反映(?=专席)"
)
_PARTICLES = re.compile(r"就是|那天|当天|[是的了在于呢吧嘛啊]")
LEAST_SAID = 2
"""Characters beside a day from which its own piece of the sentence is to say what happened then."""
_NOT_EXTENDED = re.compile(r"不延[长期]|没(?:有)?延[长期]")
_MAY = re.compile(r"可以|方可|才[能可]|起可")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that somebody names, and what they say happened then."""

    day: date
    act: Act | None
    full: Period | None = None
    """正常经营满6个月 on that day."""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a question says."""

    text: str
    today: date
    anchors: tuple[Anchor, ...]
    stages: frozenset[Stage]
    matters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A step whose day follows from the rule and from what was said."""

    step: Step
    deadline: Deadline
    anchor: Anchor
    since: Deadline | None = None
    """The end of the time that has to pass first."""
    of: Deadline | None = None
    """Of an extension: the ordinary period it is added to."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A clause: what can be counted, and the steps whose day depends on something else."""

    counted: tuple[Counted, ...]
    left_open: tuple[Step, ...]
    anchors: tuple[Anchor, ...] = ()
    """The days that were named, whether or not anything is counted from them."""

    @property
    def days(self) -> frozenset[date]:
        return frozenset(one.deadline.last for one in self.counted)


def heard(text: str, today: date) -> Told:
    """What is said of days, and what is asked."""
    asking = "，".join(one[0] for one in _PIECE.finditer(text) if _ASKING.search(one[0])) or text
    return Told(text, today, tuple(_anchors(text, today)), stages_asked(asking), matters_of(text))


def in_rule_words(text: str, today: date) -> str:
    """The matter, the act and the step as rules call them: 许可 提交申请 发证."""
    told = heard(text, today)
    acts = [one.act.value for one in told.anchors if one.act]
    return " ".join([*sorted(told.matters), *acts, *(one.value for one in told.stages)]) or without_days(text)


def asks_to_count(text: str, today: date) -> bool:
    """Whether something is said to have happened on a day that is named, and the day of what follows is asked."""
    asks = asks_for_the_day(text) or (asks_when(text) and names_a_step(text))
    return asks and any(one.act is not None for one in _anchors(text, today))


def is_bare_day(text: str) -> bool:
    """11月25日: a day and nothing of it."""
    return not _PARTICLES.sub("", re.sub(r"[，,。！!？?\s]", "", without_days(text)))


def _anchors(text: str, today: date) -> Iterator[Anchor]:
    pieces = [*_PIECE.finditer(text)]
    said = days_said(text, today)
    taken = {row for row, piece in enumerate(pieces) for one in said if piece.start() <= one.start < piece.end()}
    for one in said:
        row = next((row for row, piece in enumerate(pieces) if piece.start() <= one.start < piece.end()), 0)
        own = pieces[row]
        words = text[own.start() : one.start] + text[max(one.end, own.start()) : own.end()]
        beside = [pieces[at][0] for at in (row + 1, row - 1) if 0 <= at < len(pieces) and at not in taken]
        is_bare = len(_PARTICLES.sub("", words)) < LEAST_SAID
        candidates = [_told(words), *(_told(piece) for piece in beside if is_bare)]
        telling = next((piece for piece in candidates if _act(piece) or _full(piece)), "")
        yield Anchor(one.day, _act(telling), _full(telling), one.guessed)


def _told(piece: str) -> str:
    """Only what is told: 受理的招牌审批最晚哪天作出决定 tells of no decision."""
    return _ASKING.split(piece, maxsplit=1)[0]


def _act(words: str) -> Act | None:
    return act_of(_NO_ACT.sub("", words)) if words else None


def _full(words: str) -> Period | None:
    return next((found for found, start, _ in placed(words) if words[:start].endswith("满")), None)


def counted_in(clause: str, told: Told, calendar: Calendar) -> Counting | None:
    """None where the clause sets no time for what is asked."""
    found = [one for one in steps(clause) if is_asked(one, told, clause)]
    due = [one for one in found if one.kind is Kind.VALIDITY or is_due(one.due, told.stages)]
    due = [one for one in due if one.kind is not Kind.EXTENSION]
    if not due:
        return None
    counted = [*_counted(found, told, calendar)]
    by_step = {id(one.step): one for one in counted}
    last = max(row for row, one in enumerate(found) if one in due)
    ends = [by_step[id(one)].deadline for one in due if id(one) in by_step]
    ahead = [] if ends else [one for one in found[:last] if id(one) in by_step]
    behind = [one for one in found if id(one) in by_step and by_step[id(one)].of in ends]
    shown = [one for one in found if one in due or one in ahead or one in behind]
    if not told.stages and any(id(one) in by_step for one in due):
        shown = [one for one in shown if id(one) in by_step]
    certain = tuple(by_step[id(one)] for one in shown if id(one) in by_step)
    return Counting(certain, tuple(one for one in shown if id(one) not in by_step), told.anchors)


def is_asked(step: Step, told: Told, clause: str) -> bool:
    """A step of the kind that is asked about, in a piece that is not about another matter."""
    if (step.kind is Kind.VALIDITY) is not (Stage.EXPIRING in told.stages):
        return False
    if step.kind is Kind.EXTENSION and _NOT_EXTENDED.search(told.text):
        return False
    if step.kind is Kind.OTHER or (step.kind is Kind.WAIT and not _MAY.search(step.due)):
        return False
    own = told_in(step.words) or told_in(step.sentence)
    is_named = bool(told_in(clause) & told.matters)
    return not (own and is_named and told.matters and not own & told.matters)


def _counted(found: Sequence[Step], told: Told, calendar: Calendar) -> Iterator[Counted]:
    limit: Counted | None = None
    for step in found:
        if step.kind is Kind.EXTENSION:
            if limit is not None:
                whole = calendar.after(limit.deadline.last, step.period.length, step.period.unit)
                yield Counted(step, whole, limit.anchor, of=limit.deadline)
            continue
        starts = [one for anchor in told.anchors if (one := _from(step, anchor, told, calendar))]
        exact = [one for one in starts if act_of(step.event) is one.anchor.act]
        limit = max(exact or starts, key=lambda one: one.anchor.day, default=None)
        if limit is not None:
            yield limit


def _from(step: Step, anchor: Anchor, told: Told, calendar: Calendar) -> Counted | None:
    """The step counted from that day, where it is the very day that the rule counts from."""
    if step.kind is Kind.VALIDITY:
        is_start = anchor.act in {Act.ISSUED, Act.REGISTERED}
        return Counted(step, _after(anchor.day, step.period, calendar), anchor) if is_start else None
    since = None
    if step.waits is not None and anchor.full is not None:
        if not step.waits.same(anchor.full):
            return None
    elif not begins_with(step.event, anchor.act, told.text) or anchor.full is not None:
        return None
    elif step.waits is not None:
        since = _after(anchor.day, step.waits, calendar)
    return Counted(step, _after(since.last if since else anchor.day, step.period, calendar), anchor, since)


def _after(day: date, period: Period, calendar: Calendar) -> Deadline:
    return calendar.after(day, period.length, period.unit)
