"""Who to turn to: units of the directory with the day they were verified, and a person at once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import asides, follow_ups, remit
from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.events import Card, Progress, Reply
from assistant.flows.handing_over import handoff_card, is_urgent
from assistant.flows.rules import RulesFlow
from assistant.hotlines import AMBULANCE, CITIZENS, MIND, POLICE
from assistant.means import Knowledge
from assistant.state import REGION
from assistant.turn import Spoken, Turn, tap
from knowledge import directory, places, regions, several
from knowledge.directory import Unit
from knowledge.documents import ClauseKind
from knowledge.library import Question as Asked

_HOURS = re.compile(r"几点|[开关]门|上班|下班|周[六日末]|礼拜[六天日]|星期[六天日]|午休|中午|开不开|开勿开|节假日")
_FEE = re.compile(r"收费|收不收|要钱|费用|免费")
_HOW = re.compile(r"预约|咋个?走|怎么走|怎么去|怎么联系|咋联系|怎么找")
_PERSON = re.compile(r"找(?:谁|哪个|哪位|啥人|什么人)|联系人")
PLAINLY = "政务服务大厅工作日和周六的服务时间"
MOST_UNITS = 2
_OF_NOBODY = {Behaviour.STAFF_ONLY: "政务服务便民热线 服务专区综合受理", Behaviour.BOOKING: "免费帮办代办和上门预约"}
"""Whom the public can turn to after a reply that named no unit."""
_NAMING = frozenset({Behaviour.CONTACT, Behaviour.OUTSIDE_REMIT, Behaviour.HUMAN, Behaviour.BOOKING})
"""Replies in which units are named from the directory."""
LEAST_SHARED = 2
"""Pairs of characters that a message and a unit must share, where the search by meaning names none."""
_ORDINARY = frozenset(
    ["电话", "多少", "哪里", "在哪", "地址", "号码", "联系", "方式", "窗口", "怎么", "什么", "青禾", "服务", "时间"]
)


class Directory:
    """Finds units for a message; everything said about them comes from their row."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def find(self, turn: Turn, words: str = "", *, most: int = MOST_UNITS) -> list[Unit]:
        if turn.region is None:
            return []
        words = words or turn.text
        with self._knowledge.database.reading() as tx:
            known = directory.units(tx, regions.chain(turn.region), turn.audience)
        by_id = {unit.clause_id: unit for unit in known}
        asked = Asked(words, turn.region, turn.today, turn.audience)
        results = self._knowledge.library.find(asked, limit=30).results
        hits = [one.passage.clause_id for one in results if one.passage.clause_kind == ClauseKind.UNIT]
        found = [by_id[one] for one in hits if one in by_id]
        shared = sorted(known, key=lambda unit: -_shared(words, unit))
        best = [unit for unit in shared if _shared(words, unit) >= LEAST_SHARED]
        named = [unit for unit in best if _shared(words, unit) >= _shared(words, best[0]) - 1]
        return list({unit.clause_id: unit for unit in [*named[:1], *found, *named]}.values())[:most]

    def named(self, turn: Turn) -> list[Unit]:
        """Those that the replies to the message before named, in their order."""
        told = "\n".join(one.text for one in turn.state.last_replies if one.behaviour in _NAMING)
        if turn.region is None or not told:
            return []
        with self._knowledge.database.reading() as tx:
            known = directory.units(tx, regions.chain(turn.region), turn.audience)
        return sorted((one for one in known if one.name in told), key=lambda unit: told.index(unit.name))

    def of_department(self, turn: Turn, words: str) -> list[Unit]:
        """The unit of another authority, by a word of its own: 保障局 is two of them."""
        found = self.find(turn, words, most=MOST_UNITS)
        return [unit for unit in found if any(word in unit.words for word in words.split())][:1]


def _shared(words: str, unit: Unit) -> int:
    pairs = {f"{one}{other}" for one, other in pairwise(words)} - _ORDINARY
    return sum(pair in unit.words for pair in pairs)


