"""One question looked up, and a language model that may do so says which of the clauses found state what was asked."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answerability import Answerability
from assistant.flows.looking_up import LookUp, Topic
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.sourcing import Sourcing
from assistant.judging import Judge, Verdict
from knowledge.library import Found, Library, Question

MOST_HERE, MOST_THERE = 8, 3
"""Clauses of the person's own region, and of others, that the model is shown."""
SURE, NONE = 0.99, 0.0
"""Confidence where it chose, and where it chose nothing."""
OPEN = "全部内容"
"""What is said to stand nowhere, where the clauses state only a part."""


class JudgedLookUp(LookUp):
    def __init__(
        self,
        library: Library,
        evidence: Evidence,
        answerability: Answerability,
        sourcing: Sourcing,
        places: OtherPlaces,
        judge: Judge,
    ) -> None:
        super().__init__(library, evidence, answerability, sourcing, places)
        self._judge = judge

    def topic(self, question: Question) -> Topic:
        """As the model says; as the calibrated confidence says where it cannot be asked, or a clause was named."""
        topic = self.looked_up(question)
        finding = topic.finding
        if not finding.results or finding.names_first or self._is_exact(finding.results[0], finding):
            return super().topic(question)
        here = _clauses([*topic.chosen, *finding.results], MOST_HERE)
        verdict = self._verdict(topic, here)
        if verdict is None:
            return super().topic(question)
        if verdict.rows:
            chosen = [here[row] for row in verdict.rows]
            missing = OPEN if verdict.is_partly else ""
            return replace(
                topic, chosen=chosen, elsewhere=(), confidence=SURE, missing=missing, nearest=chosen, is_judged=True
            )
        there = _clauses(topic.there().results if topic.there else (), MOST_THERE)
        of_others = self._verdict(topic, there) or Verdict()
        elsewhere = tuple(there[row] for row in of_others.rows)
        return replace(topic, chosen=(), elsewhere=elsewhere, confidence=NONE, nearest=here, is_judged=True)

    def _verdict(self, topic: Topic, found: Sequence[Found]) -> Verdict | None:
        named = [f"《{one.passage.title.strip('《》')}》{one.passage.clause}" for one in found]
        return self._judge.judge(topic.finding.asked.repaired, list(zip(named, self._told(found), strict=True)))


def _clauses(found: Sequence[Found], most: int) -> list[Found]:
    """The best passage of each."""
    best: dict[str, Found] = {}
    for one in found:
        best.setdefault(one.passage.clause_id, one)
    return list(best.values())[:most]
