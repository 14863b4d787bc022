"""A sentence laid beside the sentence of its passages it most resembles: what it kept, put in, left out and exchanged.

Knows no grammar but the marks: a piece is what stands between commas. Both sides are plain and in official words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.support import FUNCTION_WORDS
from knowledge import words

_SENTENCE = re.compile(r"[^。；！？|]+")
_PIECE = re.compile(r"[^，,:。；！？|]+")
_RUN_ON = re.compile(r"(?<=[^，,:。；]{3})(?=(?<![只仅])(?:应当|可以|不得|不予|无需|免于|方可|有权|无权|不再))")
"""A conclusion that no comma divides from its case."""
_MARKS = re.compile(r"[^\w]+|[\d_]+")
NEGATION = re.compile(
    r"不得|不予|无需|免于|免予|免除?(?![费疫])|无权|拒不|不(?!超过|低于|满|[同仅但断论管动良妨少足够齐利]|合格|正当|可抗力|明确|服|一致|实)"
    r"|未(?![来成]|婚)|(?<![有])无(?![论障偿人线需权])|(?<![除])非(?![常遗物法税公])|除外|(?<![清扣废解免])除(?=[^以此]{2,40}外)"
)
_GOVERNED = 6
_MUST = re.compile(r"应当|(?<![必无急供])需要?(?![求无])|(?<![不])得(?=向|在|先|交|提)")
_MAY = re.compile(r"(?<![只不方])可以|准予")
_CONCLUDES = re.compile(r"应当|可以|不得|不予|无需|给予|免于|有权|无权|负责|承担|处\d|责令|视为|由|不再|方可")
_CASE = re.compile(r"(?:的|时|后|前|外|期间|之日起.{0,8})$|^(?:如果?|若|凡|因|经|未经|符合|属于|对(?!于?作)|在|自|仅)")
_HEAD = re.compile(r"部门|机关|机构|单位|企业|公司|银行|政府|主体|组织|委员会|人员|平台|窗口|中心|财政|法院|局")
_NAME = re.compile(
    r"(?!或者|协商|他人|本人|个人|任何人|有人|一方|地方|双方|对方)[\u4e00-\u9fff]{1,7}(?:人|者|方|商|庭|员|户|主|局|院|委员会|机关|机构|部门|单位|企业|公司|银行)|海关|工会|大厅|专家|窗口|女职工|职工|顾客|公安|省级|市级|县级|区级|国家级"
)
_QUALIFIES = re.compile(
    r"(?!有关|相关|其他|各级|任何|上述|以上|或者|应当|可以|不得|要求|通知|告知|提供|拒绝|管理)[\u4e00-\u9fff]{2,6}"
)
_YOU = re.compile(r"您|你")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two commas."""

    text: str
    content: str
    pairs: frozenset[str]
    negated: bool
    must: bool
    may: bool
    denied: frozenset[str]
    """Pairs directly behind a negation."""

    @property
    def is_case(self) -> bool:
        """A condition by its form."""
        return bool(_CASE.search(self.text)) and not _CONCLUDES.search(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """One sentence of a passage."""

    text: str
    pieces: tuple[Piece, ...]
    content: str
    pairs: frozenset[str]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The source that a part of the sentence is taken from."""

    source: Source
    kept: float
    """Share of the part's content that stands in the source in the same order."""
    exchanged: int
    """Stretches in the place of others that the passages have elsewhere."""


def sources(passage: str) -> Iterator[Source]:
    for match in _SENTENCE.finditer(passage):
        content = skeleton(match[0])
        if len(content) > 1:
            yield Source(match[0], tuple(pieces(match[0])), content, frozenset(_pairs(content)), tuple(named(match[0])))


def skeleton(text: str) -> str:
    """Its content characters, without marks, numbers and function words."""
    return _MARKS.sub("", FUNCTION_WORDS.sub("", text))


def parts(text: str) -> list[str]:
    return [match[0] for match in _SENTENCE.finditer(text)]


def align(part: str, given: Sequence[Source], known: str) -> Aligned | None:
    """With the source that shares most; None when nothing is shared. `known`: all that the passages say."""
    content = skeleton(part)
    mine = frozenset(_pairs(content))
    best = max(given, key=lambda one: (len(mine & one.pairs), -len(one.content)), default=None)
    if best is None or not mine & best.pairs:
        return None
    codes = SequenceMatcher(None, content, best.content, autojunk=False).get_opcodes()
    kept = sum(end - start for kind, start, end, _, _ in codes if kind == "equal")
    exchanged = sum(
        kind == "replace" and end - start > 1 and _anchored(codes, place) and content[start:end] in known
        for place, (kind, start, end, _, _) in enumerate(codes)
    )
    return Aligned(best, kept / len(content), exchanged)


def _anchored(codes: Sequence[tuple[str, int, int, int, int]], place: int) -> bool:
    """What was kept stands to both sides."""
    beside = [codes[other] for other in (place - 1, place + 1) if 0 <= other < len(codes)]
    return len(beside) == len(("before", "behind")) and all(kind == "equal" for kind, *_ in beside)


def _pairs(text: str) -> list[str]:
    return [first + second for first, second in pairwise(text)]


def pieces(text: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(_RUN_ON.sub("，", text)):
        content = skeleton(match[0])
        must, may = bool(_MUST.search(match[0])), bool(_MAY.search(match[0]))
        negated = len(NEGATION.findall(match[0])) % 2 == 1
        yield Piece(match[0], content, frozenset(_pairs(content)), negated, must, may, _denied(match[0]))


def _denied(text: str) -> frozenset[str]:
    found: set[str] = set()
    for match in NEGATION.finditer(text):
        found |= set(_pairs(skeleton(text[match.end() :])[:_GOVERNED]))
    return frozenset(found)


def share(mine: Piece, theirs: Piece) -> float:
    """How much of the content of one the other carries."""
    return len(mine.pairs & theirs.pairs) / len(mine.pairs) if mine.pairs else 0.0


def uncovered(text: str, said: frozenset[str]) -> float:
    """Share of its content characters that nobody said."""
    return sum(char not in said for char in text) / len(text) if text else 0.0


def actor(part: str) -> str:
    """Who stands last before the verb that concludes; empty for 您 and where nobody is named."""
    match = _CONCLUDES.search(part)
    if not match:
        return ""
    if match[0] == "由":
        return next(iter(named(part[match.end() :][:16])), "")
    before = re.split(r"[，,:]", part[: match.start()])[-1]
    return "" if _YOU.search(before) else next(reversed(named(before)), "")


def named(text: str) -> list[str]:
    """Who is named in a text, in order: 查处部门, 举报人, 大型企业."""
    found: list[str] = []
    before = ""
    for word in words.cut(text):
        if _HEAD.fullmatch(word):
            found.append(before + word if _QUALIFIES.fullmatch(before) else word)
        elif _NAME.fullmatch(word):
            found.append(word)
        before = word
    return found
