"""Numbers with their units, Arabic or Chinese, by value: 2万元, 二万元 and 20,000元 are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.numbering import to_int

DIGITS = "零〇一二三四五六七八九两"
NUMERAL = rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{DIGITS}十][{DIGITS}十百千万亿]*(?:点[{DIGITS}]+)?"
_LARGE = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100)}

_UNITS: dict[str, tuple[tuple[str, str], ...]] = {
    # group: (written, compared as); longer ones first within the pattern
    "金额": (("元", "元"), ("美元", "美元"), ("块钱", "元"), ("块", "元")),
    "比例": (
        ("%", "%"),
        ("‰", "‰"),
        ("个百分点", "百分点"),
        ("百分点", "百分点"),
        ("倍", "倍"),
        ("折", "折"),
        ("成", "成"),
    ),
    "时间": (
        ("个工作日", "工作日"),
        ("工作日", "工作日"),
        ("个自然日", "自然日"),
        ("自然日", "自然日"),
        ("个月", "个月"),
        ("月", "月"),
        ("个季度", "季度"),
        ("季度", "季度"),
        ("个小时", "小时"),
        ("小时", "小时"),
        ("分钟", "分钟"),
        ("秒", "秒"),
        ("周年", "年"),
        ("年", "年"),
        ("天", "日"),
        ("日", "日"),
        ("个星期", "周"),
        ("星期", "周"),
        ("周", "周"),
        ("课时", "课时"),
        ("学时", "学时"),
    ),
    "人": (("周岁", "岁"), ("岁", "岁"), ("人次", "人次"), ("人", "人"), ("名", "人"), ("位", "人")),
    "量": (
        *((unit, unit) for unit in "户家个件份次项类种批场期级台辆张笔间套处号楼层室栋幢点度页部起票条款档轮吨克米"),
        *((unit, unit) for unit in ("批次", "窗口", "公斤", "千克", "公里", "千米", "厘米")),
        *((unit, "平方米") for unit in ("平方米", "平米", "㎡")),
    ),
}
_OF = {written: (group, unit) for group, units in _UNITS.items() for written, unit in units}
_UNIT = "|".join(sorted(_OF, key=len, reverse=True))
_COUNTED = re.compile(
    r"(?:分(?:为|成)?|共|有|这|下面|以下)?[两二三四五六](?:种|类|步|点|样|方面)(?:情况|情形|条件|要求)?(?=[:，,。；]|$)"
)
"""分两种情况：the answer's own count of what it is going to say."""
_RANGE = re.compile(
    rf"({NUMERAL})([万亿千百]?)(?=(?:至|到|-|、|或者?)(?:{NUMERAL})([万亿千百]?)(?:余|多|来)?({_UNIT}))"
)
_NUMBER = re.compile(rf"(第?)({NUMERAL})([万亿千百]?)(余|多)?(?:\(含\))?({_UNIT})?(性)?")
_FRACTION = re.compile(
    rf"([{DIGITS}十百千万]+)分之([{DIGITS}十百千]+(?:点[{DIGITS}]+)?|\d+(?:\.\d+)?)|(?<!\d)(\d{{1,2}})/(\d{{1,2}})(?!\d)"
)
_ARTICLE_UNITS = frozenset("个种类家项件处起条批份位场期级层套点部档度号间款张")
"""一 before these is mostly an article (一个, 一种, 一类), not a count."""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: Decimal
    unit: str
    group: str
    words: str
    start: int
    end: int
    weak: bool = False


def find(text: str) -> Iterator[Quantity]:
    """Quantities of a plain text, fractions and ranges included."""
    left = text
    for match in _FRACTION.finditer(text):
        yield _fraction(match)
        left = left[: match.start()] + "\0" * len(match[0]) + left[match.end() :]
    units_of_ranges = {match.start(): (match[2] or match[3], match[4]) for match in _RANGE.finditer(left)}
    for match in _COUNTED.finditer(left):
        left = left[: match.start()] + "\0" * len(match[0]) + left[match.end() :]
    for match in _NUMBER.finditer(left):
        quantity = _quantity(match, *units_of_ranges.get(match.start(2), (match[3], match[5] or "")))
        if quantity is not None:
            yield quantity


def whole(numeral: str) -> int:
    """二〇二五 → 2025, 二十三 → 23, 07 → 7."""
    if len(numeral) > 1 and all(char in DIGITS for char in numeral):
        return int("".join(str(to_int(char)) for char in numeral))
    return to_int(numeral)


def _value(numeral: str) -> Decimal:
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    before, _, after = numeral.partition("点")
    total = Decimal(0)
    for mark in ("亿", "万"):
        if mark in before:
            head, _, before = before.rpartition(mark)
            total += _value(head) * _LARGE[mark] if head else _LARGE[mark]
    total += whole(before) if before else 0
    return total + (Decimal("0." + "".join(str(to_int(char)) for char in after)) if after else 0)


def _fraction(match: re.Match[str]) -> Quantity:
    below, above = (_value(match[1]), _value(match[2])) if match[1] else (_value(match[4]), _value(match[3]))
    unit = {Decimal(100): "%", Decimal(1000): "‰"}.get(below, f"{below}分之") if match[1] else f"{below}分之"
    return Quantity(_short(above), unit, "比例", match[0], match.start(), match.end())


def _quantity(match: re.Match[str], large: str, written: str) -> Quantity | None:
    numeral, chinese = match[2], not match[2][0].isdecimal()
    if match[6] and match[5] == "次":  # 一次性
        return None
    has_tens = len(numeral) > 1 and any(char in "十百千万亿" for char in numeral)
    if chinese and not written and not has_tens:
        return None  # 统一, 三者, 万一
    value = _value(numeral) * (_LARGE[large] if large else 1)
    group, unit = _OF.get(written, ("数", ""))
    weak = chinese and value == 1 and written in _ARTICLE_UNITS and not match[1]
    return Quantity(
        _short(value), match[1] + unit + (match[4] or ""), group, match[0], match.start(), match.end(), weak
    )


def _short(value: Decimal) -> Decimal:
    """0.50 and 0.5, 20000 and 2E+4 as one."""
    return Decimal(f"{value.normalize():f}")
