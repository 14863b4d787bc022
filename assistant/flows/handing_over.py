"""What a person who takes over a conversation is given: the matter, the facts that are known, what was tried."""

import re
from collections.abc import Iterator

from assistant.behaviours import FROM_RULES, Behaviour
from assistant.eligibility.sheet import for_staff
from assistant.events import Card
from assistant.turn import Turn

URGENCY = ("紧急程度", "紧急")
RECENT = 3
"""Replies after words of despair or of danger during which a person is called urgently."""
LONGEST = 60
MOST_DOCUMENTS = 2
_UNKNOWN = frozenset({Behaviour.NO_EVIDENCE, Behaviour.ASK_REGION})
_TRIED = {
    **dict.fromkeys(FROM_RULES - _UNKNOWN, "查政策依据"),
    Behaviour.SEVERAL: "查政策依据",
    Behaviour.NO_EVIDENCE: "没查到依据",
    Behaviour.CONTACT: "查窗口电话",
    Behaviour.DEADLINE: "算期限",
    Behaviour.ELIGIBILITY: "看自测",
    Behaviour.APPEAL: "写诉求草稿",
    Behaviour.APPEAL_STATUS: "问诉求进度",
    Behaviour.BOOKING: "问预约",
    Behaviour.CLOSING_DOWN: "看关店的几条路",
    Behaviour.FAULT_OR_SUGGESTION: "报平台故障或建议",
    Behaviour.OUTSIDE_REMIT: "问过别的部门的事",
}
_WISH = re.compile(
    r"^[^，,。！!？?；;]*(?:人工|真人|活人|专员|客服|叫人|找人|工作人员)[^，,。！!？?；;]*[，,。！!？?；;\s]*"
)


def is_urgent(turn: Turn) -> bool:
    """Somebody was in despair or in danger a moment ago."""
    return not {Behaviour.CRISIS, Behaviour.EMERGENCY}.isdisjoint(turn.state.behaviours[-RECENT:])


def handoff_card(turn: Turn, unit: str = "") -> Card:
    """`unit`: where the person is sent."""
    return Card(
        "handoff",
        "转人工",
        "同意的话，可以把这次对话的摘要给对方看；不同意也照样能找人。",
        action="复制对话摘要",
        context=(*_collected(turn), *([("去处", unit)] if unit else [])),
    )


def _own_words(turn: Turn) -> str:
    """What was asked before, as the person wrote it: our completed wordings are for searching."""
    asked = [text for text in turn.state.told.values() if text and _WISH.sub("", text)]
    return asked[-1] if asked and turn.state.matter and turn.state.matter not in asked else turn.state.matter


def _collected(turn: Turn) -> Iterator[tuple[str, str]]:
    state = turn.state
    if is_urgent(turn):
        yield URGENCY
    known = for_staff(state.remembered)
    yield from ((one.label, one.shown) for one in known if one.key != "fact:no_messages")
    beside = _WISH.sub("", turn.message.text)
    matter = beside if beside != turn.message.text and len(beside) > 3 else _own_words(turn)
    if matter:
        yield "在问", matter[:LONGEST]
    for flow in state.waiting:
        if flow.name == Behaviour.APPEAL and flow.data.get("what"):
            yield "诉求草稿", str(flow.data["what"])
    tried = dict.fromkeys(_TRIED[one] for one in map(Behaviour, state.behaviours) if one in _TRIED)
    if tried:
        yield "已经试过", "、".join(tried)
    if state.documents:
        yield "看过的文件", "、".join(f"《{one.strip('《》')}》" for one in state.documents[:MOST_DOCUMENTS])
