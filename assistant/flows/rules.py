"""Questions about the rules: asks for the region where the answer hangs on it, answers, offers the next step."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from assistant import requests
from assistant.answer import Answer, Extent, Source
from assistant.behaviours import Behaviour
from assistant.eligibility import matching
from assistant.eligibility.sheet import for_staff
from assistant.events import Card, Choice, Event, Origin, Progress, Question
from assistant.flows import scopes
from assistant.flows.absent import NEAREST_OF_IT
from assistant.flows.former import FormerRules
from assistant.flows.of_then import ThenRules
from assistant.flows.remarks import binds_there_alone, not_here
from assistant.flows.replies import PUBLISHED, WAYS_ON
from assistant.follow_ups import LONGEST
from assistant.means import Knowledge
from assistant.places_meant import held_against_home
from assistant.sought import Sought, offered, sought
from assistant.spans_of_time import asks_when
from assistant.state import REGION
from assistant.telling import Final, Opening, Said, Waiting
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue, regions, several
from knowledge.clause_names import names_clause
from knowledge.documents import Level
from knowledge.library import Question as Asked
from knowledge.rules.engine import shipped
from knowledge.succession import named

SKIP = "跳过"
ASKS_REGION = "您的店在哪个市、县（区）？"
MOST_PLACES = 5
LONGEST_TYPED = 120
"""Characters of a message that is looked up as it stands besides."""
LEAST_LOCAL = 0.7
"""Cosine from which a local clause is taken before one of the province."""
LEAST_WITHOUT_SUM = 0.65
"""Confidence below which clauses without a sum do not answer how much."""
LEAST_NEAR = 0.35
"""Confidence below which the nearest clauses are not shown as an answer."""
NEAR = "没有找到直接对应的规定"
_LOCAL = frozenset({Level.CITY, Level.COUNTY})
_OLD = re.compile(r"(?:您说的|原来的)《.*(?:取代|失效)")
_ENDED = re.compile(r"废止|取代|失效|不再|换领|停止执行")
_REMEMBERS = re.compile(
    r"原来|原先|以前|之前|从前|老的?(?:办法|政策|规定|标准|证)|旧|20[12]\d年?|还(?:有效|管用|算数|作数|能用|用不|是)|作废|废止|失效|过期|记得|印象|去年|前年|〔20\d\d〕"
)
_DIFFER = "两份文件说法不同"
_ONE_OFF = re.compile(r"一次性安排|过渡安排|这里的时间到|这是20\d\d年(?:首批)?的安排")
_UNDECIDED = "我不能代为认定"
_MONEY = re.compile(r"补贴|补助|奖励|奖补|贴息|贷款|扶持|资助|减免|返还")
_NAMED = re.compile(r"《[^》]+》|〔\d{4}〕\d+号")
_PLACES = re.compile(r"哪里|哪儿|在哪|窗口|地址|去哪")
WISH = "callback"
"""Remembered for whoever takes over alone."""
NOTED = "这处不一致已记在本次对话的记录里，供编审人员核对更正。"


class RulesFlow:
    """The answer with what stands around it; which row it followed shows in what was found."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._former, self._then = FormerRules(knowledge), ThenRules(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience, also_said(turn))
        if (places := self.places_to_ask(turn, asked)) is not None:
            yield from self.ask_region(turn, places)
            return
        if (told := self.former(turn, asked)) is not None:
            yield from told
            return
        yield from self._answer(turn, asked)

    def former(self, turn: Turn, asked: Asked, *, claimed: bool = False) -> Iterator[Event] | None:
        """What took the place of a rule that the person has in mind; with `claimed`, of a figure taken for the rule."""
        if (then := self._then.find(asked, lambda one: self.local_first(turn, one))) is not None:
            return replied(turn, then.now, behaviour=Behaviour.SUPERSEDED, before=then.told)
        if len(several.split_questions(asked.text)) > 1:
            return None
        former = self._former.find(asked, claimed=claimed, cited=_just_cited(turn))
        if former is None:
            return None
        answer = self._knowledge.answers.of(asked, former.now)
        return replied(turn, answer, behaviour=Behaviour.SUPERSEDED, before=former.told())

    def places_to_ask(self, turn: Turn, asked: Asked) -> list[str] | None:
        """Those with rules of their own, to choose from; None where it is known, or does not matter, or was asked."""
        if turn.region is not None or REGION in turn.state.asked_about:
            return None
        places = self._knowledge.answers.places_that_differ(asked)
        names = _NAMED.search(turn.text) is not None or names_clause(turn.text)
        is_general = names or self._knowledge.answers.settles(asked)
        return None if is_general and not places else places

    def ask_region(self, turn: Turn, places: Sequence[str] = ()) -> Spoken:
        """One compact question, with the places that have rules of their own to tap."""
        choices = [tap(regions.name(code)) for code in self._to_tap(places)]
        text = f"{ASKS_REGION}各地规定不一样，知道了才能说准。也可以跳过。"
        yield Question(text, turn.to, REGION, (*choices, tap(SKIP)), Behaviour.ASK_REGION.value)
        yield Progress(REGION, {"question": turn.text, "part": turn.part})

    def _to_tap(self, places: Sequence[str]) -> list[str]:
        with self._knowledge.database.reading() as tx:
            held = catalogue.regions_held(tx)
        cities = [code for code in [*places, *sorted(held)] if regions.level(code) in {Level.CITY, Level.COUNTY}]
        return list(dict.fromkeys(cities))[:MOST_PLACES]

    def local_first(self, turn: Turn, asked: Asked) -> Asked:
        """Money: a province often only says that its cities set the sum. Then the question is put for the city."""
        place = turn.region
        if place is None or not _MONEY.search(asked.text) or regions.level(place) not in _LOCAL:
            return asked
        best = self._knowledge.library.find(asked).results
        if not best or regions.level(best[0].passage.region) in _LOCAL or regions.short_name(regions.name(place)) in asked.text:  # fmt: skip
            return asked
        city = f"{place[:4]}00"
        named = replace(asked, text=f"{regions.name(city if city in regions.names() else place)}{asked.text}")
        answer = self._knowledge.library.find(named).results
        is_local = bool(answer) and regions.level(answer[0].passage.region) in _LOCAL
        return named if is_local and (answer[0].why.meaning or 0.0) >= LEAST_LOCAL else asked

    def _answer(self, turn: Turn, asked: Asked) -> Spoken:
        points = several.points(asked.text)
        texts = [self.local_first(turn, replace(asked, text=point.text)).text for point in points]
        local = [replace(point, text=text) for point, text in zip(points, texts, strict=True)]
        asked = replace(asked, text=texts[0]) if len(points) == 1 else replace(asked, also=())
        for event in self._knowledge.answers.answer_stream(asked, local, region_given=turn.region is not None):
            match event:
                case Said() | Waiting():
                    yield event
                case Opening():
                    continue
                case Final(answer):
                    answer = self._with_scope(turn, asked, answer)
                    is_far = _is_far(asked.text, answer) and not self._knowledge.answers.says(asked)
                    yield from self._far(turn, answer) if is_far else replied(turn, answer)

    def _with_scope(self, turn: Turn, asked: Asked, answer: Answer) -> Answer:
        """Who asks from elsewhere whether the rules of a place are for them is shown whom these are for."""
        if not scopes.asks_whether(asked.text) or not scopes.is_from_elsewhere(turn, asked):
            return answer
        found = scopes.clause_on(self._knowledge, asked, answer.sources)
        if found is None:
            return answer
        more = self._knowledge.answers.of(asked, [found], "适用范围是这样写的：", first=1 + len(answer.sources))
        return replace(answer, text=f"{answer.text}\n{more.text}", sources=[*answer.sources, *more.sources])

    def _far(self, turn: Turn, answer: Answer) -> Spoken:
        """What only resembles the question is named, not quoted: its sums and dates are those of something else."""
        place = regions.name(turn.region_or_country)
        titles = list(
            dict.fromkeys(source.title.strip("《》") for source in answer.sources if "常见问答" not in source.title)
        )
        near = f"有些相近的是《{titles[0]}》，但没有说到您问的这件事。" if titles else ""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        elsewhere = self._knowledge.answers.nearer_elsewhere(asked)
        whose = f"\n{not_here(asked.region, elsewhere)}" if elsewhere else ""
        text = f"没有找到依据：收录的文件里没有直接规定这件事、并且在{place}适用的条款，我不能凭猜测作答。{near}{whose}\n{WAYS_ON}"
        nearest = [line.split("问：", 1)[1] for line in answer.text.split("\n") if "问：" in line]
        row = Behaviour.OTHER_REGION if elsewhere else Behaviour.NO_EVIDENCE
        yield turn.reply(row, text, choices=(*map(tap, nearest[:3]), tap("转人工")))


