"""Anger: one apology where due, then the matter itself; nothing about tone, and no phrase twice."""

import re

from assistant import requests, sharp
from assistant.behaviours import Behaviour
from assistant.events import Reply
from assistant.flows.rules import replied
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge.library import Question as Asked


class AngryFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        matter = "，".join(one for one in _CLAUSE.split(turn.text) if not sharp.is_insult(one))
        if requests.asks(matter) and turn.region:
            asked = Asked(matter, turn.region, turn.today, turn.audience)
            answer = self._knowledge.answers.answer(asked)
            if answer.sources and (answer.confidence or 0.0) >= SURE:
                sorry = "" if Behaviour.ANGER.value in turn.state.behaviours else "对不起，让您着急了。"
                yield from replied(turn, answer, behaviour=Behaviour.ANGER, before=sorry)
                return
        yield self._to_the_point(turn)

    def _to_the_point(self, turn: Turn) -> Reply:
        about = turn.state.last_question
        matter = f"您问的“{about[:30]}”" if about else "您的事"
        taps = (tap("转人工"), tap("反映问题", "我要反映问题"))
        if Behaviour.ANGER.value not in turn.state.behaviours:
            text = f"对不起，让您着急了。{matter}卡在哪一步？说一句就行，我来查依据、找能办的人。"
            return turn.reply(Behaviour.ANGER, text, choices=taps)
        text = turn.vary(
            f"{matter}可以这样走：要找人，点“转人工”；要有人处理，点“反映问题”，我帮您把话写清楚。",
            f"我接着办。您挑一个：找人处理、写成诉求，或者打{CITIZENS}。",
            f"还是先把{matter}解决：需要哪一步，直接点下面。",
        )
        return turn.reply(Behaviour.ANGER, text, choices=taps)


SURE = 0.5
_CLAUSE = re.compile(r"[，,。！!；;\s]+")
