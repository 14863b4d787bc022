"""The deciding sentences of a passage."""

import math
import re

from knowledge import words

LONGEST_QUOTE = 220
"""Characters; a clause no longer than this is quoted whole."""
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*")


def deciding_range(question: str, passage: str) -> tuple[int, int]:
    """Character range of the sentences that say most of what is asked, whole sentences only."""
    if len(passage) <= LONGEST_QUOTE:
        return 0, len(passage)
    sentences = [(match.start(), match.end()) for match in _SENTENCE.finditer(passage)]
    if not sentences:
        return 0, len(passage)
    asked = set(words.grams(question))
    scores = [_overlap(asked, passage[start:end]) for start, end in sentences]
    first = last = max(range(len(sentences)), key=lambda row: (scores[row], -row))
    while True:
        before = sentences[first - 1][0] if first > 0 else None
        after = sentences[last + 1][1] if last + 1 < len(sentences) else None
        grow_after = after is not None and after - sentences[first][0] <= LONGEST_QUOTE
        grow_before = before is not None and sentences[last][1] - before <= LONGEST_QUOTE
        if grow_after and (not grow_before or scores[last + 1] >= scores[first - 1]):
            last += 1
        elif grow_before:
            first -= 1
        else:
            return sentences[first][0], sentences[last][1]


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
