"""A wish to be called back: the time is asked for once, and the wish is kept in the conversation with it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant import requests
from assistant.behaviours import Behaviour
from assistant.events import Progress, Remembered
from assistant.flows.handing_over import handoff_card
from assistant.flows.rules import WISH
from assistant.hotlines import CITIZENS
from assistant.turn import Spoken, Turn, tap

_WISHES = re.compile(
    r"回个?电|(?:回|打|来)个?电话(?:给|吧|过来|呗)|(?:打|回)(?:电话|个电话)?给我|给我(?:来|打|回)[^，。]{0,3}(?:电话|电)|让人?联系我"
)
_DENIES = re.compile(r"(?:不(?:用|要|必|想)|别|莫|取消)[^，。]{0,4}(?:回电|[回打]电话|联系)")
_CHANGES = re.compile(r"改[^，。]{0,4}(?:回电)?(?:的)?时间|换个时间")
_TELLS = re.compile(r"没(?:人|有|给|打|回)|说(?:会|过|好)|[还都]没|等了")
"""Of a call that was promised and never came."""
_WHEN = re.compile(
    r"[今明后]天|[今明]儿|大后天|(?:下|这|本)?(?:周|星期|礼拜)[一二三四五六日天末]|上午|下午|中午|晚上|早上|傍晚|[一二三四五六七八九十\d]{1,3}[点号时]|\d{1,2}[:：]\d{2}|月\d{1,2}日|随时|任何时[候间]|都行|都可以|[尽越]快|马上|现在|工作日|上班时间|下班后"
)
_LEAD = re.compile(
    r"^(?:那就?|就|嗯|好的?|要不|请|在|我?(?:希望|想|要))+[，,]?|(?:吧|呗|嘛|哈|好了|可以吗|行吗|方便)+[。！!？?]*$"
)
_MINE = re.compile(
    r"(?:请|麻烦)?(?:你们|人|专员)?(?:给|帮|让|叫)?我?(?:要|想|请人)?(?:给我)?(?:回个?电话?|打个?电话|来电话?|联系我)(?:给我)?"
)
LONGEST = 40
ASKED = "asked"
TAPS = (tap("明天上午"), tap("明天下午"), tap("什么时间都行"), tap("算了"))
NO_NUMBERS = "电话号码先不要发：发来的号码会被遮住，工作人员也看不到。"
NOBODY_YET = f"这里还没有坐席接单，回不回、几点回我不能替他们保证，也还收不了号码；着急就打{CITIZENS}，把这件事和方便的时间报给对方登记。"


def is_wished(text: str) -> bool:
    is_told = _TELLS.search(text) is not None or requests.asks(text)
    return _WISHES.search(text) is not None and _DENIES.search(text) is None and not is_told


def take(turn: Turn) -> Spoken | None:
    """The wish, its other time, or its end; None where the words are about something else."""
    is_kept = WISH in turn.state.remembered
    if is_kept and _DENIES.search(turn.text):
        return _taken_back(turn)
    is_waiting = turn.state.open is not None and turn.state.open.name == Behaviour.HUMAN
    is_changed = is_kept and len(turn.text) <= LONGEST and _CHANGES.search(turn.text) is not None
    return respond(turn) if is_changed or (is_wished(turn.text) and not is_waiting) else None


def _taken_back(turn: Turn) -> Spoken:
    yield Remembered(WISH, "回电意愿", "", "", turn.to)
    yield Progress(Behaviour.HUMAN.value, None)
    yield turn.reply(Behaviour.HUMAN, "好，回电意愿已经划掉，不再保留。还有别的事随时说。", choices=(tap("转人工"),))
    yield Progress("callback", {"wished": False})


def time_said(text: str) -> str:
    """The words for when; empty where none are said."""
    if _WHEN.search(text) is None:
        return ""
    plain = _LEAD.sub("", _MINE.sub("", text.strip(" ，,。！!")).strip(" ，,。！!"))
    return (plain if _WHEN.search(plain) else text.strip())[:LONGEST]


def respond(turn: Turn) -> Spoken:
    """Kept at once where a time is said with the wish; else the time is asked for."""
    if when := time_said(turn.text):
        yield from _kept(turn, when)
        return
    known = turn.state.remembered.get(WISH)
    before = f"已经记着：{known.shown}。要改的话，" if known else "好，"
    text = (
        f"{before}什么时候方便接电话？说个大概就行，比如“明天上午”。{NO_NUMBERS}\n"
        f"着急现在就可以打{CITIZENS}；同意的话，对话摘要可以一并给对方看。"
    )
    yield turn.reply(Behaviour.HUMAN, text, cards=(handoff_card(turn),), choices=TAPS)
    yield Progress(Behaviour.HUMAN.value, {ASKED: 1, "about": turn.state.matter[:LONGEST]})


def go_on(turn: Turn, data: Mapping[str, Any]) -> Spoken:
    """The time is kept; what is none is asked for once more, and then the wish is kept without one, so that nothing goes round."""
    when = time_said(turn.text)
    if when or int(data.get(ASKED, 1)) > 1:
        yield Progress(Behaviour.HUMAN.value, None)
        yield from _kept(turn, when or "时间没有说定")
        return
    text = f"还差一个方便接电话的时间，点一个就行，或者直接写。{NO_NUMBERS}"
    yield turn.reply(Behaviour.HUMAN, text, choices=TAPS)
    yield Progress(Behaviour.HUMAN.value, {**data, ASKED: 2})


def _kept(turn: Turn, when: str) -> Spoken:
    wish = Remembered(WISH, "回电意愿", when, when, turn.to)
    yield wish
    about = turn.state.matter[:LONGEST]
    subject = f"，要说的是“{about}”" if about else ""
    text = (
        f"记下了：您希望在“{when}”接到回电{subject}。这条意愿存在这次对话里（问“你记得我什么”能看到，随时能改、能删），"
        f"转人工时随摘要一起带给对方。\n{NOBODY_YET}"
    )
    state = replace(turn.state, remembered={**turn.state.remembered, WISH: wish})
    card = handoff_card(replace(turn, state=state))
    yield turn.reply(
        Behaviour.HUMAN, text, cards=(card,), choices=(tap("改个时间", "我想改回电时间"), tap("不用回电了"))
    )
    yield Progress("callback", {"wished": True, "at": when, "about": about, "region": turn.region or ""})
