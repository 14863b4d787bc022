"""Two documents that seem to say different things: both shown, which governs and why, and a note for the owner."""

import re
from collections.abc import Sequence

from assistant import hierarchy
from assistant.behaviours import Behaviour
from assistant.flows.rules import RulesFlow, replied
from assistant.hierarchy import Standing
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn
from knowledge import regions
from knowledge.documents import ClauseKind, Level
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.succession import named

_ASKED = re.compile(
    r"听(?:谁|哪个|哪边|哪份|哪一)(?:的|个)?|(?:哪个|哪份|哪边|谁的?|哪一个|哪条)(?:才)?(?:算数|作数|管用|为准|说了算|有效|大)|以(?:哪个|哪份|谁|哪边|什么|哪一)(?:.{0,4})为准|(?:两|二)(?:个|份|边)(?:文件|说法|规定)(?:.{0,8})(?:不一样|不一致|矛盾|冲突|打架|对不上|相反)|(?:和|跟|与)(?:.{0,14})(?:矛盾|冲突|打架|对不上|不一致|相反)|(?:省|市|区|县|国家|上面|上级)(?:里|头)?(?:.{0,24})(?:市|区|县|省|下面|地方)(?:里|头)?(?:.{0,16})(?:不一样|不一致|对不上|相反|矛盾|怎么不同)"
)
_EXPLAINED = re.compile(r"解读|解释|问答|说明")
_ROWS = frozenset({ClauseKind.FAQ, ClauseKind.UNIT, ClauseKind.SERVICE_ITEM})
_LOCAL = frozenset({Level.CITY, Level.COUNTY})
LEAST_OF_BEST = 0.35
"""Share of the best clause's score that the one to compare with must reach."""
PRINCIPLE = "一般这样定：上级规定高于下级规定；同级的，后施行的优先；解读和问答以文件原文为准。"


def is_asked(text: str) -> bool:
    return _ASKED.search(re.sub(r"\s+", "", text)) is not None


class ConflictFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules = knowledge, rules

    def respond(self, turn: Turn) -> Spoken:
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        picked: list[Found] = []

        def pick(found: Sequence[Found]) -> list[Found]:
            picked.extend(_pair(found, explained=_EXPLAINED.search(turn.text) is not None))
            return picked

        answer = self._knowledge.answers.beside(asked, pick)
        if answer is None:
            yield from self._rules.respond(turn)
            return
        ruling = _ruling(picked)
        before = "\n".join(filter(None, [ruling, PRINCIPLE]))
        yield from replied(turn, answer, behaviour=Behaviour.CONFLICT, before=before)


def _pair(found: Sequence[Found], *, explained: bool) -> list[Found]:
    """The best clause of the place itself and the best from above; or of an original text and its explanation."""
    rules = [one for one in found if one.passage.clause_kind not in _ROWS]
    if not rules:
        return []
    side = _explains if explained else _is_local
    first = rules[0]
    other = next((one for one in rules if side(one) != side(first)), None)
    if other is None or other.score < LEAST_OF_BEST * first.score:
        return [first]
    return [first, other]


def _is_local(found: Found) -> bool:
    return regions.level(found.passage.region) in _LOCAL


def _explains(found: Found) -> bool:
    return found.passage.kind == "解读" or "解读" in found.passage.title


def _ruling(pair: Sequence[Found]) -> str:
    if len(pair) < 2:
        return ""
    first, second = (one.passage for one in pair)
    ruled = hierarchy.governs(
        Standing(first.title, first.kind, first.region, first.valid_from),
        Standing(second.title, second.kind, second.region, second.valid_from),
    )
    if ruled is None:
        return "从文件本身看不出以哪一份为准，请向主管部门核实。"
    is_first, reason = ruled
    high, low = (first, second) if is_first else (second, first)
    if hierarchy.leaves_room(high.body):
        return f"{named(high.title, high.doc_number)}给下级留了余地，在它的范围内按{named(low.title, low.doc_number)}执行；超出范围的，以上级的为准。"
    return f"两份文件对同一件事写得不一样的，以{named(high.title, high.doc_number)}为准（{reason}）。"
