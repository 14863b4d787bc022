"""Who to turn to: units of the directory with the day they were verified, and a person at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from assistant import asides, remit, sought, subjects
from assistant.answer import Answer
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.events import Card, Reply
from assistant.flows import calling_back, offices_named
from assistant.flows.handing_over import handoff_card, is_urgent
from assistant.flows.office_lines import ability_asked, also_asked, closed_on
from assistant.flows.rules import RulesFlow, replied
from assistant.hotlines import AMBULANCE, CITIZENS, MIND, POLICE
from assistant.means import Knowledge
from assistant.state import REGION
from assistant.turn import Spoken, Turn, tap
from knowledge import directory, places, regions, several
from knowledge.directory import Unit
from knowledge.documents import ClauseKind
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import standard

_HOURS = re.compile(
    r"几点|[开关]门|上班|下班|周[六日末]|礼拜[六天日]|星期[六天日]|午休|中午|开不开|开勿开|节假日|元旦|春节|清明|五一|劳动节|端午|中秋|国庆|过年|放假"
)
_AN_HOUR = re.compile(r"\d[:：]\d\d|[上下]午|周[六日末]|法定节假日")
PLAINLY = "政务服务大厅工作日和周六的服务时间"
MOST_UNITS = 2
_OF_NOBODY = {
    Behaviour.STAFF_ONLY: "政务服务便民热线 政策咨询与诉求登记",
    Behaviour.OUTSIDE_REMIT: "政务服务便民热线 政策咨询与诉求登记",
    Behaviour.BOOKING: "免费帮办代办和上门预约",
}
"""Whom the public can turn to after a reply that named no unit."""
_NAMING = frozenset({Behaviour.CONTACT, Behaviour.OUTSIDE_REMIT, Behaviour.HUMAN, Behaviour.BOOKING})
"""Replies in which units are named from the directory."""
_UNTOLD = FROM_RULES | {Behaviour.ELIGIBILITY, Behaviour.DEADLINE, Behaviour.FEE_OFFER}
_OF_RULES = _UNTOLD
"""Replies after which somebody may ask who would know, or when those who deal with it are there."""
_PLAINLY_OFFICE = re.compile(
    r"电话|座机|号码|联系方式|地址|[上下]班|[开关]门|(?:周|礼拜|星期)[一二三四五六日天末]|休息|有人"
)
_WHERE_AND_WHEN = re.compile(
    r"电话|地址|窗口|几点|上班|下班|号码|座机|手机号?|哪里|在哪|怎么走|找谁|哪个|什么|怎么|多少"
)
WHOM_UNKNOWN = (
    f"这件事该问哪个单位，收录的文件和服务能力清单里没有写，我不乱指。打{CITIZENS}（全天有人接），说清是什么事、在哪条街哪家店，"
    "由他们转到经办部门；也可以转人工。"
)
LEAST_SHARED = 2
"""Pairs of characters that a message and a unit must share, where the search by meaning names none."""
_ORDINARY = frozenset(
    [
        "电话",
        "多少",
        "哪里",
        "在哪",
        "地址",
        "号码",
        "联系",
        "方式",
        "窗口",
        "怎么",
        "什么",
        "青禾",
        "服务",
        "时间",
        "管理",
        "市场",
        "政务",
        "大厅",
        "青禾市",
    ]
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
        terms = " ".join(self._knowledge.library.rewritten(words).added)
        said = f"{words} {terms}"
        shared = sorted(known, key=lambda unit: -_shared(said, unit))
        best = [unit for unit in shared if _shared(said, unit) >= LEAST_SHARED]
        best = best or sorted((one for one in known if _shared(terms, one)), key=lambda unit: -_shared(terms, unit))[:1]
        named = [unit for unit in best if _shared(said, unit) >= _shared(said, best[0]) - 1]
        return list({unit.clause_id: unit for unit in [*named[:1], *found, *named]}.values())[:most]

    def sure(self, turn: Turn, words: str, *, least: int = 0) -> list[Unit]:
        """Those whose own words stand in the message or in the legal terms for it; nobody where only the search is near."""
        if turn.region is None or not words:
            return []
        asked = self._knowledge.library.rewritten(words)
        plain = subjects.without_places(asked.repaired)
        said = " ".join([_WHERE_AND_WHEN.sub(" ", plain), *asked.added])
        with self._knowledge.database.reading() as tx:
            known = directory.units(tx, regions.chain(turn.region), turn.audience)
        return sorted(
            (unit for unit in known if _shared(said, unit) >= (least or LEAST_SHARED)),
            key=lambda one: -_shared(said, one),
        )

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


def shared_enough(words: str, unit: Unit, *, least: int = 0) -> bool:
    return _shared(words, unit) >= (least or LEAST_SHARED)


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
        """几点上班, 柳溪的呢, 那我问谁去: about what was named in answer to the message before; None where it is not."""
        last, turn = turn.state.last_behaviour, replace(turn, rewritten=turn.state.matter)
        if last == Behaviour.CONTACT and turn.region and places.named_alone(_place_of(turn.text)):
            elsewhere = subjects.without_places(turn.state.matter)
            return self._tell(turn, self._directory.find(turn, elsewhere, most=1))
        if last in _UNTOLD and asides.asks_whom(turn.text):
            return self._whom(turn)
        named = self._directory.named(turn)
        if named and asides.has_no_answer(turn.text):
            return iter([_unanswered(turn, named[0])])
        if named and asides.asks_for_another(turn.text):
            return self._another(turn, named)
        if not asides.is_of_an_office(turn.text):
            return None
        if named:
            return self._tell(turn, named[:1])
        if last in _OF_NOBODY:
            own = self._directory.sure(turn, turn.state.newest, least=1) if last == Behaviour.STAFF_ONLY else []
            return self._tell(turn, own[:1] or self._directory.find(turn, _OF_NOBODY[Behaviour(last)], most=1))
        is_plain = last in _OF_RULES and _PLAINLY_OFFICE.search(standard(turn.text)) is not None
        return self._tell(turn, self._directory.sure(turn, turn.state.matter)[:1]) if is_plain else None

    def _whom(self, turn: Turn) -> Spoken:
        """After nothing was found: the unit that surely has to do with the matter, else none by name."""
        units = self._directory.sure(turn, turn.state.matter)[:1]
        if not units:
            yield turn.reply(Behaviour.CONTACT, WHOM_UNKNOWN, choices=(tap("转人工"),))
            return
        yield turn.reply(
            Behaviour.CONTACT,
            f"收录的文件没有写的，可以问这个单位：\n{told(units[0])}\n\n不归它管的话，打{CITIZENS}说清是什么事、在哪里，由他们转到经办部门。",
            cards=(directory_card(turn),),
            choices=(tap("转人工"),),
        )

    def _another(self, turn: Turn, named: Sequence[Unit]) -> Spoken:
        rest = [unit for unit in self._directory.sure(turn, turn.state.matter) if unit not in named]
        if rest:
            yield from self._tell(turn, rest[:1])
            return
        text = f"服务能力清单里没有查到别的单位办这件事，我不能凭印象说。可以打{CITIZENS}问一问，或者在清单里按地区查。"
        yield turn.reply(Behaviour.CONTACT, text, cards=(directory_card(turn),), choices=(tap("转人工"),))

    def _tell(self, turn: Turn, units: Sequence[Unit]) -> Spoken:
        if not units:
            yield turn.reply(Behaviour.CONTACT, nobody(turn), choices=(tap("转人工"),))
            return
        text = "\n\n".join(f"{told(unit)}{also_asked(turn.text, unit)}" for unit in units)
        yield turn.reply(
            Behaviour.CONTACT,
            f"{text}\n\n出自服务能力清单；打不通可以打{CITIZENS}。",
            cards=(directory_card(turn),),
            choices=(tap("转人工"),),
        )

    def respond(self, turn: Turn) -> Spoken:
        if offices_named.is_of_people(turn.text):
            yield turn.reply(Behaviour.STAFF_ONLY, offices_named.NOT_PUBLIC, choices=(tap("转人工"),))
            return
        if turn.region is None and REGION not in turn.state.asked_about:
            yield from self._rules.ask_region(turn)
            return
        units = self._directory.find(turn, _named_before(turn))
        lacking = sought.missing(turn.text, [f"{told(unit)}{unit.ability}" for unit in units]) if units else ""
        if not units or lacking:
            yield from self._beside_directory(turn, lacking)
            return
        named = offices_named.lacks_the_one_named(turn.text, units, turn.region or "")
        before = f"服务能力清单里没有{named}，我不能凭印象给它的号码。清单里相近的是：\n" if named else ""
        text = before + "\n\n".join(f"{told(unit)}{ability_asked(turn.message.text, unit)}" for unit in units)
        text += closed_on(turn.text, units)
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

    def _beside_directory(self, turn: Turn, lacking: str) -> Spoken:
        """几楼, 哪个窗口, 找谁: what no row says may stand in a document; then it is read there."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        is_no_rule = lacking == offices_named.NAMES or not self._has_number(asked)
        if not is_no_rule and (answer := self._answers.stated(asked)) is not None:
            yield from replied(turn, answer)
        elif not is_no_rule and self._answers.says(asked):
            yield from self._rules.respond(turn)
        elif lacking:
            yield self._lacking(turn, lacking)
        else:
            yield turn.reply(Behaviour.CONTACT, nobody(turn), choices=(tap("转人工"),))

    def _has_number(self, asked: Asked) -> bool:
        """Whether a number is asked for that clauses have; anything else may be told without one."""
        if not offices_named.asks_number(asked.text):
            return True
        return any(offices_named.has_number(one.quote) for one in self._answers.answer(asked).sources)

    def _lacking(self, turn: Turn, what: str) -> Reply:
        """定点机构是哪家: no row has it; at most the unit that surely deals with the matter is named to ask."""
        units = self._directory.sure(turn, turn.text)[:1]
        where = (
            f"可以问：\n{told(units[0])}\n打不通可以打{CITIZENS}。"
            if units
            else f"可以打{CITIZENS}，由他们转到经办部门问。"
        )
        said = (
            "工作人员的姓名我这里不提供。"
            if what == offices_named.NAMES
            else f"服务能力清单里没有写{what}，我不能凭印象说。"
        )
        return turn.reply(Behaviour.CONTACT, said + where, cards=(directory_card(turn),), choices=(tap("转人工"),))

    def _rule_of_hours(self, asked: Asked) -> Answer | None:
        """In the words of the person, else in those of the rules: 礼拜六开勿开 is 周六的服务时间."""
        wordings = (asked, replace(asked, text=PLAINLY))
        settled = (self._answers.answer(one) for one in wordings if self._answers.settles(one))
        return next((one for one in settled if any(_AN_HOUR.search(source.quote) for source in one.sources)), None)


