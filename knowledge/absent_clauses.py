"""That a document held has no such clause as somebody names, and what there is of its kind: 第九百条 of thirty.

The version in force on the day decides; where none is, the one that was in force last.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from knowledge import regions
from knowledge.clause_names import canonical, components, key, matching
from knowledge.documents import ClauseKind, Module
from knowledge.numbering import to_chinese
from knowledge.references import Reference, around_clause, short_names
from knowledge.schema import clauses, documents
from knowledge.scope import Scope, in_force
from knowledge.succession import named

Key = tuple[tuple[str, int], ...]
ARTICLE, PARAGRAPH, ITEM, CHAPTER, SECTION, PART, ANNEX = "第条", "第款", "（）", "第章", "第节", "", "附件"
_NAMED_PARTS = re.compile(r"[》的里中，,：:\s]{0,3}(?P<name>总则|附则|罚则)")
_LIKE_A_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:法|条例|办法|规定|细则|解释|通知|意见|方案|措施|规程|规范|制度|决定|指南|手册)$"
)
_GLUE = re.compile(r"(?:（[^（）]{1,40}）|[》〉的里中：:，,\s]|里面|当中|文件|规定)+$")
_HEADINGS = (ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.PART, ClauseKind.ANNEX)
LONGEST_HEADING, SHORTEST_CORE = 40, 4
MOST_OTHERS, MOST_LOOKED_AT = 3, 60


@dataclass(frozen=True, slots=True)
class Absent:
    """A clause that is not there."""

    document_id: str
    title: str
    doc_number: str | None
    region: str | None
    above: str
    """What of its name is there: 第五条 of 第五条第（九）项; empty where nothing is."""
    asked: str
    """What is not: 第九百条, 第（九）项, “附则”."""
    has: str
    """What there is of the kind, without a full stop."""
    former: str = ""
    """A version no longer in force that had it, by its name."""

    def told(self) -> str:
        above = self.above if not self.above or self.above[0] in "第附" else f"“{self.above}”下面"
        whole = f"{named(self.title, self.doc_number)}{above}没有{self.asked}：{self.has}。"
        later = f"已经失效的{self.former}有{above}{self.asked}，现在不能作依据。" if self.former else ""
        return whole + later


@dataclass(frozen=True, slots=True)
class _Version:
    id: str
    title: str
    doc_number: str | None
    region: str | None
    valid_from: date | None
    valid_to: date | None


def absent_clause(tx: Connection, scope: Scope, question: str, reference: Reference) -> Absent | None:
    """None where the clause is there, or it is not sure that it is sought in a document that is held."""
    around = around_clause(question, reference) if reference.clause else None
    part = _part_named(question, reference) if around is None else ""
    if not reference or not (part or (around and _is_its_clause(around[0], reference))):
        return None
    versions = _versions(tx, scope, reference)
    now = [one for one in versions if in_force(one.valid_from, one.valid_to, on=scope.on)] or versions[-1:]
    whole = [[one for one in now if one.title == title] for title in dict.fromkeys(one.title for one in now)]
    found = [_in_whole(tx, parts, reference.clause or "", part) for parts in whole]
    first = next(iter(found), None)
    if first is None or not all(found):
        return None
    before = (one for one in reversed(versions) if one not in now)
    former = next((one for one in before if not _in_whole(tx, [one], reference.clause or "", part)), None)
    had = named(former.title, former.doc_number) if former else ""
    return Absent(now[0].id, now[0].title, now[0].doc_number, now[0].region, *first, former=had)


def others_having(tx: Connection, scope: Scope, absent: Absent, clause: str) -> list[str]:
    """Documents in force with a name like that of the one asked about that have such a clause, by title."""
    core = _core(absent.title)
    if len(core) < SHORTEST_CORE:
        return []
    alike = documents.c.title.contains(core, autoescape=True)
    rows = [one for one in _held(tx, scope, alike) if one.title != absent.title]
    return list(dict.fromkeys(one.title for one in _having(tx, scope, rows, clause)))


def documents_having(tx: Connection, scope: Scope, clause: str) -> list[str]:
    """A few documents in force of the place itself that have such a clause, the nearest first, by title."""
    rules = and_(documents.c.module == Module.POLICY, documents.c.region != regions.COUNTRY)
    rows = sorted(_held(tx, scope, rules), key=lambda one: scope.regions.index(str(one.region)))
    return list(dict.fromkeys(one.title for one in _having(tx, scope, rows, clause)))


def named_alike(tx: Connection, scope: Scope, name: str) -> list[str] | None:
    """Titles of rules with this name in them, in force if any is; None where only other places have one."""
    has_it = documents.c.title.contains(name, autoescape=True)
    every = [one for one in _held(tx, scope, has_it) if not one.title.startswith("《")]  # an explanation is no rule
    held = [one for one in every if in_force(one.valid_from, one.valid_to, on=scope.on)] or every
    if not held and tx.execute(select(documents.c.id).where(has_it)).first() is not None:
        return None
    return list(dict.fromkeys(one.title for one in held))


def _having(tx: Connection, scope: Scope, rows: Sequence[_Version], clause: str) -> Iterator[_Version]:
    found = 0
    for one in rows[:MOST_LOOKED_AT]:
        if in_force(one.valid_from, one.valid_to, on=scope.on) and not _in_whole(tx, [one], clause, ""):
            yield one
            found += 1
        if found == MOST_OTHERS:
            return


def _core(title: str) -> str:
    """What a document is about: without marks and the kind at its end."""
    return re.sub(
        r"(?:（[^（）]*）)?(?:实施|管理|暂行)?(?:法|条例|办法|规定|细则|措施|方案)?(?:（[^（）]*）)*$",
        "",
        title.strip("《》"),
    ).removeprefix("中华人民共和国")


def _part_named(question: str, reference: Reference) -> str:
    """附则, where it stands right behind the name of the document."""
    for name in short_names(reference):
        place = question.find(name)
        match = _NAMED_PARTS.match(question, place + len(name)) if place >= 0 else None
        if match:
            return match["name"]
    return ""


def _is_its_clause(before: str, reference: Reference) -> bool:
    """Whether the clause is one of the document named, not of another one that nobody holds."""
    said = _GLUE.sub("", before)
    other = _LIKE_A_DOCUMENT.search(said)
    return other is None or any(other[0].endswith(_GLUE.sub("", name)) for name in short_names(reference))


def _versions(tx: Connection, scope: Scope, reference: Reference) -> list[_Version]:
    """Of the documents named, in the order in which they ended; the number counts before the title."""
    if reference.number:
        return _held(tx, scope, documents.c.doc_number == reference.number)
    return _held(tx, scope, documents.c.title.in_(reference.titles))


def _held(tx: Connection, scope: Scope, which: Any) -> list[_Version]:
    columns = (getattr(documents.c, name) for name in _Version.__slots__)
    query = select(*columns).where(
        which, documents.c.region.in_(scope.regions), documents.c.audience.in_(scope.audiences)
    )
    found = [_Version(*row) for row in tx.execute(query)]
    return sorted(found, key=lambda one: (one.valid_to or date.max, one.valid_from or date.min))


def _in_whole(tx: Connection, parts: Sequence[_Version], clause: str, part: str) -> tuple[str, str, str] | None:
    """What of the name is there, what is not, and what there is; None where all of it is there.

    A code may be held in several parts, each a document of its own.
    """
    ids = [one.id for one in parts]
    if part:
        return _of_heading(_headings(tx, ids), part)
    paths = list(tx.execute(select(clauses.c.path).where(clauses.c.document_id.in_(ids))).scalars())
    return missing_part(paths, clause, lambda above: _text_of(tx, ids, paths, above))


def missing_part(
    paths: Collection[str], clause: str, text_of: Callable[[str], str] = lambda above: ""
) -> tuple[str, str, str] | None:
    """The same by the clauses of a document; what was not split any further is looked for in the text."""
    known = {own for path in paths if (own := key(canonical(path)))}
    if clause.upper().startswith("FAQ") or not known:
        return None
    held: Key = ()
    above = ""
    for part in components(clause):
        (one,) = key(part)
        if _is_there(known, held, one) or (held and _stands_in(text_of(above), one, _below(known, held, one[0]))):
            held = held if one[0] == PARAGRAPH else (*held, one)
            above = canonical(above + part)
            continue
        asked = part if above else canonical(part)
        asked = asked if asked[0] in "第附（" else f"“{asked}”"
        return above, asked, _what_there_is(known, held, *one)
    return None


def _is_there(known: Collection[Key], held: Key, one: tuple[str, int]) -> bool:
    if one[0] == PARAGRAPH:
        return one[1] == 1 or (*held, one) in known
    if not held and one[0] == ITEM:
        return any(path[-1:] == (one,) for path in known)
    if one == (ANNEX, 0):
        return any(path[0][0] == ANNEX for path in known)
    wanted = (*held, one)
    return any(path[: len(wanted)] == wanted for path in known)


def _below(known: Collection[Key], held: Key, kind: str) -> list[int]:
    """Numbers of this kind directly below what is held."""
    depth = len(held)
    return sorted({path[depth][1] for path in known if len(path) > depth and path[:depth] == held and path[depth][0] == kind})  # fmt: skip


def _stands_in(text: str, one: tuple[str, int], split: Sequence[int]) -> bool:
    """Whether the words of a clause that was not split have such a mark, or so many paragraphs."""
    kind, number = one
    if kind == PARAGRAPH:
        lines = [line for line in text.splitlines() if line.strip() and not re.match(r"\s*(?:[（(]|\d+[.．、])", line)]
        return len(lines) >= number
    if split or kind not in {ITEM, PART}:
        return False
    if kind == ITEM:
        return re.search(rf"[（(](?:{to_chinese(number)}|{number})[）)]", text) is not None
    return re.search(rf"(?<!\d){number}[.．、]", text) is not None


def _what_there_is(known: Collection[Key], held: Key, kind: str, asked: int) -> str:
    numbers = _below(known, held, kind)
    if kind == PARAGRAPH:
        last = max([1, *numbers])
        return f"这一条只有{last}款"
    if held:
        return f"只有（{to_chinese(numbers[0])}）到（{to_chinese(numbers[-1])}）" if numbers else "下面没有再分"
    if kind == ANNEX:
        return f"收录的文本有附件{numbers[0]}到附件{numbers[-1]}" if len(numbers) > 1 else _annexes(known)
    if not numbers:
        return _otherwise(known, kind)
    unit, name = {ARTICLE: ("条", "第{}条"), CHAPTER: ("章", "第{}章"), PART: ("个部分", "“{}”")}.get(
        kind, ("项", "（{}）")
    )
    last_name = name.format(to_chinese(numbers[-1]))
    if asked < numbers[-1]:
        return f"收录的文本里缺这一{unit}，最后一{unit}是{last_name}"
    is_whole = numbers[-1] == len(numbers)
    return f"一共{len(numbers)}{unit}，最后一{unit}是{last_name}" if is_whole else f"收录的文本到{last_name}为止"


def _annexes(known: Collection[Key]) -> str:
    return "收录的文本只有一个附件" if any(path[0][0] == ANNEX for path in known) else "收录的文本没有附件"


def _otherwise(known: Collection[Key], kind: str) -> str:
    """How a document is numbered that has nothing of this kind."""
    unit = {ARTICLE: "条", CHAPTER: "章", SECTION: "节"}.get(kind, "这样的部分")
    for other in (ARTICLE, PART):
        if other != kind and (numbers := _below(known, (), other)):
            how = "按条编号，一共{}条" if other == ARTICLE else "用的是“一、（一）”这样的编号，一共{}个部分"
            return f"这份文件不分{unit}，{how.format(len(numbers))}"
    return f"这份文件不分{unit}"


def _of_heading(headings: Sequence[str], part: str) -> tuple[str, str, str] | None:
    if any(part in heading for heading in headings):
        return None
    chapters = [heading for heading in headings if re.match(r"第.{1,4}章", heading)]
    has = f"一共{len(chapters)}章，最后一章是“{chapters[-1]}”" if chapters else "这份文件不分章"
    return "", f"“{part}”", has


def _headings(tx: Connection, ids: Sequence[str]) -> list[str]:
    words = func.substr(documents.c.text, clauses.c.start + 1, LONGEST_HEADING)
    query = select(words).join(documents, documents.c.id == clauses.c.document_id)
    wanted = or_(*(clauses.c.kind == kind for kind in _HEADINGS))
    rows = tx.execute(query.where(clauses.c.document_id.in_(ids), wanted).order_by(clauses.c.start)).scalars()
    return [str(row).split("\n")[0] for row in rows]


def _text_of(tx: Connection, ids: Sequence[str], paths: Collection[str], above: str) -> str:
    meant = matching(paths, above)
    words = func.substr(documents.c.text, clauses.c.start + 1, clauses.c.end - clauses.c.start)
    query = select(words).join(documents, documents.c.id == clauses.c.document_id)
    rows = tx.execute(query.where(clauses.c.document_id.in_(ids), clauses.c.path.in_(meant))).scalars()
    return "\n".join(map(str, rows))
