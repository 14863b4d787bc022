"""The marks by which official documents number themselves (GB/T 9704: 一、（一）1.（1）; 章 节 条 款 项)."""

import re
from dataclasses import dataclass

from knowledge.documents import ClauseKind
from knowledge.numbering import NUMERAL, to_int


@dataclass(frozen=True, slots=True)
class Mark:
    kind: ClauseKind
    depth: int
    """0 outermost; see the table."""
    label: str
    """As written in a citation: 第六条, （一）, 1."""
    number: int
    heading: str
    """What follows the mark on its line."""


@dataclass(frozen=True, slots=True)
class _Form:
    kind: ClauseKind
    depth: int
    pattern: re.Pattern[str]


_NOT_A_REFERENCE = r"(?!规定|所列|所称|所述|第|的|至|、|和|或|以|中|之规定|各项|前|后)"
_FORMS = (
    _Form(
        ClauseKind.ANNEX,
        0,
        re.compile(
            r"附\s?件\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?\s?[：:]?(?P<rest>(?:(?<=[：:\s])|(?=$)).{0,60})"
        ),
    ),
    _Form(ClauseKind.CHAPTER, 1, re.compile(rf"第(?P<number>{NUMERAL})(?:分编|编)(?P<rest>(?:\s|$).{{0,60}})")),
    _Form(ClauseKind.CHAPTER, 2, re.compile(rf"第(?P<number>{NUMERAL})章(?P<rest>.{{0,60}})")),
    _Form(ClauseKind.SECTION, 3, re.compile(rf"第(?P<number>{NUMERAL})节(?P<rest>.{{0,60}})")),
    _Form(
        ClauseKind.ARTICLE,
        4,
        re.compile(
            rf"第(?P<number>{NUMERAL}|\d{{1,4}})条(?P<extra>之{NUMERAL})?(?P<rest>(?:\s|　|【|$|{_NOT_A_REFERENCE}[^\s]).*)"
        ),
    ),
    _Form(ClauseKind.PART, 5, re.compile(rf"(?P<number>{NUMERAL})、(?P<rest>.*)")),
    _Form(ClauseKind.SECTION_ITEM, 6, re.compile(rf"（(?P<number>{NUMERAL})）(?P<rest>.*)")),
    _Form(ClauseKind.POINT, 7, re.compile(r"(?P<number>\d{1,2})(?:[.．](?!\d)|、)(?P<rest>.*)")),
    _Form(ClauseKind.POINT, 8, re.compile(r"（(?P<number>\d{1,2})）(?P<rest>.*)")),
    _Form(ClauseKind.POINT, 9, re.compile(r"(?P<number>[①-⑳])(?P<rest>.*)")),
)
_LABELS = {4: "第{0}条", 5: "{0}", 6: "（{0}）", 7: "{0}", 8: "（{0}）", 9: "{0}"}
_ANNEX_LIST = re.compile(r"附件[：:]\s*(?:1[.．、]|\S)")


def parse_mark(line: str) -> Mark | None:
    """The mark a paragraph begins with, or None for running text."""
    for form in _FORMS:
        match = form.pattern.fullmatch(line)
        if match is None:
            continue
        if form.kind is ClauseKind.ANNEX and (_ANNEX_LIST.match(line) or line.endswith(("；", "。", "，"))):
            return None
        written = match["number"] or ""
        extra = match.groupdict().get("extra") or ""
        label = _label(form, written, extra, line)
        return Mark(form.kind, form.depth, label, _value(written), match["rest"].strip())
    return None


def starts_structure(line: str) -> bool:
    """Whether a line opens a clause or heading of its own, so that nothing before runs on into it."""
    return parse_mark(line) is not None or _ANNEX_LIST.match(line) is not None


def is_annex_list(line: str) -> bool:
    """附件：1.… — the list of annexes under the text, not an annex."""
    return _ANNEX_LIST.match(line) is not None


def _label(form: _Form, written: str, extra: str, line: str) -> str:
    if form.kind is ClauseKind.ANNEX:
        return f"附件{written}"
    if form.depth in (1, 2, 3):
        return line[: line.index({1: "编", 2: "章", 3: "节"}[form.depth]) + 1]
    if form.depth == 4:
        return f"第{written}条{extra}"
    return _LABELS[form.depth].format(written)


def _value(written: str) -> int:
    if not written:
        return 0
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return to_int(written)
