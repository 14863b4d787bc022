"""The periods of a clause: what each begins with, what is due in it, which only adds to another or only describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.spans_of_time import Period, placed


class Kind(StrEnum):
    LIMIT = "limit"
    """Something is due within it."""
    EXTENSION = "extension"
    """Added to the limit before it."""
    VALIDITY = "validity"
    """How long a paper holds."""
    WAIT = "wait"
    """满3个月可以申请: the earliest day, not the last."""
    OTHER = "other"
    """Counted backwards, a greatest length, a condition: no day follows from it here."""


@dataclass(frozen=True, slots=True)
class Step:
    period: Period
    kind: Kind
    event: str
    """What it begins with, in the words of the clause; empty where the clause does not say."""
    words: str
    """The piece of the clause, as it is shown."""
    due: str
    """What follows the period: 内办结并回复."""
    sentence: str
    """From its beginning to this period, which may name the matter once for all its pieces."""
    waits: Period | None = None
    """正常经营满6个月之日起12个月内: first that is counted from the event."""


_SENTENCE = re.compile(r"[^。；;\n]+")
_PIECE = "，,。；;\\n"
_BEGINS = re.compile(r"自(?P<event>[^，,。；;、]{1,24}?)(?:之日|当日|的?当天)?起[，,]?(?P<who>[^。；;]{0,16})$")
_THAT_DAY = re.compile(r"(?P<event>[^，,。；;、：:]{1,14}?)(?:之日|当日)起[，,]?(?P<who>[^。；;]{0,16})$")
_AFTER = re.compile(r"(?P<event>[^，,。；;、：:]{1,16}?)(?:之后|以后|后)[，,]?$")
_INSIDE = re.compile(r"^(?:（[^（）]{0,8}）)?(?:之|以)?内(?!的)")
_DONE_IN = re.compile(r"(?:（[^（）]{0,8}）)?(?:之|以)?内?[^内]")
"""Something is due in it: 自登记之日起3年内，按租金的50%补贴 sets no time to do anything."""
_NEXT = re.compile(r"在|由|向|将|把|应|须|完成|作出|提出|通过")
"""3个工作日内，在平台下线: what is due stands behind the mark."""
_EXTENDS = re.compile(
    r"(?:再|可以|可|予以)?延长(?:一次)?[，,]?(?:最多|最长)?(?:不(?:得)?超过)?$|延长一次[，,][^。；;，,]{0,6}$"
)
_FULL = re.compile(r"(?P<event>[^，,。；;、：:]{0,16})满$")
_FULL_TO = re.compile(r"^(?:之日|当日|的?当天)起")
_HOLDS = re.compile(r"有效期(?:限)?(?:为|是)?$")
_AT_MOST = re.compile(r"最[长多高]|不超过|不得超过|累计|不少于|不低于|期限(?:为)?$|保留期|试行期|公示期?(?:为)?$|提前$")
_BACKWARDS = re.compile(r"前$|前[^，,]{0,2}$")
_NEVER = re.compile(r"^[^，,。；;]{0,6}不(?:得|再|予|适用|能)")
_FOLLOWS = re.compile(r"^[^，,；;]*[、，,](?:并|应当|应|在|于|须)*$")
"""Nothing but the mark of a list between a period and the next: it begins with the same."""


def steps(clause: str) -> Iterator[Step]:
    """In the order of the clause."""
    for sentence in _SENTENCE.finditer(clause):
        yield from _of_sentence(sentence[0])


def _of_sentence(text: str) -> Iterator[Step]:
    found = list(placed(text))
    before: Step | None = None
    last = 0
    for row, (period, start, end) in enumerate(found):
        head, until = text[last:start], found[row + 1][1] if row + 1 < len(found) else len(text)
        tail = text[end:until]
        step = _step(period, head, tail, (_piece(text, start, end), text[:end]), before)
        before = step if step.kind is not Kind.OTHER else None
        yield step
        last = end


def _step(period: Period, head: str, tail: str, words: tuple[str, str], before: Step | None) -> Step:
    def made(kind: Kind, event: str = "", waits: Period | None = None, *, due: str | None = None) -> Step:
        return Step(period, kind, event, words[0], after if due is None else due, words[1], waits)

    after, *rest = re.split(f"[{_PIECE}]", tail, maxsplit=2)
    if rest and re.fullmatch(r"(?:之|以)?内", after) and _NEXT.match(rest[0]):
        after += rest[0]
    full = _FULL.search(head)
    if full:
        leads_on = _FULL_TO.match(tail) is not None
        return made(Kind.WAIT, _plain(full["event"]), due="" if leads_on else after)
    if before and before.kind is Kind.WAIT and _FULL_TO.match(head) and not before.due:
        kind = Kind.LIMIT if _INSIDE.match(tail) and not _NEVER.match(tail) else Kind.OTHER
        return made(kind, f"{before.event}满{before.period.said}", before.period)
    if _EXTENDS.search(head):
        return made(Kind.EXTENSION)
    if _HOLDS.search(head):
        return made(Kind.VALIDITY)
    event = _event(head)
    is_limit = _INSIDE.match(tail) is not None or (event != "" and re.match(r"[^，,。；;、至到-]{2}", tail) is not None)
    if (
        not is_limit
        or not _DONE_IN.match(after)
        or _NEVER.match(tail)
        or _AT_MOST.search(_near(head))
        or _BACKWARDS.search(head)
    ):
        return made(Kind.OTHER, event)
    if not event and before and before.kind is Kind.LIMIT and _FOLLOWS.match(head):
        return made(Kind.LIMIT, before.event, before.waits)
    return made(Kind.LIMIT, event)


def _near(head: str) -> str:
    """What stands right before a period, behind the day it begins with."""
    return re.split(r"起|[，,、]", head)[-1]


def _event(head: str) -> str:
    """自受理之日起, 决定之日起, 审核通过后; the last one named before the period."""
    begins = [*_BEGINS.finditer(head)]
    if begins:
        return _plain(begins[-1]["event"].split("自")[-1])
    for pattern in (_THAT_DAY, _AFTER):
        if match := pattern.search(head):
            return _plain(match["event"])
    return ""


def _plain(event: str) -> str:
    """Only what happens: without the number of the clause, whose act it is, and 自."""
    for lead in _LEADS:
        event = lead.sub("", event)
    return event.strip()


_LEADS = tuple(map(re.compile, (r"^\s*\d{1,2}[.．、]", r"^.*[\s　]", r"^.*自", r"^.*在(?=..)", r"^(?:之|以)?内|^的")))


def _piece(text: str, start: int, end: int) -> str:
    """From mark to mark."""
    first = max(text.rfind(mark, 0, start) for mark in "，,。；;\n") + 1
    after = re.search(f"[{_PIECE}]", text[end:])
    whole = text[first : end + after.start() if after else len(text)].strip()
    return re.sub(r"^\d{1,2}[.．、](?=\D)|^第[^\s　]{1,8}条[\s　]+", "", whole)
