"""What speaks for and against a sentence, as numbers: the findings of every check, and how it lies beside its source."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import alignment
from assistant.alignment import Piece, Source

Close = Callable[[str, Sequence[str]], float]
Place = tuple[Piece, Source, int]
CLOSE_PIECE = 0.4
AS_GOOD = 0.8
SHORTEST = 3
_EXCEPTION = re.compile(r"但|除|不过|另有")
_SAYS_EXCEPTION = re.compile(r"除|但|不过|例外|另有|只是|要注意")
_WIDE = re.compile(r"所有|任何|一律|全部|一切|凡是|凡|都|均|各类|随时|只要|永久|直接|自动")


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence, and all it is held against."""

    text: str
    beside: str
    """The sentence, the others of the answer and the question."""
    question: str
    sources: Sequence[Source]
    known: str
    """All the cited passages say, titles included."""
    close: Close
    with_meaning: bool


def signals(held: Held) -> dict[str, float]:
    """Each between 0 and about 1."""
    found = [one for one in map(lambda part: alignment.align(part, held.sources, held.known), alignment.parts(held.text)) if one]
    content = alignment.skeleton(held.text)
    known = frozenset(held.known) | frozenset(held.question)
    said = frozenset(held.beside)
    pairs = [first + second for first, second in pairwise(content)]
    all_pairs = frozenset(first + second for first, second in pairwise(held.known + "。" + held.question))
    novel = [char for char in content if char not in known]
    values = {
        "constant": 1.0,
        "length": min(1.0, len(content) / 60),
        "new_characters": len(novel) / max(1, len(content)),
        "new_pairs": sum(pair not in all_pairs for pair in pairs) / max(1, len(pairs)),
        "kept": min((one.kept for one in found), default=0.0),
        "exchanged_new": min(1.0, max((one.exchanged_new * one.kept for one in found), default=0.0) / 2),
        "exchanged_known": min(1.0, max((one.exchanged_known * one.kept for one in found), default=0.0) / 2),
        "put_in": min(1.0, max((one.put_in * one.kept for one in found), default=0.0) / 6),
        "left_out": min(1.0, max((one.left_out * one.kept for one in found), default=0.0) / 12),
    }
    return values | _pieces(held, said) | _who(held)


def _pieces(held: Held, said: frozenset[str]) -> dict[str, float]:
    """Piece by piece: turned round, obliged for permitted, and what stands before and behind in the source."""
    names = "denied undenied parity turned may_for_must must_for_may must_new before before_far inside exception case_turned wide"
    worst: dict[str, float] = dict.fromkeys(names.split(), 0.0)
    theirs = [(piece, one, row) for one in held.sources for row, piece in enumerate(one.pieces) if piece.pairs]
    denied = frozenset[str]().union(*(piece.denied for piece, _, _ in theirs))
    affirmed = frozenset[str]().union(*(piece.pairs - piece.denied for piece, _, _ in theirs))
    for part in alignment.parts(held.text):
        mine = list(alignment.pieces(part))
        for piece in mine:
            if piece.pairs:
                for name, value in _piece(piece, theirs, denied, affirmed, held, said).items():
                    worst[name] = max(worst[name], min(1.0, value))
        worst["case_turned"] = max(worst["case_turned"], _case_turned(mine, held.sources))
    return worst


