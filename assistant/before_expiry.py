"""Times that a rule counts back from the day something runs out: 届满前30日内, 届满前90个工作日至15个工作日, 期满30日前."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.spans_of_time import Period, placed
from knowledge.calendar import Calendar, Unit

_RUNS_OUT = re.compile(r"(?:届满|期满|到期)(?:之日|日)?(?P<before>前)?")
_TO = re.compile(r"^(?:至|到|-|—|～)(?:届满前|期满前|前)?")
_WITHIN = re.compile(r"^(?:之|以)?内")
_BEFORE = re.compile(r"^(?:之|以)?前")
_AT_MOST = re.compile(r"(?:累计|合计|总共)[^，。；]{0,6}(?:不(?:得|能)?超过|最[长多])$|最长不(?:得|能)?超过$")
_MARK = "，,。；;\n"


@dataclass(frozen=True, slots=True)
class Window:
    """When something may be asked for before it runs out."""

    opens: Period | None
    """So long before the end it begins; None where the rule sets no first day."""
    closes: Period | None
    """So long before the end it is over; None where it lasts to the end itself."""
    words: str
    """The piece of the rule, as it is shown."""


@dataclass(frozen=True, slots=True)
class Days:
    """The window of something that runs out on a day that is known."""

    first: date | None
    last: date
    is_estimated: bool
    """It is counted through a year whose holidays are not known."""


def window_in(rule: str) -> Window | None:
    """The first that the rule sets."""
    for match in _RUNS_OUT.finditer(rule):
        rest = rule[match.end() :].replace("期间", "，，")
        found = list(placed(rest))
        if not found or found[0][1] > 0:
            continue
        period, _, end = found[0]
        words = _piece(rule, match.start(), match.end() + end)
        if _TO.match(rest[end:]):
            nearer = found[1] if len(found) > 1 and _TO.fullmatch(rest[end : found[1][1]]) else None
            return Window(period, nearer[0], words) if nearer and match["before"] else None
        if match["before"]:
            return Window(period, None, words) if _WITHIN.match(rest[end:]) else Window(None, period, words)
        if _BEFORE.match(rest[end:]):
            return Window(None, period, words)
    return None


def most_in_all(rule: str) -> Period | None:
    """累计不得超过3年: what all of it together may not exceed."""
    return next((one for one, start, _ in placed(rule) if _AT_MOST.search(rule[:start])), None)


def days_of(window: Window, end: date, calendar: Calendar) -> Days:
    """Counted back from the day it runs out, which itself does not count."""
    first = _back(end, window.opens, calendar) if window.opens else None
    last = _back(end, window.closes, calendar) if window.closes else end
    working = [one for one in (window.opens, window.closes) if one and one.unit is Unit.WORKING]
    known = all(calendar.knows(year) for year in range((first or last).year, end.year + 1))
    return Days(first, last, bool(working) and not known)


def _back(end: date, period: Period, calendar: Calendar) -> date:
    return calendar.before(end, period.length, period.unit).last


def _piece(rule: str, start: int, end: int) -> str:
    first = max(rule.rfind(mark, 0, start) for mark in _MARK) + 1
    after = re.search(f"[{_MARK}]", rule[end:])
    return re.sub(r"^第[^\s　]{1,8}条[\s　]+", "", rule[first : end + after.start() if after else len(rule)].strip())
