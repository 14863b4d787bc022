"""Facts in a shown answer that stand neither in the shown sources nor in the question.

Written without grounding's code, so that what grounding overlooks is not overlooked twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from evals.numerals import arabic

CONTEXT = 12
"""Characters to either side of what is listed."""
OWN = "12345"
"""The hotline that the product's own words name."""


class Kind(StrEnum):
    URL = "网址"
    PHONE = "电话"
    NUMBERED = "文号"
    CLAUSE = "条款号"
    DATE = "日期"
    NUMBER = "数字"


@dataclass(frozen=True, slots=True)
class Fact:
    kind: Kind
    value: tuple[str, ...]
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slip:
    """Something shown that nothing shown carries."""

    kind: str
    words: str
    context: str


@dataclass(frozen=True, slots=True)
class Checked:
    wrong: tuple[Slip, ...]
    """Words of the model: in no source that is shown and not in the question."""
    asked_only: tuple[Slip, ...]
    """Repeated from the question alone."""
    elsewhere: tuple[Slip, ...]
    """In a source that is shown, but not in the one this sentence cites."""
    own_words: tuple[Slip, ...] = ()
    """Our own sentences around it: what they take from the database (a successor, say) stands in no quotation."""


_UNITS = {
    "个工作日": "工作日", "工作日": "工作日", "个自然日": "日", "自然日": "日", "天": "日", "日": "日",
    "个月": "个月", "月": "月", "年": "年", "周": "周", "星期": "周", "小时": "小时", "分钟": "分钟",
    "元": "元", "块": "元", "%": "%", "倍": "倍", "周岁": "岁", "岁": "岁", "平方米": "平方米", "米": "米",
    "户": "户", "家": "户", "人": "人", "名": "人", "次": "次",
}  # fmt: skip
_ANY_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.URL, re.compile(r"(?:https?://|www\.)[\w./?=&%#:-]+|[\w.-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org)\b[\w./-]*", re.ASCII)),
    (Kind.NUMBERED, re.compile(r"\[(?P<year>(?:19|20)\d\d)\]第?(?P<number>\d+)号|(?:令|公告|通告)[(\[]?第?(?P<alone>\d+)号")),
    (Kind.CLAUSE, re.compile(r"第\(?(?P<place>\d+)\)?(?P<level>编|章|节|条|款|项)(?P<more>之\d+)?|(?P<annex>附件|附表)(?P<at>\d+)")),
    (Kind.PHONE, re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|\d{7,8}(?!元|%|户|人))(?!\d)")),
    (Kind.DATE, re.compile(
        r"(?P<year>(?:19|20)\d\d)(?:年|[-./])(?P<month>\d{1,2})(?:月|[-./])(?P<day>\d{1,2})[日号]?"
        r"|(?P<y2>(?:19|20)\d\d)年(?:(?P<m2>\d{1,2})月(?!\d))?|(?P<m3>\d{1,2})月(?P<d3>\d{1,2})[日号]|(?<!\d)(?P<m4>\d{1,2})月(?![以内])"
    )),
    (Kind.NUMBER, re.compile(rf"(?<![A-Za-z\d.])(?P<digits>\d+(?:\.\d+)?(?:/\d+)?)(?P<unit>{_ANY_UNIT})?")),
)  # fmt: skip
_CITATION = re.compile(r"\[\s*\d{1,2}(?:\s*[,，、]\s*\d{1,2})*\s*\]")
_LIST_MARK = re.compile(r"^\s*\d{1,2}\.\s(?=[“问])", re.MULTILINE)


def facts(text: str) -> list[Fact]:
    """Every URL, phone, 文号, clause number, date and number with its unit, none of them twice."""
    rest = arabic(_LIST_MARK.sub("", _CITATION.sub("", text)))
    found: list[Fact] = []
    for kind, pattern in _PATTERNS:
        found += [
            Fact(kind, _value(kind, match), match[0], match.start(), match.end()) for match in pattern.finditer(rest)
        ]
        rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
    return sorted(found, key=lambda fact: fact.start)


def _value(kind: Kind, match: re.Match[str]) -> tuple[str, ...]:
    if kind is Kind.NUMBER:
        digits = match["digits"]
        return (digits if "/" in digits else f"{Decimal(digits).normalize():f}", _UNITS.get(match["unit"] or "", ""))
    if kind is Kind.DATE:
        parts = (("year", "y2"), ("month", "m2", "m3", "m4"), ("day", "d3"))
        return tuple(next((match[name] for name in names if match[name]), "").lstrip("0") for names in parts)
    if kind is Kind.PHONE:
        return (match[0].replace("-", ""),)
    return tuple(part or "" for part in match.groups()) if match.groups() else (match[0].lower(),)


def sources_text(sources: Iterable[Mapping[str, Any]]) -> str:
    """What a reader sees of the sources: names, numbers, dates, quotes."""
    names = ("title", "doc_number", "clause", "issued", "effective_from", "effective_to", "quote")
    return "\n".join(str(source[name]) for source in sources for name in names if source.get(name))


def check(
    said: Sequence[tuple[str, Sequence[int]]], text: str, sources: Sequence[Mapping[str, Any]], question: str
) -> Checked:
    """`said` are the model's sentences with the numbers they cite, `text` all that was shown."""
    known, asked = facts(sources_text(sources)), facts(question)
    wrong: list[Slip] = []
    asked_only: list[Slip] = []
    elsewhere: list[Slip] = []
    for sentence, cited in said:
        own = facts(sources_text(sources[number - 1] for number in cited if 1 <= number <= len(sources)))
        for fact, slip in _slips(sentence.rpartition("\n")[2], own):  # before it stands the question, as a heading
            if _stands(fact, known):
                elsewhere.append(slip)
            else:
                (asked_only if _stands(fact, asked) else wrong).append(slip)
    for sentence, _ in said:
        text = text.replace(sentence, "", 1)
    own_words = [slip for _, slip in _slips(text, [*known, *asked, *facts(OWN)])]
    return Checked(tuple(wrong), tuple(asked_only), tuple(elsewhere), tuple(own_words))


def _slips(text: str, known: Sequence[Fact]) -> Iterator[tuple[Fact, Slip]]:
    plain = arabic(_LIST_MARK.sub("", _CITATION.sub("", text)))
    for fact in facts(text):
        if not _stands(fact, known):
            around = plain[max(0, fact.start - CONTEXT) : fact.end + CONTEXT].replace("\n", " ")
            yield fact, Slip(fact.kind.value, fact.words, around)


def _stands(fact: Fact, known: Sequence[Fact]) -> bool:
    return any(other.kind is fact.kind and _same(fact, other) for other in known)


def _same(fact: Fact, other: Fact) -> bool:
    if fact.kind is Kind.DATE:  # 6月30日 is carried by 2025年6月30日, not the other way round
        return all(not said or said == given for said, given in zip(fact.value, other.value, strict=True))
    if fact.kind is Kind.NUMBER:  # a table writes the unit in its head
        return fact.value[0] == other.value[0] and (
            fact.value[1] == other.value[1] or "" in (fact.value[1], other.value[1])
        )
    return fact.value == other.value
