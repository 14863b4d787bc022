"""Decisions that belong to an authority: criteria, procedure and how to contest them; never the decision."""

from assistant.behaviours import Behaviour
from assistant.decisions import Decision, find_decision
from assistant.flows.rules import RulesFlow, replied
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge.library import Question as Asked

CONTEST = "对结果有异议的，可以按决定书或通知上写的途径申请复核、提出异议或者申请行政复议。"


class DecidingFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules = knowledge, rules

    def respond(self, turn: Turn) -> Spoken:
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        if turn.region is None and "region" not in turn.state.asked_about:
            places = self._knowledge.answers.places_that_differ(asked)
            if places:
                yield from self._rules.ask_region(turn, places)
                return
        decision = find_decision(turn.text) or Decision.RECOGNITION
        answer = self._knowledge.answers.answer(asked)
        if not answer.sources:
            text = (
                f"{decision.alone}\n收录的文件里没有找到这件事的标准和程序，可以问经办机关或者打{CITIZENS}。\n{CONTEST}"
            )
            yield turn.reply(
                Behaviour.AUTHORITY_DECIDES, text, choices=(tap("查窗口", "服务窗口在哪里？"), tap("转人工"))
            )
            return
        before = "" if "我不能代为认定" in answer.text else decision.value
        yield from replied(turn, answer, behaviour=Behaviour.AUTHORITY_DECIDES, before=before, after=CONTEST)