def also_said(turn: Turn) -> tuple[str, ...]:
    """The message as it was typed, where it is looked up in other words."""
    said = turn.message.text.strip()
    is_other = not turn.part and said != turn.text and requests.asks(said) and len(said) <= LONGEST_TYPED
    return (said,) if is_other else ()


def _is_far(asked: str, answer: Answer) -> bool:
    """Nothing asked for surely, and not even likely; or a sum is asked for, and no clause has one."""
    if answer.parts or answer.model is not None or not answer.sources or NEAREST_OF_IT in answer.lead:
        return False
    confidence = answer.confidence or 0.0
    lacks = sought(asked) - offered(sought(asked), "\n".join(source.quote for source in answer.sources))
    return (NEAR in answer.lead and confidence < LEAST_NEAR) or (Sought.SUM in lacks and confidence < LEAST_WITHOUT_SUM)


def replied(
    turn: Turn,
    answer: Answer,
    *,
    behaviour: Behaviour | None = None,
    before: str = "",
    after: str = "",
    card: Card | None = None,
) -> Iterator[Event]:
    """The reply of an answer, with its next steps."""
    row = behaviour or followed(turn, answer)
    whose = _whose(turn, answer)
    noted = NOTED if row is Behaviour.CONFLICT else ""
    whose = "" if whose in answer.text else whose
    text = "\n".join(filter(None, [before, whose, answer.text, after, noted]))
    reply = turn.reply(
        row,
        text,
        cards=(card,) if card else tuple(_cards(turn, answer)),
        choices=tuple(_choices(turn, answer)),
        origin=Origin.CURATED if is_published(answer) else Origin.AI,
    )
    yield replace(reply, answer=answer.to_json())
    if row is Behaviour.CONFLICT:
        yield Progress("correction", {"documents": [source.document for source in answer.sources]})


