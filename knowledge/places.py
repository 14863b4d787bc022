"""Places that people name in passing: 我在青禾开店, 宜昌呢, 不是武汉是宜昌."""

import functools
import re
from collections.abc import Iterable

from knowledge import regions, words

_COMMON = frozenset(
    [
        "城区",
        "郊区",
        "矿区",
        "市辖区",
        "直辖县",
        "开发区",
        "高新区",
        "新区",
        "白银",
        "安康",
        "大同",
        "开封",
        "朝阳",
        "东方",
        "平凉",
        "和平",
        "长安",
        "新华",
        "中山",
        "平安",
        "新城",
        "东城",
        "西城",
        "昌都",
        "四平",
        "三明",
    ]
)
"""Names that are ordinary words, or of many places: they count only with 市, 区, 县 behind them."""
LONGEST = 12
_CUT = re.compile(r"[\W_]+")


@functools.cache
def _anywhere() -> dict[str, tuple[str, ...]]:
    """Names that mean a place wherever they stand: full names, and short ones of provinces and cities."""
    known: dict[str, list[str]] = {}
    for code, name in regions.names().items():
        if code == regions.COUNTRY:
            continue
        forms = {name} if len(name) >= 3 else set()
        if code.endswith("00") or code.startswith("99"):
            forms.add(regions.short_name(name))
        for form in forms - _COMMON:
            known.setdefault(form, []).append(code)
    return {form: tuple(codes) for form, codes in known.items()}


def named_in(text: str, *, near: str | None = None) -> list[str]:
    """Codes of the places named, in order, the longest name at each spot.

    Of several places of one name the one near `near` is meant, else none: 朝阳区 is in Beijing and in Changchun.
    """
    found: list[str] = []
    position = 0
    while position < len(text):
        for length in range(min(LONGEST, len(text) - position), 1, -1):
            codes = _anywhere().get(text[position : position + length])
            if codes and cuts_words(text, position, position + length):
                continue
            if codes and (code := _the_one(codes, [*found, *([near] if near else [])])):
                found.append(code)
                position += length
                break
        else:
            position += 1
    return _deepest(dict.fromkeys(found))


def cuts_words(text: str, start: int, end: int) -> bool:
    """八十四平, 房东营业执照: only pieces of words make the name. Full names (市, 区, 县) are none of these."""
    if text[start:end].endswith(("市", "区", "县", "省", "州", "旗", "盟")):
        return False
    return any(
        one < end and start < other and not (start <= one and other <= end) and not (one <= start and end <= other)
        for one, other in _words(text)
    )


@functools.lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words begin and end."""
    found, position = [], 0
    for word in words.cut(text):
        found.append((position, position + len(word)))
        position += len(word)
    return tuple(found)


def forms(code: str) -> list[str]:
    """How a place is called wherever it stands: its full name, and the short one of a province or city."""
    return [form for form, codes in _anywhere().items() if code in codes]


def is_name(text: str) -> bool:
    return text in _anywhere()


def named_alone(text: str, *, near: str | None = None) -> str | None:
    """The place where the words are nothing but its name: 宜昌, 猇亭区, 湖北宜昌."""
    name = _CUT.sub("", text)
    codes = tuple(regions.codes_named(name))
    if codes and (code := _the_one(codes, [near] if near else [])) and code != regions.COUNTRY:
        return code
    whole = named_in(name, near=near)
    return whole[0] if len(whole) == 1 and _covered(name, whole[0]) else None


def _covered(said: str, code: str) -> bool:
    for name in (regions.name(one) for one in reversed(regions.chain(code))):
        said = said.replace(name, "").replace(regions.short_name(name), "")
    return not said


def _the_one(codes: tuple[str, ...], near: Iterable[str]) -> str | None:
    if len(codes) == 1:
        return codes[0]
    around = [code for code in codes for other in near if code[:4] == other[:4] or _within(code, other)]
    if around:
        return around[0]
    # 吉林 is a province and a city in it: the wider one.
    widest = min(codes, key=lambda code: (not code.endswith("0000"), not code.endswith("00"), code))
    return widest if all(code == widest or _within(code, widest) for code in codes) else None


def _within(inner: str, outer: str) -> bool:
    return outer in regions.chain(inner)


def _deepest(codes: Iterable[str]) -> list[str]:
    """湖北宜昌 names one place."""
    every = list(codes)
    return [code for code in every if not any(other != code and _within(other, code) for other in every)]
