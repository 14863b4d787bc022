"""Half a question after an answer (那要多久): answered from the documents just cited, where only they settle it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant import coverage
from assistant.flows.citing import BASIS
from assistant.flows.rules import NEAR, replied
from assistant.means import Knowledge
from assistant.sought import Sought, offered, sought
from assistant.turn import Spoken, Turn
from knowledge import catalogue, several, words
from knowledge.documents import TABLE_ROWS
from knowledge.library import Found
from knowledge.library import Question as Asked

OPENING = "同一份文件里是这样规定的："
MOST_LOOKED_AT = 80
LONGEST_MATTER = 60
OF_SCORE = 0.3
LEAST_FIT = 0.3
"""Of score and words together, from which a clause of the same document is shown."""
BETTER, MUCH_BETTER = 0.1, 0.2
"""How much more of what was written it must say than a clause that was told before, than one that seems to fit."""
_A_DAY = re.compile(r"[几何啥]时|什么时候|么时候|哪[天年]|几[号月]|截止")
_HAS_A_DAY = re.compile(r"\d+月|季度|之日起|届满|每年|当年|前")
_FINE, _FINED = re.compile(r"罚(?:多少|几|好多|款|不罚)|要罚|会罚"), re.compile(r"罚|责令|信用|追回|取消")
"""过期了会罚多少 is answered by no clause that only says what is free."""
_MONEY = re.compile(r"[给发有奖补]钱")


class FurtherFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def take(self, turn: Turn, said: str, whole: str) -> Spoken | None:
        """`turn.text`: what is looked up; `said`: what was written; `whole`: completed; None where no help is needed."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        exchange = turn.state.last_exchange
        if exchange is None or not exchange.sources:
            return None
        kinds = sought(said) or (frozenset({Sought.SUM}) if _MONEY.search(said) else frozenset())
        answer = self._knowledge.answers.answer(asked)
        first = answer.sources[0] if answer.sources and NEAR not in answer.lead else None
        told = {str(one.get("clause_id", "")) for one in exchange.sources}
        own, among = self._own(asked, said, exchange.sources, kinds)
        if first is not None or _A_DAY.search(said):
            own = [one for one in own if one.passage.clause_id not in told]
        if not own:
            return None
        wanted = set(words.grams(whole))
        before = set(words.grams(str(exchange.sources[0].get("quote", ""))[:LONGEST_MATTER]))
        best = max(own, key=lambda one: _fit(one, wanted, before, among))
        if _fit(best, wanted, before, among) < LEAST_FIT:
            return None
        about = set(words.grams(several.subject(said)))
        if (
            first is not None
            and about
            and coverage.covered(about, best.passage.body, among) < coverage.covered(about, first.quote, among)
        ):
            return None
        if first is not None and _offers(kinds, said, "".join(source.quote for source in answer.sources)):
            is_repeated = first.clause_id in told
            wanted = set(words.grams(said)) if is_repeated else wanted
            least = coverage.covered(wanted, first.quote, among) + (BETTER if is_repeated else MUCH_BETTER)
            if coverage.covered(wanted, best.passage.body, among) < least:
                return None
        elif not kinds:
            return None
        return replied(turn, self._knowledge.answers.of(asked, [best], OPENING))

    def _own(
        self, asked: Asked, said: str, sources: Sequence[Mapping[str, Any]], kinds: frozenset[Sought]
    ) -> tuple[list[Found], coverage.Known]:
        """Clauses of the documents cited that hold what is sought, found or not; and the words of all of them."""
        scores = {
            one.passage.id: one.score for one in self._knowledge.library.find(asked, limit=MOST_LOOKED_AT).results
        }
        titles, scope = {str(one.get("title", "")) for one in sources}, self._knowledge.library.scope(asked)
        with self._knowledge.database.reading() as tx:
            read = [catalogue.passages_of_clause(tx, scope, titles=[title]) for title in sorted(titles)]
        kept = [one for passages in read for one in passages if one.clause_kind not in TABLE_ROWS]
        own = [Found(one, scores.get(one.id, 0.0), BASIS) for one in kept if _offers(kinds, said, one.body)]
        return own, coverage.known(one.body for one in kept)


def _fit(one: Found, wanted: set[str], before: set[str], among: coverage.Known) -> float:
    """To what was asked, and to the matter of the clause told before, which names it as the documents do."""
    body = one.passage.body
    return OF_SCORE * one.score + coverage.covered(wanted, body, among) + coverage.covered(before, body, among)


def _offers(kinds: frozenset[Sought], said: str, body: str) -> bool:
    """A sum where one is asked for, a time, and a day where a day is."""
    if _FINE.search(said) and not _FINED.search(body):
        return False
    return kinds <= offered(kinds, body) and (not _A_DAY.search(said) or _HAS_A_DAY.search(body) is not None)
