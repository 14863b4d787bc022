"""Can I get it: the way into the self-test with what is known, beside the conditions themselves; no verdict."""

from assistant.behaviours import Behaviour
from assistant.flows.rules import RulesFlow, replied, self_test
from assistant.means import Knowledge
from assistant.state import REGION
from assistant.turn import Spoken, Turn, tap
from knowledge import several
from knowledge.library import Question as Asked


class EligibilityFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules = knowledge, rules

    def respond(self, turn: Turn) -> Spoken:
        if turn.region is None and REGION not in turn.state.asked_about:
            yield from self._rules.ask_region(turn)
            return
        before = (
            "能不能享受，要逐条对条件，最后由主管部门审核，我不下结论。\n"
            "可以先做自测：只问还不清楚的，没答的算“待定”，不会算成不符合；不用登录、不留记录，结果仅供参考。"
        )
        matter = several.subject(turn.text)
        words = f"{matter}什么人能领，要符合什么条件" if matter else turn.text
        asked = Asked(words, turn.region_or_country, turn.today, turn.audience)
        answer = self._knowledge.answers.answer(asked)
        if not answer.sources:
            choices = (tap("有什么扶持政策", "现在有什么扶持政策？"), tap("转人工"))
            text = f"{before}\n您问的这一项，收录的文件里没有找到直接的规定。"
            yield turn.reply(Behaviour.ELIGIBILITY, text, cards=(self_test(turn),), choices=choices)
            return
        yield from replied(turn, answer, behaviour=Behaviour.ELIGIBILITY, before=before, card=self_test(turn))
