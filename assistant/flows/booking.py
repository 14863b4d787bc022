"""Booking, on-site and agency help: offered only where the region's rule offers it; minimum data, the address apart."""

from collections.abc import Mapping
from typing import Any

from assistant.behaviours import Behaviour
from assistant.events import Card, Progress
from assistant.flows.contacts import Directory, told
from assistant.flows.rules import RulesFlow
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import regions
from knowledge.library import Question as Asked

BOOKING = Behaviour.BOOKING.value
_KINDS = ("上门", "代办", "帮办", "延时", "预约")
OFFERED = ("帮办", "代办", "上门", "预约", "延时")


class BookingFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules, self._directory = knowledge, rules, Directory(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        if turn.region is None:
            yield from self._rules.ask_region(turn)
            return
        kind = next((one for one in _KINDS if one in turn.text), "预约")
        rule = self._rule(turn, kind)
        if not rule:
            place = regions.name(turn.region)
            text = f"收录的文件里没有查到{place}有{kind}服务的规定，我不能替他们答应。可以打{CITIZENS}问一问。"
            yield turn.reply(Behaviour.BOOKING, text, choices=(tap("查窗口", "服务窗口在哪里？"), tap("转人工")))
            return
        text = f"有这项服务：{rule}。\n请告诉我两样：办什么事、哪天上午还是下午。地址先不用写，确定要上门时再单独问您；不用发证件号码。"
        yield turn.reply(Behaviour.BOOKING, text, choices=(tap("算了"),))
        yield Progress(BOOKING, {"kind": kind})

    def go_on(self, turn: Turn, data: Mapping[str, Any]) -> Spoken:
        units = self._directory.find(turn, f"帮办代办 {data.get('kind', '')}预约", most=1)
        where = f"\n{told(units[0])}" if units else f"\n{CITIZENS}"
        text = f"记下了：{turn.text[:80]}。网上预约还没有接通，还没有替您约上；请把这条念给窗口，由窗口定时间：{where}"
        context = (("服务", str(data.get("kind", ""))), ("事项和时间", turn.text[:80]))
        card = Card("booking", "预约内容", "可以复制，联系窗口时用。", action="复制", context=context)
        yield turn.reply(Behaviour.BOOKING, text, cards=(card,), choices=(tap("转人工"),))
        yield Progress(BOOKING, None)

    def _rule(self, turn: Turn, kind: str) -> str:
        """The region's own words that offer this help."""
        for words in (turn.text, f"{kind}服务怎么预约，收费吗", "帮办代办服务收费吗，能不能预约上门"):
            answer = self._knowledge.answers.answer(Asked(words, turn.region_or_country, turn.today, turn.audience))
            for one in answer.sources:
                if any(offer in one.quote for offer in OFFERED):
                    return f"“{one.quote}”（《{one.title.strip('《》')}》{one.clause}）"
        return ""
