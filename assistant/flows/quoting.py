"""The deciding sentences of a passage, and what governs them: half a rule can say the opposite of the whole."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.sought import Sought, offered, sought
from knowledge import words

LONGEST_QUOTE = 220
"""Characters; a clause no longer than this is quoted whole."""
LONGEST_GOVERNED = 420
"""As far as a quotation may grow to hold what governs its sentences without a gap."""
SHORTEST_GAP = 60
"""Fewer characters than these are quoted rather than left out."""
LEAST_OF_BEST = 0.3
"""Share of the best sentence's score from which another one with a figure of the kind asked for is quoted, too."""
OF_KIND = 1.5
"""What a sentence gains that has a figure of the kind asked for."""
LEFT_OUT = "……"
"""Stands where sentences of the clause are left out."""
_MARK = r"(?:[（(][一二三四五六七八九十百]{1,4}[）)]|[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])"
_SENTENCE = re.compile(rf"(?:[^。！？；：\n]|[；：](?!\s*{_MARK}))+[。！？；：\n]*")
_LEVELS = tuple(map(re.compile, (r"\s*[（(][一二三四五六七八九十百]{1,4}[）)]", r"\s*\d{1,2}[.．、](?!\d)", r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳])")))  # fmt: skip
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]{1,6}条")
"""Its first paragraph is the rule that the others go on from."""
_INTRODUCES = re.compile(r"[：:]\s*$")
_LEANS = re.compile(
    r"\s*(?:但|不过|同时|其中|其他|其余|并且?[应由处可对]|逾期|拒不|情节|否则|此外|对此|上述|前述|前款|前项|有前|违反前|除前|该|这些?|此[类项种]|延长|期间)"
)
"""A sentence that means nothing without the one before it."""
_BACK = re.compile(r"前[一二两三四]?款|前项|上款|前述|前列")
_BACK_TO_FIRST = re.compile(r"本条第一款|第一款规定|前[二两三四]款")
_LIMITS = re.compile(
    r"\s*(?:但(?!书)|不过|除外|[^。；]{0,40}(?:的除外|不受此限|另有规定的|不适用(?:前|本条|上)[^。；]{0,4}款)|前款[^。；]{0,60}(?:不|除外|免)|逾期(?:未|不)|(?:遇有?|有)?特殊情况|情况(?:特别)?复杂|[^，。]{0,20}可以(?:适当|依法)?(?:延长|顺延)|法律[^。]{0,12}另有规定)"
)
"""A sentence that takes something back of the one before it."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    text: str
    level: int
    """0 for running text, 1 for （一）, 2 for 1., 3 for （1）; that of its paragraph."""
    opens: bool
    """It begins a paragraph or an item."""


def deciding_ranges(question: str, passage: str) -> list[tuple[int, int]]:
    """Character ranges, in order, of what says most of what is asked: whole sentences, never without their governors."""
    if len(passage) <= LONGEST_QUOTE:
        return [(0, len(passage))]
    sentences = list(_sentences(passage))
    if not sentences:
        return [(0, len(passage))]
    kept = _deciding(question, sentences)
    return list(_joined(kept, sentences))


def _sentences(passage: str) -> Iterator[_Sentence]:
    level, is_open = 0, True
    for match in _SENTENCE.finditer(passage):
        text = match[0]
        if not text.strip():
            continue
        own = next((at for at, pattern in enumerate(_LEVELS, start=1) if pattern.match(text)), 0)
        opens = is_open or own > 0
        level = own if opens else level
        yield _Sentence(match.start(), match.end(), text, level, opens)
        is_open = text.endswith("\n")


def _deciding(question: str, sentences: Sequence[_Sentence]) -> set[int]:
    """The sentence that says most, all that governs it, what of the kind that is asked for fits; then as much as fits."""
    asked, kinds = set(words.grams(question)), sought(question)
    scores = [
        _overlap(asked, one.text) * (OF_KIND if kinds and kinds <= offered(kinds, one.text) else 1.0)
        for one in sentences
    ]
    best = max(range(len(sentences)), key=lambda row: (scores[row], -row))
    kept = _governed({best}, sentences)
    if kinds and not _tells(kinds, kept, sentences):
        telling = [row for row in range(len(sentences)) if _tells(kinds, {row}, sentences)]
        nearest = sorted(telling, key=lambda row: (-scores[row], abs(row - best)))
        kept |= _governed(set(nearest[:1]), sentences)
    for row in sorted(range(len(sentences)), key=lambda row: -scores[row]):
        if kinds and scores[row] >= LEAST_OF_BEST * scores[best] and _tells(kinds, {row}, sentences):
            kept = _with(row, kept, sentences, LONGEST_GOVERNED)
    if _ARTICLE.match(sentences[0].text):
        behind = (row for row, one in enumerate(sentences) if row and one.opens)
        for row in range(next(behind, len(sentences))):
            kept = _with(row, kept, sentences, LONGEST_GOVERNED)
    return _grown(kept, scores, sentences)


def _grown(kept: set[int], scores: Sequence[float], sentences: Sequence[_Sentence]) -> set[int]:
    """Beside what is kept, as far as there is room; lists that are begun are finished where that is not much."""
    while True:
        beside = {row + step for row in kept for step in (1, -1) if 0 <= row + step < len(sentences)} - kept
        for row in sorted(beside, key=lambda row: (-scores[row], row - 1 not in kept, row)):
            if (grown := _with(row, kept, sentences, LONGEST_QUOTE)) != kept:
                kept = grown
                break
        else:
            return _with_lists(kept, sentences)


def _with_lists(kept: set[int], sentences: Sequence[_Sentence]) -> set[int]:
    for row in sorted(kept):
        if _INTRODUCES.search(sentences[row].text):
            items = {at for at in range(row + 1, len(sentences)) if _lead(at, sentences) == row}
            whole = kept | _governed(items, sentences) if items else kept
            kept = whole if _size(whole, sentences) <= LONGEST_GOVERNED else kept
    return kept


def _with(row: int, kept: set[int], sentences: Sequence[_Sentence], most: int) -> set[int]:
    """With that sentence and all that governs it, where there is room."""
    more = kept | _governed({row}, sentences)
    return more if _size(more, sentences) <= most else kept


def _size(kept: set[int], sentences: Sequence[_Sentence]) -> int:
    return sum(len(sentences[row].text) for row in kept)


def _tells(kinds: frozenset[Sought], rows: set[int], sentences: Sequence[_Sentence]) -> bool:
    return kinds <= offered(kinds, "".join(sentences[row].text for row in sorted(rows)))


def _governed(rows: set[int], sentences: Sequence[_Sentence]) -> set[int]:
    """With everything that these hang on or that takes back what they say."""
    kept, new = set[int](), set(rows)
    while new:
        kept |= new
        new = {other for row in new for other in _hangs_on(row, sentences)} - kept
    return kept


def _hangs_on(row: int, sentences: Sequence[_Sentence]) -> Iterator[int]:
    one = sentences[row]
    if (lead := _lead(row, sentences)) is not None:
        yield lead
    if (
        row > 0
        and not one.opens
        and (_LEANS.match(one.text) or not re.search(r"[。！？]\s*$", sentences[row - 1].text))
    ):
        yield row - 1
    if (row > 0 and one.opens and not one.level and _LEANS.match(one.text)) or _BACK.search(one.text):
        yield from _paragraph_before(row, sentences)
    if _BACK_TO_FIRST.search(one.text):
        yield 0
    if row + 1 < len(sentences) and _LIMITS.match(sentences[row + 1].text):
        yield row + 1
    if _INTRODUCES.search(one.text) and row + 1 < len(sentences):
        yield row + 1


def _lead(row: int, sentences: Sequence[_Sentence]) -> int | None:
    """The sentence that introduces the item it stands in: 有下列情形之一的，处…罚款：."""
    level = sentences[row].level
    if not level:
        return None
    for before in range(row - 1, -1, -1):
        one = sentences[before]
        if one.level < level and _INTRODUCES.search(one.text):
            return before
        if not one.level and one.opens:
            return None
    return None


def _paragraph_before(row: int, sentences: Sequence[_Sentence]) -> Iterator[int]:
    """The first sentence of it; of a list, the one that introduces it."""
    begins = row
    while begins > 0 and not (sentences[begins].opens and not sentences[begins].level):
        begins -= 1
    before = begins - 1
    while before > 0 and not (sentences[before].opens and not sentences[before].level):
        before -= 1
    if before >= 0:
        yield before


def _joined(kept: set[int], sentences: Sequence[_Sentence]) -> Iterator[tuple[int, int]]:
    """Ranges without a gap between them that is not worth one."""
    start = end = None
    for row in sorted(kept):
        one = sentences[row]
        if start is not None and end is not None and one.start - end > SHORTEST_GAP:
            yield start, end
            start = None
        start, end = one.start if start is None else start, one.end
    if start is not None and end is not None:
        yield start, end


def _overlap(asked: set[str], sentence: str) -> float:
    """Pairs count more than single characters; length is not rewarded."""
    found = asked & set(words.grams(sentence))
    return sum(len(gram) * len(gram) for gram in found) / (math.sqrt(len(sentence)) + 4)


CELLS, _HIDDEN = " | ", "〔未公开〕"


def rows_as_words(quote: str) -> str:
    """A row of a table as one reads it out, without empty cells and what is hidden. The scripts do the same."""
    return "\n".join(_row(line) if CELLS in line else line for line in quote.split("\n"))


def _row(line: str) -> str:
    cells = (cell.strip() for cell in line.split(CELLS.strip()))
    return "；".join(cell for cell in cells if cell and cell != _HIDDEN)
