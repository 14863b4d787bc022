"""Facts have a type: reading what people, files and programs give, and showing it in Chinese.

Money is kept in 元, ratios as fractions of one, periods in the unit of the fact.
"""

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from knowledge import regions
from knowledge.errors import UnknownRegion

Value = bool | int | Decimal | date | str


class FactType(StrEnum):
    YES_NO = "yes_no"
    WHOLE = "whole"
    MONEY = "money"
    RATIO = "ratio"
    DATE = "date"
    PERIOD = "period"
    CHOICE = "choice"
    REGION = "region"


class Unreadable(ValueError):
    """Carries what is wanted instead, in words."""


_YES = frozenset({"是", "有", "对", "是的", "有的", "true", "yes", "y", "1"})
_NO = frozenset({"否", "没有", "不是", "无", "没", "不", "false", "no", "n", "0"})
_MONEY = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)\s*(亿|千万|百万|万|千|百)?\s*(?:元|块|块钱|人民币)?")
_LARGE = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100}
_WHOLE = re.compile(r"([+-]?[\d,]+)\s*(?:人|个|名|位|户|次|家|张|项|平方米|岁|周岁|公里|米)?")
_RATIO = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%|‰)")
_PERIOD = re.compile(r"(\d+)\s*(个月|月|年|天|日)?")
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")
_IN_UNITS = {"年": {"年": 1}, "月": {"月": 1, "个月": 1, "年": 12}, "天": {"天": 1, "日": 1}}


def read(kind: FactType, given: object, *, unit: str = "", options: tuple[str, ...] = ()) -> Value:
    """The value of what somebody gave. Raises Unreadable."""
    if kind is FactType.CHOICE:
        return _choice(given, options)
    if kind is FactType.PERIOD:
        return _period(given, unit or "月")
    return _READ[kind](given)


def _yes_no(given: object) -> bool:
    if isinstance(given, bool):
        return given
    said = str(given).strip().lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise Unreadable("是或者否")


def _whole(given: object) -> int:
    wanted = Unreadable("整数")
    if isinstance(given, bool):
        raise wanted
    if isinstance(given, int):
        return given
    match = _WHOLE.fullmatch(str(given).strip())
    if not match:
        raise wanted
    return int(match[1].replace(",", ""))


def _money(given: object) -> Decimal:
    wanted = Unreadable("金额，如 80000 或 8万元")
    if isinstance(given, bool):
        raise wanted
    match = _MONEY.fullmatch(str(given).strip())
    if not match:
        raise wanted
    return plain(_decimal(match[1].replace(",", ""), wanted) * _LARGE.get(match[2] or "", 1))


def _ratio(given: object) -> Decimal:
    wanted = Unreadable("比例，如 1.5%")
    if isinstance(given, bool):
        raise wanted
    match = _RATIO.fullmatch(str(given).strip())
    if match:
        return plain(Decimal(match[1]) / (100 if match[2] == "%" else 1000))
    return plain(_decimal(str(given).strip(), wanted))


def _decimal(text: str, wanted: Unreadable) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise wanted from None
    if not value.is_finite():
        raise wanted
    return value


def _date(given: object) -> date:
    if isinstance(given, date):
        return given
    match = _DATE.fullmatch(str(given).strip())
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise Unreadable("日期，如 2025-07-01")


def _period(given: object, unit: str) -> int:
    wanted = Unreadable(f"时间长短，以{unit}计，如 {'6个月' if unit == '月' else '3' + unit}")
    if isinstance(given, bool):
        raise wanted
    match = _PERIOD.fullmatch(str(given).strip())
    factors = _IN_UNITS.get(unit, {unit: 1})
    if not match or (match[2] or unit) not in factors:
        raise wanted
    return int(match[1]) * factors[match[2] or unit]


def _choice(given: object, options: tuple[str, ...]) -> str:
    said = str(given).strip()
    if said not in options:
        raise Unreadable("这些之一：" + "、".join(options))
    return said


def _region(given: object) -> str:
    said = str(given).strip()
    try:
        return regions.resolve(said)
    except UnknownRegion as error:
        ending = [code for code, whole in _full_names().items() if said and whole.endswith(said)]
        if len(ending) == 1 and said.endswith(regions.name(ending[0])):
            return ending[0]
        raise Unreadable("地区名称（如 武汉市）或六位区划代码") from error


@functools.cache
def _full_names() -> dict[str, str]:
    """青禾市南屏区 is how people write it: without the province."""
    return {code: regions.full_name(code) for code in regions.names()}


_READ: Mapping[FactType, Callable[[object], Value]] = MappingProxyType(
    {
        FactType.YES_NO: _yes_no,
        FactType.WHOLE: _whole,
        FactType.MONEY: _money,
        FactType.RATIO: _ratio,
        FactType.DATE: _date,
        FactType.REGION: _region,
    }
)


def plain(value: Decimal) -> Decimal:
    """0.50 and 0.5, 20000 and 2E+4 as one."""
    return Decimal(f"{value.normalize():f}")


def show(kind: FactType, value: Value, *, unit: str = "") -> str:
    """As people write it: 8万元, 1.5%, 2025年7月1日."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind is FactType.MONEY and isinstance(value, (Decimal, int)):
        return money(Decimal(value))
    if kind is FactType.RATIO and isinstance(value, (Decimal, int)):
        return f"{plain(Decimal(value) * 100):f}%"
    if isinstance(value, date):
        return day(value)
    if kind is FactType.PERIOD:
        return f"{value}个月" if (unit or "月") == "月" else f"{value}{unit}"
    if kind is FactType.REGION:
        return regions.name(str(value))
    return f"{value}{unit}" if kind is FactType.WHOLE else str(value)


def money(value: Decimal) -> str:
    """Whole hundreds above 10,000 in 万, the rest as written; cents are kept."""
    for size, word in ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元")):
        if abs(value) >= size and value % (size / 100) == 0:
            return f"{plain(value / size):f}{word}"
    return f"{plain(value):f}元"


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
