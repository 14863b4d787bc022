"""Questions about a whole, in a conversation: the overview, with the self-test and the documents to tap."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.eligibility.asking import EVERYTHING
from assistant.events import Card, Choice, Event
from assistant.flows.rules import RulesFlow, known_context
from assistant.means import Knowledge
from assistant.overviews.asking import claiming_asked, document_asked, support_asked
from assistant.overviews.overviews import Overviews
from assistant.state import REGION
from assistant.turn import Flow, Spoken, Turn, tap
from knowledge.library import Question as Asked
from knowledge.succession import named

CLAIM = "补贴怎么领？"
SUPPORT = "现在有什么扶持政策？"
TABLES = frozenset({"常见问答", "事项指南", "服务能力清单"})
MOST_DOCUMENTS, LONGEST_LABEL = 3, 16


@dataclass(frozen=True, slots=True)
class WholeFirst:
    """A flow that is not asked where the question is about a whole."""

    overview: "OverviewFlow"
    flow: Flow

    def respond(self, turn: Turn) -> Spoken:
        yield from self.overview.take(turn) or self.flow.respond(turn)


class OverviewFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._overviews, self._rules = Overviews(knowledge), rules

    def take(self, turn: Turn, *, said_now: bool = False) -> Spoken | None:
        """None for every other question. `said_now`: as it was typed; 怎么领 may then mean what was just talked about."""
        is_document = document_asked(turn.text) is not None
        claims = claiming_asked(turn.text)
        if not (is_document or claims or support_asked(turn.text)):
            return None
        if said_now and claims and turn.state.last_exchange is not None:
            return None
        if not is_document and turn.region is None and REGION not in turn.state.asked_about:
            return self._rules.ask_region(turn)
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        answer = self._overviews.of(asked, _just_cited(turn))
        return None if answer is None else _replied(turn, answer, is_document=is_document, claims=claims)


def _replied(turn: Turn, answer: Answer, *, is_document: bool, claims: bool) -> Iterator[Event]:
    cards = () if is_document else (_self_test(turn),)
    choices = tuple(_choices(turn, answer, is_document=is_document, claims=claims))
    reply = turn.reply(Behaviour.ANSWER, answer.text, cards=cards, choices=choices)
    yield replace(reply, answer=answer.to_json())


def _self_test(turn: Turn) -> Card:
    text = "把收录的政策一次测完：只问几个问题，不用登录；没答的按“待定”，结果仅供参考，以主管部门审核为准。"
    return Card("eligibility", EVERYTHING, text, action="开始自测", send=EVERYTHING, context=known_context(turn))


def _choices(turn: Turn, answer: Answer, *, is_document: bool, claims: bool) -> Iterator[Choice]:
    if is_document:
        yield tap("有什么扶持政策", SUPPORT)
        yield tap("转人工")
        return
    if turn.region is None:
        yield tap("说明地区", "我要说明地区")
    yield tap("有什么扶持政策", SUPPORT) if claims else tap("补贴怎么领", CLAIM)
    cited = dict.fromkeys((one.title, one.doc_number) for one in answer.sources)
    for title, number in list(cited)[:MOST_DOCUMENTS]:
        short = re.sub(r"^.{2,3}?[省市区县](?=.{4})", "", title)
        label = short if len(short) <= LONGEST_LABEL else f"{short[:LONGEST_LABEL]}…"
        yield tap(f"{label}说了什么", f"{named(title, number)}主要说了什么？")
    yield tap("转人工")


def _just_cited(turn: Turn) -> str:
    """The document of the last answer; its published answers and guides are no documents."""
    sources = turn.state.last_exchange.sources if turn.state.last_exchange else []
    rules = [one for one in sources if str(one.get("title", "")).strip("《》") not in TABLES]
    return str(rules[0].get("document", "")) if rules else ""
