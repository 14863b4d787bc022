"""What a document says, in its own headings and words: title, 文号, dates, and each part with what it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from assistant.answer import Source
from assistant.flows.citing import PENDING, dates
from assistant.one_off import one_off
from assistant.overviews.asking import Named
from assistant.overviews.sources import Numbered
from knowledge import catalogue, regions
from knowledge.catalogue import DocumentSummary, DocumentView, StoredClause
from knowledge.documents import ClauseKind, Module
from knowledge.errors import DocumentNotFound
from knowledge.library import Question
from knowledge.numbering import normalise_number
from knowledge.scope import in_force
from knowledge.succession import named

SHORTEST, LONGEST_QUOTE, LONGEST_SOURCE = 8, 90, 400
MOST_OF_PART, MOST_OF_ALL, MOST_ISSUERS = 3, 20, 4
CELLS = " | "
_HEADS = frozenset({ClauseKind.CHAPTER, ClauseKind.PART, ClauseKind.ANNEX})
_SAYS = frozenset({ClauseKind.ARTICLE, ClauseKind.SECTION_ITEM, ClauseKind.POINT, ClauseKind.PART, ClauseKind.PREAMBLE})
_FIGURES = re.compile(r"\d[\d,.]*\s*(?:万|亿)?元|\d[\d.]*\s*[%％]|\d+\s*(?:个)?(?:工作日|日内|个月|年|天)")
_SUMS = re.compile(r"\d[\d,.]*\s*(?:万|亿)?元")
_GIVES = re.compile(r"补贴|奖励|奖补|贷款|减免|免费|服务对象|适用(?:本|于)")
_OF_STAFF = re.compile(r"督办|督导|考核|指导思想|为指导|组织领导|各地各部门|各级部门")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？：]?")
_NUMBERED = re.compile(
    r"^\s*(?:第[零一二三四五六七八九十百]+[条章]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])\s*"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and the clauses below it."""

    heading: str
    clauses: tuple[StoredClause, ...]


def find(tx: Connection, asked: Question, wanted: Named) -> DocumentView | None:
    """The version in force on the day, else the newest; one that binds here before one of elsewhere."""
    number = normalise_number(wanted.number)
    held, _ = catalogue.list_documents(tx, asked.audience, words=wanted.title, limit=30)
    exact = [one for one in held if one.title.strip("《》") == wanted.title]
    exact = [one for one in exact if number in ("", one.doc_number)] or ([] if number else exact)
    if not exact:
        return None
    here = regions.chain(asked.region)
    best = max(exact, key=lambda one: (one.region in here, _is_in_force(one, asked), str(one.valid_from or "")))
    return view(tx, best.id, asked)


def view(tx: Connection, document: str, asked: Question) -> DocumentView | None:
    try:
        return catalogue.view_document(tx, document, asked.audience)
    except DocumentNotFound:
        return None


def outlined(shown: DocumentView, asked: Question, numbered: Numbered) -> str:
    """Its outline; every quote is numbered."""
    one = shown.summary
    lines = [f"{named(one.title, one.doc_number)}", *_labels(shown, asked)]
    parts = parts_of(shown.clauses)
    articles = [clause for part in parts for clause in part.clauses]
    if len(parts) > 1:
        lines.append(f"全文分{len(parts)}个部分，各部分说的是（引号里是原文）：")
    else:
        lines.append("说的是（引号里是原文）：")
    quota = MOST_OF_PART if len(parts) > 1 else MOST_OF_ALL
    room = MOST_OF_ALL
    for part in parts:
        if part.heading:
            lines.append(f"{part.heading}{_range(part, articles)}")
        for clause in _telling(part.clauses, min(quota, max(room, 1))):
            room -= 1
            mark = numbered.add(source_of(one, clause, asked, [whole.text for whole in _within(shown, clause)]))
            lines.append(f"· {clause.path}：“{short(clause.text, clause.heading)}”{mark}")
    return "\n".join(lines)


def parts_of(clauses: Sequence[StoredClause]) -> list[Part]:
    """Chapters with their articles, parts with their items; one without a heading where there are none."""
    heads = {one.id: one for one in clauses if one.kind in _HEADS}
    chapters = {one.id for one in heads.values() if one.kind == ClauseKind.CHAPTER}
    heads = {key: one for key, one in heads.items() if not chapters or key in chapters or one.kind == ClauseKind.ANNEX}
    by_id, found = {one.id: one for one in clauses}, list[tuple[str, StoredClause]]()
    for one in clauses:
        head = _head(one, by_id, heads)
        if one.kind in _SAYS and one.text.strip() and (head or not heads):
            found.append((head, one))
    parts = [Part(_heading(heads.get(key)), tuple(one for _, one in group)) for key, group in groupby(found, lambda pair: pair[0])]  # fmt: skip
    return [part for part in parts if part.clauses]


def _head(clause: StoredClause, by_id: dict[str, StoredClause], heads: dict[str, StoredClause]) -> str:
    above: StoredClause | None = clause
    while above is not None:
        if above.id in heads:
            return above.id
        above = by_id.get(above.parent_id or "")
    return ""


def _heading(head: StoredClause | None) -> str:
    if head is None:
        return ""
    mark = head.path if head.kind in (ClauseKind.CHAPTER, ClauseKind.ANNEX) else f"{head.path}、"
    heading = head.heading.strip()
    return heading if heading.startswith(mark) else f"{mark} {heading}".replace("、 ", "、").strip(" 、")


