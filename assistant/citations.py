"""An answer taken apart into sentences with their citations, while it is written or when it is done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

REFUSAL = "无法回答"
_BARE = r"不是|不能|不会|不行|不可以|不用|不需要|无需|不要|没有|不对|不必|是|有|会|能|行|对|要|需要|可以|必须"
_TAIL = r"(?:都|自己|再|您)*(?:出|交|办|拿|领|享受|申请|花|给|付|管|担心|补|报|退|租|买|开|用|真)?(?:钱|费用?)?(?:的|了|哦)?"
_CITATION = re.compile(r"\s*[\[［【]\s*(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\s*[\]］】]")
_SENTENCE = re.compile(rf"[^。！？；!?;\n]*(?:[。！？；!?;\n]+(?:{_CITATION.pattern})*[。；]?|$)")
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•·●]+\s*|#+\s+|\d{1,2}[.、．)）](?!\d)\s*|[（(][一二三四五六七八九十\d]{1,3}[）)]\s*|[①-⑳]\s*)"
)
_OPENS_WITH = r"(?:一般|通常|原则上|当然)?(?:不一定|不必须|不是|不能|不会|不行|不可以|不用|不需要|无需|不要|没有|不必|不算|不对|可以|需要|必须|能|会|要|有|行|算)"
_BY_LAW = r"(?:根据|按照|依据|依照)《[^。]+》(?:第[^，。]{1,12}[条款项])?(?:的?规定)?[，,]"
_UNFINISHED = re.compile(
    rf"^{_BY_LAW}[^，,；;：:\[]{{0,8}}[。！!]$|[；;：:]$|^(?:{_BARE}){_TAIL}[。！!]$|^(?:您好[，。！!]?)?{_OPENS_WITH}[^，,；;：:\d\[]{{0,8}}[。！!]$"
)
_ANSWERED = re.compile(rf"^(?P<answer>{_BARE})(?:{_TAIL}[。！!]|的?[,，])")


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    """Without its citations."""
    citations: tuple[int, ...]
    """Counted from 1, in the order given."""
    ends_cited: bool = True


def is_refusal(text: str) -> bool:
    """The model says that the passages do not answer."""
    return re.sub(r"[\W\d_]+", "", text).startswith(REFUSAL)


def split(text: str) -> Iterator[Sentence]:
    """Sentences and list items; citations behind the full stop belong to the sentence before it.

    Half a sentence (before ；) and a bare answer (可以。) without citations belong to what follows.
    """
    waiting = ""
    for match in _SENTENCE.finditer(text):
        words = waiting + _LIST_MARK.sub("", match[0].strip())
        cited = [int(number) for one in _CITATION.findall(words) for number in re.findall(r"\d+", one)]
        waiting = words if not cited and _UNFINISHED.search(words) else ""
        if waiting:
            continue
        said = _CITATION.sub("", words).strip()
        if not cited and not re.search(r"\w", said):
            continue
        behind = _CITATION.split(words)[-1] if cited else words
        yield Sentence(said, tuple(dict.fromkeys(cited)), bool(cited) and not re.search(r"\w", behind))
    if waiting:
        yield Sentence(waiting, (), ends_cited=False)


def answered(text: str) -> tuple[str, str]:
    """The bare answer (不能。) at the beginning, or nothing, and what follows it."""
    match = _ANSWERED.match(text)
    return (match["answer"], text[match.end() :]) if match else ("", text)