def told(unit: Unit) -> str:
    """One unit in a few lines, with the day it was verified."""
    phone = f"电话：{unit.phone}" if unit.phone else "电话：还没有核验过，暂不提供"
    verified = f"（{unit.verified.isoformat()} 核验）" if unit.verified else "（核验日期待补）"
    rest = [f"地址：{unit.address}" if unit.address else "", f"时间：{unit.hours}" if unit.hours else ""]
    return "\n".join([unit.name, *filter(None, [f"{phone}{verified}", *rest])])


class ContactFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._directory, self._rules, self._answers = Directory(knowledge), rules, knowledge.answers

    def take(self, turn: Turn) -> Spoken | None:
        """几点上班, 柳溪的呢: about what was named in answer to the message before; None where it is not."""
        last = turn.state.last_behaviour
        if last == Behaviour.CONTACT and turn.region and places.named_alone(_place_of(turn.text)):
            elsewhere = follow_ups.without_places(turn.state.matter)
            return self._tell(turn, self._directory.find(turn, elsewhere, most=1))
        if not asides.is_of_an_office(turn.text):
            return None
        if units := self._directory.named(turn):
            return self._tell(turn, units[:1])
        matter = remit.matter_of(turn.state.matter) if last == Behaviour.OUTSIDE_REMIT else None
        if matter is not None:
            units = self._directory.of_department(turn, matter.words)
            return self._tell(turn, units) if units else iter([_of_department(turn, matter)])
        if last in _OF_NOBODY:
            return self._tell(turn, self._directory.find(turn, _OF_NOBODY[Behaviour(last)]))
        return None

    def _tell(self, turn: Turn, units: Sequence[Unit]) -> Spoken:
        if not units:
            yield turn.reply(Behaviour.CONTACT, nobody(turn), choices=(tap("转人工"),))
            return
        text = "\n\n".join(f"{told(unit)}{_also_asked(turn.text, unit)}" for unit in units)
        yield turn.reply(
            Behaviour.CONTACT,
            f"{text}\n\n出自服务能力清单；打不通可以打{CITIZENS}。",
            cards=(directory_card(turn),),
            choices=(tap("转人工"),),
        )

    def respond(self, turn: Turn) -> Spoken:
        if turn.region is None and REGION not in turn.state.asked_about:
            yield from self._rules.ask_region(turn)
            return
        units = self._directory.find(turn, _named_before(turn))
        if not units:
            yield turn.reply(Behaviour.CONTACT, nobody(turn), choices=(tap("转人工"),))
            return
        text = "\n\n".join(told(unit) for unit in units)
        asked = Asked(turn.text, turn.region or "", turn.today, turn.audience)
        rule = self._rule_of_hours(asked) if _HOURS.search(turn.text) else None
        written = f"\n\n规定是这样写的：\n{rule.text}" if rule and rule.sources else ""
        reply = turn.reply(
            Behaviour.CONTACT,
            f"{text}\n\n出自服务能力清单；打不通可以打{CITIZENS}。{written}",
            cards=(directory_card(turn),),
            choices=(tap("转人工"),),
        )
        yield replace(reply, answer=rule.to_json()) if rule and written else reply

    def _rule_of_hours(self, asked: Asked) -> Answer | None:
        """In the words of the person, else in those of the rules: 礼拜六开勿开 is 周六的服务时间."""
        wordings = (asked, replace(asked, text=PLAINLY))
        settled = next((one for one in wordings if self._answers.settles(one)), None)
        return self._answers.answer(settled) if settled else None


def _place_of(text: str) -> str:
    return re.sub(r"^(?:那么?|还有)?|的?(?:呢|咧|嘞)?[？?。！!]*$", "", text.strip())


def _also_asked(text: str, unit: Unit) -> str:
    """What of the row is not told to everybody: who asks for it reads it."""
    lines = (
        (_FEE, f"收费：{unit.fee}" if unit.fee else ""),
        (_HOW, f"办法：{unit.how}" if unit.how else ""),
        (_PERSON, "联系人请向该单位总机询问。"),
    )
    return "".join(f"\n{line}" for asked, line in lines if line and asked.search(text))


