"""What is remembered: shown, forgotten and changed in words; deleting, taking along, and no more messages."""

import re
from collections.abc import Iterator

from assistant import facts, remembering
from assistant.behaviours import Behaviour
from assistant.events import Card, Choice, Event, Notice, Remembered
from assistant.flows.safe import delete_card
from assistant.safety import folded
from assistant.turn import Spoken, Turn, tap

_ALL = re.compile(r"(?:忘掉|忘记|忘了|清空|清除|别记)(?:我|掉)?(?:的)?(?:全部|所有|一切|信息|情况|刚才(?:说的)?|记住的)?$|(?:忘掉|忘记|清空|清除)(?:我的?)?(?:所有|全部|一切|记住)")  # fmt: skip
_FORGET = re.compile(r"忘掉|忘记|忘了|别记|不要记|删掉|删除|清除|清掉|去掉|取消")
_SHOW = re.compile(
    r"(?:你|您)?(?:都)?(?:还)?(?:记得|记住|记着|记录|存|知道|保存)(?:了|着)?(?:我)?(?:的|些)?(?:什么|啥|哪些)|(?:看|查看|显示)(?:一下|下)?(?:你)?(?:记|存|知道|保存)(?:住|得|着)?(?:了)?(?:我)?(?:的)?(?:什么|哪些|信息|情况)|(?:我的)?记忆(?:里)?有(?:什么|啥)"
)
_WORDS: dict[str, str] = {
    "地区": "region",
    "地方": "region",
    "位置": "region",
    "城市": "region",
    "类型": "entity",
    "主体": "entity",
    "个体": "entity",
    "行业": "trade",
    "生意": "trade",
    "阶段": "stage",
    "人数": "fact:headcount",
    "员工": "fact:headcount",
}
_STOP = re.compile(r"(?:发|推送|推|收到|收|打)(?:.{0,3})(?:短信|消息|通知|信息|广告|电话|微信)|退订|推送|^td$")
_EXPORT = re.compile(
    r"导出|下载|拷贝|给我(?:一份)?我?的?(?:数据|记录)|(?:发|要)(?:.{0,4})(?:一份)?我的?(?:数据|对话|聊天|记录)"
)


def is_command(text: str) -> bool:
    """About memory alone; deleting and exporting are classes of their own."""
    said = folded(text).rstrip("。.!！?？吧了")
    return bool(_SHOW.search(said) or _ALL.search(said) or (_FORGET.search(said) and _keys(said)))


def _keys(said: str) -> list[str]:
    return list(dict.fromkeys(key for word, key in _WORDS.items() if word in said)) if len(said) <= 16 else []


class MemoryFlow:
    """你记得我什么, 忘掉我的地区, 忘掉我."""

    def respond(self, turn: Turn) -> Spoken:
        said = folded(turn.text).rstrip("。.!！?？吧了")
        known = turn.state.remembered
        if _SHOW.search(said):
            yield turn.reply(
                Behaviour.STOP_OR_DELETE, _shown(turn), cards=(MEMORY_CARD,), choices=_forget_choices(turn)
            )
            return
        keys = [key for key in _keys(said) if key in known] if _keys(said) else list(known)
        yield from _forgotten(turn, keys)
        if not _keys(said):
            yield from remembering.wiped()


MEMORY_CARD = Card("memory", "记住了什么", "看、改、删记住的情况。", action="查看")


def _shown(turn: Turn) -> str:
    known = turn.state.remembered
    if not known:
        return "这次对话里还没有记下您的情况。"
    lines = "；".join(f"{one.label}：{one.shown}" for one in known.values())
    return f"这次对话里记着：{lines}。说“忘掉我的地区”就能去掉一项，说“忘掉我”全部去掉。"


def _forget_choices(turn: Turn) -> tuple[Choice, ...]:
    return tuple(tap(f"忘掉{one.label}", f"忘掉我的{one.label}") for one in list(turn.state.remembered.values())[:3])


def _forgotten(turn: Turn, keys: list[str]) -> Iterator[Event]:
    known = {key: facts.LABELS.get(key, turn.state.remembered[key].label) for key in keys}
    labels = "、".join(known.values())
    for key, label in known.items():
        yield Remembered(key, label, "", "", turn.to)
    if keys:
        yield Notice(f"已忘掉：{labels}。", turn.to, "forgotten")
    text = f"已经忘掉：{labels}。后面不再用到。" if keys else "这一项本来就没有记着。"
    yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(MEMORY_CARD,))


EXPORT_CARD = Card("export", "导出本次对话", "文本或 JSON，带人工智能生成的标识。", action="导出")


class DataRightsFlow:
    """Deleting is done by the card, so that nobody loses a conversation by a slip; it gives the receipt."""

    def respond(self, turn: Turn) -> Spoken:
        said = folded(turn.text)
        if _STOP.search(said) and not _EXPORT.search(said):
            yield from self._stop(turn)
        elif _EXPORT.search(said):
            text = "可以。点“导出”就能拿到这次对话的全部内容；里面带有人工智能生成的标识，身份证号等已经遮住。"
            yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(EXPORT_CARD,), choices=(tap("你记得我什么"),))
        else:
            text = "可以，点“删除本次对话”就办。密钥会销毁，内容不能恢复，删除后给您回执编号；不删也不影响您接着用。"
            cards = (delete_card(), EXPORT_CARD)
            yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=cards, choices=(tap("只忘掉我的情况", "忘掉我"),))

    def _stop(self, turn: Turn) -> Spoken:
        key = "fact:no_messages"
        yield Remembered(key, facts.LABELS[key], "no", "不要给我发消息", turn.to)
        text = (
            f"已记下：不要给您发消息（回执：本次对话第 {turn.to} 条）。这个网页助手本来就不主动发短信、不打电话。"
            "如果短信来自别的平台，请按短信里的退订方式退订，或者打12345反映。不影响您接着用这里的服务。"
        )
        yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(MEMORY_CARD,))
