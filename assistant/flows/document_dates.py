"""When a document was issued, since when it holds and until when: from its labels, and by the clause that sets them.

What is 待核 is called that, and no day is put in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.behaviours import Behaviour
from assistant.flows.citing import BASIS, day
from assistant.flows.rules import replied
from assistant.means import FAQ, Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue, dates_in_force
from knowledge.catalogue import StoredPassage
from knowledge.documents import TABLE_ROWS
from knowledge.library import Found
from knowledge.library import Question as Asked
from knowledge.succession import named

_DAY = r"(?:哪一?[天日年]|几[月号]|几月几号|什么时[候间]|啥时[候间]?|何时|几时)"
_COUNTS = r"(?:算数|作数|生效|施行|实施|执行|实行|起作用|管用|有效)"
_IN_FORCE = re.compile(
    rf"{_DAY}(?:起|开始|正式|才|算|就|能)*{_COUNTS}|{_COUNTS}(?:日期|时间|日)?(?:是|在|从)?(?:{_DAY}|多少)|{_COUNTS}日期"
    rf"|(?:管|用|有效|执行|施行)(?:期)?[到至](?:什么|{_DAY})|{_DAY}(?:才|就|会)?(?:失效|作废|废止)|有效期(?:限)?(?:是|有|到|至)?(?:多[久长少]|几年|{_DAY})|还(?:有没有|在不在)效"
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
_WHEN = r"(?:(?:是|从|打|自)?(?:哪一?年|哪一?天|哪个?月|什么时候|啥时候|么时候|何时|几时|几号|啥辰光|多会儿))"
_ISSUED = r"(?:出台|出来|出的|发布|印发|下发|发的|公布|颁布|制定|成文|定的|有的)"
_HOLDS = r"(?:开始)?(?:正式)?(?:施行|实施|执行|生效|起效|起作用|算数|作数|管用)|开始(?:用|实行)"
_DATED = re.compile(rf"{_WHEN}(?:开始|起)?(?:正式)?(?:{_ISSUED}|{_HOLDS})|(?:施行|实施|生效|发布|印发|成文)(?:的)?(?:日期|时间)|(?:{_ISSUED}|{_HOLDS})(?:的)?(?:时间|日子)?{_WHEN}")  # fmt: skip
_POINTED = re.compile(
    r"(?:这|该|那|本|此)(?:一)?(?:个|份|项|部|套|条)?(?P<noun>文件|办法|制度|规定|方案|规范|细则|措施|通知|条例|政策|规程|意见|红头文件)"
)
_BARE = re.compile(rf"(?:那么?|它|这个?|那个)?[，,]?(?:{_DATED.pattern})[的呢啊呀吗了嘛]*")
_SETS = re.compile(
    r"(?:自|从)[^。；\n]{1,16}(?:起|日|后)[^。；\n]{0,4}(?:施行|实施|生效|执行|试行)|(?:发布|印发|公布)?之日起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
LEAST_ALIKE = 0.75
"""Share of the pairs of characters of a name that stand in a title."""
MOST_COMPARED = 10
WHICH = "您问的是哪一份文件？写上文件名或者文号，我来查它从哪天起施行、有效到哪天。"


class DocumentDates:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def take(self, turn: Turn) -> Spoken | None:
        """这个文件从哪天开始算数, 《…》哪年出的; None where it is not asked of a document, or of none that is held."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        asks_in_force = _asks_in_force(turn.text)
        if asks_in_force and (passages := self._passages(asked, self._meant(turn, asked))):
            return self._in_force(turn, asked, passages)
        if turn.state.open is None and (passages := self._dated(turn, asked)):
            return self._told(turn, asked, passages)
        return self._which(turn) if asks_in_force and _THIS.search(turn.text) else None

    def _meant(self, turn: Turn, asked: Asked) -> str | None:
        """Of the document that is named, in full or nearly; else of the one the last answer rests on."""
        if _THIS.search(turn.text):
            exchange = turn.state.last_exchange
            titles = [str(one.get("title", "")) for one in exchange.sources] if exchange else []
            before = replace(asked, text=turn.state.last_question)
            found = self._knowledge.library.find(before, limit=MOST_COMPARED).results if exchange else ()
            titles += [one.passage.title for one in found]
            return next((one for one in titles if one and FAQ not in one and "事项指南" not in one), None)
        results = self._knowledge.library.find(asked, limit=MOST_COMPARED).results
        by_name = next((one.passage.title for one in results if one.why.named), None)
        if by_name is not None:
            return by_name
        said = _NAME.search(turn.text)
        titles = list(dict.fromkeys(one.passage.title for one in results))
        alike = max(titles, key=lambda one: _alike(said["name"], one), default=None) if said else None
        return alike if said and alike and _alike(said["name"], alike) >= LEAST_ALIKE else None

    def _dated(self, turn: Turn, asked: Asked) -> list[StoredPassage]:
        """Passages of the first document that is meant and held, where any of its dates is asked for."""
        said = turn.text.strip(" 。？?！!")
        titles = self._titles(turn, said, asked) if _DATED.search(said) else ()
        return next(filter(None, (self._passages(asked, one) for one in titles)), [])

    def _titles(self, turn: Turn, said: str, asked: Asked) -> Sequence[str]:
        """The one that is named; 这个办法 is the one just cited, else the one that was found, if it is called that."""
        pointed = _POINTED.search(said)
        cited = [one for one in turn.state.documents if self._is_rule(asked, one)]
        if cited and (pointed or _BARE.fullmatch(said)):
            return cited[:1]
        finding = self._knowledge.library.find(asked)
        if finding.reference and not finding.reference.clause:
            return [one.passage.title for one in finding.results if one.why.named][:1] or finding.reference.titles
        found = [one.passage.title for one in finding.results if one.passage.clause_kind not in TABLE_ROWS][:1]
        return [one for one in found if pointed and pointed["noun"] in one]

    def _is_rule(self, asked: Asked, title: str) -> bool:
        return any(one.clause_kind not in TABLE_ROWS for one in self._passages(asked, title))

    def _passages(self, asked: Asked, title: str | None) -> list[StoredPassage]:
        """The last first: since when a document counts stands at its end."""
        if title is None:
            return []
        with self._knowledge.database.reading() as tx:
            return catalogue.passages_from_the_end(tx, self._knowledge.library.scope(asked), title.strip("《》"))

    def _which(self, turn: Turn) -> Spoken:
        yield turn.reply(Behaviour.NO_EVIDENCE, WHICH)

    def _in_force(self, turn: Turn, asked: Asked, passages: Sequence[StoredPassage]) -> Spoken:
        clause = next((one for one in passages if _SETS.search(one.body)), None)
        lead = _held(clause or passages[0], asked)
        if clause is None:
            yield turn.reply(Behaviour.ANSWER, f"{lead}\n没有找到写明施行日期的条款。")
            return
        answer = self._knowledge.answers.of(asked, [Found(clause, 1.0, BASIS)], "条款是这样写的：")
        yield from replied(turn, answer, behaviour=Behaviour.ANSWER, before=lead)

    def _told(self, turn: Turn, asked: Asked, passages: Sequence[StoredPassage]) -> Spoken:
        opening = _labels(passages[0])
        clause = next((one for one in passages if _SETS.search(one.body)), None)
        if clause is None:
            text = f"{opening}文件里没有写从哪一天起施行。"
            yield turn.reply(Behaviour.PARTLY, text, choices=(tap("转人工"),))
            return
        answer = self._knowledge.answers.of(asked, [Found(clause, 1.0, BASIS)], f"{opening}\n文件里是这样写的：")
        yield from replied(turn, answer, behaviour=Behaviour.ANSWER)


