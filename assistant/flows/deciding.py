"""Decisions that belong to an authority: criteria, procedure and how to contest them; never the decision."""

import re

from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.decisions import Decision, find_decision
from assistant.flows.procedure import Procedure
from assistant.flows.rules import NEAR, RulesFlow, followed, replied
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import several
from knowledge.library import Question as Asked

ASKS = {
    Decision.MONEY: "申请后多久能到账",
    Decision.PENALTY: "违法行为轻微、首次违法，什么情况可以不予处罚",
    Decision.APPROVAL: "申请后多久审核办结",
    Decision.RECOGNITION: "认定的标准和程序",
    Decision.VERDICT: "认定的条件和程序，由谁决定",
}
_MINE = re.compile(r"公示|到账|到帐|打款|下来|发放|卡上?|这?礼拜|这周|钱")
_OF_A_MATTER = frozenset({Decision.MONEY, Decision.RECOGNITION, Decision.VERDICT})
_ORDERS = re.compile(
    r"(?:请|麻烦)?(?:你们?|您|恁|小二)(?:现在|直接|马上|就|能不能|可以)*(?:给|帮|替)?(?:我|俺|咱)?(?:打包票|保证|说个情|查查|判断|拍板|定个|取消|批给?|补上)?|给(?:我|俺|咱)|帮(?:我|俺|咱)|反正|说了算|呗|噻|行不行?|好不好"
)
_KINDS = re.compile(
    r"生存型|成长型|发展型|名特优新|“?(?:知名|特色|优质|新兴)”?类|首次创[业办]|小微企业|小型|微型|就业困难人员|重点群体"
)
_TYPED = re.compile(r"分型|[哪啥什]么?一?个?型|型别")
_SIGNS = (
    ("罚|处分|吊销", Decision.PENALTY),
    ("到账|到帐|到卡|打款|下款|放款|发给|拨", Decision.MONEY),
    ("批|通过|审核", Decision.APPROVAL),
)
CONTEST = "对结果有异议的，可以按决定书或通知上写的途径申请复核、提出异议或者申请行政复议。"


class DecidingFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules, self._procedure = knowledge, rules, Procedure(knowledge)

    def _criteria(self, turn: Turn, decision: Decision) -> Answer:
        """What the rules say about how it is decided: asked for in several ways, the surest is taken."""
        matter = several.subject(_MINE.sub("", turn.text))
        plain = _ORDERS.sub("", turn.text).strip("，,。！!？? ")
        named = matter if decision in _OF_A_MATTER else ""
        kind = _KINDS.search(turn.text)
        wordings = [f"{kind[0]}由谁判定，怎么认定"] if kind else []
        wordings += ["个体工商户分型由谁判定，怎么认定"] if not kind and _TYPED.search(turn.text) else []
        wordings += [f"{plain}，办理的程序和时限", f"{plain}，由谁决定", f"{named}{ASKS[decision]}"]
        if decision is Decision.PENALTY:
            wordings.insert(0, ASKS[decision])
        also = tuple(dict.fromkeys(wordings))
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience, also)
        if (stated := self._knowledge.answers.stated(asked)) is not None:
            return stated
        found = [self._answer(turn, words) for words in also]
        sure = next((one for one in found if one.sources and NEAR not in one.lead), None)
        return sure or max(found, key=lambda one: (bool(one.sources), one.confidence or 0.0))

    def _answer(self, turn: Turn, words: str) -> Answer:
        return self._knowledge.answers.answer(Asked(words, turn.region_or_country, turn.today, turn.audience))

    def respond(self, turn: Turn) -> Spoken:
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        if places := self._rules.places_to_ask(turn, asked):
            yield from self._rules.ask_region(turn, places)
            return
        if (told := self._rules.former(turn, asked, claimed=True)) is not None:
            yield from told
            return
        decision = find_decision(turn.text) or _likeliest(turn.text)
        if decision is Decision.VERDICT and re.search("罚", turn.text):
            decision = Decision.PENALTY
        answer = self._knowledge.answers.answer(asked)
        is_theirs = turn.region is not None and not answer.sources and bool(answer.elsewhere)
        if is_theirs and decision is Decision.APPROVAL:  # what is approved stands in the rule of there alone
            yield from replied(turn, answer, behaviour=Behaviour.OTHER_REGION)
            return
        if not answer.sources or NEAR in answer.lead or decision is Decision.MONEY:
            criteria = self._criteria(turn, decision)
            answer = criteria if criteria.sources and NEAR not in criteria.lead else answer
        if not answer.sources:
            text = (
                f"{decision.alone}\n收录的文件里没有找到这件事的标准和程序，可以问经办机关或者打{CITIZENS}。\n{CONTEST}"
            )
            yield turn.reply(
                Behaviour.AUTHORITY_DECIDES, text, choices=(tap("查窗口", "服务窗口在哪里？"), tap("转人工"))
            )
            return
        answer = self._procedure.beside(asked, decision, answer)
        row = followed(turn, answer)
        row = row if row in {Behaviour.ONE_OFF, Behaviour.SUPERSEDED} else Behaviour.AUTHORITY_DECIDES
        before = "" if "我不能代为认定" in answer.text else decision.value
        yield from replied(turn, answer, behaviour=row, before=before, after=CONTEST)


def _likeliest(text: str) -> Decision:
    return next((decision for sign, decision in _SIGNS if re.search(sign, text)), Decision.RECOGNITION)
