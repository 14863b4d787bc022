"""The person remembers another figure than the one they were just told: the old document, the new one, since when."""

import re
from dataclasses import replace

from assistant.behaviours import Behaviour
from assistant.flows.rules import replied
from assistant.means import Knowledge
from assistant.quantities import NUMERAL, whole
from assistant.turn import Spoken, Turn
from knowledge import succession
from knowledge.library import Question as Asked
from knowledge.succession import Ended

NO_OLDER = "收录的文件里没有查到更早的规定，不能说以前是不是这样。下面按现行的答复。"


class RecallFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        """`turn.text`: the claim; the last question is answered again."""
        question = turn.state.last_question
        asked = Asked(question, turn.region_or_country, turn.today, turn.audience)
        answer = self._knowledge.answers.answer(asked)
        scope = self._knowledge.library.scope(asked)
        with self._knowledge.database.reading() as tx:
            found = succession.predecessors(tx, scope, {one.document for one in answer.sources})
        older = [(one, stood) for one, text in found if one.by for stood in [_stood(turn.text, text)]]
        older.sort(key=lambda pair: not pair[1])
        before = _told(*older[0]) if older else NO_OLDER
        row = Behaviour.SUPERSEDED if older else None
        yield from replied(replace(turn, text=question, rewritten=question), answer, behaviour=row, before=before)


def _told(one: Ended, stood: str) -> str:
    by = one.by
    since = f"{by.when}被{by.name}取代" if by else "已经失效"
    remembered = f"您记得的“{stood}”是原来的写法：" if stood else ""
    return f"{remembered}原来的{one.name}{since}，下面按现行的答复。"


def _stood(claim: str, old: str) -> str:
    """The figure of the claim with its unit, where it stood in the old document."""
    plain = re.sub(r"\s", "", old)
    for figure in map(whole, re.findall(NUMERAL, claim)):
        match = re.search(rf"(?<!\d){figure}(?:元|万元|个月|个工作日|年|日|天|%|人|平方米)", plain)
        if match:
            return match[0]
    return ""
