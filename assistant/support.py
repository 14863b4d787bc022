"""How much of a sentence the passages carry: by the words they share, and by meaning where words do not decide.

Catches sentences about something else. Cannot tell a sentence from its
contrary: that is the business of the other checks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from knowledge.embedding import Vectors

Similarity = Callable[[Sequence[str]], Vectors]
"""Unit vectors of texts: the service's own embedding."""

FUNCTION_WORDS = re.compile(
    r"可以|方可|应当|无需|需要|根据|按照|依据|规定|如果|以及|或者?|并且|而且|其中|因此|所以|对于|关于|进行|一个|这个|那么|就是|只要|即可|已经|同时"
    r"|您|你|我|的|了|吗|呢|啊|吧|等|是|在|有|和|与|及|也|就|都|则|于|为|由|向|将|把|被|会|要|每|该|其|从|到|后|时|里|还|并|且|话|得|各|至|之"
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_QUANTITY = re.compile(
    r"\d(?:[\d.,]*\d)?(?:个?工作日|个?自然日|个月|个?小时|万元|平方米|周岁|[年月日天元人户次件米岁倍])"
)
_SEGMENT = re.compile(r"[^，。；！？,;!?|\n]+")


def segments(text: str) -> Iterator[str]:
    """The pieces between the marks of a plain text."""
    for match in _SEGMENT.finditer(text):
        yield match[0]


def pairs(text: str) -> list[str]:
    """Neighbouring characters of the content words; numbers are the particulars' business."""
    runs = _NOT_HAN.sub(" ", FUNCTION_WORDS.sub(" ", _QUANTITY.sub(" ", text))).split()
    return [first + second for run in runs for first, second in pairwise(run)]


def share(text: str, known: Sequence[frozenset[str]]) -> float:
    """Of the pairs of a text, those that stand in one of the known sets."""
    found = pairs(text)
    return sum(any(pair in one for one in known) for pair in found) / len(found) if found else 0.0


class Meaning:
    """Closeness in meaning between a sentence and sentences of passages; each text is encoded once."""

    def __init__(self, similarity: Similarity) -> None:
        self._encode = similarity
        self._known: dict[str, Vectors] = {}

    def closest(self, said: str, given: Sequence[str]) -> float:
        """The highest cosine; 0 when there is nothing to compare with."""
        missing = [text for text in dict.fromkeys([said, *given]) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._encode(missing), strict=True))
        return max((float(self._known[said] @ self._known[text]) for text in given), default=0.0)
