"""How support is claimed in a place: where, with what, by when, how long it takes, and what it costs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from assistant.answer import Answer
from assistant.overviews import listing
from assistant.overviews.entries import Entry, entries
from assistant.overviews.sources import Numbered, told
from knowledge.catalogue import StoredPassage
from knowledge.documents import TABLE_ROWS, Module
from knowledge.library import Library, Question
from knowledge.rules import current
from knowledge.scope import Scope

LOOKED_AT, LONGEST, ENOUGH, LEAST = 12, 180, 3, 2
NOT_WRITTEN = "收录的文件没有写补贴一般怎么申领，我不能凭猜测作答；是哪一项补贴，说出名字再问。"
STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "在哪里申请",
        "创业补贴在哪里申请，网上平台还是政务服务大厅窗口",
        r"(?:申请|申报|兑付)[^。]{0,40}(?:平台|窗口|大厅|在线)|(?:平台|窗口|大厅|在线)[^。]{0,40}(?:申请|申报|兑付)",
    ),
    ("要交什么", "申请补贴应当提交下列材料", r"(?:提交|提供|报送)[^。]{0,20}(?:材料|申请表|资料)"),
    (
        "多久办完、到账",
        "补贴受理初审复核公示几个工作日拨付资金",
        r"工作日[^。]{0,60}(?:初审|审核|复核|公示|拨付|兑付)|(?:初审|审核|复核|公示|拨付|兑付)[^。]{0,60}工作日",
    ),
    ("什么时候以前申请", "补贴应当在多久以内提出申请，逾期不予受理", r"内(?:提出)?申请[^。]{0,60}|逾期"),
    ("不用申请的", "免申即享不用提出申请直接拨付", r"免申即享"),
    ("收不收钱", "申请审核兑付补贴不收取任何费用", r"不(?:得)?(?:向[^。]{0,10})?收取[^。]{0,8}(?:费用|手续费)|不收费"),
)
"""What is said, what is looked up, and what a clause about it has in it."""
_NUMBER = re.compile(r"^(?:第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）|\d+[.．、])\s*")
_MONEY = re.compile(r"补贴|补助|奖励|奖补|扶持|惠企|资金|贴息")


def claimed(tx: Connection, scope: Scope, asked: Question, library: Library, numbered: Numbered) -> Answer | None:
    """Where fewer than two of the steps are written anywhere, that is said, with the documents that there are."""
    steps = {name: _clauses(library, replace(asked, text=wanted), sign) for name, wanted, sign in STEPS}
    written = {name: found for name, found in steps.items() if found}
    if len(written) < LEAST:
        return listing.documents_alone(tx, asked, numbered, NOT_WRITTEN)
    support = [one for one in entries(tx, scope, current.engine_of(tx), asked.region) if one.clauses]
    most = _fullest(written, support)
    known = {
        name: next((one for one in found if one.document_id == most.document_id), found[0])
        for name, found in written.items()
    }
    lines = [
        f"先看是哪一项补贴，各项的条件、材料不一样。以《{most.title}》为例（引号里是原文）：",
        *_steps(known, most.document_id, numbered),
        *_ways(support, numbered),
    ]
    missing = [name for name in steps if name not in written]
    lines += [f"收录的文件没有写明：{'、'.join(missing)}。"] if missing else []
    return told(asked, "\n".join(lines), numbered.sources)


def _fullest(written: Mapping[str, Sequence[StoredPassage]], support: Sequence[Entry]) -> StoredPassage:
    """A clause of the document to go by: of those that say enough, the one most of the support rests on."""
    steps = Counter(document for found in written.values() for document in {one.document_id for one in found})
    rests = Counter(one.document_id for entry in support for one in entry.clauses[:1])

    def weight(one: StoredPassage) -> tuple[int, int, int, str]:
        document = one.document_id
        return min(steps[document], ENOUGH), rests[document], steps[document], document

    return max((one for found in written.values() for one in found), key=weight)


def _clauses(library: Library, asked: Question, sign: str) -> list[StoredPassage]:
    found = [one.passage for one in library.find(asked, limit=LOOKED_AT).results]
    return [one for one in found if _is_rule(one) and re.search(sign, one.body) and _MONEY.search(one.indexed_text)]


def _is_rule(one: StoredPassage) -> bool:
    return one.clause_kind not in TABLE_ROWS and one.module == Module.POLICY and one.kind != "解读"


def _steps(known: Mapping[str, StoredPassage], most: str, numbered: Numbered) -> Iterator[str]:
    """Those that stand in another document than the rest with its name."""
    signs = {name: sign for name, _, sign in STEPS}
    for name, passage in known.items():
        whose = "" if passage.document_id == most else f"（《{passage.title}》）"
        yield f"· {name}{whose}：“{_sentences(passage.body, signs[name])}”{numbered.marks([passage])}"


def _sentences(body: str, sign: str) -> str:
    """From the first that is about it, as far as there is room."""
    plain = _NUMBER.sub("", " ".join(body.split()))
    found = re.findall(r"[^。]+。?", plain)
    start = next((row for row, one in enumerate(found) if re.search(sign, one)), 0)
    whole = "".join(found[start:])
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}……"


def _ways(found: Sequence[Entry], numbered: Numbered) -> Iterator[str]:
    """Which support comes of itself, and which must be applied for."""
    for way, words in (
        ("免申即享", "不用申请、直接发的"),
        ("即申即享", "申请后即时兑现的"),
        ("申报审批", "要申报审批的"),
    ):
        of_way = [one for one in found if one.way == way]
        if of_way:
            yield f"{words}：{'、'.join(f'{one.name}{numbered.marks(one.clauses[:1])}' for one in of_way)}。"
