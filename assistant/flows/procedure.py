"""How a matter is decided and contested: the clauses of the documents just cited that say by whom, by when and what then.

Criteria alone leave the person with nothing to do; who decides, how long it takes and what can be done against it stand
in other clauses of the same document.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import Answer
from assistant.decisions import Decision
from assistant.means import Knowledge
from knowledge import succession
from knowledge.documents import TABLE_ROWS
from knowledge.library import Found
from knowledge.library import Question as Asked

OPENING = "怎么决定、有异议怎么办："
MOST_LOOKED_AT = 80
MOST_DOCUMENTS = 2
"""The first sources: a published answer and the clause it rests on."""
_WITHIN = r"(?:工作日|日|月)(?:以|之)?内|当场|即时|次月|日前"
_JUDGED = r"(?:认定|判定|评定|评审)(?:方式|程序|办法)|由[^。；]{1,40}(?:认定|判定|评定|评审)|(?:初审|评审)[^。]*公示"
_STEPS = {
    Decision.MONEY: rf"(?:拨付|拨款|到账|兑付|发放|放款|支付|公示)[\s\S]*(?:{_WITHIN})|(?:{_WITHIN})[\s\S]*(?:拨付|拨款|到账|兑付|发放|放款)",
    Decision.APPROVAL: rf"(?:{_WITHIN})[^。]*(?:决定|审[核批查]|[初复]审|核[准查]|复核|办结)|(?:决定|审[核批查]|[初复]审|核[准查]|复核|办结)[^。]*(?:{_WITHIN})",
    Decision.PENALTY: r"不予(?:行政)?处罚|免予|从轻|减轻|责令(?:限期)?改正",
    Decision.RECOGNITION: _JUDGED,
    Decision.VERDICT: rf"{_JUDGED}|(?:{_WITHIN})[^。]*(?:作出|决定|审[核批查]|核[准查]|恢复|移出|修复)",
}
"""Words of a clause that says how it is decided."""
_CONTESTED = r"异议|不服|复核|复议|重新(?:判定|认定)"
_AGAINST = re.compile(r"对[^。]{1,16}(?:有异议|不服)")
HOW = {
    Decision.MONEY: "审核、公示、拨付资金的时限",
    Decision.APPROVAL: "受理后多少个工作日内审核作出决定",
    Decision.PENALTY: "首次违法、情节轻微，及时改正的不予处罚",
    Decision.RECOGNITION: "由谁认定、怎么判定",
    Decision.VERDICT: "由谁认定，多少个工作日内作出决定",
}


class Procedure:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def beside(self, asked: Asked, decision: Decision, answer: Answer) -> Answer:
        """The answer with the clauses on the procedure behind it, unless it quotes them already."""
        missing = list(self._missing(asked, decision, answer))
        if not missing or answer.parts:
            return answer
        more = self._knowledge.answers.of(asked, missing, OPENING, first=len(answer.sources) + 1)
        return replace(answer, text=f"{answer.text}\n{more.text}", sources=(*answer.sources, *more.sources))

    def _missing(self, asked: Asked, decision: Decision, answer: Answer) -> Iterator[Found]:
        told = "\n".join(source.quote for source in answer.sources)
        taken = {source.clause_id for source in answer.sources}
        for how, sign in ((HOW[decision], _STEPS[decision]), ("对结果有异议，申请复核", _CONTESTED)):
            if re.search(sign, told):
                continue
            fit = [one for one in self._of_the_same(asked, how, answer) if re.search(sign, one.passage.body)]
            if sign is not _CONTESTED:
                fit = [one for one in fit if not _AGAINST.search(one.passage.body)]
            best = next(iter(fit), None)
            if best is not None and best.passage.clause_id not in taken:
                taken.add(best.passage.clause_id)
                yield best

    def _of_the_same(self, asked: Asked, how: str, answer: Answer) -> list[Found]:
        """Clauses of the documents cited first, and of what they explain, those about the same matter first."""
        ids = {source.document for source in answer.sources[:MOST_DOCUMENTS]}
        with self._knowledge.database.reading() as tx:
            explained = {name for names in succession.originals(tx, ids).values() for name in names}
        found = self._knowledge.library.find(replace(asked, text=f"{asked.text}，{how}"), limit=MOST_LOOKED_AT).results
        return [
            one
            for one in found
            if one.passage.clause_kind not in TABLE_ROWS
            and (
                one.passage.document_id in ids or not explained.isdisjoint({one.passage.title, one.passage.doc_number})
            )
        ]
