"""The next words while a flow waits for them: its answer, a side question, or no more of it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol, cast

from assistant import requests, sharp
from assistant.behaviours import FROM_RULES, SAFETY, Behaviour
from assistant.events import Event, Form, Notice, Progress, Remembered, Reply, Result
from assistant.flows.appeal import is_yes
from assistant.flows.rules import SKIP
from assistant.picking import Picking
from assistant.reading import Reading
from assistant.state import REGION, OpenFlow
from assistant.turn import Flow, Spoken, Turn, tap
from knowledge.spoken_grammar import standard

_CANCEL = re.compile(
    r"^(?:算了|算啦|取消|不弄了|不办了|不用了|不要了|不说了|退出|不提交|不提了|先不(?:弄|提|办|说)了?|停|放弃|撤销|不(?:投诉|反映|举报|预约|约)了?)(?:吧|了|啊)*(?:[，,].*)?$"
)
_LATER = re.compile(
    r"^(?:不用?(?:再)?补充了?[，,])?(?:那|就)?(?:(?:先|暂时|暂且)(?:不|别|莫)(?:提交|提|投诉|反映|报|交|发)|(?:先)?(?:放着|放一放|搁着|留着)|(?:等等|等会儿?|回头|晚点|以后|过几天|改天|想好了?)再(?:说|弄|提|交|看))(?:了|吧|呗|啊|嘛)*$"
)
_SKIP = re.compile(rf"^(?:{SKIP}|不说|不想说|不方便说?|随便|不告诉你|先跳过|不知道|直接说|不填)(?:吧|了)?$")
_PLACE_LIKE = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:镇|乡|村|街道|县|市|区|旗|州)$")
NAMES: Mapping[str, str] = {
    Behaviour.APPEAL.value: "诉求草稿",
    Behaviour.BOOKING.value: "预约",
    Behaviour.CLOSING_DOWN.value: "关店的事",
    Behaviour.HUMAN.value: "回电",
}
_RESUMED = re.compile(r"(?:继续|接着)(?:写|说|弄|填|办)?(?P<name>诉求草稿|预约|关店的事|回电)?(?:吧)?|不用了，接着问")
_TELLS = re.compile(
    r"他们|她们|窗口|工作人员|办事员|老板|对方|让我|[给让]我|收了|扣了|骗了|跑了|凭什么|凭啥|为什么|为啥|那天|当时|后来|结果|昨天|前天|上[周个]|因为|所以|材料我|希望|要求"
)
"""Words in which a complaint goes on."""
_ASKS_RULES = re.compile(
    r"要什么|需要(?:什么|哪些)|(?:怎么|咋|如何)(?:申请|办理|办|领|交|开|注册|登记)|多少|几天|多久|哪里|能不能领|有没有|条件"
)
_OF_APPEALS = re.compile(
    r"多久|几天|好久|几多日|啥时|什么时候|几时|回[音复信]|答复|结果|超期|催|编号|查询码|谁(?:来)?(?:处理|管|办)"
)
_OF_BOOKING = re.compile(
    r"预约|上门|延时|周[一二三四五六日末]|几点|时间|[今明后]天|[上中下]午|晚上|带|材料|地址|地方|哪|窗口|谁来|人来|代办|帮办|[收要]钱|收费|免费|电话"
)
"""Of what may be asked while a booking waits for its time and matter; any other question is one beside it."""
LONGEST_ASIDE = 16
_ASIDE = frozenset(Behaviour) - {Behaviour.APPEAL, Behaviour.ANGER, Behaviour.OFF_TOPIC, Behaviour.CLOSING_DOWN, Behaviour.BOOKING}  # fmt: skip


_TELLS_ALONE = FROM_RULES | {Behaviour.ELIGIBILITY, Behaviour.DEADLINE, Behaviour.OUTSIDE_REMIT, Behaviour.BOOKING}
"""Classes that words which ask nothing are read as where they only answer the flow."""
_NEVER_BESIDE = SAFETY | {Behaviour.PERSONAL_DATA}
_OF_THE_DRAFT = re.compile(r"[这那上下前后头末]一?[句段条]|草稿|改成|改为|补充|加上|添上|去掉|删[掉去]|换成")


def _is_more(text: str, open_flow: OpenFlow, read: Behaviour, *, asks: bool) -> bool:
    """Whether words, as they were read, are more of what the flow waits for."""
    if read.value == open_flow.name or read in _NEVER_BESIDE:
        return True
    if open_flow.name == Behaviour.APPEAL and _OF_THE_DRAFT.search(text):
        return True
    return read in _TELLS_ALONE and not asks


class Waits(Protocol):
    def go_on(self, turn: Turn, data: Mapping[str, Any]) -> Spoken: ...


class GoingOn:
    def __init__(self, flows: Mapping[Behaviour, Flow], picking: Picking) -> None:
        self._flows, self._picking = flows, picking

    def take(self, turn: Turn, *, new_region: bool) -> Spoken | None:
        """What follows from the open flow; None where the message has nothing to do with it."""
        open_flow = turn.state.open
        if open_flow is None:
            return None
        if open_flow.name == Behaviour.ELIGIBILITY:  # it had the word before
            left = next((one for one in reversed(turn.state.waiting) if one.name in NAMES), None)
            is_meant = left is not None and _RESUMED.fullmatch(turn.text.strip("。！! "))
            return self._taken(turn, left) if left is not None and is_meant else None
        if open_flow.name != REGION:
            return self._taken(turn, open_flow)
        beneath = next((one for one in reversed(turn.state.waiting) if one.name in NAMES), None)
        handled = self._region(turn, open_flow, new_region=new_region)
        if handled is None and beneath is not None and (taken := self._taken(turn, beneath)) is not None:
            return chain([Progress(REGION, None)], taken)
        return handled

    def _taken(self, turn: Turn, open_flow: OpenFlow) -> Spoken | None:
        if open_flow.name not in NAMES:
            return None
        if resumed := _RESUMED.fullmatch(turn.text.strip("。！! ")):
            by_name = {NAMES[one.name]: one for one in turn.state.waiting if one.name in NAMES}
            return self._resumed(turn, by_name.get(resumed["name"], open_flow))
        if _CANCEL.match(turn.text.strip()):
            return self._given_up(turn, open_flow)
        if _LATER.match(turn.text.strip(" 。！!")):
            return self._left(turn, open_flow)
        if not is_yes(turn.text) and (reading := self._picking.reading(turn, turn.text)) is not None:
            return self._as_read(turn, open_flow, reading)
        if (of_appeals := self._of_appeals(turn, open_flow)) is not None:
            return self._beside(of_appeals, open_flow, Behaviour.ANSWER)
        aside = self._aside(turn, open_flow)
        if aside is not None:
            return self._beside(turn, open_flow, aside)
        return cast("Waits", self._flows[Behaviour(open_flow.name)]).go_on(turn, open_flow.data)

    def _as_read(self, turn: Turn, open_flow: OpenFlow, reading: Reading) -> Spoken:
        """Only what is read as more of the same, or asks and tells nothing else, goes on with the flow."""
        whole = replace(turn, text=reading.whole, rewritten=reading.whole) if reading.whole else turn
        asks = requests.asks(turn.text) or requests.asks(whole.text)
        if _is_more(turn.text, open_flow, reading.behaviour, asks=asks):
            return cast("Waits", self._flows[Behaviour(open_flow.name)]).go_on(turn, open_flow.data)
        is_rule = reading.behaviour in FROM_RULES
        return self._beside(whole, open_flow, self._picking.choose(turn, turn.text) if is_rule else reading.behaviour)

    def _of_appeals(self, turn: Turn, open_flow: OpenFlow) -> Turn | None:
        """要多久有回音, while a draft waits: asks what becomes of such a 诉求, by the rules on them."""
        is_short = open_flow.name == Behaviour.APPEAL and len(turn.text) <= LONGEST_ASIDE
        if not is_short or not requests.asks(turn.text) or not _OF_APPEALS.search(turn.text):
            return None
        whole = f"提交的诉求{standard(turn.text)}"
        return replace(turn, text=whole, rewritten=whole) if self._picking.settles(turn, whole) else None

    def _resumed(self, turn: Turn, flow: OpenFlow) -> Spoken:
        """Back to what was left for something else: it has the next word again."""
        yield Progress(flow.name, dict(flow.data))
        if flow.name == Behaviour.APPEAL:
            yield from cast("Waits", self._flows[Behaviour.APPEAL]).go_on(turn.about(""), flow.data)
            return
        yield turn.reply(Behaviour(flow.name), f"好，接着说{NAMES[flow.name]}，请讲。", choices=(tap("算了"),))

    def _region(self, turn: Turn, open_flow: OpenFlow, *, new_region: bool) -> Spoken | None:
        pending = str(open_flow.data.get("question", ""))
        is_place = new_region and len(turn.text) <= 16 and not requests.asks(turn.text)
        if pending and (is_place or _SKIP.match(turn.text.strip())):
            return self._asked_again(turn, pending)
        return self._unknown_place(turn) if _PLACE_LIKE.match(turn.text.strip()) else None

    def _asked_again(self, turn: Turn, pending: str) -> Spoken:
        """The question that waited for the region."""
        yield Progress(REGION, None)
        behaviour = self._picking.choose(turn, pending)
        again = replace(turn, text=pending, rewritten=pending)
        yield from self._flows[behaviour].respond(again)

    def _unknown_place(self, turn: Turn) -> Spoken:
        text = f"没认出“{turn.text.strip()}”是哪个地方，请写到市或者县（区），例如“宜昌市”。也可以跳过。"
        yield turn.reply(Behaviour.ASK_REGION, text, choices=(tap(SKIP),))

    def _left(self, turn: Turn, open_flow: OpenFlow) -> Spoken:
        name = NAMES[open_flow.name]
        text = turn.vary(
            f"好，{name}先放着，还没有提交。想接着弄就说“继续{name}”。",
            f"行，{name}留在这里，什么都没有提交，随时可以接着弄。",
        )
        yield turn.reply(Behaviour(open_flow.name), text, choices=(tap(f"继续{name}"), tap("算了")))

    def _given_up(self, turn: Turn, open_flow: OpenFlow) -> Spoken:
        yield Progress(open_flow.name, None)
        name = NAMES[open_flow.name]
        text = turn.vary(
            f"好，{name}不弄了，没有提交任何内容。还有别的事随时说。", f"好的，{name}已经放下，什么都没有提交。"
        )
        yield turn.reply(Behaviour(open_flow.name), text)

    def _aside(self, turn: Turn, open_flow: OpenFlow) -> Behaviour | None:
        """The class of a question that has nothing to do with the open flow."""
        if is_yes(turn.text):
            return None
        plain = sharp.behaviour_of(turn.text)
        if plain is None and open_flow.name == Behaviour.APPEAL:
            plain = self._no_complaint(turn)
        if plain is not None:
            return plain
        if not requests.asks(turn.text):
            return None
        chosen = self._picking.choose(turn, turn.text)
        if open_flow.name == Behaviour.BOOKING and not _OF_BOOKING.search(turn.text):
            return chosen if chosen in _ASIDE else Behaviour.ANSWER
        if chosen in FROM_RULES and (
            open_flow.name == Behaviour.CLOSING_DOWN or not self._picking.settles(turn, turn.text)
        ):
            return None
        is_else = chosen in _ASIDE and chosen.value != open_flow.name and self._picking.is_clear(turn.text, chosen)
        return chosen if is_else else None

    def _no_complaint(self, turn: Turn) -> Behaviour | None:
        """What is plainly no more of a complaint, though nothing may be known about it."""
        hinted = sharp.hints(turn.text)
        if Behaviour.APPEAL in hinted or _TELLS.search(turn.text):
            return None
        if len(turn.text) <= LONGEST_ASIDE:
            for one in (Behaviour.CLOSING_DOWN, Behaviour.ANGER, Behaviour.OFF_TOPIC):
                if one in hinted:
                    return one
        if not requests.asks(turn.text):
            return None
        chosen = self._picking.choose(turn, turn.text)
        is_rule = chosen in FROM_RULES and _ASKS_RULES.search(turn.text) is not None
        return chosen if is_rule or chosen is Behaviour.OFF_TOPIC else None

    def _beside(self, turn: Turn, open_flow: OpenFlow, behaviour: Behaviour) -> Spoken:
        held: list[Event] = []  # the newest reply and what was kept after it
        for event in self._flows[behaviour].respond(turn):
            if isinstance(event, Reply):
                yield from held
                held = [event]
            elif held and isinstance(event, Progress | Notice | Remembered | Form | Result):
                held.append(event)
            else:
                yield event
        if held and isinstance(last := held[0], Reply):
            name = NAMES[open_flow.name]
            more = (tap(f"继续{name}"), tap("算了"))
            held[0] = replace(
                last, text=f"{last.text}\n\n刚才的{name}还在，可以接着说。", choices=(*last.choices, *more)
            )
        yield from held
