"""Whether what stands beside a number in a sentence stands beside it in the passages: its row, its cell, its side, 每人 or 每户.

Catches a number of another row or column of a table, a limit turned round where both stand in the passage,
and a sum per month said to be one per year. Refuses only what demonstrably stands nowhere so.
"""

import re
from collections.abc import Iterator, Sequence

from assistant import bounds, particulars, table_rows
from assistant.evidence import Evidence
from assistant.particulars import Kind, Particular, agree
from assistant.slots import CLEARLY, closeness, slots_of
from assistant.table_rows import Row

_NUMBERS = frozenset({Kind.NUMBER, Kind.DATE, Kind.TIME})
_CLAUSES = re.compile(r"[^。；;]+")
_PERIODS = {
    "月": "月", "个月": "月", "年": "年", "年度": "年", "自然年": "年", "季": "季", "季度": "季", "个季度": "季", "半年": "半年",
    "天": "日", "日": "日", "周": "周", "小时": "小时",
}  # fmt: skip
_HOLDERS = {
    "人": "人", "名": "人", "位": "人", "户": "户", "家": "户", "店": "户", "平方米": "平方米", "件": "件", "台": "台", "辆": "辆",
    "张": "张", "页": "页",
}  # fmt: skip
_UNIT = "|".join(sorted((*_PERIODS, *_HOLDERS, "次"), key=len, reverse=True))
_PER = re.compile(rf"(?:每|按)一?(?:个)?({_UNIT})")
_BESIDE = re.compile(
    rf"(?P<per>(?:(?:每|按)一?(?:个)?(?:{_UNIT})[、,的]?)+)(?:各|可|都|最[高多低少长]|不得?(?:超过|低于|少于)|至[多少]|限|约|按|给予|补贴|补助|奖励|发放|为|是|享受|领取|补|给|发|(?:上限|限额|标准|额度)(?:由|为|是|从)?|累计|合计|总额){{0,4}}$"
)


def problems(text: str, cited: Sequence[Evidence], asked: Sequence[Particular]) -> Iterator[str]:
    """What is wrong beside which number of a plain sentence; what the question itself says may come back."""
    found = [
        one
        for one in slots_of(text, particulars.find(text))
        if one.filling.kind in _NUMBERS
        and not one.filling.weak
        and not any(agree(one.filling, other) for other in asked)
    ]
    rows = [row for one in cited for row in one.rows]
    for slot in found:
        said = slot.filling
        if rows and (wrong := _in_other_row(text, said, [one.filling for one in found], rows, cited)):
            yield wrong
        places = [(one, place) for one in cited for place in one.slots if agree(said, place.filling)]
        if not places:
            continue
        sides = bounds.sides(text, said)
        scored = [(closeness(slot, place), bounds.sides(one.text, place.filling)) for one, place in places]
        best = max(score for score, _ in scored)
        turned = [bounds.contrary(sides, other) for score, other in scored if score == best]
        kept = max((score for score, other in scored if sides <= other), default=-1)
        if sides and kept >= 0 and all(turned) and best >= kept + CLEARLY:
            yield f"“{text[max(0, said.start - 4) : said.end + 4]}”处资料说的是另一边"
        if per := _another_per(text, said, [(one.text, place.filling) for one, place in places]):
            yield per


def _in_other_row(
    text: str, said: Particular, numbers: Sequence[Particular], rows: Sequence[Row], cited: Sequence[Evidence]
) -> str:
    """The number stands only in rows, or in cells, that its clause of the sentence does not speak of."""
    if any(agree(said, one) for each in cited for one in each.outside):
        return ""
    start, clause = _clause_of(text, said)
    inside = [one.start - start for one in numbers if start <= one.start < start + len(clause)]
    spots = table_rows.named(clause, [row.label for row in rows])
    labels = table_rows.at(said.start - start, min(inside), spots, inside)
    if not labels:
        return ""
    mine = [row for row in rows if row.label in labels]
    having = [row for row in rows if any(agree(said, one) for one in row.found)]
    spoken_of = {label for _, label in spots}
    unnamed = (row for row in having if row.label not in spoken_of)
    if not having or any(table_rows.is_mentioned(row.label, [*spoken_of], clause) for row in unnamed):
        return ""
    if not any(row in mine for row in having):
        return f"“{said.words}”是“{having[0].label}”一行的，不是“{'、'.join(sorted(labels))}”的"
    return _in_other_cell(clause, said, start, inside, mine)


def _in_other_cell(clause: str, said: Particular, start: int, inside: Sequence[int], mine: Sequence[Row]) -> str:
    """Of columns that are named and have figures of the same kind."""
    headings = {one for row in mine for one in row.headings[1:] if len(one) <= table_rows.LONGEST_HEADING}
    spots = table_rows.named(clause, sorted(headings))
    columns = table_rows.at(said.start - start, min(inside), spots, inside)
    cells = [cell for row in mine for name, cell in zip(row.headings, row.cells, strict=False) if name in columns]
    alike = [one for cell in cells for one in cell.found if one.group == said.group]
    if not alike:
        return ""
    side = bounds.sides(clause, _moved(said, start))
    here = [bounds.sides(cell.text, one) for cell in cells for one in cell.found if agree(said, one)]
    if here:
        turned = all(bounds.contrary(side, other) for other in here)
        return f"“{said.words}”在“{'、'.join(sorted(columns))}”一栏里是另一边" if turned else ""
    others = [bounds.sides(cell.text, one) for row in mine for cell in row.cells for one in cell.found if agree(said, one)]  # fmt: skip
    return f"“{said.words}”不在“{'、'.join(sorted(columns))}”一栏" if side in others else ""


def _clause_of(text: str, said: Particular) -> tuple[int, str]:
    return next((match.start(), match[0]) for match in _CLAUSES.finditer(text) if match.end() > said.start)


def _moved(one: Particular, by: int) -> Particular:
    return Particular(one.kind, one.value, one.group, one.words, one.start - by, one.end - by, one.weak)


def _another_per(text: str, said: Particular, places: Sequence[tuple[str, Particular]]) -> str:
    """每月 before a number that is nowhere 每月: everywhere it stands it is 每年, or no passage speaks of months."""
    own = _per(text, said)
    for kinds in (_PERIODS, _HOLDERS):
        mine = {kinds[unit] for unit in own if unit in kinds}
        if not mine:
            continue
        theirs = [{kinds[unit] for unit in _per(passage, one) if unit in kinds} for passage, one in places]
        if all(other and not mine & other for other in theirs):
            return f"“{said.words}”处资料写的不是“每{'、每'.join(sorted(mine))}”"
    return ""


def _per(text: str, one: Particular) -> list[str]:
    before = _BESIDE.search(text[: one.start])
    return _PER.findall(before["per"]) if before else []
