"""Anger: one apology where due, then the matter itself; nothing about tone, and no phrase twice."""

import re
from dataclasses import replace

from assistant.behaviours import Behaviour
from assistant.events import Reply
from assistant.flows.safe import is_grief
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap

SORRY = "对不起，让您着急了。"


def is_due(turn: Turn) -> bool:
    """Once: who hears it again and again is not taken seriously."""
    return Behaviour.ANGER not in turn.state.behaviours and not any(SORRY in said for said in turn.state.said)


def calmly(knowledge: Knowledge, turn: Turn, spoken: Spoken) -> Spoken:
    """What is said to the matter, behind one apology; who was sent home for one more paper hears the rule on that."""
    sorry = f"{SORRY}\n" if is_due(turn) else ""
    right = all_at_once(knowledge, turn)
    for event in spoken:
        if isinstance(event, Reply) and (sorry or right):
            yield replace(event, text=f"{sorry}{event.text}{right}")
            sorry, right = "", ""
        else:
            yield event


_TRIPS = re.compile(
    r"(?:跑|来|去)了?[^，。]{0,4}(?:趟|回|次|遍)|[白又]跑|(?:还|又|总|老)(?:说|讲|是)?(?:缺|差|少)[^，。]{0,6}(?:材料|东西|证|章|样|资料)|(?:一次|一趟)(?:性)?[^，。]{0,4}(?:说清|讲清|说完|告诉)|这个?不行那个?不行"
)
"""Of who was sent home for one more paper again and again."""
ALL_AT_ONCE = "申请材料不齐全，受理部门应当一次性告知需要补正的全部内容吗"


def all_at_once(knowledge: Knowledge, turn: Turn) -> str:
    """The rule that all papers lacking must be named at once, told once."""
    if not _TRIPS.search(turn.text):
        return ""
    found = knowledge.quotes(ALL_AT_ONCE, turn.region_or_country, turn.today)
    told = next((one for one in found if "一次性告知" in one), "")
    is_new = bool(told) and not any(told in said for said in turn.state.said)
    return f"\n缺什么，窗口要一次说全，规定是这样写的：{told}。" if is_new else ""


class AngryFlow:
    """Where the words hold no matter that could be settled."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        about = turn.state.last_question or turn.state.matter
        if is_grief(about) or Behaviour.CRISIS in turn.state.behaviours:  # nobody hears of their loss again as a matter
            about = ""
        matter = f"您问的“{about[:30]}”" if about else "您的事"
        taps = (tap("转人工"), tap("反映问题", "我要反映问题"))
        if is_due(turn):
            text = f"{SORRY}{matter}卡在哪一步？说一句就行，我来查依据、找能办的人。"
            yield turn.reply(Behaviour.ANGER, f"{text}{all_at_once(self._knowledge, turn)}", choices=taps)
            return
        text = turn.vary(
            f"{matter}可以这样走：要找人，点“转人工”；要有人处理，点“反映问题”，我帮您把话写清楚。",
            f"我接着办。您挑一个：找人处理、写成诉求，或者打{CITIZENS}。",
            f"还是先把{matter}解决：需要哪一步，直接点下面。",
            "您直接说最想要的结果是什么，我按这个去找办法。",
        )
        yield turn.reply(Behaviour.ANGER, f"{text}{all_at_once(self._knowledge, turn)}", choices=taps)
