"""One question looked up, and a language model that may do so says which of the clauses found state what was asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answerability import Answerability
from assistant.flows.looking_up import LookUp, Topic
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.sourcing import Sourcing
from assistant.judging import Judge, Verdict
from knowledge import places, regions
from knowledge.documents import MASK, Audience
from knowledge.library import Finding, Found, Library, Question

MOST_HERE, MOST_THERE = 10, 3
"""Clauses of the person's own region, and of others, that the model is shown."""
MOST_OF_ANOTHER = 3
"""Of these, at most so many that only another wording of the question has found."""
OF_A_NUMBER = "〔此处写着号码或者地址〕"
"""Shown for what is hidden to those who are given it."""
OF_THERE = "不管在哪里适用，只看条款写没写这句话里问的事："
_TITLE = re.compile(r"《([^《》]+)》")
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
        here = self._here(topic)
        verdict = self._verdict(question, here)
        if verdict is None:
            return super().topic(question)
        if verdict.rows:
            chosen = [here[row] for row in verdict.rows]
            missing = OPEN if verdict.is_partly else ""
            return replace(
                topic, chosen=chosen, elsewhere=(), confidence=SURE, missing=missing, nearest=chosen, is_judged=True
            )
        elsewhere = self._elsewhere(topic)
        return replace(topic, chosen=(), elsewhere=elsewhere, confidence=NONE, nearest=here, is_judged=True)

    def _here(self, topic: Topic) -> list[Found]:
        """By the question and by its other wordings: these only where it has not found them itself."""
        others = [
            one
            for words in topic.question.also
            for one in self._library.find(replace(topic.question, text=words)).results[:MOST_OF_ANOTHER]
        ]
        own = _clauses([*topic.chosen, *topic.finding.results], MOST_HERE)
        known = {one.passage.clause_id for one in own[: MOST_HERE - MOST_OF_ANOTHER]}
        most = MOST_OF_ANOTHER + len(topic.question.also) // 2
        more = [one for one in _clauses(others, len(others)) if one.passage.clause_id not in known][:most]
        return _clauses([*own[: MOST_HERE - len(more)], *more], MOST_HERE)

    def _elsewhere(self, topic: Topic) -> tuple[Found, ...]:
        """What the place or document that the message names says of it; else what other places say. It binds nobody here."""
        there = topic.there() if topic.there else Finding()
        if named := self._of_the_named(topic.question, there):
            verdict = self._verdict(replace(topic.question, text=f"{OF_THERE}{topic.question.text}"), named)
            if verdict and verdict.rows:
                return tuple(named[row] for row in verdict.rows)
        if titled := [one for one in named if one.passage.title in _titles(topic.question)]:
            return tuple(titled[:1])
        found = _clauses(there.results, MOST_THERE)
        of_others = self._verdict(topic.question, found) or Verdict()
        return tuple(found[row] for row in of_others.rows)

    def _of_the_named(self, question: Question, there: Finding) -> list[Found]:
        here, titles = regions.chain(question.region), _titles(question)
        found = [one for one in there.results if one.passage.title in titles]
        for code in places_named(question):
            found += self._library.find(replace(question, region=code)).results
        return _clauses([one for one in found if one.passage.region not in here], MOST_HERE)

    def _verdict(self, question: Question, found: Sequence[Found]) -> Verdict | None:
        """Asked as the person asks: a model reads what is misspelt, and a repair may have gone wrong."""
        named = [f"《{one.passage.title.strip('《》')}》{one.passage.clause}" for one in found]
        told = self._told(found)
        if question.audience is Audience.STAFF:
            told = [one.replace(MASK, OF_A_NUMBER) for one in told]
        return self._judge.judge(question.text, list(zip(named, told, strict=True)))


def places_named(question: Question) -> list[str]:
    """Other places than the one asked for that the question names."""
    here = regions.chain(question.region)
    said = "，".join((question.text, *question.also))
    named = places.named_in(said, near=question.region)
    return [code for code in named if code not in here and question.region not in regions.chain(code)]


def _titles(question: Question) -> list[str]:
    """Of documents, as they stand in the question."""
    return _TITLE.findall("，".join((question.text, *question.also)))


def _clauses(found: Sequence[Found], most: int) -> list[Found]:
    """The best passage of each."""
    best: dict[str, Found] = {}
    for one in found:
        best.setdefault(one.passage.clause_id, one)
    return list(best.values())[:most]
