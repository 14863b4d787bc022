"""What is remembered: shown, forgotten and changed in words; deleting, taking along, and no more messages."""

import re
from collections.abc import Iterator

from assistant import facts, remembering
from assistant.behaviours import Behaviour
from assistant.events import Card, Choice, Event, Notice, Progress, Remembered, Reply
from assistant.flows.safe import delete_card
from assistant.hotlines import CITIZENS
from assistant.safety import folded
from assistant.state import TOLD
from assistant.turn import Spoken, Turn, tap

_ALL = re.compile(r"^(?:请|麻烦|那就?|你|您|帮我|给我|都|全部?|通通|把[^，,。]{1,8}?)*(?:忘掉|忘记|忘了|清空|清除|别记)(?:我|掉)?(?:的)?(?:全部|所有|一切|信息|情况|刚才(?:说的)?|记住的)?$|(?:忘掉|忘记|清空|清除)(?:我的?)?(?:所有|全部|一切|记住)")  # fmt: skip
_FORGET = re.compile(r"忘掉|忘记|忘了|别记|不要记|删掉|删除|清除|清掉|去掉|取消")
_IT = re.compile(r"(?:忘(?:了|掉|记)|别记|不要记)(?:它|这个|那个|这条|这事)$")
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
    "回电": "callback",
}
_STOP = re.compile(
    r"(?:发|推送?|收到?|打|联系|提醒|弹|骚扰|回访|烦)(?:.{0,4})(?:短信|消息|通知|信息(?!.{0,2}[删清抹])|广告|电话|微信|我|提醒|订阅)|退[订定丁]|推[送宋]|订阅|免打扰|拉黑|拉出|移出(?:.{0,4})名单|(?:别|不要|莫|不用|停止?)(?:再)?(?:.{0,3})(?:推荐|提醒|回访|联系|骚扰|打扰)|^td$"
)
_EXPORT = re.compile(
    r"导出|[导倒][出处]|[导倒](?:一?份|个|给)|下[载栽]|拷[贝走]|副本|打印|打包|查阅|带走|(?:给|发|要|拿|还)(?:.{0,4})(?:一份)?我的?(?:.{0,3})(?:数[据剧]|对话|聊天|[记纪]录|资料)(?!.{0,4}(?:删|清|抹))|(?:保存|存成|整理)(?:.{0,6})(?:手机|文件|邮箱|一份)|一份(?:.{0,6})(?:[记纪]录|数据|资料)"
)
_DELETE = re.compile(
    r"[删山珊刪闪][了除掉光脱咯干处]?|清[空除掉楚一干]|抹|销[毁号]|注销|撤[回销]|忘|别(?:存|留|记)|不(?:想|要|许)留|莫(?:存|留|记)|去掉|擦|被遗忘"
)
_CONSENT = re.compile(r"(?:同意|授权)(?!书)|个性化|画像|标签|停止(?:处理|使用)")
_WITHDRAWS = re.compile(
    r"(?:撤[回销]|收回|取消|不再|停止)[^，。；;]{0,8}(?:同意|授权)(?!书)|(?:同意|授权)(?!书)[^，。；;]{0,6}(?:撤[回销]|收回|取消|作废)"
)
"""Beside which a word of messages is only one thing more that is to end."""
_ALL_OF_IT = re.compile(r"[删抹]|清[空除掉]|销毁")
_CORRECT = re.compile(r"更正|记错|改成|改一下|修改")


_ONE = (
    r"(?:刚才?|前面|之前|上面|先前|方才|刚刚|那|头[先前])[^，,。；;]{0,14}(?:句|段|条|话|事(?!项)|消息|部分|[说讲写提发]的)",
    r"(?:(?:删|抹|擦|划掉|忘)(?:除|去|掉|了|干净|净)*|[撤收]回|去[掉除]|清[掉除了]|(?:别|不要|莫|不许)(?:再)?(?:记|存|留)(?:着|住|下|了)?|当(?:我)?没(?:有)?(?:说|讲|提))",
)
_ONE_SENTENCE = re.compile(rf"{_ONE[0]}[^，,。；;]{{0,10}}{_ONE[1]}|{_ONE[1]}[^，,。；;]{{0,4}}{_ONE[0]}")
"""把我刚才说生病那句抹了: of one thing that was said, not of the whole."""
_WHOLE = re.compile(
    r"对话|聊天|记录|数据|资料|所有|全部|一切|都[删抹清忘]|信息|号码|身份证|怎么|咋|哪|带|多久|几|什么|啥|材料"
)


def is_of_one_sentence(text: str) -> bool:
    said = folded(text)
    return (
        _ONE_SENTENCE.search(said) is not None
        and _WHOLE.search(said) is None
        and re.search("[句段条]|[说讲写提]", said) is not None
    )


def is_command(text: str) -> bool:
    """About memory alone; deleting and exporting are classes of their own."""
    said = folded(text).rstrip("。.!！?？吧了")
    return is_of_one_sentence(text) or bool(
        _SHOW.search(said) or _ALL.search(said) or _IT.search(said) or (_FORGET.search(said) and _keys(said))
    )


def _keys(said: str) -> list[str]:
    return list(dict.fromkeys(key for word, key in _WORDS.items() if word in said)) if len(said) <= 16 else []


