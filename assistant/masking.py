"""Personal data in what people type is replaced by its kind, before anything is stored, logged or shown to a model.

〔手机号〕 cannot be turned back into a number. What organisations publish about themselves stays: 文号, hotlines,
credit codes of companies; the code of a 个体工商户 (92…) is masked, for it leads to one person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.typed_numbers import numbers_in
from assistant.typed_words import words_in

Found = tuple[int, int, str]
"""Start, end, kind."""


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    kinds: tuple[str, ...]
    """What was masked, in Chinese, each once, in order of appearance."""


def mask(text: str) -> Masked:
    """Masking again changes nothing: finds are looked for until there are none."""
    kinds: list[str] = []
    while found := _apart([*numbers_in(text), *words_in(text)]):
        kinds.extend(kind for _, _, kind in found)
        text = "".join(_pieces(text, found))
    return Masked(text, tuple(dict.fromkeys(kinds)))


def _apart(found: Sequence[Found]) -> list[Found]:
    """In order and without overlaps; of two that overlap the longer one names both."""
    apart: list[Found] = []
    for start, end, kind in sorted(found):
        if apart and start < apart[-1][1]:
            first, last, name = apart[-1]
            apart[-1] = (first, max(last, end), name if last - first >= end - start else kind)
        else:
            apart.append((start, end, kind))
    return apart


def _pieces(text: str, found: Sequence[Found]) -> Iterator[str]:
    position = 0
    for start, end, kind in found:
        yield text[position:start]
        yield f"〔{kind}〕"
        position = end
    yield text[position:]