def _place_of(text: str) -> str:
    return re.sub(r"^(?:那么?|还有)?|的?(?:呢|咧|嘞)?[？?。！!]*$", "", text.strip())


def _unanswered(turn: Turn, unit: Unit) -> Reply:
    """打了没人接: when somebody is there, where it is, and who always answers."""
    hours = (
        f"{unit.name}的服务时间是{unit.hours}，这段时间以外没有人接"
        if unit.hours
        else f"{unit.name}的服务时间没有核验过"
    )
    where = f"；也可以直接去{unit.address}" if unit.address else ""
    text = f"{hours}{where}。一直打不通，就打{CITIZENS}（全天有人接），请他们转接或者登记，由经办单位回您。"
    return turn.reply(Behaviour.CONTACT, text, cards=(directory_card(turn),), choices=(tap("转人工"),))


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


class HumanFlow:
    """At once: no question, no pitch. There is no queue yet, and it says so."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._directory = Directory(knowledge)

    def go_on(self, turn: Turn, data: Mapping[str, Any]) -> Spoken:
        """The time for a call."""
        return calling_back.go_on(turn, data)

    def respond(self, turn: Turn) -> Spoken:
        units = self._directory.find(turn, "政策服务专员 咨询 转人工", most=1)
        who = f"可以直接找：\n{told(units[0])}\n" if units else ""
        opening = turn.vary("好的，给您找人。", "好，人工这样找。", "明白，找人来。")
        if is_urgent(turn):
            opening += f"您的平安最要紧：现在就可以打{MIND}、{POLICE}、{AMBULANCE}，马上有人接。"
        text = (
            f"{opening}网页上还没有坐席在线接待，我不让您空等。\n{who}{'也' if who else ''}可以打{CITIZENS}。\n"
            "想等回电，请点“要回电”，说个方便的时间，我记在这次对话里；这里还没有坐席接单，什么时候回我不能替他们保证。"
        )
        yield turn.reply(
            Behaviour.HUMAN,
            text,
            cards=(handoff_card(turn, units[0].name if units else ""),),
            choices=(tap("要回电", "请人给我回电"), tap("不用了，接着问")),
        )
