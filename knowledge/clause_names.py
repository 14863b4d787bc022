"""How a clause is named, in a question as in a document: 第六条第（一）项, 二（一）, 一、（一）1., （三）, 附件2·三."""

import functools
import re
from collections.abc import Iterable, Iterator

from knowledge.numbering import NUMERAL, canonical_clause, to_int

MOST_NAMES = 4_096
"""Of clauses, whose canonical form is kept: every law has a 第六条."""
_N = rf"(?:{NUMERAL}|\d{{1,4}})"
_ARTICLE = rf"第{_N}条(?:之{NUMERAL})?(?:的?第{_N}款)?(?:的?第?(?:（{_N}）|{_N}(?=项))项?)?"
_BRACKETED = rf"第?（{_N}）"
_POINT = r"(?:[、的第]{0,2}(?:\d{1,2}(?=[.．、点条项是]|$)|（\d{1,2}）))?"
_PART = rf"(?:第{_N}(?:个?(?:大?部分|大点|大条|大项))|{NUMERAL})"
_ANNEX = rf"附件(?:\d{{1,2}}|{NUMERAL})?"
_NAMED = re.compile(
    rf"(?:{_ANNEX}[·、,，的中里]?)?"
    rf"(?:{_ARTICLE}|{_PART}[、.．,，的中里]{{0,2}}{_BRACKETED}{_POINT}|第{_N}章(?:第{_N}节)?)"
    r"|FAQ-\d{1,5}",
    re.IGNORECASE,
)
_PART_ALONE = re.compile(rf"第{_N}个?(?:大?部分|大点|大条|大项)")
_IS_SAID = r"(?=[是讲说写规怎什里中的那呢吗嘛啥有叫指，。、,.．?？;；:：）\s]|$)"
_BEHIND_NAME = re.compile(
    rf"(?:（[^（）]{{1,30}}）)?[》号）]?(?:[的中里：:，,]|里面|当中)*(?P<clause>{_ANNEX}(?:·?{NUMERAL})?{_IS_SAID}|{_BRACKETED}|{NUMERAL}{_IS_SAID})"
)
"""What names a clause only where the document stands right before it: 三, （三）, 附件."""
_DOCUMENT = re.compile(r"(?:请问|请说说|我想问)?(?:《[^《》]+》|[\u4e00-\u9fff]{2,16}〔\d{4}〕\d+号)")
_WHAT_IT_SAYS = re.compile(
    r"[.．、，, ]*(?:那一?[条款项段]|这一?[条款项段])?(?:里面?|中)?(?:[是讲说写规指]|怎么|什么|啥|具体|到底|都|定|的|意思|内容|了|些|哪|吗|呢)*[。？?！! ]*"
)
_COMPONENT = re.compile(
    rf"第{_N}章|第{_N}节|第{_N}条(?:之{NUMERAL})?|第{_N}款|第?（{_N}）项?|附件{_N}?|FAQ-\d+|{NUMERAL}|\d+|[①-⑳]",
    re.IGNORECASE,
)
_NUMBER = re.compile(_N)
_PARTS = re.compile(rf"第({_N})个?(?:大?部分|大点|大条|大项)")
_ALONE = re.compile(rf"(?:请问|那个?|你好[，,]?)*(?:{_ARTICLE}|第{_N}章(?:第{_N}节)?)")
_OPENS = re.compile(rf"(?:{_ARTICLE}|{_PART}?[、.．]?{_BRACKETED}|{_PART_ALONE.pattern})")


def find_clause(text: str, *, behind: int | None = None) -> str | None:
    """The clause that a text names, as a document cites it; `behind` is where the name of the document ends."""
    plain = _brackets(text)
    span = _span(plain, behind)
    return canonical(plain[slice(*span)]) if span else None


def clause_at(text: str, *, behind: int | None = None) -> tuple[int, int] | None:
    """Where the name stands that `find_clause` gives."""
    return _span(_brackets(text), behind)


def stands_alone(text: str) -> bool:
    """第五条说什么: a clause and the question what stands there, and no word of a document."""
    plain = _brackets(text.strip())
    found = _ALONE.match(plain)
    return found is not None and _WHAT_IT_SAYS.fullmatch(plain, found.end()) is not None


