"""The last answer once more: in full, one of its clauses, or in plainer words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.behaviours import Behaviour
from assistant.events import Event
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue
from knowledge.library import Question as Asked

MOST_LINES = 8
_NUMBER = re.compile(r"^(?:第[零一二三四五六七八九十百]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)\s*")
MOST_CHARACTERS = 700
FAQ = "常见问答"
"""Its entries are shown as they were answered, without the ways to ask."""
_PLAIN = (
    (r"应当", "要"),
    (r"不得", "不能"),
    (r"予以|给予", "给"),
    (r"之日起", "那天起"),
    (r"逾期", "过了期限"),
    (r"办结", "办完"),
    (r"未在", "没在"),
    (r"上述|前款规定的", "前面说的"),
    (r"有下列情形之一的", "有下面任何一种情况的"),
    (r"应于", "要在"),
    (r"方可", "才可以"),
    (r"无需", "不用"),
    (r"经营场所", "店面（经营场所）"),
    (r"申请人", "您（申请人）"),
)


class DetailFlow:
    """Whole clauses instead of their deciding words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn, number: int = 0) -> Spoken:
        exchange = turn.state.last_exchange
        sources = exchange.sources if exchange else []
        chosen = sources[number - 1 : number] if number else sources[:2]
        texts = [text for source in chosen if (text := self._whole(turn, source))]
        if not texts or exchange is None:
            yield turn.reply(
                Behaviour.NO_EVIDENCE,
                "刚才没有引用条款，没有更细的原文可以给您看。换个问法，我再查一次。",
                choices=(tap("转人工"),),
            )
            return
        text = "\n\n".join(["原文是这样写的：", *texts])
        yield replace(
            turn.reply(Behaviour.ANSWER, text, choices=(tap("换个说法"), tap("转人工"))),
            answer=_said(exchange.reply.answer, "原文是这样写的："),
            rewritten=exchange.question,
        )

    def _whole(self, turn: Turn, source: dict[str, Any]) -> str:
        title, clause = str(source.get("title", "")), str(source.get("clause", ""))
        scope = self._knowledge.library.scope(Asked("", turn.region_or_country, turn.today, turn.audience))
        with self._knowledge.database.reading() as tx:
            found = catalogue.passages_of_clause(tx, scope, titles=[title], clause=clause or None)
        number = source.get("doc_number")
        if FAQ in title:
            return f"《{title.strip('《》')}》{clause}\n{source.get('quote', '')}"
        bodies = list(dict.fromkeys(one.body.strip() for one in found if number in (None, one.doc_number)))
        if not bodies:
            return ""
        named = f"《{title.strip('《》')}》{f'（{number}）' if number else ''}{clause}"
        since = f"（{source['effective_from']} 起施行）" if source.get("effective_from") else ""
        whole = "\n".join(bodies)
        return f"{named}{since}\n{whole[:MOST_CHARACTERS]}"


class RestateFlow:
    """Plainer words for the deciding sentence, figures untouched; the original stays beside it."""

    def respond(self, turn: Turn) -> Spoken:
        exchange = turn.state.last_exchange
        sources = exchange.sources if exchange else []
        if exchange is None or not sources:
            yield turn.reply(
                Behaviour.NO_EVIDENCE,
                "刚才没有查到依据，换个说法也一样没有。您把事项、地区写上，我再查一次。",
                choices=(tap("转人工"),),
            )
            return
        yield from self._plainly(turn, str(sources[0].get("quote", "")), exchange.reply.answer, exchange.question)

    def _plainly(self, turn: Turn, quote: str, answer: dict[str, Any] | None, question: str) -> Iterator[Event]:
        pieces = [_NUMBER.sub("", piece.strip()) for piece in re.split(r"[。；;\n]+", plainly(quote))]
        lines = [f"· {piece}" for piece in pieces if piece]
        opening = turn.vary("拆成几句来看，公文用语换成了平常的话：", "一句一句说：", "再拆开说一遍：")
        more = "……" if len(lines) > MOST_LINES else ""
        text = "\n".join([opening, *lines[:MOST_LINES], f"{more}数字和条件都没有改动，以原文为准[1]。"])
        reply = turn.reply(Behaviour.ANSWER, text, choices=(tap("看原文", "详细点"), tap("转人工")))
        yield replace(reply, answer=_said(answer, text), rewritten=question)


def _said(answer: dict[str, Any] | None, lead: str) -> dict[str, Any] | None:
    """The same sources under other words: these are not the published ones any more."""
    return None if answer is None else {**answer, "lead": lead}


def plainly(text: str) -> str:
    for formal, plain in _PLAIN:
        text = re.sub(formal, plain, text)
    return text
