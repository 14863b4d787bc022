"""Questions answered from the clauses: a published FAQ word for word, else deciding sentences, quoted.

No evidence, no answer (design.md 6).
"""

import re
import unicodedata
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Source
from assistant.flows.quoting import deciding_range
from assistant.telling import Event, Final, Opening, answer_of
from assistant.writing import AnswerWriter, WrittenAnswer
from knowledge import catalogue, regions
from knowledge.catalogue import StoredFaq, StoredPassage
from knowledge.database import Database
from knowledge.documents import Audience, ClauseKind, redact
from knowledge.library import Finding, Found, Library, Question, Why
from knowledge.privacy import find_spans

FLOW = "answer"
_NOT_WORDS = re.compile(r"[\W_]+")

WORDS_ALONE = "本次只按字词检索：语义模型没有装好，换个说法可能查不到。管理员可运行 xiaoer doctor 查看原因。"
NO_REGION = "没有说明所在地区，只查了全国性规定；说明地区后可以查到当地政策。"
AI_WRITTEN = "内容由人工智能生成，仅供参考"
WRITTEN_IN_PART = "回答只写出了一部分：后面的内容没有通过核对或者没有写完，请看下面的原文。"
PENDING = {
    "effective_from": "施行日期待核",
    "issued": "成文日期待核",
    "audience": "公开属性待核",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """When what was found is enough to answer; set from measurements in `xiaoer evals`."""

    least_meaning: float = 0.52
    """Cosine below which nothing that resembles the question counts (design.md 4: off-topic reached .43)."""
    least_words: float = 0.34
    """Share of the question's words that must occur, when words alone decide."""
    least_matched: int = 2
    sure_meaning: float = 0.65
    """Cosine below which the answer says that it shows the nearest rules, not necessarily the one asked for."""
    same_question: float = 0.93
    """Cosine from which a published question counts as the same one."""
    near: float = 0.06
    """A further source may score this much less than the first."""
    most_sources: int = 3


class AnswerFlow:
    def __init__(
        self,
        library: Library,
        database: Database,
        *,
        writer: AnswerWriter | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        """With a writer, a language model puts the clauses into plain words; without one they are quoted."""
        self._library, self._database, self._writer = library, database, writer
        self._evidence = evidence or Evidence()

    def answer(self, question: Question, *, region_given: bool = True) -> Answer:
        return answer_of(self.answer_stream(question, region_given=region_given))

    def answer_stream(self, question: Question, *, region_given: bool = True) -> Generator[Event, None, None]:
        """The answer while it is made; whoever stops listening closes this, which stops the model."""
        finding = self._library.find(question)
        notices = _notices(finding, region_given=region_given)
        chosen = self._choose(question, finding)
        if not chosen:
            yield Final(self._nothing_found(question, finding, notices))
            return
        faqs = self._faqs(chosen)
        first = faqs.get(chosen[0].passage.clause_id)
        if first is not None and self._is_same(question, chosen[0], first):
            yield Final(self._from_faq(question, chosen[0], first, notices))
            return
        chosen = list(self._with_bases(question, chosen, faqs))
        sources = [self._source(question, found, faqs.get(found.passage.clause_id)) for found in chosen]
        written = yield from self._written(finding, sources, notices)
        if written is not None and written.is_whole:
            lines = [written.text, "", "依据：", *_citations(sources, chosen, written.cited)]
            yield Final(_answer(question, "\n".join(lines), sources, [*notices, AI_WRITTEN], written))
            return
        text = _text(self._opening(chosen), sources, chosen, faqs)
        if written is not None:
            text = f"{written.text}\n\n{WRITTEN_IN_PART}\n{text}"
            notices = [*notices, AI_WRITTEN, WRITTEN_IN_PART]
        yield Final(_answer(question, text, sources, notices, written))

    def _choose(self, question: Question, finding: Finding) -> list[Found]:
        if not finding.results or not self._is_evidence(question, finding.results[0], finding):
            return []
        best = finding.results[0]
        near = [found for found in finding.results if best.score - found.score <= self._evidence.near]
        if best.why.named and finding.reference.clause:
            near = [found for found in near if found.why.named]
        return near[: self._evidence.most_sources]

    def _is_evidence(self, question: Question, found: Found, finding: Finding) -> bool:
        if found.why.named and finding.reference.clause:
            return True
        if finding.by_words_alone:
            asked = len(_NOT_WORDS.sub("", question.text))
            covered = sum(len(word) for word in found.why.matched)
            return (
                len(found.why.matched) >= self._evidence.least_matched and covered >= self._evidence.least_words * asked
            )
        return found.why.meaning is not None and found.why.meaning >= self._evidence.least_meaning

    def _written(
        self, finding: Finding, sources: Sequence[Source], notices: Sequence[str]
    ) -> Generator[Event, None, WrittenAnswer | None]:
        """The model's answer, checked against what it was given; personal data in the question stays in the house."""
        if self._writer is None or not self._writer.is_ready():
            yield Opening(tuple(notices))
            return None
        yield Opening((*notices, AI_WRITTEN))
        asked = redact(finding.asked.repaired, find_spans(finding.asked.repaired))
        written = yield from self._writer.stream(asked, [(_name(source), source.quote) for source in sources])
        return written if written.said else None

    def _opening(self, chosen: Sequence[Found]) -> str:
        """How sure the answer is that these are the rules asked for, in one sentence."""
        meaning = chosen[0].why.meaning
        near = not chosen[0].why.named and meaning is not None and meaning < self._evidence.sure_meaning
        opening = "没有找到直接对应的规定，最接近的是下面这些，请核对是不是您问的事：" if near else "查到的规定："
        if any(found.passage.ended_by for found in chosen):
            return f"按所问日期有效的规定（其中有的后来已被取代）。{opening}"
        return opening

    def _faqs(self, chosen: Sequence[Found]) -> dict[str, StoredFaq]:
        entries = [found.passage.clause_id for found in chosen if found.passage.clause_kind == ClauseKind.FAQ]
        if not entries:
            return {}
        with self._database.reading() as tx:
            return catalogue.faqs_of(tx, entries)

    def _is_same(self, question: Question, found: Found, faq: StoredFaq) -> bool:
        """Whether the person asks the very question that the entry answers."""
        asked = _folded(question.text)
        same = any(_folded(known) == asked for known in (faq.question, *faq.variants))
        return same or (found.why.meaning or 0.0) >= self._evidence.same_question

    def _from_faq(self, question: Question, found: Found, faq: StoredFaq, notices: Sequence[str]) -> Answer:
        """The curated answer as published, its entry and the clause it rests on as sources."""
        faqs = {found.passage.clause_id: faq}
        shown = list(self._with_bases(question, [found], faqs))
        sources = [self._source(question, one, faqs.get(one.passage.clause_id)) for one in shown]
        lines = [faq.answer, "", "这是已审核发布的常见问答。依据："]
        numbered = enumerate(zip(sources, shown, strict=True), start=1)
        lines += [_citation(source, number, one.passage) for number, (source, one) in numbered]
        return _answer(question, "\n".join(lines), sources, notices)

    def _with_bases(
        self, question: Question, chosen: Sequence[Found], faqs: Mapping[str, StoredFaq]
    ) -> Iterator[Found]:
        """Each FAQ entry followed by the clause it rests on: an answer names the rule, not only the entry."""
        seen = {found.passage.clause_id for found in chosen}
        for found in chosen:
            yield found
            faq = faqs.get(found.passage.clause_id)
            basis = self._basis(question, faq) if faq else None
            if basis is not None and basis.clause_id not in seen:
                seen.add(basis.clause_id)
                yield Found(basis, found.score, Why(None, None, (), named=False))

    def _basis(self, question: Question, faq: StoredFaq) -> StoredPassage | None:
        if not faq.basis_title or not faq.basis_clause:
            return None
        scope = self._library.scope(question)
        with self._database.reading() as tx:
            found = catalogue.passages_of_clause(tx, scope, titles=[faq.basis_title], clause=faq.basis_clause)
        return found[0] if found else None

    def _source(self, question: Question, found: Found, faq: StoredFaq | None = None) -> Source:
        passage = found.passage
        return Source(
            document=passage.document_id,
            title=passage.title,
            doc_number=passage.doc_number,
            clause=passage.clause,
            quote=faq.answer if faq else self._quote(question, passage),
            region=passage.region,
            effective_from=passage.valid_from,
            effective_to=passage.valid_to,
            in_force=True,
            audience=passage.audience,
            score=found.score,
            why=_why(found),
            clause_id=passage.clause_id,
        )

    def _quote(self, question: Question, passage: StoredPassage) -> str:
        """Deciding words of the document itself; for the public, personal data masked."""
        with self._database.reading() as tx:
            whole = catalogue.quoted(tx, passage, passage.start, passage.end, Audience.STAFF)
            start, end = deciding_range(question.text, whole)
            words = catalogue.quoted(tx, passage, passage.start + start, passage.start + end, question.audience)
        return words.strip()

    def _nothing_found(self, question: Question, finding: Finding, notices: Sequence[str]) -> Answer:
        place = regions.name(question.region)
        lines = [f"没有找到依据：现有文件里没有能回答这个问题、并且在{place}适用的条款，我不能凭猜测作答。"]
        nearest = [found.passage for found in finding.results if found.passage.clause_kind == ClauseKind.FAQ][:3]
        if nearest:
            with self._database.reading() as tx:
                faqs = catalogue.faqs_of(tx, [passage.clause_id for passage in nearest])
            lines.append("您是不是想问：")
            lines += [f"· {faqs[passage.clause_id].question}" for passage in nearest if passage.clause_id in faqs]
        lines.append(
            "您可以：换个说法再问（写上事项、地区、文件名）；或者找政策服务专员、拨打 12345 政务服务便民热线。"
        )
        return _answer(question, "\n".join(lines), (), notices)


def _answer(
    question: Question,
    text: str,
    sources: Sequence[Source],
    notices: Sequence[str],
    written: WrittenAnswer | None = None,
) -> Answer:
    """Answered is what has sources."""
    return Answer(
        text,
        FLOW,
        question.region,
        question.on,
        answered=bool(sources),
        sources=sources,
        notices=notices,
        prompt_version=written.prompt_version if written else None,
        model=written.model if written else None,
    )


def _notices(finding: Finding, *, region_given: bool) -> list[str]:
    notices = []
    if finding.by_words_alone:
        notices.append(WORDS_ALONE)
    for written, meant in finding.asked.repairs:
        notices.append(f"已把“{written}”当作“{meant}”来查。")
    if not region_given:
        notices.append(NO_REGION)
    return notices


def _text(opening: str, sources: Sequence[Source], chosen: Sequence[Found], faqs: Mapping[str, StoredFaq]) -> str:
    parts = [opening]
    for number, (source, found) in enumerate(zip(sources, chosen, strict=True), start=1):
        faq = faqs.get(source.clause_id)
        parts.append(f"{number}. 问：{faq.question}\n   答：{faq.answer}" if faq else f"{number}. “{source.quote}”")
        parts.append(_citation(source, number, found.passage))
    return "\n".join(parts)


def _citations(sources: Sequence[Source], shown: Sequence[Found], cited: Sequence[int]) -> Iterator[str]:
    for number, (source, found) in enumerate(zip(sources, shown, strict=True), start=1):
        if number in cited:
            yield _citation(source, number, found.passage)


def _citation(source: Source, number: int, passage: StoredPassage) -> str:
    """Document, 文号, clause, region, dates in force: what every answer names."""
    dates = _dates(source)
    pending = [PENDING.get(name, "") for name in passage.pending]
    marks = "".join(f"，{mark}" for mark in dict.fromkeys(filter(None, pending)))
    staff = "，仅供工作人员" if source.audience is Audience.STAFF else ""
    place = regions.name(source.region)
    return f"   [{number}]{_name(source)}｜适用地区：{place}｜{dates}{marks}{staff}"


def _name(source: Source) -> str:
    doc_number = f"（{source.doc_number}）" if source.doc_number else ""
    return f"《{source.title}》{doc_number}{source.clause}"


def _dates(source: Source) -> str:
    start = f"{source.effective_from.isoformat()} 起施行" if source.effective_from else "施行日期待核"
    return f"{start}，有效至 {source.effective_to.isoformat()}" if source.effective_to else f"{start}，现行有效"


def _why(found: Found) -> str:
    reasons = []
    if found.why == Why(None, None, (), named=False):
        return "上面的常见问答以它为依据"
    if found.why.named:
        reasons.append("问题里点名")
    if found.why.meaning is not None:
        reasons.append(f"语义 {found.why.meaning:.2f}")
    if found.why.words is not None:
        reasons.append(f"字词 {found.why.words:.2f}")
    if found.why.matched:
        reasons.append("命中：" + "、".join(found.why.matched[:5]))
    return "；".join(reasons)


def _folded(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).lower()