def _of_department(turn: Turn, matter: remit.Matter) -> Reply:
    """Of one that the directory does not have: its name and the public number, no other unit's."""
    special = f"可以打{matter.hotline}，" if matter.hotline is not CITIZENS else ""
    text = f"这件事找{matter.department}。服务能力清单里没有它的电话和地址，我不能凭印象给；{special}{CITIZENS}也能转过去。"
    return turn.reply(Behaviour.OUTSIDE_REMIT, text, choices=(tap("转人工"),))


def _named_before(turn: Turn) -> str:
    """那边找谁: the department that was named in answer to the message before."""
    if turn.state.last_behaviour != Behaviour.OUTSIDE_REMIT or several.subject(_HOURS.sub("", turn.text)):
        return ""
    matter = remit.matter_of(turn.state.matter)
    return matter.words if matter else ""


def nobody(turn: Turn) -> str:
    place = regions.name(turn.region) if turn.region else ""
    where = f"{place}的服务能力清单里没有查到对应的单位" if place else "还不知道您在哪个地区，查不到当地的单位"
    return f"{where}，我不能凭印象给号码。可以打{CITIZENS}，由他们转到经办部门。"


def directory_card(turn: Turn) -> Card:
    place = f"?region={turn.region}" if turn.region else ""
    return Card("directory", "服务能力清单", "按地区查窗口、电话和服务时间。", action="打开", link=f"/directory{place}")


class OutsideRemitFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._directory, self._library = Directory(knowledge), knowledge.library

    def _rewritten(self, text: str) -> str:
        return self._library.rewritten(text).repaired

    def respond(self, turn: Turn) -> Spoken:
        matter = remit.matter_of(turn.text) or remit.matter_of(self._rewritten(turn.text))
        words = matter.words if matter else turn.text
        found = self._directory.of_department(turn, words) if matter else self._directory.find(turn, words, most=1)
        units = [unit for unit in found if _shared(words, unit) >= LEAST_SHARED]
        opening = turn.vary(
            "这件事不归我这里的经营政策服务管，我收不了，免得耽误您。",
            "这个要找对口的部门，我这里受理不了。",
        )
        whose = f"它属于{matter.department}的事，我这里没有收录它的办理规定。" if matter else ""
        where = (
            f"可以找：\n{told(units[0])}" if units else "" if matter else "该找哪个部门，请打下面的热线，由他们转接。"
        )
        person = "联系人请向该单位总机询问；" if units else ""
        special = f"{matter.hotline}也可以打；" if matter and matter.hotline is not CITIZENS else ""
        yield turn.reply(
            Behaviour.OUTSIDE_REMIT,
            f"{opening}{whose}{where}\n{person}{special}{CITIZENS}全天可以打。店里的政策和办事，换个说法再问我就行。",
            choices=(tap("转人工"),),
        )


class HumanFlow:
    """At once: no question, no pitch. There is no queue yet, and it says so."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._directory = Directory(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        units = self._directory.find(turn, "政策服务专员 咨询 转人工", most=1)
        who = f"可以直接找：\n{told(units[0])}\n" if units else ""
        opening = turn.vary("好的，给您找人。", "好，人工这样找。", "明白，找人来。")
        if is_urgent(turn):
            opening += f"您的平安最要紧：现在就可以打{MIND}、{POLICE}、{AMBULANCE}，马上有人接。"
        text = (
            f"{opening}网页上还没有坐席在线接待，我不让您空等。\n{who}{'也' if who else ''}可以打{CITIZENS}。\n"
            "想等回电，请点“要回电”；您的回电意愿会记在这次对话里，工作人员查看时能看到，什么时候回我不能替他们保证。"
        )
        yield turn.reply(
            Behaviour.HUMAN,
            text,
            cards=(handoff_card(turn, units[0].name if units else ""),),
            choices=(tap("要回电", "请人给我回电"), tap("不用了，接着问")),
        )
        yield Progress("callback", {"wished": "回电" in turn.text, "about": turn.state.matter[:80]})
