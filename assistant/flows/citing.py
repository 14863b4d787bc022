"""How a source is named: document, 文号, clause, region, dates in force, and what must be known beside it."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import Source, Successor
from knowledge import regions
from knowledge.documents import Audience
from knowledge.library import Found, Why
from knowledge.succession import named

UNKNOWN_START = "施行日期待核"
PENDING = {
    "effective_from": UNKNOWN_START,
    "issued": "成文日期待核",
    "audience": "公开属性待核",
}
PUBLISHED = "已审核发布的常见问答原文，不是人工智能生成"
ALIKE = 0.6
"""Cosine from which a clause is said to mean the same."""
BASIS = Why(None, None, (), named=False)
"""Not found, but named by a published answer as what it rests on."""


def name(source: Source) -> str:
    return f"{named(source.title, source.doc_number)}{source.clause}"


def citation(source: Source, number: int) -> str:
    """What every answer names; what must be known beside it follows on lines of its own."""
    marks = "".join(f"，{mark}" for mark in source.pending if mark not in dates(source))
    later = f"，{replaced(source.superseded_by)}" if source.superseded_by else ""
    staff = "，仅供工作人员" if source.audience is Audience.STAFF else ""
    place = regions.name(source.region)
    published = f"，{PUBLISHED}" if source.title.strip("《》") == "常见问答" else ""
    line = f"   [{number}]{name(source)}｜适用地区：{place}｜{dates(source)}{later}{marks}{staff}{published}"
    return "\n".join([line, *(f"   注意：{remark}" for remark in notes(source))])


def citations(sources: Sequence[Source], first: int, cited: Sequence[int]) -> Iterator[str]:
    """Of the sources, numbered from `first`, those whose number is cited."""
    for number, source in enumerate(sources, start=first):
        if number in cited:
            yield citation(source, number)


def notes(source: Source) -> list[str]:
    changed = [
        f"这一条已被{named(one.title, one.doc_number)}修改，{one.since.isoformat()} 起施行，请以修改后的为准。"
        for one in source.amended_by
    ]
    return [*source.remarks, *changed]


def replaced(later: Successor) -> str:
    return f"{later.since.isoformat()} 起由{named(later.title, later.doc_number)}取代"


def dates(source: Source) -> str:
    start = f"{source.effective_from.isoformat()} 起施行" if source.effective_from else UNKNOWN_START
    if source.effective_from and UNKNOWN_START in source.pending:
        start = f"{source.effective_from.isoformat()} 成文，{UNKNOWN_START}"
    return f"{start}，有效至 {source.effective_to.isoformat()}" if source.effective_to else f"{start}，现行有效"


def day(given: date) -> str:
    return f"{given.year}年{given.month}月{given.day}日"


def why(found: Found) -> str:
    """Why it was found, in a few words that anybody understands."""
    if found.why == BASIS:
        return "上面的常见问答以它为依据"
    reasons = ["问题里点了它的名"] if found.why.named else []
    if found.why.matched:
        reasons.append("和问题有相同的字词：" + "、".join(found.why.matched[:5]))
    if found.why.meaning is not None and found.why.meaning >= ALIKE:
        reasons.append("说的意思相近")
    return "；".join(reasons) or "和问题有些相近"
