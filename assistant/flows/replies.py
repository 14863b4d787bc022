"""The words of an answer: one question's reply, and the replies to several questions put together."""

import contextlib
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Elsewhere, Extent, Part, Source
from assistant.flows.citing import citation, citations
from assistant.flows.quoting import rows_as_words
from assistant.flows.remarks import not_here
from assistant.flows.sourcing import Shown
from assistant.masking import mask
from assistant.telling import Said, Waiting
from assistant.writing import Writing, WrittenAnswer
from knowledge import regions
from knowledge.documents import redact
from knowledge.library import Question
from knowledge.numbering import to_chinese
from knowledge.privacy import find_spans
from knowledge.succession import named

AI_WRITTEN = "内容由人工智能生成，仅供参考"
WRITTEN_IN_PART = "回答只写出了一部分：后面的内容没有通过核对或者没有写完，请看下面的原文。"
PUBLISHED = "这是已审核发布的常见问答。"
WAYS_ON = "您可以：换个说法再问（写上事项、地区、文件名）；或者找政策服务专员、拨打 12345 政务服务便民热线。"
NOT_FOUND = "没有找到依据"
LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Reply:
    """To one question."""

    question: str
    lead: str
    """What is said beside quotes and citations."""
    text: str
    first: int
    """Number of its first source in the whole answer."""
    sources: tuple[Source, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    ways_on: tuple[str, ...] = ()
    """What the person can do where nothing was found; said once for the whole answer."""
    notices: tuple[str, ...] = ()
    written: WrittenAnswer | None = None
    is_open: bool = False
    """Whether part of the question is left open though there are sources."""


def published(question: Question, answer: str, shown: Sequence[Shown], first: int, standing: Sequence[str]) -> Reply:
    """The curated answer word for word, its entry and the clause it rests on as sources."""
    sources = tuple(one.source for one in shown)
    lines = [citation(source, number) for number, source in enumerate(sources, start=first)]
    text = "\n".join([answer, *standing, "", f"{PUBLISHED}依据：", *lines])
    return Reply(question.text, "\n".join([*standing, PUBLISHED]), text, first, sources)


def worded(
    question: Question, written: WrittenAnswer, shown: Sequence[Shown], first: int, standing: Sequence[str]
) -> Reply:
    """What the language model wrote, with the sources it cites."""
    sources = tuple(one.source for one in shown)
    lead = "\n".join([*standing, written.text])
    text = "\n".join([lead, "", "依据：", *citations(sources, first, written.cited)])
    return Reply(question.text, lead, text, first, sources, notices=(AI_WRITTEN,), written=written)


def quoted(
    question: Question,
    opening: str,
    shown: Sequence[Shown],
    first: int,
    standing: Sequence[str],
    written: WrittenAnswer | None,
) -> Reply:
    """The clauses themselves, behind what a model wrote of it where that did not get to its end."""
    begun = [f"{written.text}\n", WRITTEN_IN_PART] if written else []
    lead = "\n".join([*begun, *standing, opening])
    text = "\n".join([lead, *_quotes(shown, first)])
    notices = (AI_WRITTEN, WRITTEN_IN_PART) if written else ()
    return Reply(question.text, lead, text, first, tuple(one.source for one in shown), notices=notices, written=written)


def nothing(
    question: Question,
    standing: Sequence[str],
    elsewhere: Sequence[Elsewhere],
    nearest: Sequence[str],
    first: int,
    own: Elsewhere | None = None,
) -> Reply:
    """`own`: the document of the place itself that is about the matter, though no clause of it was found to say this."""
    place = regions.name(question.region)
    lines = [f"{NOT_FOUND}：现有文件里没有能回答这个问题、并且在{place}适用的条款，我不能凭猜测作答。", *standing]
    if own:
        lines.append(read_on(own))
    elif elsewhere:
        lines.append(not_here(question.region, elsewhere))
    maybe = ["您是不是想问：", *(f"· {one}" for one in nearest)] if nearest else []
    text = "\n".join(lines)
    return Reply(question.text, text, text, first, elsewhere=tuple(elsewhere), ways_on=(*maybe, WAYS_ON))


def read_on(own: Elsewhere) -> str:
    """That a document of here may say more than was found in it."""
    return f"讲这件事的是{named(own.title, None)}（{regions.name(own.region)}），我没有找到其中直接说到您问的这一点的条款，但不等于没有写：请看它的原文，或者换个说法再问。"


def lacking(
    question: Question, what: str, nearest: Source, standing: Sequence[str], alike: Sequence[str], first: int
) -> Reply:
    """The documents speak of the matter, not of what is asked: the nearest clause is named, not quoted as an answer."""
    near = f"最接近的是{named(nearest.title, nearest.doc_number)}{nearest.clause}，里面没有写{what}。"
    lines = [f"{NOT_FOUND}：收录的文件没有写明您问的{what}，我不能凭猜测作答。", *standing, near]
    maybe = ["您是不是想问：", *(f"· {one}" for one in alike)] if alike else []
    text = "\n".join(lines)
    return Reply(question.text, text, text, first, ways_on=(*maybe, WAYS_ON))


def _quotes(shown: Sequence[Shown], first: int) -> Iterator[str]:
    for number, one in enumerate(shown, start=first):
        yield (
            f"{number}. 问：{one.faq.question}\n   答：{one.faq.answer}"
            if one.faq
            else f"{number}. “{rows_as_words(one.source.quote)}”"
        )
        yield citation(one.source, number)


def combined(flow: str, question: Question, replies: Sequence[Reply], notices: Sequence[str]) -> Answer:
    """One reply as it is; several numbered, and what is open named."""
    parts = [_part(reply) for reply in replies] if len(replies) > 1 else []
    texts = [_numbered(number, reply) for number, reply in enumerate(replies, start=1)] if parts else [replies[0].text]
    lead = "" if parts else replies[0].lead
    ways_on = list(dict.fromkeys(line for reply in replies if not parts for line in reply.ways_on))
    if parts and not all(part.answered for part in parts):
        ways_on = [WAYS_ON]
    written = next((reply.written for reply in replies if reply.written), None)
    return Answer(
        "\n".join(["\n\n".join(texts), *([""] if parts and ways_on else []), *ways_on]),
        flow,
        question.region,
        question.on,
        extent=_extent(replies),
        lead="\n".join(filter(None, [lead, *ways_on])),
        parts=parts,
        elsewhere=[one for reply in replies for one in reply.elsewhere],
        sources=[source for reply in replies for source in reply.sources],
        notices=list(dict.fromkeys([*notices, *(notice for reply in replies for notice in reply.notices)])),
        prompt_version=written.prompt_version if written else None,
        model=written.model if written else None,
    )


def _extent(replies: Sequence[Reply]) -> Extent:
    answered = sum(bool(reply.sources) for reply in replies)
    if answered and any(reply.is_open for reply in replies):
        return Extent.PARTLY
    return Extent.NOT if not answered else Extent.ANSWERED if answered == len(replies) else Extent.PARTLY


def _part(reply: Reply) -> Part:
    numbers = tuple(range(reply.first, reply.first + len(reply.sources)))
    lead = reply.lead if reply.sources else _open(reply)
    return Part(without_personal_data(reply.question), lead, bool(reply.sources), numbers)


def _open(reply: Reply) -> str:
    """A part that the documents do not settle: named, with what else is known of it."""
    rest = [line for line in reply.lead.split("\n") if not line.startswith(NOT_FOUND)]
    return "\n".join([f"这一部分现有文件没有规定：{_short(reply.question)}", *rest])


def _numbered(number: int, reply: Reply) -> str:
    return f"{heading_of(number, reply.question)}\n{reply.text if reply.sources else _open(reply)}"


def heading_of(number: int, question: str) -> str:
    return f"{to_chinese(number)}、{_short(question)}"


def _short(question: str) -> str:
    words = " ".join(without_personal_data(question).split())
    return words if len(words) <= LONGEST_HEADING else f"{words[:LONGEST_HEADING]}…"


def without_personal_data(text: str) -> str:
    """As it is masked in conversations; internal addresses too."""
    masked = mask(text).text
    return redact(masked, find_spans(masked))


def renumbered(writing: Writing, by: int, heading: str) -> Generator[Said | Waiting, None, WrittenAnswer]:
    """The model counts the clauses it was given from 1; the reader counts those of the whole answer."""
    with contextlib.closing(writing):
        while True:
            try:
                event = next(writing)
            except StopIteration as end:
                written: WrittenAnswer = end.value
                return replace(written, said=tuple(_shifted(one, by) for one in written.said))
            if isinstance(event, Said):
                event, heading = _shifted(event, by, heading), ""
            yield event


def _shifted(said: Said, by: int, heading: str = "") -> Said:
    text = re.sub(r"\[(\d+)\]", lambda match: f"[{int(match[1]) + by}]", said.text) if by else said.text
    return Said(heading + text, tuple(number + by for number in said.citations))