def _piece(piece: Piece, theirs: Sequence[Place], denied: frozenset[str], affirmed: frozenset[str], held: Held, said: frozenset[str]) -> dict[str, float]:
    values = {"denied": len((piece.denied & affirmed) - denied) / 3}
    if not piece.negated:
        values["undenied"] = len((piece.pairs & denied) - affirmed) / 3
    ranked = sorted(((alignment.share(piece, place[0]), place) for place in theirs), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < CLOSE_PIECE:
        return values
    much = ranked[0][0]
    near = [place for other, place in ranked if other >= AS_GOOD * much]
    others = [place[0] for place in near]
    if all(one.negated != piece.negated for one in others):
        values["parity"] = much
        values["turned"] = much * bool(values["denied"] or values.get("undenied"))
    values["may_for_must"] = much * (piece.may and not piece.must and any(one.must for one in others) and not any(one.may for one in others))
    values["must_for_may"] = much * (piece.must and not piece.may and any(one.may for one in others) and not any(one.must for one in others))
    values["must_new"] = much * (piece.must and not any(one.must or one.may for one in others))
    values["wide"] = float(bool(_WIDE.search(piece.text)) and not any(_WIDE.search(one.text) for one in others))
    values["inside"] = min(alignment.lost_inside(piece, one) for one in others) / 6
    if not piece.is_case:
        values["before"] = much * min(_left_before(source, row, said, held) for _, source, row in near)
        if values["before"] > 0.3:
            values["before_far"] = much * min(_far_before(source, row, said, held) for _, source, row in near)
        values["exception"] = much * min(_left_behind(source, row, said, held) for _, source, row in near)
    return values


def _left_before(source: Source, row: int, said: frozenset[str], held: Held) -> float:
    """The share of the condition before a piece that nobody said."""
    cases = [one for one in source.pieces[:row] if one.is_case and len(one.content) >= SHORTEST]
    return max((alignment.uncovered(one.content, said) for one in cases), default=0.0)


def _far_before(source: Source, row: int, said: frozenset[str], held: Held) -> float:
    cases = [one for one in source.pieces[:row] if one.is_case and len(one.content) >= SHORTEST]
    segments = [one.text for one in alignment.pieces(held.beside) if len(one.content) > 1]
    return max((alignment.uncovered(one.content, said) * (1 - held.close(one.text, segments)) * 2 for one in cases), default=0.0)


def _left_behind(source: Source, row: int, said: frozenset[str], held: Held) -> float:
    """The same of an exception behind it."""
    if _SAYS_EXCEPTION.search(held.beside):
        return 0.0
    behind = [one for one in source.pieces[row + 1 :] if _EXCEPTION.match(one.text) or one.text.endswith("除外")]
    return max((alignment.uncovered(one.content, said) for one in behind), default=0.0)


def _case_turned(mine: Sequence[Piece], given: Sequence[Source]) -> float:
    """The same case, but what follows is denied on one side only."""
    if len(mine) < 2:
        return 0.0
    turned, worst = any(one.negated for one in mine[1:]), 0.0
    agreed = 0.0
    for one in given:
        for row, piece in enumerate(one.pieces[:-1]):
            shared = len(mine[0].pairs & piece.pairs) / max(1, len(mine[0].pairs), len(piece.pairs))
            if any(other.negated for other in one.pieces[row + 1 :]) != turned:
                worst = max(worst, shared)
            else:
                agreed = max(agreed, shared)
    return worst if worst > 0.5 and worst > agreed else 0.0


def _who(held: Held) -> dict[str, float]:
    """Who is named nowhere else, in another order, or acts where another acts."""
    known = held.known + held.question
    new = [one for one in dict.fromkeys(alignment.named(held.text)) if one not in known and one[-2:] not in known]
    values = {"role_new": min(1.0, len(new) / 2), "role_order": 0.0, "actor": 0.0}
    for part in alignment.parts(held.text):
        if (found := alignment.align(part, held.sources, held.known)) is None:
            continue
        here, there = alignment.named(part), found.source.named
        swapped = any(
            first != second and first in there and second in there and _only_before(second, first, there)
            for first, second in pairwise(here)
        )
        values["role_order"] = max(values["role_order"], float(swapped) * found.kept)
        who, whose = alignment.actor(part), alignment.actor(found.source.text)
        if who and whose and who not in whose and whose not in who:
            values["actor"] = max(values["actor"], found.kept)
    return values


def _only_before(first: str, second: str, order: Sequence[str]) -> bool:
    """All of the first stand before all of the second."""
    return max(at for at, one in enumerate(order) if one == first) < min(at for at, one in enumerate(order) if one == second)
