"""Anger: one apology where due, then the matter itself; nothing about tone, and no phrase twice."""

from dataclasses import replace

from assistant.behaviours import Behaviour
from assistant.events import Reply
from assistant.flows.safe import is_grief
from assistant.hotlines import CITIZENS
from assistant.turn import Spoken, Turn, tap

SORRY = "对不起，让您着急了。"


def is_due(turn: Turn) -> bool:
    """Once: who hears it again and again is not taken seriously."""
    return Behaviour.ANGER not in turn.state.behaviours and not any(SORRY in said for said in turn.state.said)


def calmly(turn: Turn, spoken: Spoken) -> Spoken:
    """What is said to the matter, behind one apology."""
    due = is_due(turn)
    for event in spoken:
        if isinstance(event, Reply) and due:
            due = False
            yield replace(event, text=f"{SORRY}\n{event.text}")
        else:
            yield event


class AngryFlow:
    """Where the words hold no matter that could be settled."""

    def respond(self, turn: Turn) -> Spoken:
        about = turn.state.last_question or turn.state.matter
        if is_grief(about) or Behaviour.CRISIS in turn.state.behaviours:  # nobody hears of their loss again as a matter
            about = ""
        matter = f"您问的“{about[:30]}”" if about else "您的事"
        taps = (tap("转人工"), tap("反映问题", "我要反映问题"))
        if is_due(turn):
            text = f"{SORRY}{matter}卡在哪一步？说一句就行，我来查依据、找能办的人。"
            yield turn.reply(Behaviour.ANGER, text, choices=taps)
            return
        text = turn.vary(
            f"{matter}可以这样走：要找人，点“转人工”；要有人处理，点“反映问题”，我帮您把话写清楚。",
            f"我接着办。您挑一个：找人处理、写成诉求，或者打{CITIZENS}。",
            f"还是先把{matter}解决：需要哪一步，直接点下面。",
            "您直接说最想要的结果是什么，我按这个去找办法。",
        )
        yield turn.reply(Behaviour.ANGER, text, choices=taps)
