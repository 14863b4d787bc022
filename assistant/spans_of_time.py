"""Days and periods as people say them: 10月8日, 上周五, 十五个工作日; which length is to be counted, which only told."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.calendar import Unit

LONGEST_YEARS = 100
"""2026年 is no period."""
SOON = 45
"""Days ahead within which a day without a year is taken for the coming one, and the answer says so."""
LONG_AGO = 300
LEAST_SAID = 3
"""Characters beside a day from which its piece of the sentence says what it is of: 就是20号 does not."""
_HAN = "零一二三四五六七八九"
_NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5}|半)"
_PERIOD = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?P<unit>个?工作日|个?自然日|个?月|日|天|周|个?星期|年)(?!\d|[前起]?[份号]|期|历|常|程|报|销|营业)"
)
_FULL = re.compile(r"(?P<y>20\d\d|(?<!\d)\d\d(?=年))[年.\-/](?P<m>\d{1,2})[月.\-/](?P<d>\d{1,2})[日号]?")
_HAN_MONTH, _HAN_DAY = "十[一二]?|[一二三四五六七八九]", "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_MONTH_DAY = re.compile(
    rf"(?:(?P<year>{'|'.join(_YEARS)})的?|(?<![\d年个]))(?P<m>\d{{1,2}}|{_HAN_MONTH})(?:月份?|\.(?=\d))(?P<d>\d{{1,2}}|(?:{_HAN_DAY})(?=[日号]))[日号]?(?!\d)"
)
_OF_MONTH = re.compile(rf"(?P<which>上上个?|上个?|这个?|本|下个?)月(?P<d>\d{{1,2}}|{_HAN_DAY})[日号]")
_DAY_ONLY = re.compile(rf"(?<![\d月.第一二三四五六七八九十])(?P<d>\d{{1,2}}|{_HAN_DAY})号(?!楼|窗|店|厅|线)")
_WORDS = {"大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "今天": 0, "今日": 0, "今儿": 0, "大后天": 3, "明天": 1, "明儿": 1, "后天": 2}  # fmt: skip
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_AGO = re.compile(rf"(?P<n>{_NUMBER})天(?:之|以)?前(?=[^，,。；;！!？?]{{0,10}}[的了过])")
_WEEKDAY = re.compile(
    r"(?P<which>上上|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!个?月|年|次)"
)
_AHEAD = re.compile(r"打算|准备|计划|想在|将要?|要是|如果|假如|等到|的话|到期(?![的了])|截止|再去|才能|能不能")
_DONE = re.compile(r"[的了过]|受理|提交|递交|收到|接到|拿到|开(?:店|业|张)|领(?:执?照|证)|登记|公示|通过|发[的了证]|批")
_BREAK = "，,。；;！!？?\\s"
_ASKS = re.compile(r"哪一?[天日]|几号|几月|什么时[候间]|啥时[候间]?|何时|几时|多会儿|多咱")
_TOLD_BEFORE = re.compile(
    r"(?:满|前|第|每|了|(?<!再)过|已经?|有|都|才|就|快|大概|将近|不到|差|店|业|张|照|手|校|役|干|做|开|经营|等|拖|欠|缴|交|歇|毕业|登记|成立)(?:了|有|已经?|到)?$"
)
_TOLD_AFTER = re.compile(r"^(?:了|多|来|以上|以下|(?:之|以)?前|(?:之|以)?内的|的(?!期限|时限|时间|话))")
_ASKED_WITHIN = 14


@dataclass(frozen=True, slots=True)
class Period:
    length: int
    unit: Unit
    said: str

    def same(self, other: "Period | None") -> bool:
        """As long, however it is said."""
        return other is not None and (self.length, self.unit) == (other.length, other.unit)


@dataclass(frozen=True, slots=True)
class DaySaid:
    day: date
    start: int
    end: int
    guessed: bool = False
    """The year was not said."""


def placed(text: str) -> Iterator[tuple[Period, int, int]]:
    """Periods with where they stand; 工作日 and 日 kept apart, weeks as days, years as months."""
    for match in _PERIOD.finditer(text):
        found = _period(match["n"], match["unit"], match[0])
        is_day_of_month = match["unit"] == "日" and text[: match.start()].endswith("月")
        if found and found.length and not is_day_of_month:
            yield found, match.start(), match.end()


def periods(text: str) -> Iterator[Period]:
    return (found for found, _, _ in placed(text))


def to_count(text: str) -> Period | None:
    """The length that somebody wants counted; 正常经营满6个月 and 拖了15天 only tell how it stands."""
    return next((found for found, start, end in placed(text) if _is_to_count(text, found, start, end)), None)


def _is_to_count(text: str, period: Period, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    if period.unit is Unit.WORKING and is_backwards(text, period):
        return True
    if _TOLD_BEFORE.search(before) or _TOLD_AFTER.match(after):
        return False
    asked = re.split(r"[。；;？?！!]", after, maxsplit=1)[0][:_ASKED_WITHIN]
    return re.match(r"(?:之|以)?内", after) is not None or _ASKS.search(asked) is not None


def asks_for_the_day(text: str) -> bool:
    """哪天, 几号, 最晚: a day of the calendar, not only how long."""
    return re.search(r"哪一?[天日]|几号|最[晚迟]", text) is not None


def asks_when(text: str) -> bool:
    return _ASKS.search(text) is not None


def is_backwards(text: str, period: Period) -> bool:
    """5个工作日前, 提前5个工作日."""
    said = re.escape(period.said)
    return re.search(rf"{said}(?:之|以)?前|提前[^，。]{{0,4}}{said}", text) is not None


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


def days_said(text: str, today: date) -> list[DaySaid]:
    """All days that are named, in order; one that does not exist is none.

    A day without a year is the newest one not after today, unless the words speak of the future.
    """
    found: list[DaySaid] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            is_free = all(match.end() <= one.start or match.start() >= one.end for one in found)
            if is_free and (day := read(match, text, today)) is not None:
                guessed = pattern is _MONTH_DAY and match["year"] is None
                found.append(DaySaid(day, match.start(), match.end(), guessed))
    return sorted(found, key=lambda one: one.start)


def day_said(text: str, today: date) -> date | None:
    """The first day that is named."""
    return next((one.day for one in days_said(text, today)), None)


def without_days(text: str) -> str:
    """What is asked, without the days that are named in it."""
    for pattern in (_FULL, _MONTH_DAY, _OF_MONTH, _AGO, _WEEKDAY, _DAY_ONLY, _WORD):
        text = pattern.sub("", text)
    return text


def _around(match: re.Match[str], text: str) -> str:
    """The piece of the sentence that a day stands in, and the next where it says nothing else."""
    before = re.split(f"[{_BREAK}]", text[: match.start()])[-1]
    after = re.split(f"[{_BREAK}]", text[match.end() :], maxsplit=2)
    return before + "".join(after[: 1 if len(before + after[0]) >= LEAST_SAID else 2])


def _full(match: re.Match[str], _: str, __: date) -> date | None:
    return _date(int(match["y"]) % 2000 + 2000, int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], text: str, today: date) -> date | None:
    month, day = number(match["m"]), number(match["d"])
    if match["year"]:
        return _date(today.year + _YEARS[match["year"]], month, day)
    known = [one for year in range(today.year - 4, today.year + 5) if (one := _date(year, month, day))]
    past = max((one for one in known if one <= today), default=None)
    coming = min((one for one in known if one > today), default=None)
    if past is None or coming is None:
        return past or coming
    is_soon = (coming - today).days <= SOON and (today - past).days > LONG_AGO
    return coming if is_soon or _AHEAD.search(_around(match, text)) else past


def _of_month(match: re.Match[str], _: str, today: date) -> date | None:
    months = {"上上": -2, "上": -1, "下": 1}.get(match["which"].removesuffix("个"), 0)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _date(year, month + 1, number(match["d"]))


def _by_word(match: re.Match[str], _: str, today: date) -> date | None:
    return today + timedelta(days=_WORDS[match[0]])


def _ago(match: re.Match[str], _: str, today: date) -> date | None:
    return None if match["n"] == "半" else today - timedelta(days=number(match["n"]))


def _weekday(match: re.Match[str], text: str, today: date) -> date | None:
    row = "一二三四五六日".index(match["day"].replace("天", "日"))
    which = (match["which"] or "").removesuffix("个")
    weeks = {"上上": -2, "上": -1, "下": 1}.get(which, 0)
    day = today - timedelta(days=today.weekday()) + timedelta(days=row, weeks=weeks)
    return day - timedelta(weeks=1) if not which and day > today and _is_done(match, text) else day


def _day_only(match: re.Match[str], text: str, today: date) -> date | None:
    day = _date(today.year, today.month, number(match["d"]))
    if (day is None or day > today) and _is_done(match, text):
        last = today.replace(day=1) - timedelta(days=1)
        return _date(last.year, last.month, number(match["d"]))
    return day


def _is_done(match: re.Match[str], text: str) -> bool:
    around = _around(match, text)
    return _DONE.search(around) is not None and _AHEAD.search(around) is None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, date], date | None]], ...] = (
    (_FULL, _full),
    (_MONTH_DAY, _month_day),
    (_OF_MONTH, _of_month),
    (_AGO, _ago),
    (_WORD, _by_word),
    (_WEEKDAY, _weekday),
    (_DAY_ONLY, _day_only),
)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
