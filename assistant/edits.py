"""What was changed in a clause that otherwise stands in its passage: a negation more or less, another role.

Sets each piece of the sentence beside the piece of the passage it keeps most of, character by character, and looks
at what lies between characters that both have. A piece worded freely keeps too little to be looked at.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.alignment import Piece, Source, named

KEPT = 0.55
"""Share of a piece's characters that must stand in the other in the same order."""
SHORTEST = 3
LITTLE = 6
"""Characters changed up to which a piece is a copy but for what is looked at."""
NAMES = "edit_denied edit_role copy_denied copy_role"
_DENIES = re.compile(r"[不未无非没]|禁止|除外|拒绝|免(?=于|除|予)")
_MARKS = re.compile(r"[^\w]+|[\d_]+")
_WEAK = re.compile(
    r"^(?:依法|有关|相关|进行|予以|以及|或者|等|其|该|的|了|及时|规定|按照|以上|之日|起|本|个|地|为|并|自|在|向|由|对|将)+$"
)


def signs(mine: Sequence[Piece], given: Sequence[Source]) -> dict[str, float]:
    """Each between 0 and 1, the worst of all pieces."""
    worst = dict.fromkeys(NAMES.split(), 0.0)
    others = [(piece, source) for source in given for piece in source.pieces]
    for piece in mine:
        text = _bare(piece.text)
        best = max((_kept(text, other.text), -row) for row, (other, _) in enumerate(others)) if others else (0.0, 0)
        if best[0] < KEPT:
            continue
        other, source = others[-best[1]]
        for name, value in _found(text, _bare(other.text), source.text):
            worst[name] = max(worst[name], best[0] * value)
    return worst


def _kept(text: str, other: str) -> float:
    if not set(text) & set(other) or len(text) < SHORTEST:
        return 0.0
    return sum(size for _, _, size in _blocks(text, _bare(other))) / len(text)


def _blocks(text: str, other: str) -> list[tuple[int, int, int]]:
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    return [(a, b, size) for a, b, size in blocks if size]


def _found(text: str, other: str, source: str) -> Iterator[tuple[str, float]]:
    gaps = [one for one in _gaps(text, other) if not all(map(_is_weak, one))]
    copied = sum(max(len(put), len(left)) for put, left in gaps) <= LITTLE
    for put, left in gaps:
        for name in _signs(put, left, source):
            yield f"edit_{name}", 1.0
            yield f"copy_{name}", float(copied)


def _signs(put: str, left: str, source: str) -> Iterator[str]:
    if (len(_DENIES.findall(put)) + len(_DENIES.findall(left))) % 2:
        yield "denied"
    if put and left and _role(put, source) and _role(left, source):
        yield "role"


def _bare(text: str) -> str:
    return _MARKS.sub("", text.replace("、", "或"))


def _is_weak(words: str) -> bool:
    return not words or bool(_WEAK.match(words))


def _gaps(text: str, other: str) -> Iterator[tuple[str, str]]:
    """What stands in the one and in the other before, between and behind what they share."""
    at, there = 0, 0
    for a, b, size in (*_blocks(text, other), (len(text), len(other), 0)):
        if a > at or b > there:
            yield text[at:a], other[there:b]
        at, there = a + size, b + size


def _role(words: str, source: str) -> bool:
    return any(one in words or words in one for one in named(words)) or words in "，".join(named(source))
