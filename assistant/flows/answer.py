"""Questions answered from the clauses: a published FAQ word for word, else deciding sentences, quoted.

No evidence, no answer (design.md 6). Several questions in one message are answered one by one.
"""

import re
import unicodedata
from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Elsewhere
from assistant.answerability import Answerability
from assistant.answerability import load as answerability_as_shipped
from assistant.flows import citing, remarks
from assistant.flows.judged import JudgedLookUp, places_named
from assistant.flows.looking_up import LookUp, Topic
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.replies import (
    AI_WRITTEN,
    Reply,
    combined,
    heading_of,
    lacking,
    nothing,
    published,
    quoted,
    renumbered,
    without_personal_data,
    worded,
)
from assistant.flows.sourcing import Shown, Sourcing
from assistant.flows.topics import Topics
from assistant.judging import Judge
from assistant.telling import Event, Final, Opening, answer_of
from assistant.writing import AnswerWriter, WrittenAnswer
from knowledge import regions
from knowledge.catalogue import StoredFaq
from knowledge.database import Database
from knowledge.documents import MASK, Audience, ClauseKind
from knowledge.library import Finding, Found, Library, Question
from knowledge.several import Point

FLOW = "answer"
_NOT_WORDS = re.compile(r"[\W_]+")
SURE_OF_FURTHER = 0.6
"""Confidence from which a further question of a message is said to be settled: it has less of its own to go by."""

WORDS_ALONE = "本次只按字词检索：语义模型没有装好，换个说法可能查不到。管理员可运行 xiaoer doctor 查看原因。"
NO_REGION = "没有说明所在地区，只查了全国性规定；说明地区后可以查到当地政策。"


