"""Leaving the business: the trouble is asked for once, then relief, dormancy and deregistration side by side."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant import requests
from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.events import Progress
from assistant.flows.rules import replied
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge.library import Question as Asked

CLOSING = Behaviour.CLOSING_DOWN.value
RENT, LOAN = "场租补贴标准", "贷款到期还不上能展期吗"
DORMANT = ("哪些情况可以办歇业", "歇业最长能歇多久")
ENDING = ("已经清偿债权债务、结清税款和工资，可以适用简易注销程序吗", "哪些情况不能走简易注销")
CHANGE_HANDS = "不想开店了，除了注销还有别的办法吗"
MOST = 5
"""Questions that are answered in one message."""
_OF_RENT = re.compile(r"房租|租金|场租|房东|铺租")
_OF_HANDS = re.compile(r"转让|转给|过户|接手|接班|接店|愿意接|盘(?:出|给)|换人")
_OF_MONEY = re.compile(r"资金|周转|贷|债|欠|没钱|亏|赔")
_REASON = re.compile(
    r"没(?:有)?(?:生意|客人|钱|人来|顾客)|生意(?:不好|差|难|冷|惨)|亏|赔|房租|租金|贵|欠|债|贷款|资金|周转|生病|身体|家里|带孩子|老人|累|年纪|搬|拆迁|疫情|灾|招不到|没人手|工资|太难|做不下去|撑不"
)
_ONE_WAY: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    (re.compile(r"歇业|先停|停一[停段]|休业"), DORMANT, "歇业是先停一段、保留执照，条件和期限是这样写的："),
    (re.compile(r"注销|销户|销照"), ENDING, "简易注销要这些条件："),
    (re.compile(r"补贴|扶持|缓一缓|帮扶|减免|场租"), (RENT, LOAN), "能缓一缓的扶持是这些："),
)
STILL_OPEN = "关店还没定的话，说一声难在哪里（资金、房租还是生意），我把能缓一缓的办法也摆出来。"
_HOW_TO_LEAVE = re.compile(
    r"^(?:我|俺|咱|那)?(?:该|要|想)?(?:怎么|咋|咋个|如何)(?:办|弄|整|搞|注销|关)|(?:还有)?(?:什么|啥|哪些|别的)(?:办法|路)|^(?:怎么|咋)|(?:注销|销户|[关不][^，。]{0,4})(?:了)?(?:要)?(?:怎么|咋|咋个|如何)(?:弄|办|整|搞|做)?$"
)
"""Only how to go about it: the ways lie side by side."""
_ONLY_WHETHER = re.compile(r"不(?:干|开|做)了?[^，。]{0,3}(?:得行|行|可以|中|要得|成)[不吗么]?")
"""不开了得行不: may I leave at all."""
LONGEST = 10
"""Characters of words that only point at one of the ways."""
_NEXT = re.compile(r"呢[？?]?$|^(?:那|就|先)?(?:说说?|讲讲?|看看?|选)?(?:歇业|注销|简易注销|补贴|扶持)[吧呗]?$")
_ALL_WAYS = re.compile(r"都|一起|办法|几条路|直接看")


class ClosingFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def take(self, turn: Turn) -> Spoken | None:
        """那歇业呢, right behind the ways: about the one of them."""
        is_next = turn.state.last_behaviour == CLOSING and len(turn.text) <= LONGEST and _NEXT.search(turn.text)
        return self.respond(turn) if is_next and _one_way(turn.text) is not None else None

    def respond(self, turn: Turn) -> Spoken:
        if CLOSING in turn.state.behaviours and (way := _one_way(turn.text)) is not None:
            yield from self._tell(turn, *way)
        elif CLOSING in turn.state.behaviours:
            yield from self._ways(turn, "")
        elif _REASON.search(turn.text):
            yield from self._ways(
                turn,
                "这一阵不容易，您辛苦了。眼下最难的是哪一块，资金、房租还是人手？您随时可以说，下面三条路先摆在一起，由您定：",
            )
        elif (answer := self._settled(turn)) is not None:
            yield from replied(turn, answer, behaviour=Behaviour.CLOSING_DOWN, after=STILL_OPEN)
            yield Progress(CLOSING, {"asked": turn.text[:80]})
        else:
            text = "先问一句：是哪里难住了，资金、房租、生意少，还是家里有事？说一声，我把能缓一缓的办法和关店的办法一起摆出来，由您定。不想说也可以直接看。"
            yield from self._answered(turn)
            taps = (tap("资金紧张"), tap("房租太贵"), tap("生意少"), tap("家里有事"), tap("直接看办法"))
            yield turn.reply(Behaviour.CLOSING_DOWN, text, choices=taps)
            yield Progress(CLOSING, {"asked": turn.text[:80]})

    def _answered(self, turn: Turn) -> Spoken:
        """A question in the message comes before ours, where a model that may judge finds its answer."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        answer = self._knowledge.answers.stated(asked) if requests.asks(turn.text) else None
        if answer is not None:
            yield from replied(turn, answer, behaviour=Behaviour.CLOSING_DOWN)

    def _settled(self, turn: Turn) -> Answer | None:
        """What rules surely say to a question in the message itself: 罚款没交能走简易注销不, no trouble is asked for first."""
        asked_of = (piece for piece in requests.pieces(turn.text) if requests.asks(piece))
        asking = "，".join(piece for piece in asked_of if not _ONLY_WHETHER.search(piece))
        if not asking or _HOW_TO_LEAVE.search(asking) or _ALL_WAYS.search(asking):
            return None
        wordings = dict.fromkeys((turn.text, _simple(turn.text), asking))
        where = turn.region_or_country, turn.today, turn.audience
        asked = (Asked(one, *where) for one in wordings)
        return next((self._knowledge.answers.answer(one) for one in asked if self._knowledge.answers.says(one)), None)

    def go_on(self, turn: Turn, _: Mapping[str, Any]) -> Spoken:
        """Whatever the person says about it, the ways follow; a question of its own is answered alone."""
        yield Progress(CLOSING, None)
        if not _REASON.search(turn.text) and (answer := self._settled(turn)) is not None:
            yield from replied(turn, answer, behaviour=Behaviour.CLOSING_DOWN, after=STILL_OPEN)
            return
        yield from self._ways(turn, "谢谢您愿意说。三条路摆在一起，选哪条由您定：")

    def _ways(self, turn: Turn, before: str) -> Spoken:
        opening = before or "三条路摆在一起，选哪条由您定："
        three = "一是申请扶持缓一缓；二是歇业，保留执照、先停一段；三是简易注销，条件够就能办。"
        yield from self._tell(turn, [*_relief(turn.text), *DORMANT, *ENDING][:MOST], f"{opening}\n{three}")

    def _tell(self, turn: Turn, questions: Sequence[str], before: str) -> Spoken:
        words = (
            questions[0] if len(questions) == 1 else " ".join(f"{row}.{one}" for row, one in enumerate(questions, 1))
        )
        answer = self._knowledge.answers.answer(Asked(words, turn.region_or_country, turn.today, turn.audience))
        yield from replied(turn, answer, behaviour=Behaviour.CLOSING_DOWN, before=before)


def _simple(text: str) -> str:
    """能走简易的不, said of deregistration."""
    return re.sub(r"简易(?!注销)", "简易注销", text)


def _relief(text: str) -> tuple[str, ...]:
    """What helps with the trouble that was told; with none told, with rent and loans; who has a successor, changes hands."""
    if _OF_HANDS.search(text):
        return (CHANGE_HANDS,)
    of_rent, of_money = _OF_RENT.search(text), _OF_MONEY.search(text)
    if of_rent and not of_money:
        return (RENT,)
    return (LOAN,) if of_money and not of_rent else (RENT, LOAN)


def _one_way(text: str) -> tuple[tuple[str, ...], str] | None:
    """那歇业呢, when all ways lie on the table: only that one."""
    found = [(questions, before) for said, questions, before in _ONE_WAY if said.search(text)]
    return found[0] if len(found) == 1 and not _ALL_WAYS.search(text) else None
