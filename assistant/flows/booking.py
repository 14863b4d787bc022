"""Booking, on-site and agency help: offered only where the region's rule offers it; minimum data, the address apart."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant import requests
from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.events import Card, Progress, Reply
from assistant.flows.contacts import Directory, told
from assistant.flows.rules import NEAR, RulesFlow, replied
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import regions
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import standard

BOOKING = Behaviour.BOOKING.value
OFFERED = ("帮办", "代办", "上门", "预约", "延时")
_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "上门",
        r"上门|来(?:一下|一趟)?(?:我)?(?:家|店|屋|铺|摊)|到(?:我)?(?:家|店|屋|铺|摊)|(?:家|屋)(?:里|头)|走不[动了]|走不得|腿脚|腿(?:断|疼|骨折)|瘫|轮椅|行动不便|出不了门|卧床|年纪大|岁数大|派(?:个|车)?人?(?:来|过来|接)|来(?:个|一)?(?:人|趟)|下乡",
        "年纪大了走不动，能预约上门办理吗，提前几天约",
    ),
    ("代办", r"代办|代跑|跑腿|代(?:我|领|交|填)|替(?:我|俺)(?:办|跑)|委托", "帮办代办服务收费吗，能代办哪些"),
    (
        "帮办",
        r"帮(?:我|俺|忙|着)?(?:办|半|填|弄|搞|准备|跑)|陪|教|辅导|指导|不会|看不(?:懂|清)|不(?:识|认)字|志愿者|专员|一对一",
        "帮办代办服务收费吗，有没有人帮我填表",
    ),
    (
        "延时",
        r"延时|下班|晚上|夜里|夜间|周末|周[六日天]|星期[六日天]|中午|午休|节假日",
        "大厅周六有延时服务吗，几点到几点",
    ),
)
_QUESTIONS = {name: question for name, _, question in _KINDS}
WANTED = "要约的话，请告诉我两样：办什么事、哪天上午还是下午。地址先不用写，确定要上门时再单独问您；不用发证件号码。"
ANY = "帮办代办服务收费吗，能不能预约上门"
BOTH = frozenset({"代办", "帮办"})
"""Help that people mean to be given at their place as often as at the counter: both rules are told."""


def kind_of(text: str) -> str:
    return next((name for name, pattern, _ in _KINDS if re.search(pattern, text)), "预约")


class BookingFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules, self._directory = knowledge, rules, Directory(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        if turn.region is None:
            yield from self._rules.ask_region(turn)
            return
        kind = kind_of(turn.text)
        answer = self._rule(turn, kind)
        if answer is None:
            place = regions.name(turn.region)
            text = f"收录的文件里没有查到{place}有{kind}服务的规定，我不能替他们答应。可以打{CITIZENS}问一问。"
            yield turn.reply(Behaviour.BOOKING, text, choices=(tap("查窗口", "服务窗口在哪里？"), tap("转人工")))
            return
        for event in replied(
            turn, answer, behaviour=Behaviour.BOOKING, before="有这项服务，规定是这样写的：", after=WANTED
        ):
            yield replace(event, choices=(tap("算了"), tap("转人工"))) if isinstance(event, Reply) else event
        yield Progress(BOOKING, {"kind": kind})

    def go_on(self, turn: Turn, data: Mapping[str, Any]) -> Spoken:
        """A question about the help itself is answered first; what to book is still waited for."""
        asked = _of_the_help(turn, data)
        if requests.asks(turn.text) and (answer := self._answer(turn, asked, settled=True)) is not None:
            spoken = replied(
                replace(turn, text=asked, rewritten=asked), answer, behaviour=Behaviour.BOOKING, after=WANTED
            )
            yield from spoken
            return
        units = self._directory.find(turn, f"帮办代办 {data.get('kind', '')}预约", most=1)
        where = f"\n{told(units[0])}" if units else f"\n{CITIZENS}"
        text = f"记下了：{turn.text[:80]}。网上预约还没有接通，还没有替您约上；请把这条念给窗口，由窗口定时间：{where}"
        context = (("服务", str(data.get("kind", ""))), ("事项和时间", turn.text[:80]))
        card = Card("booking", "预约内容", "可以复制，联系窗口时用。", action="复制", context=context)
        yield turn.reply(Behaviour.BOOKING, text, cards=(card,), choices=(tap("转人工"),))
        yield Progress(BOOKING, None)

    def answers(self, turn: Turn, data: Mapping[str, Any]) -> bool:
        """Whether the rules on the help say what is asked about it."""
        return self._answer(turn, _of_the_help(turn, data), settled=True) is not None

    def _rule(self, turn: Turn, kind: str) -> Answer | None:
        """The region's own words that offer this help."""
        own = _QUESTIONS.get(kind, "")
        asked = turn.text if requests.asks(turn.text) and self._answer(turn, turn.text, settled=True) else ""
        both = _QUESTIONS["上门"] if kind in BOTH else ""
        for wanted in ([asked, own or both], [own, both], [turn.text], [ANY]):
            parts = list(dict.fromkeys(filter(None, wanted)))
            if not parts:
                continue
            words = (
                parts[0] if len(parts) == 1 else " ".join(f"{row}.{part}" for row, part in enumerate(parts, start=1))
            )
            answer = self._answer(turn, words)
            if answer is not None:
                return answer
        return None

    def _answer(self, turn: Turn, words: str, *, settled: bool = False) -> Answer | None:
        """Where the documents offer such help in answer to these words."""
        asked = Asked(words, turn.region_or_country, turn.today, turn.audience)
        if settled and not self._knowledge.answers.settles(asked):
            return None
        answer = self._knowledge.answers.answer(asked)
        offered = any(offer in one.quote for one in answer.sources for offer in OFFERED)
        return answer if offered and NEAR not in answer.text else None


def _of_the_help(turn: Turn, data: Mapping[str, Any]) -> str:
    kind = str(data.get("kind", "")) or "预约"
    return f"{kind}服务{standard(turn.text)}"
