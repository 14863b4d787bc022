"""Days that a rule names itself: each year by 30 June, each quarter by the 15th of its first month."""

import re
from datetime import date

from assistant.spans_of_time import number

_QUARTERLY = re.compile(r"每季度首月(?P<d>\d{1,2})日前[^。；]{0,8}上一?季度")
_QUARTER = re.compile(r"(?:第)?(?P<n>[一二三四1-4])季(?![节])")
_YEARLY = re.compile(
    r"(?:每年|次年)[^。；，,]{0,20}?(?:\d{1,2}月\d{1,2}日(?:至|到|-|—|－)(?P<m>\d{1,2})月(?P<d>\d{1,2})日|(?P<bm>\d{1,2})月(?P<bd>\d{1,2})日(?:之|以)?(?:前|止))"
)
_SPAN = re.compile(r"每年(?:的)?(?P<am>\d{1,2})月(?P<ad>\d{1,2})日(?:至|到|-|—|－)(?P<bm>\d{1,2})月(?P<bd>\d{1,2})日")
_JOINS = re.compile(r"并入下一?个?季度")
_NAMES_QUARTER = re.compile(r"[一二三四1-4]季|[上这本]个?季")
_YEAR = re.compile(r"(?P<y>20\d\d)年?(?P<of>度)?")
_RELATIVE = {"去年": -1, "今年": 0, "明年": 1}
_OTHER_YEAR = re.compile(r"20\d\d|[去今明前后]年|上一?年|[一二两三]年前|年度")


def names_days(rule: str) -> bool:
    """Whether it names days of each year or quarter."""
    return _QUARTERLY.search(rule) is not None or _YEARLY.search(rule) is not None


def joins_next_quarter(rule: str) -> bool:
    """Who was late may apply with the next quarter, once."""
    return _JOINS.search(rule) is not None


def quarter_later(last: date) -> date:
    """The same day a quarter later."""
    return last.replace(year=last.year + (last.month > 9), month=(last.month + 2) % 12 + 1)


def each_year(rule: str, today: date) -> tuple[date, date] | None:
    """每年1月1日至6月30日, this year's."""
    match = _SPAN.search(rule)
    if match is None or re.search(r"20\d\d年", rule):
        return None
    first, last = (_date(today.year, int(match[f"{one}m"]), int(match[f"{one}d"])) for one in "ab")
    return (first, last) if first and last and first <= last else None


def of_quarter(text: str, rule: str, today: date, *, as_named: bool = False) -> tuple[date, str] | None:
    """每季度首月20日前申请上一季度: the day for the quarter that is named, else the next one to come; and whose it is.

    `as_named`: None where the text names no quarter.
    """
    match = _QUARTERLY.search(rule)
    if match is None or (as_named and not _NAMES_QUARTER.search(text)):
        return None
    day = int(match["d"])
    if named := _QUARTER.search(text):
        return _after_quarter(_year_of(text, today), number(named["n"]), day)
    now = (today.month - 1) // 3 + 1
    if re.search(r"上个?季", text):
        return _after_quarter(today.year - (now == 1), now - 1 or 4, day)
    if re.search(r"这个?季|本季", text):
        return _after_quarter(today.year, now, day)
    before = _after_quarter(today.year - (now == 1), now - 1 or 4, day)
    return before if before[0] >= today else _after_quarter(today.year, now, day)


def _after_quarter(year: int, quarter: int, day: int) -> tuple[date, str]:
    return date(year + (quarter == 4), quarter % 4 * 3 + 1, day), f"申请{year}年第{'一二三四'[quarter - 1]}季度的，"


def _year_of(text: str, today: date) -> int:
    if said := _YEAR.search(text):
        return int(said["y"])
    return today.year + next((years for word, years in _RELATIVE.items() if word in text), 0)


def of_year(text: str, rule: str, today: date) -> tuple[date, str] | None:
    """每年1月1日至6月30日: the next to come; of a year that is named only where the rule says which it belongs to."""
    match = _YEARLY.search(rule)
    if match is None or re.search(r"20\d\d年", rule):
        return None
    month, day = int(match["m"] or match["bm"]), int(match["d"] or match["bd"])
    if said := _YEAR.search(text):
        is_before = said["of"] is not None and "上一年度" in rule
        day_then = _date(int(said["y"]) + 1, month, day) if is_before else None
        return (day_then, f"报送{said['y']}年度的，") if day_then else None
    if _OTHER_YEAR.search(text):
        return None
    this_year, next_year = _date(today.year, month, day), _date(today.year + 1, month, day)
    coming = this_year if this_year is not None and this_year >= today else next_year
    return (coming, "") if coming else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
