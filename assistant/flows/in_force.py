"""Since when a document counts, and until when: by its own dates and by the clause that sets them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.behaviours import Behaviour
from assistant.flows.citing import BASIS, day
from assistant.flows.rules import replied
from assistant.means import FAQ, Knowledge
from assistant.turn import Spoken, Turn
from knowledge import catalogue
from knowledge.catalogue import StoredPassage
from knowledge.library import Found
from knowledge.library import Question as Asked

_WHEN = r"(?:哪一?[天日年]|几[月号]|几月几号|什么时[候间]|啥时[候间]?|何时|几时)"
_COUNTS = r"(?:算数|作数|生效|施行|实施|执行|实行|起作用|管用|有效)"
_ASKS = re.compile(
    rf"{_WHEN}(?:起|开始|正式|才|算|就|能)*{_COUNTS}|{_COUNTS}(?:日期|时间|日)?(?:是|在|从)?(?:{_WHEN}|多少)|{_COUNTS}日期"
    rf"|(?:管|用|有效|执行|施行)(?:期)?[到至](?:什么|{_WHEN})|{_WHEN}(?:才|就|会)?(?:失效|作废|废止)|有效期(?:限)?(?:是|有|到|至)?(?:多[久长少]|几年|{_WHEN})|还(?:有没有|在不在)效"
)
_PAPER = re.compile(r"文件|办法|规定|细则|方案|通知|制度|措施|规范|指南|《")
_NO_PAPER = re.compile(
    r"许可证|备案证|凭证|执照|食品证|营业证|贷款|认定|名称|证(?:的|有效|什么|啥|哪|几|管)|[补]贴(?!办法)"
)
_THIS = re.compile(
    r"(?:这|那|该|本|上面|上述|刚才)(?:个|份|部|条|的|说的)*(?:文件|办法|规定|细则|方案|通知|制度|措施|规范|指南)|^(?:它|那它)"
)
_NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,24}?(?:管理|实施|工作|扶持|补贴|服务|办理|运行)?(?:办法|规定|细则|方案|通知|制度|措施|规范))"
)
_SETS = re.compile(
    r"(?:自|从)[^。；]{0,14}(?:起|日|后)[^。；]{0,4}(?:施行|实施|生效|执行)|(?:发布|印发|公布)之日起(?:施行|实施|执行)"
)
LEAST_ALIKE = 0.75
"""Share of the pairs of characters of a name that stand in a title."""
WHICH = "您问的是哪一份文件？写上文件名或者文号，我来查它从哪天起施行、有效到哪天。"


class InForceFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def take(self, turn: Turn) -> Spoken | None:
        """这个文件从哪天开始算数; None where it is not asked of a document, or of one that nobody can tell."""
        if not _asks(turn.text):
            return None
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        title = self._title(turn, asked)
        passages = self._passages(asked, title) if title else []
        return self._tell(turn, asked, passages) if passages else None

    def which(self, turn: Turn) -> Spoken | None:
        """Where a document is pointed at, and nobody can tell which."""
        return self._which(turn) if _asks(turn.text) and _THIS.search(turn.text) else None

    def _title(self, turn: Turn, asked: Asked) -> str | None:
        """Of the document that is named, in full or nearly; else of the one the last answer rests on."""
        if _THIS.search(turn.text):
            exchange = turn.state.last_exchange
            titles = [str(one.get("title", "")) for one in exchange.sources] if exchange else []
            before = replace(asked, text=turn.state.last_question)
            found = self._knowledge.library.find(before, limit=MOST_COMPARED).results if exchange else ()
            titles += [one.passage.title for one in found]
            return next((one for one in titles if one and FAQ not in one and "事项指南" not in one), None)
        results = self._knowledge.library.find(asked, limit=MOST_COMPARED).results
        named = next((one.passage.title for one in results if one.why.named), None)
        if named is not None:
            return named
        said = _NAME.search(turn.text)
        titles = list(dict.fromkeys(one.passage.title for one in results))
        alike = max(titles, key=lambda one: _alike(said["name"], one), default=None) if said else None
        return alike if said and alike and _alike(said["name"], alike) >= LEAST_ALIKE else None

    def _passages(self, asked: Asked, title: str) -> list[StoredPassage]:
        """The last first: since when a document counts stands at its end."""
        with self._knowledge.database.reading() as tx:
            return catalogue.passages_from_the_end(tx, self._knowledge.library.scope(asked), title)

    def _which(self, turn: Turn) -> Spoken:
        yield turn.reply(Behaviour.NO_EVIDENCE, WHICH)

    def _tell(self, turn: Turn, asked: Asked, passages: Sequence[StoredPassage]) -> Spoken:
        clause = next((one for one in passages if _SETS.search(one.body)), None)
        one = clause or passages[0]
        number = f"（{one.doc_number}）" if one.doc_number else ""
        name = f"《{one.title.strip('《》')}》{number}"
        if one.effective_from is not None and "effective_from" not in one.pending:
            start = f"{name}自{day(one.effective_from)}起施行"
            until = f"，有效至{day(one.valid_to)}。" if one.valid_to else "；文件里没有写有效到哪一天。"
            lead = f"{start}{until}" if one.effective_from <= turn.today else f"{start}，现在还没有施行。"
        else:
            written = f"成文日期是{day(one.issued)}，" if one.issued and "issued" not in one.pending else ""
            lead = f"{name}的施行日期待核：{written}从哪一天起施行还没有经过核实，我不替它定。"
        if clause is None:
            yield turn.reply(Behaviour.ANSWER, f"{lead}\n没有找到写明施行日期的条款。")
            return
        answer = self._knowledge.answers.of(asked, [Found(clause, 1.0, BASIS)], "条款是这样写的：")
        yield from replied(turn, answer, behaviour=Behaviour.ANSWER, before=lead)


MOST_COMPARED = 10


def _asks(text: str) -> bool:
    return bool(_ASKS.search(text) and _PAPER.search(text) and not _NO_PAPER.search(text))


def _alike(name: str, title: str) -> float:
    pairs = {f"{one}{other}" for one, other in pairwise(name)}
    return sum(pair in title for pair in pairs) / max(1, len(pairs))
