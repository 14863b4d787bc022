"""The figures of a sentence in one form, so that 半年 meets 6个月, 两千 meets 2000元 and 四十平 meets 40平方米."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant import particulars
from assistant.particulars import Kind

LEAST_BARE = 100
"""A number without a unit from which it is taken for a sum of money."""
_WRITTEN = (
    (re.compile(r"(\d)\s*[wW](?![a-zA-Z])"), r"\1万"),
    (re.compile(r"(\d)\s*[kK](?![a-zA-Z])"), r"\1千"),
    (re.compile(r"(?<![大上下多小数])半年"), "6个月"),
    (re.compile(r"一年半"), "18个月"),
    (re.compile(r"(?<=[\d一二三四五六七八九十百])个?(?:平方?|方)(?![米方台等面便])"), "平方米"),
    (re.compile(r"([\d一二两三四五六七八九])([万千百])([\d一二三四五六七八九])(?![\d一二三四五六七八九十百千万个])"), "\\1\\2\\3\0"),
    (re.compile(r"(?<=[\d一二两三四五六七八九十])(?:礼拜|星期)"), "周"),
    (re.compile(r"([一二两三四五六七八九十\d])成(?![为立功交本都员果])"), r"\g<1>0%"),
)  # fmt: skip
_SHORT = re.compile("([\\d一二两三四五六七八九])([万千百])([\\d一二三四五六七八九])\0")
_SIZES = {"万": 10_000, "千": 1_000, "百": 100}
_CHINESE_TENS = re.compile(r"([一二两三四五六七八九])0%")
_DIGITS = {han: str(number) for number, han in enumerate("零一二三四五六七八九")} | {"两": "2"}
_IN_MONTHS = {"年": 12, "季度": 3, "个月": 1}
_IN_DAYS = {"日": 1, "周": 7, "工作日": 1, "自然日": 1}
_COMPARED = {"元": "元", "%": "%", "平方米": "平方米", "人": "人", "岁": "岁", "次": "次", "倍": "倍", "小时": "小时"}


@dataclass(frozen=True, slots=True)
class Figure:
    """Months for years, days for weeks and working days: people do not keep them apart."""

    value: Decimal
    unit: str


def figures(text: str) -> dict[Figure, str]:
    """Every figure with the words it was written in, in order."""
    return dict(_figures(_one_form(text)))


def _one_form(text: str) -> str:
    for pattern, form in _WRITTEN:
        text = pattern.sub(form, text)
    text = _SHORT.sub(_whole, text)
    return _CHINESE_TENS.sub(lambda match: f"{_DIGITS[match[1]]}0%", text)


def _whole(match: re.Match[str]) -> str:
    """三千五 and 1万2: what stands behind is of the next smaller size."""
    number, size, rest = (_DIGITS.get(one, one) for one in match.groups())
    return str(int(number) * _SIZES[size] + int(rest) * _SIZES[size] // 10)


def _figures(text: str) -> Iterator[tuple[Figure, str]]:
    for one in particulars.find(particulars.plain(text)):
        if one.kind is Kind.CODE and one.value[0].isdecimal() and len(one.value[0]) <= 6:
            yield Figure(Decimal(one.value[0]), "元"), one.words
        if one.kind is Kind.DATE and one.value[1] and one.value[2]:
            yield Figure(Decimal(one.value[1]) * 100 + Decimal(one.value[2]), "月日"), one.words
        if one.kind is not Kind.NUMBER or one.weak:
            continue
        value, unit = Decimal(one.value[0]), one.value[1]
        if unit in _IN_MONTHS:
            yield Figure(value * _IN_MONTHS[unit], "个月"), one.words
        elif unit in _IN_DAYS:
            yield Figure(value * _IN_DAYS[unit], "日"), one.words
        elif unit in _COMPARED:
            yield Figure(value, _COMPARED[unit]), one.words
        elif not unit and value >= LEAST_BARE:
            yield Figure(value, "元"), one.words
