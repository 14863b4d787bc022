"""Days and periods as people say them: 10月8日, 上周五, 十五个工作日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.calendar import Unit

LONGEST_YEARS = 100
"""2026年 is no period."""
_HAN = "零一二三四五六七八九"
_NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5}|半)"
_PERIOD = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?P<unit>个?工作日|个?自然日|个?月|日|天|周|个?星期|年)(?!\d|[前起]?[份号]|期|历|常|程|报|销|营业)"
)
_FULL = re.compile(r"(?P<y>20\d\d|(?<!\d)\d\d(?=年))[年.\-/](?P<m>\d{1,2})[月.\-/](?P<d>\d{1,2})[日号]?")
_HAN_MONTH, _HAN_DAY = "十[一二]?|[一二三四五六七八九]", "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_MONTH_DAY = re.compile(
    rf"(?<![\d年个])(?P<m>\d{{1,2}}|{_HAN_MONTH})(?:月份?|\.(?=\d))(?P<d>\d{{1,2}}|(?:{_HAN_DAY})(?=[日号]))[日号]?(?!\d)"
)
_DAY_ONLY = re.compile(rf"(?<![\d月.第一二三四五六七八九十])(?P<d>\d{{1,2}}|{_HAN_DAY})号(?!楼|窗|店|厅|线)")
_WORDS = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "今儿": 0, "明天": 1, "后天": 2}
_WEEKDAY = re.compile(
    r"(?P<which>上上|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!个?月|年|次)"
)


@dataclass(frozen=True, slots=True)
class Period:
    length: int
    unit: Unit
    said: str


def periods(text: str) -> Iterator[Period]:
    """工作日 and 日 kept apart; weeks as days, years as months."""
    for match in _PERIOD.finditer(text):
        found = _period(match["n"], match["unit"], match[0])
        is_day_of_month = match["unit"] == "日" and text[: match.start()].endswith("月")
        if found and found.length and not is_day_of_month:
            yield found


def _period(said: str, unit: str, whole: str) -> Period | None:
    if said == "半":
        return Period(6, Unit.MONTHS, whole) if unit == "年" else None
    length = number(said)
    if "工作日" in unit:
        return Period(length, Unit.WORKING, whole)
    if "月" in unit:
        return Period(length, Unit.MONTHS, whole) if "个" in unit else None
    if unit == "年":
        return Period(length * 12, Unit.MONTHS, whole) if length < LONGEST_YEARS else None
    return Period(length * 7 if unit.endswith(("周", "星期")) else length, Unit.NATURAL, whole)


def number(text: str) -> int:
    """十五 → 15, 一百二十 → 120, 两 → 2."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for one in text.replace("两", "二"):
        if one == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif one == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif one in _HAN:
            digit = _HAN.index(one)
    return total + digit


def day_said(text: str, today: date) -> date | None:
    """The first day that is named; one without a year is the nearest, one that does not exist is none."""
    if match := _FULL.search(text):
        return _date(int(match["y"]) % 2000 + 2000, int(match["m"]), int(match["d"]))
    if match := _MONTH_DAY.search(text):
        return _nearest(today, number(match["m"]), number(match["d"]))
    for word, days in _WORDS.items():
        if word in text:
            return today + timedelta(days=days)
    if match := _WEEKDAY.search(text):
        return _weekday(today, match["which"] or "", match["day"])
    if match := _DAY_ONLY.search(text):
        return _date(today.year, today.month, number(match["d"]))
    return None


def without_days(text: str) -> str:
    """What is asked, without the days that are named in it."""
    for pattern in (_FULL, _MONTH_DAY, _WEEKDAY, _DAY_ONLY):
        text = pattern.sub("", text)
    return re.sub("|".join(_WORDS), "", text)


def _weekday(today: date, which: str, day: str) -> date:
    row = "一二三四五六日".index(day.replace("天", "日"))
    weeks = {"上上": -2, "上": -1, "下": 1}.get(which.removesuffix("个"), 0)
    return today - timedelta(days=today.weekday()) + timedelta(days=row, weeks=weeks)


def _nearest(today: date, month: int, day: int) -> date | None:
    found = [one for year in (today.year - 1, today.year, today.year + 1) if (one := _date(year, month, day))]
    return min(found, key=lambda one: abs((one - today).days), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
