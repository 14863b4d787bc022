"""Numbers, sums, dates and periods as people say them: 八万五, 1.2万, 去年七月, 半年, 三个人.

What is vague (十几个, 七八万, 8到10万, 不到5万) is left alone: it is no figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.numbering import DIGITS
from knowledge.rules.comparisons import add_months

_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LETTERS = {"k": 1000, "w": 10**4}
_NUMBER = r"(?:\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)"
_SCALED = rf"{_NUMBER}(?:[十百千万亿]+(?:\d|[一二三四五六七八九](?![十百千万亿个]))?|[kKwW])?"
_VAGUE_BEFORE = re.compile(
    r"(?:不是|不止|没有|不到|不足|不超过|没超过|超过|至少|最多|最高|将近|快|好几|几|近|第|[\d.]\s*[到至~—－-]\s*|[十百千万]\s*[到至~—－-]\s*)$"
)
_VAGUE_AFTER = re.compile(r"^\s*(?:多(?!少)|来|几|余|以上|以下|以内|左?右?[到至~—－-]\s*[\d一二三四五六七八九十]|出头)")
_SEVERAL = re.compile(r"[一二三四五六七八九两][一二三四五六七八九](?:[十百千万个]|$)|十几|几[十百千万]|好几")
_MONEY = re.compile(rf"({_SCALED})\s*(?:元|块钱|块|人民币)?")
_MONEY_UNIT = re.compile(r"(?:元|块钱|块|人民币)$")
_PERIOD = re.compile(rf"(?:({_NUMBER}|半)个?(年|月|天|日)半?|半年)")
_OTHER_UNITS = tuple("年月日号天周岁点元块毛%％")
"""Behind a bare number: it counts no people and no things."""
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "大前年": -3}
_MONTH = r"(\d{1,2}|[一二三四五六七八九十]{1,3})月份?"
_DAY = r"(?:(\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号])?"
_YEAR = r"(大前年|前年|去年|今年|本年|(?:20)?\d{2}年|二[零〇][一二三四五六七八九零〇]{2}年)"
_DATE = re.compile(rf"(?:{_YEAR}的?)?{_MONTH}{_DAY}|(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})")
_NEAR = re.compile(r"(上个?月|这个月|本月)(?:(\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?|(昨天|前天|今天)")
_AGO = re.compile(
    rf"({_NUMBER}|半)个?(年|月|天|星期|周)半?(?:之?前|以前|了)|(?:有|满|快)?({_NUMBER}|半)个?(年|月)了"
    rf"|(?:开业|开张|开店|开|营业|经营|成立|注册)(?:了|才|刚|已经|有|满|也)*({_NUMBER}|半)个?(年|月|天)(?!前)"
)
_NEAR_DAYS = {"今天": 0, "昨天": 1, "前天": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it was said."""

    value: Decimal | date | int
    start: int
    end: int
    unit: str = ""
    rough: bool = False
    """The day of a month that was not said: the first is taken, to be confirmed."""


def number(text: str) -> Decimal | None:
    """八万五 → 85000, 1.2万 → 12000, 一百二 → 120; None for what is no number."""
    text = text.replace(",", "").replace("，", "").strip()
    if not text or _SEVERAL.search(text):
        return None
    if text[-1].lower() in _LETTERS and _is_plain(text[:-1]):
        return Decimal(text[:-1]) * _LETTERS[text[-1].lower()]
    if _is_plain(text):
        return Decimal(text)
    if "点" in text and not any(size in text for size in "万亿"):
        whole, _, part = text.partition("点")
        head = number(whole)
        return None if head is None else head + Decimal("0." + "".join(str(DIGITS[one]) for one in part))
    return _chinese(text)


def _is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", text))


def _chinese(text: str) -> Decimal | None:
    for size in ("亿", "万"):
        if size in text:
            head, _, tail = text.rpartition(size)
            above = number(head) if head else None
            below = _tail(tail, _SIZES[size])
            return None if above is None or below is None else above * _SIZES[size] + below
    return _small(text)


