"""What speaks against a sentence, as numbers: the findings of the rules, and how it lies beside its source.

None of them decides alone: `trust` weighs them. Each is 0 where there is nothing to say against it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import alignment, edits
from assistant.alignment import Piece, Source

Place = tuple[Piece, Source, int]
CLOSE_PIECE, AS_GOOD = 0.4, 0.8
"""Share of a piece's content from which a piece of the source is the one it repeats; others nearly as like may be."""
SHORTEST = 3
"""Characters of a condition."""
SAME_CASE = 0.5
ASKED, UNASKED = 0.65, 0.4
"""Cosines of the question and a condition: it asks of just this case, or of another. Half of the conditions that
faithful answers leave out are above .58, of those that false ones leave out above .48."""
_EXCEPTION = re.compile(r"但|除|不过|另有")
_SAYS_EXCEPTION = re.compile(r"除|但|不过|例外|另有|只是|要注意")
_WIDE = re.compile(r"所有|任何|一律|全部|一切|凡是|凡|都|均|各类|随时|只要|永久|直接|自动")
_NAMES = "denied undenied parity turned may_for_must must_for_may must_new before exception case_turned wide"


@dataclass(frozen=True, slots=True)
class Held:
    """A plain sentence in official words, all it is held against, and what the rules found."""

    text: str
    beside: str
    """The sentence, the others of the answer and the question."""
    question: str
    sources: Sequence[Source]
    known: str
    """All the cited passages say, titles included."""
    close: Callable[[str, Sequence[str]], float]
    rules: Mapping[str, int]
    dropped: Sequence[str]
    """Conditions that the rules miss."""
    displaced: float


def signals(held: Held) -> dict[str, float]:
    """Each between 0 and 1; rules have their names."""
    said = [one.text for one in alignment.pieces(held.beside) if len(one.content) > 1]
    far = max((2 * (1 - held.close(one, said)) for one in held.dropped), default=0.0)
    values = {f"rule_{name}": float(count > 0) for name, count in held.rules.items()}
    values |= {
        "constant": 1.0,
        "rules": float(sum(held.rules.values()) > 1),
        "dropped_far": min(1.0, far),
        "unasked": max((_unasked(held, one) for one in held.dropped), default=0.0),
        "displaced": held.displaced,
    }
    mine = [piece for part in alignment.parts(held.text) for piece in alignment.pieces(part)]
    values |= edits.signs(mine, held.sources)
    return values | _of_pieces(held, frozenset(held.beside)) | _of_parts(held)


def _unasked(held: Held, condition: str) -> float:
    """0 where the question is about just this condition, 1 where about something else."""
    return min(1.0, max(0.0, (ASKED - held.close(condition, [held.question])) / (ASKED - UNASKED)))


def _of_pieces(held: Held, said: frozenset[str]) -> dict[str, float]:
    """Turned round, obliged for permitted, and what stands before and behind in the source."""
    worst = dict.fromkeys(_NAMES.split(), 0.0)
    places = [(piece, one, row) for one in held.sources for row, piece in enumerate(one.pieces) if piece.pairs]
    denied = frozenset[str]().union(*(piece.denied for piece, _, _ in places))
    affirmed = frozenset[str]().union(*(piece.pairs - piece.denied for piece, _, _ in places))
    for part in alignment.parts(held.text):
        mine = [piece for piece in alignment.pieces(part) if piece.pairs]
        for piece in mine:
            found = _turned(piece, denied, affirmed)
            if near := _near(piece, places):
                found |= _against(piece, near, turned=any(found.values()))
                found |= _left_out(piece, near, held, said)
            worst |= {name: max(worst[name], min(1.0, value)) for name, value in found.items()}
        worst["case_turned"] = max(worst["case_turned"], _case_turned(mine, held.sources))
    return worst


def _near(piece: Piece, places: Sequence[Place]) -> list[tuple[float, Place]]:
    """The pieces of the source that it may repeat, with how much of it they carry."""
    ranked = [(alignment.share(piece, place[0]), place) for place in places]
    best = max((much for much, _ in ranked), default=0.0)
    return [(best, place) for much, place in ranked if much >= AS_GOOD * best] if best >= CLOSE_PIECE else []