def followed(turn: Turn, answer: Answer) -> Behaviour:
    """The row of behaviour.md, by what was found."""
    remarks = "".join(remark for source in answer.sources[:2] for remark in source.remarks)
    first = answer.sources[0].quote if answer.sources else ""
    is_old = _ENDED.search(first) and _REMEMBERS.search(turn.text)
    if answer.extent is Extent.NOT:
        if _UNDECIDED in answer.text:
            return Behaviour.AUTHORITY_DECIDES
        return Behaviour.OTHER_REGION if answer.elsewhere else Behaviour.NO_EVIDENCE
    if answer.extent is Extent.PARTLY:
        return Behaviour.PARTLY
    signs: tuple[tuple[Behaviour, Any], ...] = (
        (Behaviour.CONFLICT, _DIFFER in answer.text),
        (Behaviour.SUPERSEDED, _OLD.search(answer.text) or is_old),
        (Behaviour.ONE_OFF, _ONE_OFF.search(remarks)),
        (Behaviour.AUTHORITY_DECIDES, _UNDECIDED in answer.text),
        (Behaviour.OTHER_REGION, _is_of_elsewhere(turn, answer) or _held_against_home(turn)),
        (Behaviour.SEVERAL, answer.parts),
    )
    return next((row for row, sign in signs if sign), Behaviour.ANSWER)


def is_published(answer: Answer) -> bool:
    """Curated answers word for word; fixed sentences of ours may stand around them, but nothing a model wrote."""
    leads = [part.lead for part in answer.parts] or [answer.lead]
    return answer.model is None and all(PUBLISHED in lead for lead in leads)


