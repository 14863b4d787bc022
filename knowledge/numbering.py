"""Chinese numerals, clause numbers and 文号 in one form."""

import re

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "[零〇一二三四五六七八九十百千两]{1,9}"


def to_int(numeral: str) -> int:
    """二十三 → 23, 23 → 23; raises ValueError for anything else."""
    if not numeral:
        raise ValueError("no numeral")
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            raise ValueError(numeral)
    return total + digit


def to_chinese(number: int) -> str:
    """23 → 二十三; from 10000 on in figures."""
    if number >= 10_000:
        return str(number)
    digits = "零一二三四五六七八九"
    parts: list[str] = []
    for unit, char in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        value, number = divmod(number, unit)
        if value:
            parts.append(digits[value] + char)
        elif parts and number and parts[-1] != "零":
            parts.append("零")
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


_NUMBER = re.compile(
    r"(?<=[\u3400-\u9fff])\s*[\[［【（(〔〈]\s*((?:19|20)\d{2})\s*[\]］】）)〕〉]\s*第?\s*(\d{1,5})\s*号"
)
_ARTICLE = re.compile(rf"第(?P<number>{NUMERAL}|\d{{1,4}})条")


def normalise_number(text: str) -> str:
    """Every 文号 in one form: 鄂市监质[2022]32号 → 鄂市监质〔2022〕32号."""
    return _NUMBER.sub(r"〔\1〕\2号", text)


def canonical_clause(text: str) -> str:
    """第20条 → 第二十条."""
    return _ARTICLE.sub(lambda match: f"第{to_chinese(to_int(match['number']))}条", text)