def _range(part: Part, all_articles: Sequence[StoredClause]) -> str:
    articles = [one for one in part.clauses if one.kind == ClauseKind.ARTICLE]
    if not articles or not all_articles:
        return ""
    first, last = articles[0].path, articles[-1].path
    return f"（{first}）" if first == last else f"（{first}至{last}）"


def _telling(clauses: Sequence[StoredClause], most: int) -> list[StoredClause]:
    """Those with sums and time limits first, then the first of the part; in their own order."""
    long_enough = [one for one in clauses if len(_plain(one.text)) >= SHORTEST] or list(clauses)
    ranked = sorted(long_enough, key=lambda one: (-min(len(_FIGURES.findall(one.text)), 3), clauses.index(one)))
    return sorted(ranked[:most], key=clauses.index)


def _within(shown: DocumentView, clause: StoredClause) -> Iterator[StoredClause]:
    """The clause and what stands below it."""
    yield from (one for one in shown.clauses if clause.start <= one.start < clause.end)


def _plain(text: str) -> str:
    return _NUMBERED.sub("", " ".join(text.split()))


def short(text: str, heading: str = "", telling: re.Pattern[str] = _FIGURES) -> str:
    """Its first telling sentence, cut where it is long; of a table its columns."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [line for line in lines if CELLS in line]
    plain = _plain("\n".join(line for line in lines if CELLS not in line))
    if rows and len(plain) < LONGEST_QUOTE / 2:
        return f"{plain or heading}（表格：{'、'.join(cell.strip() for cell in rows[0].split(CELLS))}）"
    if heading and re.match(rf"{re.escape(heading)}[。：: ]", plain) and len(plain) > len(heading) + SHORTEST:
        plain = plain.removeprefix(heading).lstrip("。：: ")
    sentences = [match[0].strip() for match in _SENTENCE.finditer(plain)]
    best = next((one for one in sentences if telling.search(one)), "")
    if not best:
        best = next(("".join(sentences[:count]) for count in (1, 2) if len("".join(sentences[:count])) >= 2 * SHORTEST), plain)  # fmt: skip
    return best if len(best) <= LONGEST_QUOTE else f"{best[:LONGEST_QUOTE]}……"


def source_of(one: DocumentSummary, clause: StoredClause, asked: Question, words: Sequence[str]) -> Source:
    whole = "\n".join(text.strip() for text in words if text.strip())
    past = one_off(whole, asked.on, heading=clause.heading) if one.module == Module.POLICY else None
    quote = whole if len(whole) <= LONGEST_SOURCE else f"{whole[:LONGEST_SOURCE]}……"
    return Source(
        document=one.id,
        title=one.title,
        doc_number=one.doc_number,
        clause=clause.path,
        quote=quote,
        region=one.region or regions.COUNTRY,
        effective_from=one.valid_from,
        effective_to=one.valid_to,
        in_force=_is_in_force(one, asked),
        audience=one.audience,
        score=1.0,
        why="问题里点了它的名",
        clause_id=clause.id,
        remarks=(past.told(asked.on),) if past else (),
        pending=tuple(dict.fromkeys(PENDING[name] for name in one.pending if name in PENDING)),
    )


def _labels(shown: DocumentView, asked: Question) -> Iterator[str]:
    one = shown.summary
    if one.issuers:
        more = f"等{len(one.issuers)}个部门" if len(one.issuers) > MOST_ISSUERS else ""
        yield f"发文机关：{'、'.join(one.issuers[:MOST_ISSUERS])}{more}"
    if one.issued:
        yield f"成文日期：{one.issued.isoformat()}"
    if one.module != Module.NEWS:
        yield f"施行和有效期：{dates(source_of(one, shown.clauses[0], asked, []))}" if shown.clauses else ""
    yield f"适用地区：{regions.name(one.region) if one.region else '待核'}"
    if not _is_in_force(one, asked):
        now = next((other for other in shown.versions if other.id == one.ended_by), None)
        instead = f"现在看{named(now.title, now.doc_number)}。" if now else ""
        yield f"注意：这份文件在{asked.on.isoformat()}已经不在有效期内，下面只是它当时的内容。{instead}"


def _is_in_force(one: DocumentSummary, asked: Question) -> bool:
    return in_force(one.valid_from, one.valid_to, on=asked.on)


def purpose(shown: DocumentView, asked: Question, numbered: Numbered) -> str:
    """：“what its first clause says”[1]"""
    clauses = [one for part in parts_of(shown.clauses) for one in part.clauses if len(_plain(one.text)) >= SHORTEST]
    if not clauses:
        return ""
    best = max(clauses, key=lambda one: (_weight(one.text), -clauses.index(one)))
    mark = numbered.add(source_of(shown.summary, best, asked, [best.text]))
    telling = _SUMS if _SUMS.search(best.text) else _GIVES
    return f"：“{short(best.text, best.heading, telling)}”{mark}"


def _weight(text: str) -> int:
    """A clause with a sum before one that gives something, before the first, which may only name ideas."""
    if _OF_STAFF.search(text):
        return -1
    return 2 if _SUMS.search(text) else 1 if _GIVES.search(text) else 0
