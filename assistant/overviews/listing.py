"""The support of a place in groups, a line each; where neither guide nor rule is held, the documents in force."""

import re
from collections.abc import Container, Iterator, Sequence

from sqlalchemy import Connection

from assistant.answer import Answer
from assistant.overviews import outline
from assistant.overviews.asking import Topic
from assistant.overviews.entries import SHOWN, Entry, entries
from assistant.overviews.sources import Numbered, told
from knowledge import catalogue, regions
from knowledge.catalogue import DocumentSummary
from knowledge.documents import Module
from knowledge.library import Question
from knowledge.numbering import to_chinese
from knowledge.rules import current
from knowledge.scope import Scope, in_force
from knowledge.succession import named

MOST_DOCUMENTS = 8
MOST_LOOKED_AT = 60
WAYS = {"免申即享": "免申即享，不用申请", "即申即享": "即申即享", "申报审批": "要申报审批"}
_EXPLAINS = re.compile(r"解读|问答|说明|新闻|答记者问")
_WHERE_ELSE = "收录的文件不一定齐全，以上没有列出的，可以拨打12345或者找政策服务专员核对。"


def listed(tx: Connection, scope: Scope, asked: Question, topic: Topic, numbered: Numbered) -> Answer | None:
    """None where nothing is held about the topic: then its clauses are looked up like any other question's."""
    found = [one for one in entries(tx, scope, current.engine_of(tx), asked.region) if _belongs(one, topic)]
    cited = [one for one in found if one.clauses]
    held = rules_of(tx, asked, {one.document_id for entry in cited for one in entry.clauses})
    if not (cited or (found and not topic.words) or (held and not topic.words)):
        return None
    place = regions.name(asked.region)
    what = f"和{topic.words}有关的扶持" if topic.words else "扶持政策"
    lines = [f"{place}现行的{what}，收录到 {len(cited)} 项；点编号看条款原文。"] if cited else []
    lines += _grouped(cited, asked.region, numbered)
    if not cited and not topic.is_of_rules:
        lines.append(f"{place}收录的文件里，没有列出具体补贴项目的事项指南和规则。")
    if not cited or (topic.is_of_rules and not topic.words):
        lines += _documents(held, asked, numbered if not cited else None, tx)
    lines += _uncited([one for one in found if not one.clauses])
    lines.append("能不能享受要逐条对条件，以主管部门审核为准。" + _WHERE_ELSE)
    return told(asked, "\n".join(lines), numbered.sources)


def documents_alone(tx: Connection, asked: Question, numbered: Numbered, opening: str) -> Answer | None:
    """Where nothing more exact can be said; None where there is no document either."""
    held = rules_of(tx, asked, ())
    if not held:
        return None
    lines = [opening, *_documents(held, asked, numbered, tx), _WHERE_ELSE]
    return told(asked, "\n".join(lines), numbered.sources)


def _belongs(one: Entry, topic: Topic) -> bool:
    return not topic.belongs or re.search(topic.belongs, one.about) is not None


def _grouped(found: Sequence[Entry], region: str, numbered: Numbered) -> Iterator[str]:
    groups = [(name, [one for one in found if one.group == name]) for name in SHOWN]
    for row, (name, inside) in enumerate([group for group in groups if group[1]], start=1):
        yield f"{to_chinese(row)}、{name}"
        for one in inside:
            yield f"· {_line(one, region)}{numbered.marks(one.clauses)}"


def _line(one: Entry, region: str) -> str:
    where = "" if one.region == region else f"（{regions.name(one.region)}）"
    way = f"（{WAYS[one.way]}）" if one.way in WAYS else ""
    return f"{one.name}{where}：{one.says or _quoted(one)}{way}"


def _quoted(one: Entry) -> str:
    """In the words of the clause, where the guide's own do not fit it."""
    return f"“{outline.short(one.clauses[0].body)}”"


def _uncited(found: Sequence[Entry]) -> Iterator[str]:
    """Rules of the whole country whose text is not held: named without figures, since nobody can look them up here."""
    if found:
        names = "、".join(dict.fromkeys(one.name for one in found))
        yield f"全国都有的（条款原文没有收录，只列名称，点“我能享受什么”按规则自测）：{names}。"


def rules_of(tx: Connection, asked: Question, cited: Container[str]) -> list[DocumentSummary]:
    """Documents in force of the place and those above it, no explanations: those cited first, then the nearest."""
    here = [one for one in regions.chain(asked.region) if one != regions.COUNTRY]
    found, _ = catalogue.list_documents(tx, asked.audience, regions=here, module=Module.POLICY, limit=MOST_LOOKED_AT)
    rules = [
        one
        for one in found
        if in_force(one.valid_from, one.valid_to, on=asked.on) and not _EXPLAINS.search(one.title + (one.kind or ""))
    ]
    return sorted(rules, key=lambda one: (one.id not in cited, here.index(str(one.region))))[:MOST_DOCUMENTS]


def _documents(
    held: Sequence[DocumentSummary], asked: Question, numbered: Numbered | None, tx: Connection
) -> Iterator[str]:
    """Each by its name; with `numbered`, with the clause that says what it is for."""
    if held:
        yield (
            "现行的有关文件："
            if numbered is None
            else (f"{regions.name(asked.region)}现行的有关文件，收录到 {len(held)} 份；点编号看原文。")
        )
    for one in held:
        mark = ""
        if numbered is not None and (shown := outline.view(tx, one.id, asked)) is not None:
            mark = outline.purpose(shown, asked, numbered)
        yield f"· {named(one.title, one.doc_number)}{mark}"