class MemoryFlow:
    """你记得我什么, 忘掉我的地区, 忘掉我."""

    def respond(self, turn: Turn) -> Spoken:
        said = folded(turn.text).rstrip("。.!！?？吧了")
        known = turn.state.remembered
        if is_of_one_sentence(turn.text):
            yield from _one_forgotten(turn)
            return
        if _SHOW.search(said) and not _IT.search(said):
            yield turn.reply(
                Behaviour.STOP_OR_DELETE, _shown(turn), cards=(MEMORY_CARD,), choices=_forget_choices(turn)
            )
            return
        named = [key for key, one in known.items() if _IT.search(said) and one.shown[-3:-1] in said]
        keys = named or ([key for key in _keys(said) if key in known] if _keys(said) else list(known))
        yield from _forgotten(turn, keys)
        if not _keys(said):
            yield from remembering.wiped()


def _one_forgotten(turn: Turn) -> Spoken:
    """What was told is not used from here on; the sentence itself goes with the conversation, whose key is destroyed."""
    text = (
        f"好，前面说的那些话从现在起不再用到（回执：本次对话第 {turn.to} 条）。要说实话：对话是整条加密保存的，不能只抽掉其中一句；"
        "想连那句话一起清除，点“删除本次对话”，密钥销毁、内容不能恢复，给您回执编号。不删也不影响您接着问。"
    )
    yield Progress(TOLD, None)
    yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(delete_card(), MEMORY_CARD))


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
    text = f"已经忘掉：{labels}。后面不再用到（回执：本次对话第 {turn.to} 条）。" if keys else "这一项本来就没有记着。"
    yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(MEMORY_CARD,))


EXPORT_CARD = Card("export", "导出本次对话", "文本或 JSON，带人工智能生成的标识。", action="导出")


class DataRightsFlow:
    """Deleting is done by the card, so that nobody loses a conversation by a slip; it gives the receipt."""

    def respond(self, turn: Turn) -> Spoken:
        said = folded(turn.text)
        if _EXPORT.search(said):
            yield self._export(turn, also_delete=_DELETE.search(said) is not None)
        elif _WITHDRAWS.search(said) and not _ALL_OF_IT.search(said):
            yield from self._withdrawn(turn, also_stop=_STOP.search(said) is not None)
        elif _STOP.search(said) and not _ALL_OF_IT.search(said):
            yield from self._stop(turn)
        elif _CONSENT.search(said) and not _ALL_OF_IT.search(said):
            yield from self._withdrawn(turn)
        elif _CORRECT.search(said):
            text = f"可以，直接说“地区改成××”“行业改成××”就改。{_shown(turn)}改好后给您回执。"
            yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(MEMORY_CARD,))
        else:
            yield self._delete(turn)

    def _export(self, turn: Turn, *, also_delete: bool) -> Reply:
        text = f"可以。点“导出”就能下载这次对话的全部内容（回执：本次对话第 {turn.to} 条）；里面带有人工智能生成的标识，身份证号等已经遮住。"
        if also_delete:
            text += "存好以后，再点“删除本次对话”：密钥销毁，内容不能恢复，给您回执编号。"
        cards = (EXPORT_CARD, delete_card()) if also_delete else (EXPORT_CARD,)
        return turn.reply(Behaviour.STOP_OR_DELETE, text, cards=cards, choices=(tap("你记得我什么"),))

    def _delete(self, turn: Turn) -> Reply:
        text = turn.vary(
            "可以，点“删除本次对话”就办。密钥会销毁，内容不能恢复，删除后给您回执编号；不删也不影响您接着用。这里没有账号，不用另外注销。",
            "点下面的“删除本次对话”马上删除，删完给回执编号；只想去掉记住的情况，点“只忘掉我的情况”。",
        )
        cards = (delete_card(), EXPORT_CARD)
        return turn.reply(Behaviour.STOP_OR_DELETE, text, cards=cards, choices=(tap("只忘掉我的情况", "忘掉我"),))

    def _stop(self, turn: Turn) -> Spoken:
        key = "fact:no_messages"
        yield Remembered(key, facts.LABELS[key], "no", "不要给我发消息", turn.to)
        text = (
            f"已记下：不再给您发消息、打电话（回执：本次对话第 {turn.to} 条）。这个网页助手本来就不主动发短信、不打电话。"
            f"如果短信来自别的平台，请按短信里的退订方式退订，或者打{CITIZENS.number}反映。不影响您接着用这里的服务。"
        )
        yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(MEMORY_CARD,))

    def _withdrawn(self, turn: Turn, *, also_stop: bool = False) -> Spoken:
        """Consent taken back: what is remembered goes at once; the words themselves go with the conversation."""
        for one in turn.state.remembered.values():
            yield Remembered(one.key, one.label, "", "", turn.to)
        no_messages = "也不给您发消息、打电话。" if also_stop else ""
        text = (
            f"已办：记住的情况都已清除，不再用到（回执：本次对话第 {turn.to} 条）。这里不做个性化推荐，关不关都不影响您问政策。"
            f"{no_messages}说过的话想一并去掉，点“删除本次对话”，删除后给您回执编号。"
        )
        yield turn.reply(Behaviour.STOP_OR_DELETE, text, cards=(delete_card(), MEMORY_CARD))
