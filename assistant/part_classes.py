"""Of which class each part of a message is, read beside the others."""

import re
from collections.abc import Sequence

from assistant.asked_words import leaves
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.picking import Picking
from assistant.requests import handled_here
from assistant.turn import Turn
from knowledge import several

_B = Behaviour
_OF_THE_SERVICE = frozenset({_B.WHY_ASK, _B.APPEAL_STATUS, _B.APPEAL, _B.BOOKING, _B.CLOSING_DOWN})
_OF_NO_RULES = frozenset({_B.WHAT_ARE_YOU, _B.WHY_ASK, _B.OFF_TOPIC, _B.STOP_OR_DELETE, _B.ANGER, _B.HUMAN})
_OWN = re.compile(r"我的|我[上昨前]|我要|帮我|给我|我想|编号|查询码")
_ONLY_ALIKE = frozenset({_B.OFF_TOPIC, _B.FAULT_OR_SUGGESTION, _B.CONTACT})
"""Classes that a question beside questions about rules must plainly be of."""


def chosen(
    turn: Turn, picking: Picking, parts: Sequence[str], *, forced: Behaviour | None, without: Behaviour | None
) -> list[Behaviour]:
    """One for each part; `forced` for all of them, `without` for none."""
    found = [forced or picking.choose(turn, part, without=without) for part in parts]
    if len(parts) == 1:
        return found
    if any(one in FROM_RULES for one in found) or set(found) <= _OF_THE_SERVICE:
        found = [
            _B.ANSWER if _only_asks(turn, picking, one, part) else one for part, one in zip(parts, found, strict=True)
        ]
    return [_as_the_whole(turn, picking, part, one) for part, one in zip(parts, found, strict=True)]


def _only_asks(turn: Turn, picking: Picking, chosen: Behaviour, part: str) -> bool:
    """Beside other questions about rules a part that resembles something else is one, too, where rules settle it."""
    if chosen is _B.OUTSIDE_REMIT:
        return not handled_here(part) or picking.settles(turn, part)
    if chosen in _ONLY_ALIKE:
        return several.asks(part) and not picking.is_clear(part, chosen)
    if chosen is _B.CLOSING_DOWN and several.asks(part) and not leaves(part):
        return True
    return chosen in _OF_THE_SERVICE and not _OWN.search(part) and picking.settles(turn, part)


def _as_the_whole(turn: Turn, picking: Picking, part: str, chosen: Behaviour) -> Behaviour:
    """Of a message that a model reads as about no rules at all no part is, unless rules settle it."""
    whole = picking.read(turn, turn.text)
    is_of_no_rules = whole in _OF_NO_RULES and chosen in FROM_RULES and not picking.settles(turn, part)
    return whole if whole is not None and is_of_no_rules else chosen