def _span(plain: str, behind: int | None) -> tuple[int, int] | None:
    near = _BEHIND_NAME.match(plain, behind) if behind is not None else None
    certain = _NAMED.search(plain, behind or 0) or _NAMED.search(plain)
    if near is not None and (certain is None or near.start("clause") < certain.start()):
        return near.span("clause")
    alone = certain or _PART_ALONE.search(plain)
    return alone.span() if alone else None


def names_clause(text: str) -> bool:
    """Whether a text names a clause for certain, whatever the document: 第五条, 二（一）."""
    return _NAMED.search(_brackets(text)) is not None


def reads(text: str) -> bool:
    """Whether a message names a document and a clause of it and asks what stands there, and nothing else."""
    plain = _brackets(text.strip())
    document = _DOCUMENT.match(plain)
    span = _span(plain, document.end()) if document else None
    return span is not None and _WHAT_IT_SAYS.fullmatch(plain, span[1]) is not None


def opening(text: str) -> str:
    """第六条呢, （三）呢: what names a clause at the beginning, as it stands there; else nothing."""
    match = _OPENS.match(_brackets(text))
    return text[: match.end()] if match else ""


def within(clause: str, last: str) -> str:
    """（三） asked for after 二（一） was told of is 二（三）; what names more stays as it is."""
    head, *more = _COMPONENT.findall(_brackets(clause)) or [""]
    above = [one for one in _COMPONENT.findall(last) if "（" not in one and not one.isdecimal()]
    return clause if more or "（" not in head or "（" not in last else canonical("".join([*above, head]))


@functools.lru_cache(maxsize=MOST_NAMES)
def canonical(clause: str) -> str:
    """二、(一)1. → 二（一）1 · 第6条（一） → 第六条第（一）项 · 第二部分 → 二."""
    plain = _PARTS.sub(r"\1", _brackets(clause)).upper()
    parts = _COMPONENT.findall(plain)
    is_of_article = any(re.fullmatch(rf"第{_N}条.*", one) for one in parts)
    labels = [_label(one, is_of_article=is_of_article) for one in parts]
    if len(labels) > 1 and labels[0].startswith("附件"):
        labels[0] += "·"
    return "".join(labels)


def _label(component: str, *, is_of_article: bool) -> str:
    item = re.fullmatch(rf"第?（({_N})）项?|({NUMERAL})", component)
    if is_of_article and item:
        return f"第（{item[1] or item[2]}）项"
    return component.removeprefix("第").removesuffix("项") if "（" in component else canonical_clause(component)


def matching(paths: Iterable[str], clause: str) -> set[str]:
    """Those of a document's clauses that the name means: exactly, else loosely, else what it lies in."""
    known = {path: canonical(path) for path in paths}
    if clause in known:
        return {clause}
    for name in _wider(clause):
        if exact := {path for path, own in known.items() if own == name}:
            return exact
        wanted = key(name)
        if loose := {path for path, own in known.items() if key(own) == wanted}:
            return loose
        if name.startswith("（") and (ending := {path for path, own in known.items() if _ends_with(own, name)}):
            return ending
    return set()


def _wider(clause: str) -> Iterator[str]:
    """第八条第一款第（一）项, 第八条第（一）项, 第八条; 三（四）1, 三（四）: what stands below them may have no mark of its own."""
    parts = _COMPONENT.findall(clause)
    yield clause
    if (without := [one for one in parts if not one.endswith("款")]) != parts:
        yield canonical("".join(without))
    while len(parts) > 1 and (parts[-1].endswith(("款", "项")) or parts[-1].isdecimal()):
        parts = parts[:-1]
        yield canonical("".join(parts))


def components(clause: str) -> list[str]:
    """第五条第（一）项 → 第五条, 第（一）项."""
    return _COMPONENT.findall(clause)


def key(clause: str) -> tuple[tuple[str, int], ...]:
    """The same for 三（四） and 三（4）: kinds and numbers."""
    found = []
    for one in _COMPONENT.findall(clause):
        number = _NUMBER.search(one)
        kind = _NUMBER.sub("", one).replace("第（）项", "（）")
        found.append((kind, to_int(number[0]) if number else 0))
    return tuple(found)


def _ends_with(path: str, name: str) -> bool:
    own, wanted = key(path), key(name)
    return len(own) > len(wanted) and own[-len(wanted) :] == wanted


def _brackets(text: str) -> str:
    """Of the same length."""
    return text.replace("(", "（").replace(")", "）")