class AnswerFlow:
    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        writer: AnswerWriter | None = None,
        evidence: Evidence | None = None,
        answerability: Answerability | None = None,
        judge: Judge | None = None,
    ) -> None:
        """With a writer, a language model puts the clauses into plain words; without one they are quoted.

        With a judge, a language model says which of the clauses found answer the question.
        """
        self._library, self._database, self._writer = library, database, writer
        self._evidence = evidence or Evidence()
        self._sourcing = Sourcing(library, database)
        self._places = OtherPlaces(library, self._sourcing, self._evidence)
        calibrated = answerability or answerability_as_shipped()
        parts = library, self._evidence, calibrated, self._sourcing, self._places
        self._look_up = JudgedLookUp(*parts, judge) if judge else LookUp(*parts)
        self._judge = judge
        self._topics = Topics(self._look_up)

    def answer(self, question: Question, *, region_given: bool = True) -> Answer:
        return answer_of(self.answer_stream(question, region_given=region_given))

    def answer_stream(
        self, question: Question, parts: Sequence[Point] = (), *, region_given: bool = True
    ) -> Generator[Event, None, None]:
        """The answer while it is made; whoever stops listening closes this, which stops the model.

        `parts`: the questions of the message, where these are known.
        """
        topics = self._topics.of(question, parts)
        notices = _notices([topic.finding for topic in topics], region_given=region_given)
        replies, is_open = list[Reply](), False
        for number, topic in enumerate(topics, start=1):
            first = 1 + sum(len(reply.sources) for reply in replies)
            reply = self._at_once(topic, first)
            if reply is None:
                if not is_open:
                    yield Opening((*notices, AI_WRITTEN) if self._writes() else tuple(notices))
                is_open = True
                heading = heading_of(number, topic.question.text) + "\n" if len(topics) > 1 else ""
                reply = yield from self._from_rules(topic, first, heading, is_further=number > 1)
            replies.append(reply)
        confidence = max((topic.settled for topic in topics if topic.settled is not None), default=None)
        answer = combined(FLOW, question, replies, notices)
        is_stated = any(topic.is_judged and topic.chosen for topic in topics)
        yield Final(replace(answer, confidence=confidence, is_stated=is_stated))

    def of(
        self, question: Question, chosen: Sequence[Found], opening: str = "查到的规定：", *, first: int = 1
    ) -> Answer:
        """These clauses, quoted, and counted from `first`."""
        finding = self._library.find(question)
        shown = self._sourcing.show(question, chosen, finding, self._sourcing.faqs(chosen))
        return combined(FLOW, question, [quoted(question, opening, shown, first, (), None)], [])

    @property
    def is_judged(self) -> bool:
        """Whether a model says which clauses state what is asked, so that it must be asked in the person's words."""
        return self._judge is not None and self._judge.is_ready()

    def stated(self, question: Question) -> Answer | None:
        """What a model that may judge has chosen for the question; None where it has chosen nothing, or there is none."""
        answer = self.answer(question) if self.is_judged else None
        return answer if answer is not None and answer.is_stated else None

    def settles(self, question: Question) -> bool:
        """Whether clauses were found that surely are the ones asked for."""
        return self._look_up.is_sure(self._look_up.looked_up(question))

    def places_that_differ(self, question: Question) -> list[str]:
        """Places with rules of their own that fit as well as those that hold everywhere."""
        topic = self._look_up.topic(question)
        others = list(topic.elsewhere) or self._places.others(question, self._library.elsewhere(question))
        if self._look_up.is_sure(topic):
            least = topic.chosen[0].score - self._evidence.near
            others = [one for one in others if one.score >= least]
        return list(dict.fromkeys(one.passage.region for one in others))

    def nearer_elsewhere(self, question: Question) -> list[Elsewhere]:
        there = self._places.nearer(question)
        return [] if self._places.own_document(self._library.find(question), there) else there

    def says(self, question: Question) -> bool:
        """Whether clauses of here surely are the ones, or say all that the question names; none of it is missing."""
        topic = self._look_up.topic(question)
        if not topic.chosen or topic.missing:
            return False
        return self._look_up.is_sure(topic) or self._look_up.says_it(topic.finding, topic.chosen)

    def _is_near(self, topic: Topic, least: float) -> bool:
        return self._look_up.is_near_only(topic) or (topic.confidence or 1.0) < least

    def _opening(self, topic: Topic, *, is_near: bool) -> str:
        """How sure the answer is that these are the rules asked for, in one sentence."""
        if topic.missing:
            return f"收录的文件没有写明您问的{topic.missing}；有关的规定是："
        opening = "没有找到直接对应的规定，最接近的是下面这些，请核对是不是您问的事：" if is_near else "查到的规定："
        if any(found.passage.ended_by for found in topic.chosen):
            return f"按所问日期有效的规定（其中有的后来已被取代）。{opening}"
        return opening

    def _at_once(self, topic: Topic, first: int) -> Reply | None:
        """What needs no writing: nothing was found, or the published answer to this very question."""
        if not topic.chosen:
            return self._nothing_found(topic, first)
        best = topic.chosen[0]
        faqs = self._sourcing.faqs([best])
        faq = faqs.get(best.passage.clause_id)
        if faq is None or not self._is_same(topic.question, best, faq):
            return None
        shown = self._sourcing.show(topic.question, [best], topic.finding, faqs)
        return published(topic.question, faq.answer, shown, first, self._standing(topic, shown))

    def _is_same(self, question: Question, found: Found, faq: StoredFaq) -> bool:
        """Whether the person asks the very question that the entry answers."""
        asked = _folded(question.text)
        same = any(_folded(known) == asked for known in (faq.question, *faq.variants))
        return same or (found.why.meaning or 0.0) >= self._evidence.same_question

    def _from_rules(self, topic: Topic, first: int, heading: str, *, is_further: bool) -> Generator[Event, None, Reply]:
        """The clauses quoted, or put into words by the language model."""
        faqs = self._sourcing.faqs(topic.chosen)
        shown = self._sourcing.show(topic.question, topic.chosen, topic.finding, faqs, whole=topic.is_judged)
        differences, shown = remarks.differences(shown)
        standing = [*self._standing(topic, shown), *differences]
        least = SURE_OF_FURTHER if is_further else 0.0
        # what is only near is quoted to be judged: a model would make an answer of it (“不可以。…[1]”)
        is_near = self._is_near(topic, least)
        is_to_quote = is_near or bool(topic.missing) or _holds_hidden(topic.question, shown)
        written = None if is_to_quote else (yield from self._written(topic, shown, first, heading))
        if written is not None and written.is_whole:
            return worded(topic.question, written, shown, first, standing)
        opening = self._opening(topic, is_near=is_near)
        return replace(quoted(topic.question, opening, shown, first, standing, written), is_open=bool(topic.missing))

    def _standing(self, topic: Topic, shown: Sequence[Shown]) -> list[str]:
        """What must be said of the rules before they are read."""
        question = topic.question
        decided = remarks.decision(question, found=bool(shown))
        place = remarks.other_place(question, shown) if shown else None
        named, scope = bool(topic.finding.reference), self._library.scope(question)
        old = list(remarks.old_rules(self._database, scope, question, shown, names_a_document=named))
        heard = self._heard_elsewhere(topic, shown) if shown and not old else ""
        return [*filter(None, (decided, place, heard)), *old]

    def _heard_elsewhere(self, topic: Topic, shown: Sequence[Shown]) -> str:
        """That a figure somebody heard stands in the rules of another place."""
        here = "\n".join([*(one.source.quote for one in shown), *(one.passage.body for one in topic.finding.results)])
        there = self._places.with_figure(topic.question, here, topic.there or Finding)
        return f"您说的数字，{remarks.not_here(topic.question.region, there)}" if there else ""

    def _writes(self) -> bool:
        return self._writer is not None and self._writer.is_ready()

    def _written(
        self, topic: Topic, shown: Sequence[Shown], first: int, heading: str
    ) -> Generator[Event, None, WrittenAnswer | None]:
        """The model's answer, checked against what it was given; personal data in the question stays in the house."""
        if self._writer is None or not self._writer.is_ready():
            return None
        asked = without_personal_data(topic.finding.asked.repaired)
        passages = [(citing.name(one.source), one.words) for one in shown]
        written = yield from renumbered(self._writer.stream(asked, passages), first - 1, heading)
        return written if written.said else None

    def _nothing_found(self, topic: Topic, first: int) -> Reply:
        standing = self._standing(topic, ())
        if topic.missing:
            nearest = self._sourcing.show(topic.question, topic.nearest, topic.finding, {})
            return lacking(
                topic.question, topic.missing, nearest[0].source, standing, self._nearest(topic.finding), first
            )
        elsewhere = [
            Elsewhere(one.passage.document_id, one.passage.title, one.passage.region)
            for one in self._worth_naming(topic)
        ]
        named = places_named(topic.question) if topic.is_judged else []
        if not elsewhere and (named or not topic.is_judged):
            near = self._places.nearer(topic.question, topic.finding, topic.there)
            elsewhere = [one for one in near if not topic.is_judged or _is_of(one, named)]
        if named and not elsewhere:
            standing = [*standing, remarks.binds_there_alone(named[0], topic.question.region)]
        own = self._places.own_document(topic.finding, elsewhere)
        kept = () if own else elsewhere
        return nothing(topic.question, standing, kept, self._nearest(topic.finding), first, own)

    def _worth_naming(self, topic: Topic) -> Sequence[Found]:
        if topic.is_judged:
            return topic.elsewhere
        return self._places.worth_naming(topic.question, topic.elsewhere, topic.finding)

    def _nearest(self, finding: Finding) -> list[str]:
        entries = [found for found in finding.results if found.passage.clause_kind == ClauseKind.FAQ][:3]
        faqs = self._sourcing.faqs(entries)
        return [faqs[one.passage.clause_id].question for one in entries if one.passage.clause_id in faqs]


def _holds_hidden(question: Question, shown: Sequence[Shown]) -> bool:
    """Numbers and addresses that only staff are given: a model may write none, so the clause is quoted."""
    return question.audience is Audience.STAFF and any(MASK in one.found.passage.body for one in shown)


def _is_of(one: Elsewhere, named: Sequence[str]) -> bool:
    """Whether it binds in one of the places named."""
    return any(regions.binds(one.region, code) for code in named)


def _notices(findings: Sequence[Finding], *, region_given: bool) -> list[str]:
    notices = []
    for finding in findings:
        if finding.by_words_alone:
            notices.append(WORDS_ALONE)
        notices += [f"已把“{written}”当作“{meant}”来查。" for written, meant in finding.asked.repairs]
    if not region_given:
        notices.append(NO_REGION)
    return list(dict.fromkeys(notices))


def _folded(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).lower()
