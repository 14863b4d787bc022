"""Rows that need no documents: small talk, who this is, why something is asked, personal data."""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.behaviours import Behaviour
from assistant.eligibility.asking import title_of
from assistant.eligibility.sheet import of_state
from assistant.events import Card, Reply
from assistant.flows.safe import Said, delete_card
from assistant.turn import Flow, Turn, tap
from knowledge.rules.engine import shipped

AI_NOTICE = "内容由人工智能生成，仅供参考"
_GREETING = re.compile(
    r"^(?:你好|您好|在吗|在不在|喂|hi|hello|哈喽|哈罗|早上?好?|下午好|晚上好|嗨|有人吗)[呀啊吗~!！。,，]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"谢谢|多谢|感谢|谢了|辛苦|麻烦你?了|好的|^好$|^嗯+$|^哦+$|明白了|知道了|清楚了|再见|拜拜|^ok$|收到", re.IGNORECASE
)
_THREE = "我能做三件事：查政策和办事规定、陪您自测能不能享受、帮您把诉求写清楚并找对地方。"
_START = (
    tap("有什么扶持政策", "现在有什么扶持政策？"),
    tap("我能不能领", "我能不能领补贴？"),
    tap("反映问题", "我要反映问题"),
)


def _off_topic(turn: Turn) -> Reply:
    said = turn.text.strip()
    if _THANKS.search(said) and len(said) <= 20:
        text = turn.vary("不客气，有事随时问。", "好的，您忙。要问政策再来。", "好嘞。")
        return turn.reply(Behaviour.OFF_TOPIC, text)
    if _GREETING.match(said) and turn.state.times(Behaviour.OFF_TOPIC.value):
        text = turn.vary("您好，我在。店里的政策、补贴、办事，直接问就行。", "您好！想问哪件事，请讲。", "在的，您说。")
        return turn.reply(Behaviour.OFF_TOPIC, text, choices=_START[:2])
    if turn.state.times(Behaviour.OFF_TOPIC.value):
        text = turn.vary(
            "这个我聊不好，店里的政策和办事您随时问。", "这方面我不在行，咱们说回店里的事？", "这个帮不上您。"
        )
        return turn.reply(Behaviour.OFF_TOPIC, text, choices=_START[:2])
    opening = "您好！" if _GREETING.match(said) else "这个我聊不好，不过店里的事可以找我。"
    return turn.reply(Behaviour.OFF_TOPIC, f"{opening}{_THREE}", choices=_START)


def _what_are_you(turn: Turn) -> Reply:
    text = turn.vary(
        f"我是小二，政府部门提供的人工智能服务，不是真人。我按收录的文件回答，每条都给出处；我写的话都带“{AI_NOTICE}”，已审核发布的常见问答和人工回复不带。\n{_THREE}",
        f"我是政府部门提供的人工智能服务“小二”，不是工作人员；我写的话都带“{AI_NOTICE}”，以文件原文和主管部门为准，已审核的常见问答和人工回复不带。",
        "还是那句实话：我是人工智能，没有真人身份，说的仅供参考，以文件原文为准。要找人就点“转人工”。",
    )
    return turn.reply(Behaviour.WHAT_ARE_YOU, text, choices=(*_START[:2], tap("转人工")))


NOTICE_CARD = Card(
    "page", "个人信息处理说明", "收集什么、做什么用、存多久、谁能看、怎么删。", action="查看全文", link="/privacy"
)


_PURPOSES = {
    Behaviour.APPEAL: "这份诉求要能联系到您、把办理结果答复给您；写进草稿的，您确认了才提交。",
    Behaviour.FAULT_OR_SUGGESTION: "这条反映要能联系到您、把处理结果答复给您；写进草稿的，您确认了才提交。",
    Behaviour.APPEAL_STATUS: "要先核对编号和查询码，才能确认是您本人的诉求，别人查不到。",
    Behaviour.BOOKING: "预约要知道去哪里、怎么联系您，只给上门或者接待的人用。",
    Behaviour.CLOSING_DOWN: "知道难在哪里，才好把用得上的帮扶和关店的办法摆在一起。",
    Behaviour.ASK_REGION: "各地规定不一样，知道店在哪里才能说准；不说也可以跳过。",
}
"""What the flow in hand asks for its questions."""


def _purpose(turn: Turn) -> str:
    open_flow = turn.state.open
    if open_flow is None:
        return ""
    if open_flow.name == Behaviour.ELIGIBILITY and (sheet := of_state(turn.state, shipped())):
        title = title_of(sheet, shipped())
        return (
            f"正在做“{title}”的自测：问的每一项都是它的一个条件，答了只用来逐条比对；不想说就回“跳过”，按“待定”算。\n"
        )
    told = _PURPOSES.get(Behaviour(open_flow.name)) if open_flow.name in set(Behaviour) else None
    return f"眼下这样问的用处：{told}\n" if told else ""


def _why_ask(turn: Turn, keep: str) -> Reply:
    return replace(reply := _why(turn, keep), text=f"{_purpose(turn)}{reply.text}")


def _why(turn: Turn, keep: str) -> Reply:
    known = "、".join(one.label for one in turn.state.remembered.values()) or "还没有"
    text = turn.vary(
        "问这些只为一件事：找对适用的规定，比如地区不同标准就不同，不想说可以跳过。\n"
        f"用途：只用在这次对话里答您的问题（现在记着：{known}）。谁能看：您自己；出了问题需要核查时，有权限的工作人员。存多久：{keep}，您也可以随时删、随时导出。\n"
        "身份证号、手机号这类信息，保存之前就遮住了。自测不用登录，不留记录。",
        f"只为了查对规定，不作别的用途；现在记着：{known}。能看到的是您和有权限核查的工作人员，{keep}，您随时可以删。身份证号等先遮住再保存。自测不用登录。",
        f"再说一遍要点——目的：找对规定；谁看：您和有权限核查的工作人员；存多久：{keep}，随时可以删。全文在下面。",
    )
    return turn.reply(
        Behaviour.WHY_ASK,
        text,
        cards=(NOTICE_CARD, Card("memory", "记住了什么", "看、改、删记住的情况。", action="查看")),
        choices=(tap("你记得我什么"), tap("删除本次对话", "删除我的数据")),
    )


def _personal_data(turn: Turn) -> Reply:
    kinds = "、".join(dict.fromkeys(turn.message.masked)) or "个人信息"
    text = turn.vary(
        f"您发来的{kinds}已经在保存前遮住，我看不到原文，也不会拿它去查询。不想留着，可以删除本次对话。\n要问什么事，直接说就行，不用发证件号码。",
        f"{kinds}遮住了，没有保存原文，也不能凭它查您的办理情况，随时可以删除本次对话。办事请直接说事项。",
    )
    return turn.reply(Behaviour.PERSONAL_DATA, text, cards=(delete_card(),), choices=_START[:2])


def flows(keep_days: int | None = None) -> Mapping[Behaviour, Flow]:
    """`keep_days`: how long a conversation is kept after its last event, where that is known."""
    keep = f"最后一条消息之后存 {keep_days} 天，到期自动删除" if keep_days else "到设定的保存期满自动删除"
    return {
        Behaviour.OFF_TOPIC: Said(_off_topic),
        Behaviour.WHAT_ARE_YOU: Said(_what_are_you),
        Behaviour.WHY_ASK: Said(lambda turn: _why_ask(turn, keep)),
        Behaviour.PERSONAL_DATA: Said(_personal_data),
    }
