"""What a cry for help also asks, and the first words after it: safety first, and nothing that was asked is dropped."""

import re
from dataclasses import replace

from assistant import requests
from assistant.danger_words import MATTER
from assistant.events import Reply
from assistant.hotlines import MIND
from assistant.means import FAQ, Knowledge, quoted
from assistant.turn import Spoken, Turn, tap
from knowledge.documents import Audience
from knowledge.library import Question as Asked

_OF_DEATH = re.compile(r"死|不在了|没了|走了|活|命|一了百了|跳|后事|遗")
STILL_HERE = f"心里难受的时候，随时打{MIND}，有人听您说；我也一直在。"
LONGEST_TAP = 24


def after_despair(reply: Reply) -> Reply:
    """The first answer to something else still says where help is."""
    return replace(reply, text=f"{reply.text}\n\n{STILL_HERE}")


def question_kept(turn: Turn, reply: Reply) -> Reply:
    """What a cry for help also asks is not dropped: it waits below, to be tapped."""
    asked = next((one for one in map(_asked_alone, requests.pieces(turn.text)) if one), "")
    if not asked or any(one.send == asked for one in reply.choices):
        return reply
    text = f"{reply.text}\n您另外问的事不急，我记着；缓过来点一下“我问的那件事”就行。"
    return replace(reply, text=text, choices=(*reply.choices, tap("我问的那件事", asked)))


def _asked_alone(piece: str) -> str:
    """但先告诉我补贴多少 as the question it is; empty where it is about death, or nothing of business."""
    asked = requests.to_the_point(_BUT.sub("", piece))
    is_question = requests.asks(asked) and MATTER.search(asked) is not None
    is_short = len(asked) <= LONGEST_TAP and not _OF_DEATH.search(asked) and not _BURDEN.search(asked)
    return asked if is_question and is_short else ""


_BUT = re.compile(r"^(?:但是?|可是?|不过|就是|只是|先|再|你|您|倒是|还是|麻烦)+")
_BURDEN = re.compile(r"怎么(?:办|活|过)|咋(?:办|活)|还不(?:起|上|完)|催|逼")
"""Trouble, not a question: 贷款还不上怎么办 is why somebody is in despair."""


def rule_beside(knowledge: Knowledge, turn: Turn, asked: str, reply: Reply) -> Reply:
    """A cry for help comes first; the rule that the same message asks for stands below it, in one line."""
    if not requests.asks(asked.replace("什么的", "")) or _OF_DEATH.search(asked):
        return reply
    found = knowledge.answers
    question = Asked(asked, turn.region_or_country, turn.today, Audience.PUBLIC)
    sources = found.answer(question).sources if found.settles(question) else []
    rule = next((one for one in sources if FAQ not in one.title), None)
    if rule is None:
        return reply
    told = f"您另外问的“{asked.strip('？?')}”，规定是这样写的：{quoted(rule)}。这件事不急，等您缓过来再看。"
    return replace(reply, text=f"{reply.text}\n{told}")


def beside(knowledge: Knowledge, turn: Turn, rest: str, spoken: Spoken) -> Spoken:
    """Safety first; what else was asked stands below, answered in a line or to be tapped."""
    for one in spoken:
        if not isinstance(one, Reply):
            yield one
            continue
        answered = rule_beside(knowledge, turn, rest, one)
        yield answered if answered is not one else question_kept(turn, one)


_REASSURES = re.compile(
    r"^(?:我)?(?:没事儿?|好(?:点|些|多)?|不说这个|算|过去|缓过来)了?[，,。！!\s]+(?:我?(?:想)?(?:问|说|查)(?:一?下|说)?)?(?=.{2})"
)


def without_reassurance(text: str) -> str:
    """没事了，问下年报 is about the yearly report."""
    return _REASSURES.sub("", text)


def still_here(spoken: Spoken) -> Spoken:
    """The first reply to something else still says where help is."""
    is_said = False
    for event in spoken:
        if isinstance(event, Reply) and not is_said:
            is_said = True
            yield after_despair(event)
        else:
            yield event