def _turned(piece: Piece, denied: frozenset[str], affirmed: frozenset[str]) -> dict[str, float]:
    """Words behind a negation that the passages only affirm, and the contrary."""
    undenied = frozenset[str]() if piece.negated else (piece.pairs & denied) - affirmed
    return {"denied": len((piece.denied & affirmed) - denied) / 3, "undenied": len(undenied) / 3}


def _against(piece: Piece, near: Sequence[tuple[float, Place]], *, turned: bool) -> dict[str, float]:
    much, others = near[0][0], [place[0] for _, place in near]
    must, may = any(one.must for one in others), any(one.may for one in others)
    parity = much * all(one.negated != piece.negated for one in others)
    return {
        "parity": parity,
        "turned": parity * turned,
        "may_for_must": much * (piece.may and not piece.must and must and not may),
        "must_for_may": much * (piece.must and not piece.may and may and not must),
        "must_new": much * (piece.must and not must and not may),
        "wide": float(bool(_WIDE.search(piece.text)) and not any(_WIDE.search(one.text) for one in others)),
    }


def _left_out(piece: Piece, near: Sequence[tuple[float, Place]], held: Held, said: frozenset[str]) -> dict[str, float]:
    """The share of the condition before, and of the exception behind, that nobody said."""
    if piece.is_case:
        return {}
    before, behind = [], []
    for _, (_, source, row) in near:
        cases = [one for one in source.pieces[:row] if one.is_case and len(one.content) >= SHORTEST]
        limits = [one for one in source.pieces[row + 1 :] if _EXCEPTION.match(one.text) or one.text.endswith("除外")]
        before.append(max((alignment.uncovered(one.content, said) for one in cases), default=0.0))
        behind.append(max((alignment.uncovered(one.content, said) for one in limits), default=0.0))
    much = near[0][0]
    return {
        "before": much * min(before),
        "exception": 0.0 if _SAYS_EXCEPTION.search(held.beside) else much * min(behind),
    }


def _case_turned(mine: Sequence[Piece], given: Sequence[Source]) -> float:
    """The same case, but what follows is denied on one side only."""
    turned = any(one.negated for one in mine[1:])
    agreeing = contrary = 0.0
    for one in given if len(mine) > 1 else ():
        for row, piece in enumerate(one.pieces[:-1]):
            alike = len(mine[0].pairs & piece.pairs) / max(1, len(mine[0].pairs), len(piece.pairs))
            if any(other.negated for other in one.pieces[row + 1 :]) is turned:
                agreeing = max(agreeing, alike)
            else:
                contrary = max(contrary, alike)
    return contrary if contrary > max(SAME_CASE, agreeing) else 0.0


def _of_parts(held: Held) -> dict[str, float]:
    """Who is named nowhere else, in another order, or acts where another acts; what stands in another's place."""
    known = held.known + held.question
    new = [one for one in dict.fromkeys(alignment.named(held.text)) if one not in known and one[-2:] not in known]
    values = {"role_new": min(1.0, len(new) / 2), "role_order": 0.0, "actor": 0.0, "exchanged": 0.0}
    for part in alignment.parts(held.text):
        if (found := alignment.align(part, held.sources, held.known)) is None:
            continue
        there = found.source.named
        swapped = any(_swapped(one, other, there) for one, other in pairwise(alignment.named(part)))
        who, whose = alignment.actor(part), alignment.actor(found.source.text)
        other = bool(who and whose and who not in whose and whose not in who)
        seen = {"role_order": swapped, "actor": other, "exchanged": found.exchanged / 2}
        values |= {name: max(values[name], min(1.0, found.kept * value)) for name, value in seen.items()}
    return values


def _swapped(first: str, second: str, order: Sequence[str]) -> bool:
    """All of the second stand before all of the first."""
    if first == second or first not in order or second not in order:
        return False
    last = max(place for place, one in enumerate(order) if one == second)
    return last < order.index(first)
