"""Matters that are other authorities' business: who deals with them, and which public short number takes the call."""

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant import disputes
from assistant.hotlines import ALL, Hotline

FILE = Path(__file__).with_name("remit.csv")
_WHO = re.compile(
    r"(?:归|该|是|属|由)?(?:哪|那|谁)(?:个|家|里)?(?:部门|单位|局)?(?:来)?管|归(?:哪|那|谁)|找(?:谁|哪|那个部门)|(?:哪|什么|啥)(?:个)?(?:部门|单位|局)|管事的?(?:部门|人|单位)|能说上话|懂法的|(?:在|到|去)哪[里儿]?(?:报|告|办|弄|申请)"
)

NEVER_OURS = frozenset(
    {"公安机关", "公安交警部门", "消防救援机构", "人民法院", "教育局", "医疗保障局", "民政局", "住房公积金管理中心", "公共法律服务中心", "城市管理和市政部门", "金融工作办公室", "知识产权部门", "卫生健康部门", "保险公司和金融监管部门", "物业、社区居民委员会和城市管理部门"}
)  # fmt: skip
"""Departments whose matters are no 诉求 of a business, whoever brings them."""


@dataclass(frozen=True, slots=True)
class Matter:
    department: str
    words: str
    """As the directory puts it."""
    hotline: Hotline
    others: str = ""
    """Who else there is to turn to, where the law leaves it open or another way is quicker."""


def matter_of(text: str) -> Matter | None:
    """What the message is about; of several matters the one that is named in most words."""
    plain = re.sub(r"\s+", "", text)
    said = [(sum(len(match[0]) for match in pattern.finditer(plain)), matter) for pattern, matter in _matters()]
    length, matter = max(said, key=lambda one: one[0])
    if length:
        return matter
    row = disputes.row_of(plain)
    return _matter(row) if row else None


def asks_who(text: str) -> bool:
    return _WHO.search(re.sub(r"\s+", "", text)) is not None


@functools.cache
def _matters() -> list[tuple[re.Pattern[str], Matter]]:
    return list(_read(FILE))


def _read(file: Path) -> Iterator[tuple[re.Pattern[str], Matter]]:
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield re.compile(row["说法"]), _matter(row)


def _matter(row: Mapping[str, str]) -> Matter:
    number = next(one for one in ALL if one.number == row["热线"])
    return Matter(row["部门"], row["清单里的字眼"], number, row.get("还可以") or "")
