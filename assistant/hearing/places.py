"""Where the business is: 店在南屏区, 在武汉开店."""

import re
from functools import lru_cache
from itertools import pairwise

from knowledge import regions

_TRADING = re.compile(
    r"店|开|创业|登记|注册|经营|生意|公司|做|执照|办的|厂|铺|门面|营业|我们?(?:就)?(?:是)?在|位于|这边|摆摊|民宿|宾馆|旅馆|客栈|超市|餐厅|饭馆|药房|工作室|合作社|基地|作坊|网点|养殖场|果园|大棚"
)
_ELSEWHERE = re.compile(
    r"户口|户籍|老家|籍贯|住在|出生|人氏|进货|拿货|发货|供货|打工|上学|读书|毕业|当兵|服役|退伍|上班|客户|分店|总部|总公司|培训|出差|旅游|搬|房子|小区|寄|快递到|法院|工作|女儿|儿子"
)
_SHORT = re.compile(
    r"(?:在|位于)([\u4e00-\u9fff]{2,4}?)(?:开|做|办|注册|登记|这边|经营|搞|营业|有个?[店厂]|摆|的?店|收|卖|弄|租|县城|城区|镇|乡|$)"
    r"|^我们?(?:是)?([\u4e00-\u9fff]{2,3})的$"
)
_BARE = re.compile(r"^(?:具体|准确)[^，]{0,3}(?:是|在)|^(?:店|就|都|也|人|铺)?在[\u4e00-\u9fff]{2,9}$")
_OF_A_RULE = re.compile(r"的?[^，在开]{0,4}(?:一次性)?[^，在]{0,4}(?:补贴|补助|政策|办法|标准|规定|贴息|条例|细则)")
"""青禾市的开业补贴 says whose rule it is, not where we are."""
_DENIED = re.compile(r"(?:不|没有?|非|未)(?:是|在)?$")


_ANY_TOWNS = re.compile(r"(?:[老新]城|[老新]市|[东西南北中]|城[东西南北中]|[城郊矿新]|市[中郊])区")
"""Every town has its 老城区; that one district somewhere bears the name tells nothing."""


def is_any_towns(name: str) -> bool:
    return _ANY_TOWNS.fullmatch(name) is not None


def said(clause: str) -> str | None:
    """The one place that is named as that of the business: its full name, or a short one in 在武汉开店."""
    if not (_TRADING.search(clause) or _BARE.search(clause)) or _ELSEWHERE.search(clause):
        return None
    matches = [match[0] for match in _names().finditer(clause)]
    short = _SHORT.search(clause)
    named = (short[1] or short[2]) if short else ""
    if not matches and named and len(regions.codes_named(named)) == 1:
        matches = [named]
    if matches and _OF_A_RULE.match(clause[clause.find(matches[0]) + len(matches[0]) :]):
        return None
    if len(matches) != 1 or _DENIED.search(clause[: clause.find(matches[0])]):
        return None
    return matches[0]


def apart(text: str) -> list[str]:
    """The text in pieces: names of places, and what stands between them."""
    cuts = [0, *(edge for match in _names().finditer(text) for edge in match.span()), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def is_name(text: str) -> bool:
    return _names().fullmatch(text) is not None


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Names with their 省, 市, 区 or 县, one after another; short forms could be anything."""
    names = sorted((name for name in regions.names().values() if len(name) > 2), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))})+")
