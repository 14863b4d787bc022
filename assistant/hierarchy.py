"""Which of two clauses governs when they say different things about the same matter, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant import particulars
from assistant.particulars import Kind, Particular
from assistant.slots import Slot, closeness, slots_of
from knowledge import regions
from knowledge.documents import Level

LEAST_CLOSENESS = 12
"""Of the surroundings of two numbers, before they count as said of the same thing."""
LEAST_SHARED = 0.5
"""Of the character pairs of the two sentences."""
_COMPARED = frozenset({"金额", "时间", "比例"})
_LEAVES_ROOM = re.compile(
    r"由.{1,10}(?:制定|确定)|不得?低于|不少于|底线|从其规定|就高|叠加|另行|增加|追加|上浮|再给予|提高到|基础上|原标准|原办法|例如|举例|可以(?:适当)?(?:提高|延长|缩短)"
)
"""A floor, an addition or a delegation: the other number does not contradict it."""
_BOUND = re.compile(r"最高|最长|不超过|上限|最多|以内|最低|最短|至少|以上|不高于")
_LEVELS = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.CITY: 2, Level.COUNTY: 3}
_LEVEL_NAMES = ("国家", "省级", "市级", "县级")
_FORCE_NAMES = ("法律", "行政法规", "部门规章或者地方性法规", "规范性文件", "解读和问答")


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides between two documents."""

    title: str
    kind: str | None
    region: str
    since: date | None

    @property
    def force(self) -> int:
        """0 for laws, 4 for what binds nobody."""
        if self.kind in {"解读", "指南", "新闻", "常见问答", "事项指南", "服务能力清单", "内部资料"}:
            return 4
        national = regions.level(self.region) is Level.NATIONAL
        if self.kind == "司法解释":
            return 1
        if self.kind == "法规":
            return (0 if re.search(r"法(?:（.+）)?$|编$|总则$", self.title) else 1) if national else 2
        return 2 if national else 3

    @property
    def level(self) -> int:
        return _LEVELS[regions.level(self.region)]


def governs(first: Standing, second: Standing) -> tuple[bool, str] | None:
    """Whether the first one governs, and why; None when nothing of this decides."""
    if first.force != second.force:
        high, low = sorted((first.force, second.force))
        reason = "解读和问答以文件原文为准" if low == 4 else f"{_FORCE_NAMES[high]}的效力高于{_FORCE_NAMES[low]}"
        return first.force < second.force, reason
    if first.level != second.level:
        high, low = sorted((first.level, second.level))
        return first.level < second.level, f"{_LEVEL_NAMES[high]}规定的效力高于{_LEVEL_NAMES[low]}规定"
    if first.since and second.since and first.since != second.since:
        return first.since > second.since, "后施行的规定优先于先施行的"
    return None


def leaves_room(text: str) -> bool:
    """A floor, an addition or a delegation to lower levels."""
    return _LEAVES_ROOM.search(text) is not None


def difference(first: str, second: str) -> tuple[str, str] | None:
    """The amounts or times in which two clauses differ on the same thing; None unless it is plain."""
    if _LEAVES_ROOM.search(first) or _LEAVES_ROOM.search(second):
        return None
    one, other = particulars.plain(first), particulars.plain(second)
    mine, theirs = list(_numbers(one)), list(_numbers(other))
    for slot in mine:
        best = _best(slot, theirs)
        if best is None or _best(best, mine) is not slot or not _same_thing(slot, best, one, other):
            continue
        said = {rival.filling.value for rival in mine}
        if slot.filling.value != best.filling.value and best.filling.value not in said:
            return slot.filling.words, best.filling.words
    return None


def _numbers(plain: str) -> Iterator[Slot[Particular]]:
    for slot in slots_of(plain, particulars.find(plain)):
        filling = slot.filling
        if filling.kind is Kind.NUMBER and filling.group in _COMPARED and filling.value[1] and not filling.weak:
            yield slot


def _best(slot: Slot[Particular], rivals: Sequence[Slot[Particular]]) -> Slot[Particular] | None:
    alike = [rival for rival in rivals if rival.filling.value[1] == slot.filling.value[1]]
    best = max(alike, key=lambda rival: closeness(slot, rival), default=None)
    return best if best is not None and closeness(slot, best) >= LEAST_CLOSENESS else None


def _same_thing(mine: Slot[Particular], theirs: Slot[Particular], one: str, other: str) -> bool:
    said, given = _sentence(one, mine.filling), _sentence(other, theirs.filling)
    if set(_BOUND.findall(said)) != set(_BOUND.findall(given)):
        return False
    pairs, others = set(pairwise(said)), set(pairwise(given))
    return len(pairs & others) >= LEAST_SHARED * max(len(pairs), len(others), 1)


def _sentence(plain: str, filling: Particular) -> str:
    start = max(plain.rfind(mark, 0, filling.start) for mark in "。;") + 1
    ends = [end for mark in "。;" if (end := plain.find(mark, filling.end)) >= 0]
    return plain[start : min(ends, default=len(plain))]
