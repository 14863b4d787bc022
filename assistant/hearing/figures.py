"""Numbers, sums of money and counts as people say them: 八万五, 1.2万, 3w, 三个人.

What is vague (十几个, 七八万, 8到10万, 不到5万, 万把块) is found too, marked as not exact: it is no
figure, and what it stands beside has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.numbering import DIGITS

_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LETTERS = {"k": 1000, "w": 10**4}
_DIGIT = "一二两三四五六七八九"
NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)"
_SCALED = (
    rf"{NUMBER}(?:[十百千万亿]+(?:\d(?![\d.]|[十百千万亿个])|[{_DIGIT}](?![十百千万亿个])|\d*千\d?|[{_DIGIT}]千[{_DIGIT}]?)?"
    r"|[kKwW]\d?(?![a-zA-Z]))?"
)
_ONE = r"[\d一二两三四五六七八九十百千万半]"
_VAGUE_BEFORE = re.compile(
    r"(?:不是|不止|快有|没有|没到|没上|不到|不足|不满|不够|未满|未到|不?超过?|没超过?|没过|不过|破|[高低多少大小]于|低于|不少于"
    r"|起码|至少|最少|最多|最高|顶多|撑死|顶天|将近|接近|逼近|快要?到?|近|好几|大几|小几|几|[年月]把|(?<![第哪这那几])(?<![\d一二两三四五六七八九十])[一二两三四五六七八九十\d]{1,3}个|差点|差(?:着|了)?[\d一二两三四五六七八九十几半]+(?:天|个?月|个|块|百|千|万|年)(?:就|就满|满|到|不到)?|奔|往|每|第|(?<![门店里外手屋码街老])头|哪怕|[百千万]儿"
    rf"|{_ONE}[个人位名平月年万千百元块]*\s*(?:[到至~～—－\-–、]|或者?|还是)\s*)$"
)
_VAGUE_AFTER = re.compile(
    r"^\s*个?(?:多(?!少)|来(?=[万千百块元个人号位名平年月家口]|$)|几|余|把(?=[块个万千])|以上|以下|以内|之内|之间|出头|开外|往上|往下|朝上|朝下"
    rf"|打底|起步|起(?=$|[，,。的])|封顶|向上|[都还]?不到|[都还]?没到|冒头|挂零|(?:都|也)[没不无]|个[一二两三四五六七八九十\d]{1, 3}个|(?:左?右?[到至~～—－\-–、]|或者?|还是)\s*{_ONE})"
)
_ABOUT = re.compile(r"大概|大约|左右|差不多|上下|约摸|约莫|大致|估计|估摸")
_SOME = re.compile(r"几[个十百千万]")
COMPARES = re.compile(
    r"比(?!例|如|方|较)[^，]{1,10}?(?:[多少高低大小贵]|便宜|涨|降|增|减)|翻了?[一两几]?番|每[个家间班层](?!月|季|年)[^，]{1,6}[\d一二两三四五六七八九十]|各(?:自|家)?[^，]{0,4}[\d一二两三四五六七八九十]|的[一两二三四五六七八九十几\d]+倍"
)
"""Its figures are differences: 比去年多招了两个."""
_COUNTED_OFF = re.compile(r"[每第头]|不是")
"""每一个月, 第1次, 不是五个: no figure of its own, but not vague either."""
_SEVERAL = re.compile(
    rf"[{_DIGIT}][{_DIGIT}](?:[十百千万个平]|$)|(?<![\d一二两三四五六七八九十百千])[百千万]八[十百千]|十几|几[十百千万]|好几|[百千万]把|百十(?!\d)|^[上成过数][百千万]"
)
_MONEY = re.compile(rf"({_SCALED})\s*(?:元|块钱|块|人民币|大洋)?")
_MONEY_UNIT = re.compile(r"(?:元|块钱|块|人民币|大洋)$")
_BARE_SUM = re.compile(r"\d{2}|[十百]")
"""一 of 一共 is no sum."""
_ALONE = re.compile(r"\s*(?:左右|上下|吧|了|的|呢|啊|$|[，,。、])")
"""A number without its unit is an answer only where nothing else follows."""
_AND_A_PART = re.compile(r"半|(?<=[米平])[\d一二三四五六七八九]")
"""十一平米五: left out, it would be another figure."""
_NEXT_PERIOD = re.compile(rf"[百千万][{_DIGIT}]?(?:[{_DIGIT}]\|[个年天季]|一\|月)")
"""三千一个月 is three thousand for one month."""
_NO_MONEY = re.compile(
    r"分之|[个人名位年月日号天户家岁次%％平米件单桌条笔杯碗台套张辆间层成度斤吨点折股口份盒瓶箱袋罐桶筐篮捆枚颗粒枝朵株棵亩顿盘串罐匹卷册趟票克里字粉圈页公毫厘]"
    r"|包(?![括含吃住干给])|本(?![来钱金月年季期店厂])|只(?![够是有能要付交算剩])|双|对(?![吧不的了啊])|头(?![上几])|根(?!本)|片|块(?=[^\u4e00-\u9fff]*[砖板布肉糖])"
)
"""What is counted, where no money is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it was said."""

    value: Decimal | date | int | None
    start: int
    end: int
    rough: bool = False
    """The day of a month that was not said: the first is taken, to be confirmed."""

    @property
    def exact(self) -> bool:
        return self.value is not None


def number(text: str) -> Decimal | None:
    """八万五 → 85000, 1.2万 → 12000, 一百二 → 120; None for what is no number."""
    text = text.replace(",", "").replace("，", "").strip()
    if not text or _SEVERAL.search(text):
        return None
    letter = re.fullmatch(r"(.+)([kKwW])(\d?)", text)
    if letter and (above := Decimal(letter[1]) if _is_plain(letter[1]) else _small(letter[1])) is not None:
        size = _LETTERS[letter[2].lower()]
        return above * size + Decimal(letter[3] or 0) * size / 10
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
            above = number(head) if head else Decimal(1) if len(tail) == 1 and tail != "一" else None
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
    """Below ten thousand, digits and numerals mixed: 三千二, 3千, 一百零五, 二十三, 3.5千."""
    decimal = re.fullmatch(r"(\d+\.\d+)([十百千])", text)
    if decimal:
        return Decimal(decimal[1]) * _SIZES[decimal[2]]
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
    is_short = size >= 100 and len(text) > 1 and text[-2] in _SIZES
    return total + digit * (size // 10 if is_short else 1)


def is_vague(text: str, start: int, end: int) -> bool:
    """Words around, or the figure itself, leave open how much it is."""
    return bool(
        _VAGUE_BEFORE.search(text[:start])
        or _VAGUE_AFTER.match(text[end:])
        or _SEVERAL.search(text[start : end + 1])
        or _SEVERAL.match(text[max(0, start - 1) : end])
    )


def is_rough(text: str) -> bool:
    """A figure in it is only about right, or is none: 大概8万, 十几万."""
    text = _COUNTED_OFF.sub("，", text)
    return bool(_ABOUT.search(text) or _SOME.search(text)) or any(
        is_vague(text, match.start(), match.end()) for match in re.finditer(NUMBER, text)
    )


def sums(text: str, *, bare: bool = False) -> Iterator[Found]:
    """Sums of money: with 元, 万, 千 or 百; `bare`, a plain number will do."""
    for match in _MONEY.finditer(text):
        said, end, around = match[1], match.end(), text
        if match[0] == said and _NEXT_PERIOD.search(text[:end] + "|" + text[end:]):
            said, end = said[:-1], end - 1
            around = f"{text[:end]}|{text[end:]}"
        has_unit = bool(_MONEY_UNIT.search(match[0])) or bool(re.search(r"[万亿千百kKwW]", said))
        if not (has_unit or (bare and _BARE_SUM.search(said))):
            continue
        if _NO_MONEY.match(text[end:]) and not _per_time(text[end:]):
            continue
        yield Found(None if is_vague(around, match.start(), end) else number(said), match.start(), end)


def _per_time(behind: str) -> bool:
    """3500月付, 3500年付 are sums; 3500个 and 2500年 are none."""
    return bool(re.match(r"月付|月租|年付|月$", behind))


def counts(text: str, units: str, *, bare: bool = False) -> Iterator[Found]:
    """Whole numbers of people or things."""
    pattern = re.compile(rf"({NUMBER})(\s*(?:来|多|几|把)?(?:{units}))" + ("?" if bare else ""))
    for match in pattern.finditer(text):
        if match[2] is None and not _ALONE.match(text[match.end() :]):
            continue
        value = number(match[1])
        is_whole = value is not None and value == value.to_integral_value()
        clear = (is_whole and match[2] is not None) or (bare and is_whole)
        about = re.match(r"\s*[来多几把]", match[2] or "") or _AND_A_PART.match(text, match.end())
        vague = about or is_vague(text, match.start(), match.end(1)) or is_vague(text, match.start(), match.end())
        yield Found(int(value) if clear and not vague and value is not None else None, match.start(), match.end())


def ratios(text: str) -> Iterator[Found]:
    for match in re.finditer(rf"(\d+(?:\.\d+)?)\s*[%％]|百分之({NUMBER})", text):
        value = number(match[1] or match[2])
        clear = value is not None and not is_vague(text, match.start(), match.end())
        yield Found(value / 100 if clear and value is not None else None, match.start(), match.end())
