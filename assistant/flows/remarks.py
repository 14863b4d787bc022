"""Sentences of an answer about its own standing: an old rule asked about, rules that differ, who decides, other places."""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant import particulars
from assistant.answer import Elsewhere
from assistant.decisions import Decision, find_decision
from assistant.flows.citing import day
from assistant.flows.sourcing import Shown
from assistant.hierarchy import Standing, difference, governs
from assistant.particulars import Kind
from knowledge import regions, succession
from knowledge.database import Database
from knowledge.library import Question
from knowledge.scope import Scope
from knowledge.succession import Ended, named

SHORTEST_PLACE = 3
"""城区 and 矿区 are names of places, too."""
_REMEMBERS = re.compile(
    r"原来的|原先的|还能(?:用|去|办|按)|还(?:有效|管用|作数)|我?记得|印象[里中]|听说(?:.{0,6})(?:变了|改了|涨了|降了)|(?:不是|不都是)(?:要|得|说|规定|满|只|按)(?:.{1,18})(?:吗|么|嘛|[?？])|以前的(?:办法|规定|政策|标准|文件)|以前(?:是|不是|说)|[老旧原](?:的)?(?:办法|政策|规定|标准|文件)|之前的(?:办法|规定|政策|标准|文件)|过去的(?:办法|规定|政策|标准)"
    r"|(?:20\d\d|[12]\d)年?(?:的|那个|那份|那版|版).{0,8}(?:办法|规定|政策|文件|标准)"
)


def old_rules(
    database: Database, scope: Scope, question: Question, shown: Sequence[Shown], *, names_a_document: bool
) -> Iterator[str]:
    """Names the old document and the new one where the person asks about, or remembers, the old one."""
    documents = {one.source.document for one in shown}
    said = "".join(one.source.quote for one in shown)
    curated = "".join(one.faq.answer for one in shown[:1] if one.faq)
    may_remember = bool(documents) and bool(_REMEMBERS.search(question.text) or _sums(question.text))
    if not names_a_document and not may_remember:
        return
    with database.reading() as tx:
        ended = succession.named_but_ended(tx, scope, question.text) if names_a_document else []
        # a sum alone speaks only for what the first clause took the place of
        of = documents if _REMEMBERS.search(question.text) else {one.source.document for one in shown[:1]}
        before = succession.predecessors(tx, scope, of) if may_remember and not ended else []
    for one in ended:
        if (one.doc_number or one.title) not in curated:
            yield _asked_about(one, documents)
    for one, text in before[:1]:
        if one.by and (one.doc_number or one.title) not in curated and _remembers(question.text, text, said):
            yield f"原来的{one.name}{one.by.when}被{one.by.name}取代，下面按现行的答复。"


def _asked_about(one: Ended, documents: set[str]) -> str:
    if one.by is None:
        return f"您说的{one.name}有效到{day(one.last_day)}，已经失效。"
    answered = f"，现按{one.by.doc_number or one.by.name}答复" if one.by.document in documents else ""
    return f"您说的{one.name}{one.by.when}被{one.by.name}取代{answered}。"


def _remembers(question: str, old: str, said: str) -> bool:
    """By a word for it, or by a sum that stood in the old one and stands in no clause that is shown."""
    if _REMEMBERS.search(question):
        return True
    known, current = _sums(old), _sums(said)
    return any(one in known and one not in current for one in _sums(question))


def _sums(text: str) -> set[tuple[str, ...]]:
    found = particulars.find(particulars.plain(text))
    return {one.value for one in found if one.kind is Kind.NUMBER and one.group == "金额"}


def differences(shown: Sequence[Shown]) -> tuple[list[str], list[Shown]]:
    """What two documents say differently, which governs and why; and the clauses, the governing one first."""
    ordered, told = list(shown), []
    rules = [one for one in shown if one.faq is None]
    for first, second in combinations(rules, 2):
        if first.source.document == second.source.document:
            continue
        differ = difference(first.source.quote, second.source.quote)
        if differ is None:
            continue
        ruling = governs(_standing(first), _standing(second))
        told.append(_differs(first, second, differ, ruling))
        if ruling and not ruling[0]:
            ordered.remove(second)
            ordered.insert(ordered.index(first), second)
    return told, ordered


def _differs(first: Shown, second: Shown, differ: tuple[str, str], ruling: tuple[bool, str] | None) -> str:
    one, other = (f"{_document(shown)}{shown.source.clause}" for shown in (first, second))
    said = f"两份文件说法不同：{one}写的是“{differ[0]}”，{other}写的是“{differ[1]}”"
    if ruling is None:
        return f"{said}；从文件本身看不出以哪一份为准，请向主管部门核实。"
    is_first, reason = ruling
    return f"{said}；以{_document(first if is_first else second)}为准（{reason}）。"


def _document(shown: Shown) -> str:
    return named(shown.source.title, shown.source.doc_number)


def _standing(shown: Shown) -> Standing:
    passage = shown.found.passage
    return Standing(passage.title, passage.kind, passage.region, passage.valid_from)


def decision(question: Question, *, found: bool) -> str | None:
    """That an authority decides, where the person asks for a decision."""
    asked: Decision | None = find_decision(question.text)
    if asked is None:
        return None
    return asked.value if found else asked.alone


def other_place(question: Question, shown: Sequence[Shown]) -> str | None:
    """That the answer is for here, where the person names another place in full in which it does not hold as well."""
    chain = regions.chain(question.region)
    said = _places_named(question.text) - {regions.name(code) for code in chain}
    said = {name for name in said if not _binds(name, question.region, shown)}
    if not said:
        return None
    place, here = max(said, key=lambda name: (len(name), name)), regions.name(question.region)
    return f"您问到了{place}，下面是{here}适用的规定，不能用到{place}；要查{place}的规定，请把地区改成{place}。"


def _binds(name: str, here: str, shown: Sequence[Shown]) -> bool:
    """A rule of the city binds all its districts."""
    codes = [code for code in regions.codes_named(name) if code[:4] == here[:4]]
    return any(all(regions.binds(one.source.region, code) for one in shown) for code in codes)


def _places_named(text: str) -> set[str]:
    known, longest = _places()
    return {
        text[start : start + length]
        for start in range(len(text) - SHORTEST_PLACE + 1)
        for length in range(SHORTEST_PLACE, longest + 1)
        if text[start : start + length] in known
    }


@functools.cache
def _places() -> tuple[frozenset[str], int]:
    known = frozenset(name for name in regions.names().values() if len(name) >= SHORTEST_PLACE)
    return known, max(map(len, known))


def binds_there_alone(place: str, here: str) -> str:
    """Of a place that somebody names, where none of its rules was found on the matter."""
    name = regions.name(place)
    return f"{name}自己的规定只在{name}适用" + (
        "。" if here == regions.COUNTRY else f"，在{regions.name(here)}不适用。"
    )


def not_here(region: str, elsewhere: Sequence[Elsewhere]) -> str:
    """Whose rules they are, and that they do not bind; no word of what they give."""
    whose = "；".join(f"{named(one.title, None)}是{regions.name(one.region)}的规定" for one in elsewhere)
    if region == regions.COUNTRY:
        return f"{whose}，只在当地适用；说明您所在的地区，才能查到当地的规定。"
    place = regions.name(region)
    return f"{whose}，在{place}不适用。{place}有没有类似规定，现有文件里没有查到。"
