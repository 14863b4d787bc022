"""When a document was issued and since when it holds: from its labels, and what is 待核 is called that."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from assistant.behaviours import Behaviour
from assistant.flows.citing import BASIS
from assistant.flows.rules import replied
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue, dates_in_force
from knowledge.catalogue import StoredPassage
from knowledge.documents import TABLE_ROWS
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.schema import documents
from knowledge.succession import named

_WHEN = r"(?:(?:是|从|打|自)?(?:哪一?年|哪一?天|哪个?月|什么时候|啥时候|么时候|何时|几时|几号|啥辰光|多会儿))"
_ISSUED = r"(?:出台|出来|出的|发布|印发|下发|发的|公布|颁布|制定|成文|定的|有的)"
_HOLDS = r"(?:开始)?(?:正式)?(?:施行|实施|执行|生效|起效|起作用|算数|作数|管用)|开始(?:用|实行)"
_ASKS = re.compile(rf"{_WHEN}(?:开始|起)?(?:正式)?(?:{_ISSUED}|{_HOLDS})|(?:施行|实施|生效|发布|印发|成文)(?:的)?(?:日期|时间)|(?:{_ISSUED}|{_HOLDS})(?:的)?(?:时间|日子)?{_WHEN}")  # fmt: skip
_DOCUMENT = re.compile(
    r"(?:这|该|那|本|此)(?:一)?(?:个|份|项|部|套|条)?(?P<noun>文件|办法|制度|规定|方案|规范|细则|措施|通知|条例|政策|规程|意见|红头文件)"
)
_BARE = re.compile(rf"(?:那么?|它|这个?|那个)?[，,]?(?:{_ASKS.pattern})[的呢啊呀吗了嘛]*")
_SAYS = re.compile(r"(?:自[^。；\n]{1,16}起|之日起)(?:正式)?(?:施行|实施|执行|生效|试行)")


class DocumentDates:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def take(self, turn: Turn) -> Spoken | None:
        """None where no document is asked about, or none that is held."""
        said = turn.text.strip(" 。？?！!")
        if _ASKS.search(said) is None:
            return None
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        passages = next(filter(None, (self._of(asked, one) for one in self._titles(turn, said, asked))), None)
        return self._told(turn, asked, passages) if passages else None

    def _titles(self, turn: Turn, said: str, asked: Asked) -> Sequence[str]:
        """The one that is named; 这个办法 is the one just cited, else the one that was found, if it is called that."""
        pointed = _DOCUMENT.search(said)
        cited = [one for one in turn.state.documents if self._is_rule(asked, one)]
        if cited and (pointed or _BARE.fullmatch(said)):
            return cited[:1]
        finding = self._knowledge.library.find(asked)
        if finding.reference and not finding.reference.clause:
            return [one.passage.title for one in finding.results if one.why.named][:1] or finding.reference.titles
        noun = pointed["noun"] if pointed else ""
        found = [one.passage.title for one in finding.results if one.passage.clause_kind not in TABLE_ROWS][:1]
        return [one for one in found if noun and noun in one]

    def _is_rule(self, asked: Asked, title: str) -> bool:
        return any(one.clause_kind not in TABLE_ROWS for one in self._of(asked, title))

    def _of(self, asked: Asked, title: str) -> list[StoredPassage]:
        scope = self._knowledge.library.scope(asked)
        with self._knowledge.database.reading() as tx:
            return catalogue.passages_of_clause(tx, scope, titles=[title.strip("《》")])

    def _told(self, turn: Turn, asked: Asked, passages: Sequence[StoredPassage]) -> Spoken:
        first = passages[0]
        with self._knowledge.database.reading() as tx:
            document = tx.execute(select(documents).where(documents.c.id == first.document_id)).one()
        dated = dates_in_force.dates(document)
        issued = (
            ""
            if str(document.issued) in dated
            else f"{document.issued} 成文，"
            if document.issued
            else "成文日期待核，"
        )
        opening = f"{named(first.title, first.doc_number)}：{issued}{dated}。"
        says = next((one for one in reversed(passages) if _SAYS.search(one.body)), None)
        if says is None:
            text = f"{opening}文件里没有写从哪一天起施行。"
            yield turn.reply(Behaviour.PARTLY, text, choices=(tap("转人工"),))
            return
        answer = self._knowledge.answers.of(asked, [Found(says, 1.0, BASIS)], f"{opening}\n文件里是这样写的：")
        yield from replied(turn, answer, behaviour=Behaviour.ANSWER)