def _just_cited(turn: Turn) -> frozenset[str]:
    """By the answer that a short message goes on with."""
    exchange = turn.state.last_exchange if len(turn.text) <= LONGEST else None
    return frozenset(str(one.get("document", "")) for one in exchange.sources) if exchange else frozenset()


def _here(turn: Turn) -> list[str]:
    return regions.chain(turn.state.region) if turn.state.region else []


def _whose(turn: Turn, answer: Answer) -> str:
    """That the rules of a place asked about in passing do not bind at home; one of the city binds all its districts."""
    if (other := _held_against_home(turn)) is not None:
        return binds_there_alone(other, turn.region_or_country)
    theirs = _of_there(turn, answer)
    if not turn.place or not turn.state.region or not theirs:
        return ""
    there, home = regions.name(turn.place), regions.name(turn.state.region)
    if len(theirs) == len(answer.sources):
        return f"下面是{there}的规定，在{home}不适用。"
    titles = "、".join(dict.fromkeys(named(one.title, None) for one in theirs))
    return f"下面的{titles}是{there}的规定，在{home}不适用；其余的在{home}也适用。"


def _held_against_home(turn: Turn) -> str | None:
    return None if turn.place or turn.part else held_against_home(turn.text, turn.state.region)


def _is_of_elsewhere(turn: Turn, answer: Answer) -> bool:
    """About another place, and first of all by a rule that holds there alone."""
    if not turn.place or turn.place in _here(turn):
        return False
    return not answer.sources or answer.sources[0] in _of_there(turn, answer)


def _of_there(turn: Turn, answer: Answer) -> list[Source]:
    """What binds in the place asked about, but not at home."""
    here = _here(turn)
    return [one for one in answer.sources if turn.place and turn.place not in here and one.region not in here]


def _cards(turn: Turn, answer: Answer) -> Iterator[Card]:
    if not answer.sources or not turn.region or (asks_when(turn.text) and not _MONEY.search(turn.text)):
        return
    engine, asked = shipped(), matching.Asked(turn.text, turn.region_or_country, turn.today)
    benefits = engine.for_everyone(turn.region_or_country)
    fits = [one for one in matching.fitting(asked, answer.sources, engine) if one in benefits]
    if len(fits) == 1:
        yield _self_test_of(turn, engine.book.policies[fits[0]].short)
    elif fits or _MONEY.search(turn.text + answer.sources[0].title):
        yield self_test(turn)


def _self_test_of(turn: Turn, short: str) -> Card:
    """Begins in the conversation."""
    text = "只问几个问题，不用登录；没答的按“待定”，结果仅供参考，以主管部门审核为准。"
    return Card(
        "eligibility", f"自测：{short}", text, action="开始自测", send=f"自测：{short}", context=known_context(turn)
    )


def self_test(turn: Turn) -> Card:
    """The way into the self-test, with what is known."""
    place = f"region={turn.region}&" if turn.region else ""
    topic = "".join(re.findall(r"[\w]+", turn.text))[:30]
    return Card(
        "eligibility",
        "条件自测",
        "不用登录，不留记录；没答的按“待定”，结果仅供参考，以主管部门审核为准。",
        action="开始自测",
        link=f"/selftest?{place}q={topic}",
        context=known_context(turn),
    )


def known_context(turn: Turn) -> tuple[tuple[str, str], ...]:
    """What travels on to a service: without what is sensitive."""
    known = [one for one in for_staff(turn.state.remembered) if one.key != WISH]
    return (*((one.label, one.shown) for one in known), ("所问", turn.message.text[:60] or turn.text[:60]))


def _choices(turn: Turn, answer: Answer) -> Iterator[Choice]:
    nearest = [line.removeprefix("· ") for line in answer.text.split("\n") if line.startswith("· ")]
    yield from (tap(one) for one in nearest[:3])
    if not answer.sources:
        yield tap("转人工")
        return
    if turn.region is None:
        yield tap("说明地区", "我要说明地区")
    if _MONEY.search(turn.text):
        yield tap("我能不能领", "我能不能领？")
    if not _PLACES.search(turn.text):
        yield tap("在哪里办", "在哪里办？")
    yield tap("转人工")
