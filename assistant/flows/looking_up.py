"""One question looked up: the clauses that answer it, or rules of other places, or what of it stands nowhere."""

import functools
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from assistant import coverage, time_limits
from assistant.answerability import Answerability
from assistant.comparable_figures import figures
from assistant.decisions import find_decision
from assistant.definitions import unexplained
from assistant.flows import matter, own_words
from assistant.flows.citing import BASIS
from assistant.flows.nearest import confirmed_first, with_local, within
from assistant.flows.other_places import NO_RULES, Evidence, OtherPlaces
from assistant.flows.sourcing import Sourcing
from assistant.sought import asks_more, asks_the_day, lacks_the_day, missing, offered, sought, tells_the_day
from knowledge import several, words
from knowledge.documents import TABLE_ROWS, ClauseKind
from knowledge.library import Finding, Found, Library, Question
from knowledge.regions import COUNTRY
from knowledge.spoken_grammar import plain

LEAST_OF_SAME = 0.7
"""Share of the best score from which another clause of the same document may say what is asked for."""

LONGEST_NAME, LEAST_ABOUT = 20, 0.3
"""Characters of a clause that say what it is about, and the share of them that one on the same thing has."""
_OF_AN_OFFICE = re.compile(
    r"窗口|大厅|中心|局|科|所(?!有|以|得)|单位|部门|电话|热线|号码|联系|找谁|找哪|哪里|哪儿|去哪|在哪|地址|地方|[上下]班|[开关]门|办公|服务时间|周[一二三四五六日末]|预约|专员|帮办|代办|上门|办事|网站|平台|银行|机构"
)
_PAUSE = re.compile(r"[，,。；;！!？?\s]+")
LESS = 0.01
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
    is_judged: bool = False
    """A model that may do so has said which clauses state what was asked."""

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

    def beside(self, questions: Sequence[Question]) -> AbstractContextManager[None]:
        """Within it these are at hand: of a large knowledge base they are looked up side by side."""
        return self._library.found_beside(questions)

    def topic(self, question: Question) -> Topic:
        """What does not say what is asked for is no answer, however near it comes."""
        topic = self.looked_up(question)
        if not topic.chosen or self._is_exact(topic.chosen[0], topic.finding):
            return topic
        asked = plain(topic.finding.asked.repaired)
        topic = self._with_own_act_first(self._with_time_limit_first(topic, asked), asked)
        topic = self._doubted(topic, asked)
        texts = self._read(topic)
        shown = texts[: len(topic.chosen)]
        topic = self._with_particular(topic, asked, shown)
        if word := unexplained(asked, "\n".join(texts)):
            return replace(topic, missing=word, nearest=topic.chosen)
        what = missing(asked, texts, shown)
        if not what and (unsaid := self._unsaid(asked, texts, shown)):
            return replace(topic, missing=unsaid, nearest=topic.chosen)
        kept = topic.chosen if not what or asks_more(asked, texts, shown) else ()
        return replace(topic, chosen=kept, missing=what, nearest=topic.chosen)

    def _with_time_limit_first(self, topic: Topic, asked: str) -> Topic:
        """Of clauses that fit nearly as well, the one that says how long it takes, where that is asked."""
        best = topic.chosen[0]
        if not time_limits.asked(asked) or time_limits.told(best.passage.body):
            return topic
        near = (one for one in topic.finding.results if one.score >= NEARLY * best.score)
        first = next((one for one in near if time_limits.told(one.passage.body)), None)
        if first is None:
            return topic
        rest = [one for one in topic.chosen if one.passage.clause_id != first.passage.clause_id]
        return replace(topic, chosen=[first, *rest][: self._evidence.most_sources])

    def _doubted(self, topic: Topic, asked: str) -> Topic:
        """What speaks of another act than the one named is shown as the nearest, not as the rule."""
        read = "\n".join(self._told(topic.chosen))
        if topic.confidence is None or not sought(asked) or not own_words.is_of_another_act(asked, read, self._terms):
            return topic
        return replace(topic, confidence=min(topic.confidence, self._answerability.sure - LESS))

    def _with_own_act_first(self, topic: Topic, asked: str) -> Topic:
        """小餐饮许可证补办几天 is not answered by what is said of 延续: of near clauses the one of the act that is named."""
        acts, best, kinds = own_words.acts(asked), topic.chosen[0], sought(asked)
        if best.why.named or not acts or not kinds:
            return topic
        near = [one for one in topic.finding.results if one.score >= NEARLY * best.score]
        own = [*own_words.of(asked), *acts]
        said = [{word for word in own if self._is_said(word, text)} for text in self._told(near)]
        tells = (
            one
            for one, more in zip(near, said, strict=True)
            if more > said[0] and not more.isdisjoint(set(acts) - said[0]) and kinds <= offered(kinds, one.passage.body)
        )
        first = next(tells, None)
        if first is None:
            return topic
        rest = [one for one in topic.chosen if one.passage.clause_id != first.passage.clause_id]
        return replace(topic, chosen=[first, *rest][: self._evidence.most_sources])

    def _with_particular(self, topic: Topic, asked: str, shown: Sequence[str]) -> Topic:
        """The clause beside the ones chosen that says what of it was asked for, where these do not."""
        if lacks_the_day(asked, "\n".join(shown)):
            return replace(topic, chosen=[*topic.chosen, *self._beside(topic, tells_the_day)])
        if not missing(asked, shown):
            return topic
        near = (one for one in self._near(topic) if one.passage.clause_kind not in TABLE_ROWS)
        others = [one for one in near if one not in topic.chosen]
        telling = (one for one in others if not missing(asked, [matter.read(one)]))
        return replace(topic, chosen=[*topic.chosen, *list(telling)[:1]])

    def _unsaid(self, asked: str, texts: Sequence[str], shown: Sequence[str]) -> str:
        """奖三千，评上了还发牌匾吗: the question behind a figure that is right, where no clause has a word of it."""
        *told, asking = [one for one in _PAUSE.split(asked) if one] or [""]
        own = own_words.of(asking)
        if not told or not own or not several.asks(asking) or several.asks(told[-1]):
            return ""
        if not figures("，".join(told)).keys() & figures("\n".join(shown)).keys():
            return ""
        text = "\n".join(texts)
        return "" if any(self._is_said(word, text) for word in own) else f"“{asking}”"

    def of_the_same(self, head: Topic, own: str) -> list[Found]:
        """Where the document of the question before says of its matter when, how long or how much, as is asked now."""
        said = plain(own)
        kinds, is_day = sought(said), asks_the_day(said)
        if not kinds and not is_day:
            return []

        def tells(body: str) -> bool:
            return tells_the_day(body) if is_day else kinds <= offered(kinds, body)

        return [] if tells(head.chosen[0].passage.body) else self._beside(head, tells)

    def _beside(self, topic: Topic, tells: Callable[[str], bool]) -> list[Found]:
        """The clause of the same document that tells it of what the first clause is about."""
        first = topic.chosen[0].passage
        if first.clause_kind in TABLE_ROWS:
            return []
        of_it = self._sourcing.clauses_of(topic.question, first.title)
        about = set(words.grams(first.body[:LONGEST_NAME]))
        among = coverage.known(one.body for one in of_it)
        told = [one for one in of_it if one.clause_id != first.clause_id and tells(one.body)]
        fits = [(coverage.covered(about, one.body, among), one) for one in told]
        best = max(fits, key=lambda fit: fit[0], default=(0.0, first))
        return [Found(best[1], topic.chosen[0].score, BASIS)] if best[0] >= LEAST_ABOUT else []

    def in_own_words(self, topic: Topic, own: str) -> Topic:
        """Of clauses that fit nearly as well, the one that says most of what a further question itself says."""
        if not topic.chosen or topic.chosen[0].why.named:
            return topic
        best = topic.chosen[0]
        near = [one for one in topic.finding.results if one.score >= NEARLY * best.score]
        wanted = {word for word in words.telling(plain(own)) if word not in own_words.ASKING}
        said = [sum(word in one.passage.body for word in wanted) for one in near]
        if not wanted or not near or max(said) <= said[0]:
            return topic
        first = near[said.index(max(said))]
        rest = [one for one in topic.chosen if one is not first][: self._evidence.most_sources - 1]
        return replace(topic, chosen=[first, *rest])

    def of_itself(self, topic: Topic, own: str) -> Topic:
        """恢复了会发短信吗: where no clause has any word of what a further question says itself, only its subject was found."""
        wanted = own_words.of(own)
        if not topic.chosen or not wanted or self._is_exact(topic.chosen[0], topic.finding):
            return topic
        text = "\n".join(self._read(topic)[: len(topic.chosen)])
        if any(self._is_said(word, text) for word in wanted):
            return topic
        least = LEAST_OF_SAME * topic.chosen[0].score
        near = (one for one in topic.finding.results if one.score >= least)
        own_one = next((one for one in near if all(word in one.passage.body for word in wanted)), None)
        if own_one is not None:
            return replace(topic, chosen=[own_one])
        return replace(topic, chosen=(), missing="这一点", nearest=topic.chosen)

    def _is_said(self, word: str, text: str) -> bool:
        return own_words.is_said(word, text, self._terms)

    def is_sure(self, topic: Topic) -> bool:
        """Whether the clauses surely are the ones asked for."""
        return bool(topic.chosen) and not self.is_near_only(topic)

    def is_near_only(self, topic: Topic) -> bool:
        return bool(topic.chosen) and self._is_near_only(topic.chosen, topic.confidence)

    def looked_up(self, question: Question) -> Topic:
        finding = _without_offices(self._sourcing.of_that_day(question, self._library.find(question)), question)
        elsewhere = functools.cache(lambda: self._library.elsewhere(question, here=finding))
        confidence = self._answerability.confidence(finding, elsewhere)
        chosen = self._choose(question, finding, confidence)
        is_exact = bool(chosen) and self._is_exact(chosen[0], finding)
        is_far = bool(chosen) and (chosen[0].why.meaning or 1.0) < self._evidence.plainly_here
        if is_far and not is_exact and not self.says_it(finding, chosen):
            others = self._places.others(question, elsewhere())
            is_near_only = self._is_near_only(chosen, confidence)
            better = self._evidence.fits_better if is_near_only else self._evidence.fits_much_better
            if others and (others[0].why.meaning or 0.0) >= (chosen[0].why.meaning or 0.0) + better:
                here = self._places.counterpart(question, elsewhere())
                return Topic(question, finding, here, () if here else others, confidence, elsewhere)
        if chosen and not is_exact and self._is_only_there(question, finding, chosen, elsewhere):
            others = self._places.others(question, elsewhere())
            return Topic(question, finding, (), others, confidence, elsewhere)
        if chosen or finding.by_words_alone:
            others = () if chosen else self._places.others(question, elsewhere())
            return Topic(question, finding, chosen, others, confidence, elsewhere)
        here = self._places.counterpart(question, elsewhere())
        others = () if here else self._places.others(question, elsewhere())
        return Topic(question, finding, here, others, confidence, elsewhere)

    def says_it(self, finding: Finding, chosen: Sequence[Found]) -> bool:
        """Whether the local clause says all that the question names: then no other place says it better."""
        first = chosen[0]
        is_local = first.passage.region != COUNTRY and first.passage.clause_kind not in NO_RULES
        return is_local and own_words.all_said(finding.asked.repaired, first.passage.body, self._terms)

    def _is_only_there(
        self, question: Question, finding: Finding, chosen: Sequence[Found], elsewhere: Callable[[], Finding]
    ) -> bool:
        """外摆 is a matter of another place, and what was found here of something else."""
        asked = finding.asked.repaired
        if not matter.is_unsaid(asked, "\n".join(self._told(chosen)), self._terms):
            return False
        others = "\n".join(map(matter.read, self._places.others(question, elsewhere())))
        return bool(others) and not matter.is_unsaid(asked, others, self._terms)

    def _terms(self, word: str) -> Sequence[str]:
        return self._library.terms(word)

    def _is_exact(self, first: Found, finding: Finding) -> bool:
        is_named = first.why.named and bool(finding.reference.clause)
        return is_named or (first.why.meaning or 0.0) >= self._evidence.same_question

    def _read(self, topic: Topic) -> list[str]:
        """The words of the clauses chosen, and of others of the same document that come near."""
        return self._told([*topic.chosen, *self._near(topic)])

    def _told(self, read: Sequence[Found]) -> list[str]:
        """Published entries with their answers."""
        faqs = self._sourcing.faqs(read)
        answers = {clause: faq.answer for clause, faq in faqs.items()}
        return ["\n".join([matter.read(one), answers.get(one.passage.clause_id, "")]) for one in read]

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


def _without_offices(finding: Finding, question: Question) -> Finding:
    """The hours of an office tell nothing of how long tables may stand outside."""
    if _OF_AN_OFFICE.search(plain(question.text)) or finding.names_first:
        return finding
    kept = tuple(one for one in finding.results if one.passage.clause_kind != ClauseKind.UNIT)
    return finding if len(kept) == len(finding.results) or not kept else replace(finding, results=kept)