def _tail(text: str, size: int) -> Decimal | None:
    """八万五: the five are five thousand; 八万零五: five."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and (text in DIGITS or text.isdecimal()):
        return Decimal(int(text) if text.isdecimal() else DIGITS[text]) * size / 10
    return number(text.lstrip("零〇"))


def _small(text: str) -> Decimal | None:
    """Below ten thousand, digits and numerals mixed: 三千二, 3千, 一百零五, 二十三."""
    total, digit, size = Decimal(0), None, 1
    for place, char in enumerate(text):
        if char.isdecimal():
            digit = Decimal(int(char)) if digit is None or not text[place - 1].isdecimal() else digit * 10 + int(char)
        elif char in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = Decimal(DIGITS[char])
        elif char in _SIZES:
            size = _SIZES[char]
            total += (Decimal(1) if digit is None else digit) * size
            digit = None
        else:
            return None
    if digit is None:
        return total
    is_short = size >= 100 and text[-1] != text[0] and len(text) > 1 and text[-2] in _SIZES
    return total + digit * (size // 10 if is_short else 1)


def _clear(text: str, start: int, end: int) -> bool:
    """No word around that makes the figure vague."""
    return not (
        _VAGUE_BEFORE.search(text[:start]) or _VAGUE_AFTER.match(text[end:]) or _SEVERAL.search(text[start : end + 1])
    )


def sums(text: str, *, bare: bool = False) -> Iterator[Found]:
    """Sums of money: with 元 or 万; `bare`, a plain number will do."""
    for match in _MONEY.finditer(text):
        value = number(match[1])
        has_unit = bool(_MONEY_UNIT.search(match[0])) or bool(re.search(r"[万亿千kKwW]", match[1]))
        behind = text[match.end() : match.end() + 1]
        if value is None or not (has_unit or bare) or (behind and behind in "个人名位年月日号天户家岁次%％平米件"):
            continue
        if _clear(text, match.start(), match.end()):
            yield Found(value, match.start(), match.end())


def counts(text: str, units: str, *, bare: bool = False) -> Iterator[Found]:
    """Whole numbers of people or things; “我们俩” are two, “就我一个人” is one."""
    pattern = re.compile(rf"({_NUMBER})\s*(?:{units})" if not bare else rf"({_NUMBER})\s*(?:{units})?")
    for match in pattern.finditer(text):
        value = number(match[1])
        if bare and text[match.end() : match.end() + 1] in _OTHER_UNITS:
            continue
        if value is not None and value == value.to_integral_value() and _clear(text, match.start(), match.end()):
            yield Found(int(value), match.start(), match.end())


def periods(text: str, unit: str) -> Iterator[Found]:
    """Months or years, in the unit asked for; 半年 is six months."""
    for match in _PERIOD.finditer(text):
        if not _clear(text, match.start(), match.end()):
            continue
        months = _months(match[0])
        if months is not None and unit == "月":
            yield Found(months, match.start(), match.end())
        elif months is not None and unit == "年" and months % 12 == 0:
            yield Found(months // 12, match.start(), match.end())


def _months(said: str) -> int | None:
    if said == "半年":
        return 6
    match = re.fullmatch(rf"({_NUMBER}|半)个?(年|月)(半?)", said)
    if not match or match[1] == "半":
        return None
    value = number(match[1])
    if value is None or value != value.to_integral_value():
        return None
    half = 6 if match[3] and match[2] == "年" else 0
    return None if match[3] and match[2] == "月" else int(value) * (12 if match[2] == "年" else 1) + half


def ratios(text: str) -> Iterator[Found]:
    for match in re.finditer(rf"(\d+(?:\.\d+)?)\s*[%％]|百分之({_NUMBER})", text):
        value = number(match[1] or match[2])
        if value is not None and _clear(text, match.start(), match.end()):
            yield Found(value / 100, match.start(), match.end())


def dates(text: str, today: date) -> Iterator[Found]:
    """Days in the past; of a month alone, its first day, marked as rough."""
    taken: list[tuple[int, int]] = []
    for find in (_exact, _near, _ago):
        for found in find(text, today):
            if not any(found.start < end and start < found.end for start, end in taken):
                taken.append((found.start, found.end))
                yield found


def _exact(text: str, today: date) -> Iterator[Found]:
    for match in _DATE.finditer(text):
        if match[4]:
            parts = int(match[4]), int(match[5]), int(match[6])
            day = _day(*parts)
        else:
            month = number(match[2])
            said = number(match[3].replace("廿", "二十")) if match[3] else Decimal(1)
            if month is None or said is None:
                continue
            day = _past(_year(match[1], today), int(month), int(said), today)
        if day is not None and day <= today:
            yield Found(day, match.start(), match.end(), rough=not match[4] and not match[3])


def _year(said: str | None, today: date) -> int | None:
    if said is None:
        return None
    if said in _YEARS:
        return today.year + _YEARS[said]
    figures = "".join(one if one.isdecimal() else str(DIGITS[one]) for one in said.removesuffix("年"))
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _past(year: int | None, month: int, day: int, today: date) -> date | None:
    """The latest such day that is not to come, where no year was said."""
    if year is not None:
        return _day(year, month, day)
    this = _day(today.year, month, day)
    return this if this is not None and this <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(text: str, today: date) -> Iterator[Found]:
    for match in _NEAR.finditer(text):
        if match[3]:
            yield Found(today - timedelta(days=_NEAR_DAYS[match[3]]), match.start(), match.end())
            continue
        first = today.replace(day=1) if match[1] in {"这个月", "本月"} else add_months(today.replace(day=1), -1)
        said = number(match[2]) if match[2] else Decimal(1)
        day = None if said is None else _day(first.year, first.month, int(said))
        if day is not None and day <= today:
            yield Found(day, match.start(), match.end(), rough=not match[2])


def _ago(text: str, today: date) -> Iterator[Found]:
    for match in _AGO.finditer(text):
        if not _clear(text, match.start(), match.end()) or match[0].startswith("快"):
            continue
        said, unit = [one for one in match.groups() if one]
        if unit in {"天", "星期", "周"}:
            value = number(said)
            days = None if value is None else int(value) * (1 if unit == "天" else 7)
            day = None if days is None else today - timedelta(days=days)
        else:
            months = _months(
                f"{said}年" if unit == "年" and said != "半" else "半年" if unit == "年" else f"{said}个月"
            )
            day = None if months is None or "半" in match[0][1:] else add_months(today, -months)
        if day is not None:
            yield Found(day, match.start(), match.end(), rough=unit != "天")
