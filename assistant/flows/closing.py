"""Leaving the business: the trouble is asked for once, then relief, dormancy and deregistration side by side."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.behaviours import Behaviour
from assistant.events import Progress
from assistant.flows.rules import replied
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge.library import Question as Asked

CLOSING = Behaviour.CLOSING_DOWN.value
WAYS = "1.场租补贴和创业担保贷款展期有什么规定 2.不想开店了，除了注销还有别的办法吗 3.歇业要什么条件，最长能歇多久 4.简易注销要什么条件"
_REASON = re.compile(
    r"没(?:有)?(?:生意|客人|钱|人来|顾客)|生意(?:不好|差|难|冷|惨)|亏|赔|房租|租金|贵|欠|债|贷款|资金|周转|生病|身体|家里|带孩子|老人|累|年纪|搬|拆迁|疫情|灾|招不到|没人手|工资|太难|做不下去|撑不"
)


class ClosingFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        if CLOSING in turn.state.behaviours:
            yield from self._ways(turn, "")
        elif _REASON.search(turn.text):
            yield from self._ways(
                turn,
                "这一阵不容易，您辛苦了。眼下最难的是哪一块，资金、房租还是人手？您随时可以说，下面三条路先摆在一起，由您定：",
            )
        else:
            text = "先问一句：是哪里难住了，资金、房租、生意少，还是家里有事？说一声，我把能缓一缓的办法和关店的办法一起摆出来，由您定。不想说也可以直接看。"
            taps = (tap("资金紧张"), tap("房租太贵"), tap("生意少"), tap("家里有事"), tap("直接看办法"))
            yield turn.reply(Behaviour.CLOSING_DOWN, text, choices=taps)
            yield Progress(CLOSING, {"asked": turn.text[:80]})

    def go_on(self, turn: Turn, _: Mapping[str, Any]) -> Spoken:
        """Whatever the person says about it, the ways follow."""
        yield Progress(CLOSING, None)
        yield from self._ways(turn, "谢谢您愿意说。三条路摆在一起，选哪条由您定：")

    def _ways(self, turn: Turn, before: str) -> Spoken:
        asked = Asked(WAYS, turn.region_or_country, turn.today, turn.audience)
        answer = self._knowledge.answers.answer(asked)
        opening = before or "三条路摆在一起，选哪条由您定："
        three = "一是申请扶持缓一缓；二是歇业，保留执照、先停一段；三是简易注销，条件够就能办。"
        yield from replied(turn, answer, behaviour=Behaviour.CLOSING_DOWN, before=f"{opening}\n{three}")