def _asks_in_force(text: str) -> bool:
    return bool(_IN_FORCE.search(text) and _PAPER.search(text) and not _NO_PAPER.search(text))


def _held(one: StoredPassage, asked: Asked) -> str:
    """Since when and until when, in a sentence."""
    name, start = named(one.title, one.doc_number), dates_in_force.start(one)
    if start is None:
        written = f"成文日期是{day(one.issued)}，" if one.issued and "issued" not in one.pending else ""
        return f"{name}的施行日期待核：{written}从哪一天起施行还没有经过核实，我不替它定。"
    if start > asked.on:
        return f"{name}自{day(start)}起施行，现在还没有施行。"
    until = f"，有效至{day(one.valid_to)}。" if one.valid_to else "；文件里没有写有效到哪一天。"
    return f"{name}自{day(start)}起施行{until}"


def _labels(one: StoredPassage) -> str:
    """Issued, and since when in force, as pages word it."""
    dated = dates_in_force.dates(one)
    issued = f"{one.issued} 成文，" if one.issued else "成文日期待核，"
    return f"{named(one.title, one.doc_number)}：{'' if str(one.issued) in dated else issued}{dated}。"


def _alike(name: str, title: str) -> float:
    pairs = {f"{one}{other}" for one, other in pairwise(name)}
    return sum(pair in title for pair in pairs) / max(1, len(pairs))
