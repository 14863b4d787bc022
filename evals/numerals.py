"""Chinese and Arabic numerals in one form, for the check of shown answers; shares nothing with grounding on purpose."""

import re
import unicodedata
from decimal import Decimal

_DIGITS = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_RUN = r"[零〇一二两三四五六七八九十百千万亿]+"
_COUNTED = r"(?:个?工作日|个?自然日|日|天|个月|月|年|周|小时|分钟|元|块|万|倍|户|人|名|次(?!性)|岁|成|折|平方米|米)"
_PERCENT = re.compile(rf"百分之({_RUN}|\d+(?:\.\d+)?)")
_FRACTION = re.compile(rf"({_RUN})分之({_RUN})")
_LARGE = re.compile(r"(\d+(?:\.\d+)?)([百千万亿]+)(?=[元户人个家名余多]|$|\W)")
_WRITTEN = re.compile(rf"(?P<before>第[（(]?|附件|[（(])?(?P<run>{_RUN})(?={_COUNTED})?")


def arabic(text: str) -> str:
    """The text in half-width, without thousand separators and spaces, its numerals as digits.

    Words that only look like numerals (一般, 万一, 统一) stay.
    """
    text = unicodedata.normalize("NFKC", text).replace("〔", "[").replace("〕", "]")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<!\d)[^\S\n]+|[^\S\n]+(?!\d)", "", text)
    text = _PERCENT.sub(lambda match: f"{_plain(match[1])}%", text)
    text = _FRACTION.sub(lambda match: f"{_plain(match[2])}/{_plain(match[1])}", text)
    text = _LARGE.sub(lambda match: _plain_decimal(Decimal(match[1]) * _size(match[2])), text)
    return _WRITTEN.sub(_as_digits, text)


def value(run: str) -> int | None:
    """二十五 → 25, 二〇二五 → 2025, 一万二 → None: what is not written out is nobody's guess."""
    if re.fullmatch(r"[零〇一二三四五六七八九]+", run):
        positional = len(run) == 1 or len(run) >= 4 or "〇" in run
        return int("".join(str(_DIGITS[char]) for char in run)) if positional else None
    total = section = digit = 0
    for char in run:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _PLACES:
            if not digit and char != "十":
                return None
            section, digit = section + (digit or 1) * _PLACES[char], 0
        else:
            if not section + digit:
                return None
            total, section, digit = total + (section + digit) * _GROUPS[char], 0, 0
    bare_digit = digit and run[-1] in _DIGITS and len(run) > 1 and run[-2] in "百千万亿"
    return None if bare_digit else total + section + digit


def _as_digits(match: re.Match[str]) -> str:
    before, run = match["before"] or "", match["run"]
    behind = match.string[match.end() :]
    counted = re.match(_COUNTED, behind)
    closed = before.endswith(("(", "（")) and behind[:1] in (")", "）")
    named = before.startswith(("第", "附件"))
    number = value(run)
    is_number = closed or named or counted or (len(run) > 1 and number is not None)
    return f"{before}{number}" if is_number and number is not None else match[0]


def _plain(run: str) -> str:
    number = value(run) if not run[0].isdigit() else None
    return str(number) if number is not None else run


def _plain_decimal(number: Decimal) -> str:
    return str(int(number)) if number == int(number) else str(number.normalize())


def _size(places: str) -> int:
    size = 1
    for char in places:
        size *= _PLACES.get(char) or _GROUPS[char]
    return size
