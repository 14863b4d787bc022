"""The automatic numbers Word shows before paragraphs (第一条、（一）、1.), which are not in their text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, str, str] = ("十", "百", "千")) -> str:
    """12 → 十二, 105 → 一百零五; above 9999, digits alone."""
    if not 0 < number < 10_000:
        return "".join(digits[int(digit)] for digit in str(number))
    text = ""
    for digit, unit in zip(f"{number:04d}", (*reversed(units), ""), strict=True):
        text += f"{digits[int(digit)]}{unit}" if digit != "0" else "零"
    text = re.sub("零+", "零", text).strip("零")
    return text[1:] if digits is _DIGITS and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * min(number // value, 50)
        number %= value
    return text


def _letters(number: int) -> str:
    """Word goes on with aa, bb after z."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + d: ord("０") + d for d in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL_DIGITS, ("拾", "佰", "仟")),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "ideographZodiac": lambda number: "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12],
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    format: str
    pattern: str
    spaced: bool
    arabic: bool
    """Word's "legal" style: the numbers of the levels above are shown as 1, 2, 3."""


@dataclass(slots=True)
class Numbering:
    """Counts on while the paragraphs are read in order; lists that share an abstract list share its count."""

    abstract_of: Mapping[str, str]
    levels: Mapping[str, Mapping[int, Level]]
    restarts: Mapping[str, Mapping[int, int]]
    unknown_formats: set[str] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def next(self, number_id: str, depth: int) -> str:
        """What Word shows before the next paragraph of this list, with the space after it."""
        abstract = self.abstract_of.get(number_id, "")
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.format == "bullet":
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number_id not in self._begun:
            self._begun.add(number_id)
            for restarted in self.restarts.get(number_id, {}):
                counts.pop(restarted, None)
        start = self.restarts.get(number_id, {}).get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in range(depth + 1, _LEVELS):
            counts.pop(deeper, None)
        shown = _PLACE.sub(lambda match: self._shown(abstract, int(match[1]) - 1, level), level.pattern)
        return f"{shown} " if shown and level.spaced else shown

    def _shown(self, abstract: str, depth: int, level: Level) -> str:
        other = self.levels[abstract].get(depth, level)
        number = self._counts[abstract].get(depth, other.start)
        if level.arabic:
            return str(number)
        if other.format not in _FORMATS:
            self.unknown_formats.add(other.format)
        return _FORMATS.get(other.format, str)(number)


def read_numbering(root: Any | None) -> Numbering:
    """From the root of numbering.xml; without one, nothing is numbered."""
    if root is None:
        return Numbering({}, {}, {})
    levels = {abstract.get(f"{_W}abstractNumId"): _levels(abstract) for abstract in root.findall(f"{_W}abstractNum")}
    _follow_style_links(root, levels)
    abstract_of: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    for number in root.findall(f"{_W}num"):
        number_id = number.get(f"{_W}numId")
        abstract_of[number_id] = _value(number, "abstractNumId", "")
        restarts[number_id] = {
            _integer(override.get(f"{_W}ilvl"), 0): _integer(_value(override, "startOverride", ""), 1)
            for override in number.findall(f"{_W}lvlOverride")
            if override.find(f"{_W}startOverride") is not None
        }
    return Numbering(abstract_of, levels, restarts)


def _levels(abstract: Any) -> dict[int, Level]:
    return {
        _integer(level.get(f"{_W}ilvl"), 0): Level(
            start=_integer(_value(level, "start", ""), 0),
            format=_value(level, "numFmt", "decimal"),
            pattern=_value(level, "lvlText", ""),
            spaced=_value(level, "suff", "tab") != "nothing",
            arabic=level.find(f"{_W}isLgl") is not None,
        )
        for level in abstract.findall(f"{_W}lvl")
    }


def _follow_style_links(root: Any, levels: dict[str, dict[int, Level]]) -> None:
    """A list may only name a list style, and another abstract list hold its levels."""
    holders = {
        _value(abstract, "styleLink", ""): abstract.get(f"{_W}abstractNumId")
        for abstract in root.findall(f"{_W}abstractNum")
    }
    for abstract in root.findall(f"{_W}abstractNum"):
        holder = holders.get(_value(abstract, "numStyleLink", "-"))
        if holder is not None:
            levels[abstract.get(f"{_W}abstractNumId")] = levels[holder]


def _value(element: Any, tag: str, otherwise: str) -> str:
    child = element.find(f"{_W}{tag}")
    return otherwise if child is None else child.get(_VAL, otherwise)


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else otherwise
