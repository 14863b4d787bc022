"""One question looked up: the clauses that answer it, or rules of other places, or what of it stands nowhere."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answerability import Answerability
from assistant.decisions import find_decision
from assistant.flows import matter
from assistant.flows.nearest import confirmed_first, with_local, within
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.sourcing import Sourcing
from assistant.sought import asks_more, missing
from knowledge import several, words
from knowledge.library import Finding, Found, Library, Question
from knowledge.spoken_grammar import plain

LEAST_OF_SAME = 0.7
"""Share of the best score from which another clause of the same document may say what is asked for."""

NEARLY = 0.85
"""Share of the best score from which the words of the question itself decide."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question of a message and what was found for it; nothing chosen: no evidence."""

    question: Question
    finding: Finding
    chosen: Sequence[Found]
    elsewhere: Sequence[Found] = ()
    """Rules of other places that fit, where none of here does."""
    confidence: float | None = None
    """How likely what was found settles the question; None where that cannot be told."""
    there: Callable[[], Finding] | None = None
    """What the library gives for other places, looked up at most once."""
    missing: str = ""
    """What was asked for in so many words and stands in none of the clauses; then nothing is chosen."""
    nearest: Sequence[Found] = ()
    """The clauses that lack it."""

    @property
    def settled(self) -> float | None:
        """The same of the whole question: what an authority has to decide, no document settles."""
        return 0.0 if find_decision(self.question.text) else self.confidence


class LookUp:
    def __init__(
        self,
        library: Library,
        evidence: Evidence,
        answerability: Answerability,
        sourcing: Sourcing,
        places: OtherPlaces,
    ) -> None:
        self._library, self._evidence, self._answerability = library, evidence, answerability
        self._sourcing, self._places = sourcing, places

    def topic(self, question: Question) -> Topic:
        """What does not say what is asked for is no answer, however near it comes."""
        topic = self.looked_up(question)
        if not topic.chosen or self._is_exact(topic.chosen[0], topic.finding):
            return topic
        asked, texts = plain(topic.finding.asked.repaired), self._read(topic)
        shown = texts[: len(topic.chosen)]
        topic = self._with_particular(topic, asked, shown)
        what = missing(asked, texts, shown)
        kept = topic.chosen if not what or asks_more(asked, texts, shown) else ()
        return replace(topic, chosen=kept, missing=what, nearest=topic.chosen)

    def _with_particular(self, topic: Topic, asked: str, shown: Sequence[str]) -> Topic:
        """The clause beside the ones chosen that says what of it was asked for, where these do not."""
        if not missing(asked, shown):
            return topic
        others = [one for one in self._near(topic) if one not in topic.chosen]
        telling = (one for one in others if not missing(asked, [matter.read(one)]))
        return replace(topic, chosen=[*topic.chosen, *list(telling)[:1]])

    def in_own_words(self, topic: Topic, own: str) -> Topic:
        """Of clauses that fit nearly as well, the one that says most of what a further question itself says."""
        if not topic.chosen or topic.chosen[0].why.named:
            return topic
        best = topic.chosen[0]
        near = [one for one in topic.finding.results if one.score >= NEARLY * best.score]
        wanted = {word for word in words.telling(plain(own)) if not several.names_nothing(word)}
        said = [sum(word in one.passage.body for word in wanted) for one in near]
        if not wanted or max(said) <= said[0]:
            return topic
        first = near[said.index(max(said))]
        rest = [one for one in topic.chosen if one is not first][: self._evidence.most_sources - 1]
        return replace(topic, chosen=[first, *rest])

    def is_sure(self, topic: Topic) -> bool:
        """Whether the clauses surely are the ones asked for."""
        return bool(topic.chosen) and not self.is_near_only(topic)

    def is_near_only(self, topic: Topic) -> bool:
        return bool(topic.chosen) and self._is_near_only(topic.chosen, topic.confidence)

    def looked_up(self, question: Question) -> Topic:
        finding = self._library.find(question)
        elsewhere = functools.cache(lambda: self._library.elsewhere(question, here=finding))
        confidence = self._answerability.confidence(finding, elsewhere)
        chosen = self._choose(question, finding, confidence)
        if chosen and (chosen[0].why.meaning or 1.0) < self._evidence.plainly_here:
            others = self._places.others(question, elsewhere())
            is_near_only = self._is_near_only(chosen, confidence)
            better = self._evidence.fits_better if is_near_only else self._evidence.fits_much_better
            if others and (others[0].why.meaning or 0.0) >= (chosen[0].why.meaning or 0.0) + better:
                here = self._places.counterpart(question, elsewhere())
                return Topic(question, finding, here, () if here else others, confidence, elsewhere)
        if chosen or finding.by_words_alone:
            others = () if chosen else self._places.others(question, elsewhere())
            return Topic(question, finding, chosen, others, confidence, elsewhere)
        here = self._places.counterpart(question, elsewhere())
        others = () if here else self._places.others(question, elsewhere())
        return Topic(question, finding, here, others, confidence, elsewhere)

    def _is_exact(self, first: Found, finding: Finding) -> bool:
        is_named = first.why.named and bool(finding.reference.clause)
        return is_named or (first.why.meaning or 0.0) >= self._evidence.same_question

    def _read(self, topic: Topic) -> list[str]:
        """The words of the clauses chosen, and of others of the same document that come near."""
        read = [*topic.chosen, *self._near(topic)]
        faqs = self._sourcing.faqs(read)
        return [*map(matter.read, read), *(faq.answer for faq in faqs.values())]

    def _near(self, topic: Topic) -> list[Found]:
        """Others of the same document that come near."""
        best = topic.chosen[0]
        near = (one for one in topic.finding.results if one.score >= LEAST_OF_SAME * best.score)
        return [one for one in near if one.passage.document_id == best.passage.document_id]

    def _choose(self, question: Question, finding: Finding, confidence: float | None) -> list[Found]:
        if not finding.results or not self._is_evidence(question, finding, confidence):
            return []
        results = confirmed_first(question.text, finding.results)
        near = within(results, self._evidence.near)
        if results[0].why.named and finding.reference.clause:
            near = [found for found in near if found.why.named]
        chosen = with_local(near, self._evidence)
        is_sure = (confidence or 0.0) >= matter.SURE
        return chosen if is_sure or not self._places.is_another(question, chosen) else []

    def _is_evidence(self, question: Question, finding: Finding, confidence: float | None) -> bool:
        first = finding.results[0]
        if finding.names_first:
            return True
        if confidence is None:
            return self._evidence.resembles(question, first, finding)
        return confidence >= self._answerability.threshold

    def _is_near_only(self, chosen: Sequence[Found], confidence: float | None) -> bool:
        meaning = chosen[0].why.meaning
        if chosen[0].why.named or meaning is None:
            return False
        return meaning < self._evidence.sure_meaning if confidence is None else confidence < self._answerability.sure
