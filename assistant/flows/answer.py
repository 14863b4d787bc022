"""Questions answered from the clauses: a published FAQ word for word, else deciding sentences, quoted.

No evidence, no answer (design.md 6). Several questions in one message are answered one by one.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Elsewhere
from assistant.answerability import Answerability
from assistant.answerability import load as answerability_as_shipped
from assistant.decisions import find_decision
from assistant.flows import citing, matter, remarks
from assistant.flows.nearest import confirmed_first, with_local, within
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
from assistant.sought import Sought, asks_more, missing, offers_side, sought
from assistant.telling import Event, Final, Opening, answer_of
from assistant.writing import AnswerWriter, WrittenAnswer
from knowledge.catalogue import StoredFaq
from knowledge.database import Database
from knowledge.documents import ClauseKind
from knowledge.library import Finding, Found, Library, Question
from knowledge.several import split_questions, subject

FLOW = "answer"
_NOT_WORDS = re.compile(r"[\W_]+")
SURE_OF_FURTHER = 0.6
"""Confidence from which a further question of a message is said to be settled: it has less of its own to go by."""
LONGEST_SIDE, LONGEST_NAME = 8, 2
"""Characters of a further question, and of what it names, that may go on about the matter of the one before."""
LEAST_OF_SAME = 0.7
"""Share of the best score from which another clause of the same document may say what is asked for."""
_HOW_MUCH = re.compile(r"多少|好多|几多|多小|几[成块万千百]")
_SIDES = re.compile(
    r"一?(?:个|每)?[年月季](?:度)?|每[户人家次件]|总共|一共|累计|最[多高长少低]|封顶|顶天|上限|[多好几]多?少?|多久"
)
"""What may be asked of any matter: 封顶几多 names none."""

WORDS_ALONE = "本次只按字词检索：语义模型没有装好，换个说法可能查不到。管理员可运行 xiaoer doctor 查看原因。"
NO_REGION = "没有说明所在地区，只查了全国性规定；说明地区后可以查到当地政策。"


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


class AnswerFlow:
    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        writer: AnswerWriter | None = None,
        evidence: Evidence | None = None,
        answerability: Answerability | None = None,
    ) -> None:
        """With a writer, a language model puts the clauses into plain words; without one they are quoted."""
        self._library, self._database, self._writer = library, database, writer
        self._evidence = evidence or Evidence()
        self._answerability = answerability or answerability_as_shipped()
        self._sourcing = Sourcing(library, database)
        self._places = OtherPlaces(library, self._sourcing, self._evidence)

    def answer(self, question: Question, *, region_given: bool = True) -> Answer:
        return answer_of(self.answer_stream(question, region_given=region_given))

    def answer_stream(self, question: Question, *, region_given: bool = True) -> Generator[Event, None, None]:
        """The answer while it is made; whoever stops listening closes this, which stops the model."""
        topics = self._topics(question)
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
        yield Final(replace(combined(FLOW, question, replies, notices), confidence=confidence))

    def of(
        self, question: Question, chosen: Sequence[Found], opening: str = "查到的规定：", *, first: int = 1
    ) -> Answer:
        """These clauses, quoted, and counted from `first`."""
        finding = self._library.find(question)
        shown = self._sourcing.show(question, chosen, finding, self._sourcing.faqs(chosen))
        return combined(FLOW, question, [quoted(question, opening, shown, first, (), None)], [])

    def settles(self, question: Question) -> bool:
        """Whether clauses were found that surely are the ones asked for."""
        topic = self._looked_up(question)
        return bool(topic.chosen) and not self._is_near_only(topic.chosen, topic.confidence)

    def places_that_differ(self, question: Question) -> list[str]:
        """Places with rules of their own that fit as well as those that hold everywhere."""
        topic = self._topic(question)
        others = list(topic.elsewhere) or self._places.others(question, self._library.elsewhere(question))
        if topic.chosen and not self._is_near_only(topic.chosen, topic.confidence):
            least = topic.chosen[0].score - self._evidence.near
            others = [one for one in others if one.score >= least]
        return list(dict.fromkeys(one.passage.region for one in others))

    def nearer_elsewhere(self, question: Question) -> list[Elsewhere]:
        return self._places.nearer(question)

    def _topics(self, question: Question) -> list[Topic]:
        """The message taken apart, unless no part of it is settled: then it is looked up whole."""
        parts = split_questions(question.text)
        if len(parts) > 1:
            with self._library.found_beside([replace(question, text=one) for one in parts]):
                topics = self._with_sides([*self._of_parts(question, parts)], question.text)
            if any(topic.chosen for topic in topics):
                return topics
        return [self._topic(question)]

    def _of_parts(self, question: Question, parts: Sequence[str]) -> Iterator[Topic]:
        """有效几年 behind 名特优新奖多少钱: short, and surer with the matter of the part before it."""
        matter_before = ""
        for part in parts:
            topic = self._topic(replace(question, text=part))
            own = subject(part)
            is_sure = bool(topic.chosen) and not self._is_near_only(topic.chosen, topic.confidence)
            is_side = len(part) <= LONGEST_SIDE and len(own) <= LONGEST_NAME
            if matter_before and matter_before not in part and is_side and not is_sure:
                whole = self._topic(replace(question, text=f"{matter_before}{part}"))
                is_surer = not topic.chosen or (whole.confidence or 0.0) > (topic.confidence or 0.0)
                topic = whole if whole.chosen and is_surer else topic
            else:
                matter_before = own
            yield topic

    def _with_sides(self, topics: Sequence[Topic], whole: str) -> list[Topic]:
        """一年最多多少 behind 每件补多少 asks for another side of the same: where nothing settles it alone, the clause before may."""
        kept: list[Topic] = []
        for topic in topics:
            asked = topic.question.text
            before = kept[-1] if kept else None
            kinds = sought(asked) or (frozenset({Sought.SUM}) if _HOW_MUCH.search(asked) else frozenset())
            is_side = not topic.chosen and (asked not in whole or not subject(_SIDES.sub("", asked)))
            if before and before.chosen and is_side and offers_side(before.chosen[0].passage.body, asked, kinds):
                kept[-1] = replace(before, question=replace(before.question, text=f"{before.question.text}，{asked}"))
            else:
                kept.append(topic)
        return kept

    def _topic(self, question: Question) -> Topic:
        """What does not say what is asked for is no answer, however near it comes."""
        topic = self._looked_up(question)
        if not topic.chosen or self._is_exact(topic.chosen[0], topic.finding):
            return topic
        asked, texts = topic.finding.asked.repaired, self._read(topic)
        what = missing(asked, texts)
        kept = topic.chosen if not what or asks_more(asked, texts) else ()
        return replace(topic, chosen=kept, missing=what, nearest=topic.chosen)

    def _is_exact(self, first: Found, finding: Finding) -> bool:
        is_named = first.why.named and bool(finding.reference.clause)
        return is_named or (first.why.meaning or 0.0) >= self._evidence.same_question

    def _read(self, topic: Topic) -> list[str]:
        """The words of the clauses chosen, and of others of the same document that come near."""
        best = topic.chosen[0]
        near = (one for one in topic.finding.results if one.score >= LEAST_OF_SAME * best.score)
        read = [*topic.chosen, *(one for one in near if one.passage.document_id == best.passage.document_id)]
        faqs = self._sourcing.faqs(read)
        return [*map(matter.read, read), *(faq.answer for faq in faqs.values())]

    def _looked_up(self, question: Question) -> Topic:
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
        if finding.names_first:
            return True
        if confidence is None:
            return self._evidence.resembles(question, finding.results[0], finding)
        return confidence >= self._answerability.threshold

    def _is_near(self, topic: Topic, least: float) -> bool:
        return self._is_near_only(topic.chosen, topic.confidence) or (topic.confidence or 1.0) < least

    def _opening(self, topic: Topic, *, is_near: bool) -> str:
        """How sure the answer is that these are the rules asked for, in one sentence."""
        if topic.missing:
            return f"收录的文件没有写明您问的{topic.missing}；有关的规定是："
        opening = "没有找到直接对应的规定，最接近的是下面这些，请核对是不是您问的事：" if is_near else "查到的规定："
        if any(found.passage.ended_by for found in topic.chosen):
            return f"按所问日期有效的规定（其中有的后来已被取代）。{opening}"
        return opening

    def _is_near_only(self, chosen: Sequence[Found], confidence: float | None) -> bool:
        meaning = chosen[0].why.meaning
        if chosen[0].why.named or meaning is None:
            return False
        return meaning < self._evidence.sure_meaning if confidence is None else confidence < self._answerability.sure

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
        shown = self._sourcing.show(topic.question, topic.chosen, topic.finding, self._sourcing.faqs(topic.chosen))
        differences, shown = remarks.differences(shown)
        standing = [*self._standing(topic, shown), *differences]
        least = SURE_OF_FURTHER if is_further else 0.0
        # what is only near is quoted to be judged: a model would make an answer of it (“不可以。…[1]”)
        is_near = self._is_near(topic, least)
        written = None if is_near or topic.missing else (yield from self._written(topic, shown, first, heading))
        if written is not None and written.is_whole:
            return worded(topic.question, written, shown, first, standing)
        opening = self._opening(topic, is_near=is_near)
        return replace(quoted(topic.question, opening, shown, first, standing, written), is_open=bool(topic.missing))

    def _standing(self, topic: Topic, shown: Sequence[Shown]) -> list[str]:
        """What must be said of the rules before they are read."""
        question = topic.question
        decided = remarks.decision(question, found=bool(shown))
        place = remarks.other_place(question) if shown else None
        named, scope = bool(topic.finding.reference), self._library.scope(question)
        old = remarks.old_rules(self._database, scope, question, shown, names_a_document=named)
        return [*filter(None, (decided, place)), *old]

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
            for one in self._places.worth_naming(topic.question, topic.elsewhere, topic.finding)
        ] or self._places.nearer(topic.question, topic.finding, topic.there)
        return nothing(topic.question, standing, elsewhere, self._nearest(topic.finding), first)

    def _nearest(self, finding: Finding) -> list[str]:
        entries = [found for found in finding.results if found.passage.clause_kind == ClauseKind.FAQ][:3]
        faqs = self._sourcing.faqs(entries)
        return [faqs[one.passage.clause_id].question for one in entries if one.passage.clause_id in faqs]


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
