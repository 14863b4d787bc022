"""One turn: safety, orders about memory, the open flow, the parts of the message, a flow for each, the replies.

Reads the log and writes nothing; whatever it yields is kept together or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant import danger_words, facts, follow_ups, insults, part_classes, requests, sharp
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.events import Event, Message, Notice, Progress, Recorded, Remembered, Reply
from assistant.flows import angry, calling_back, despair, memory, plain, safe
from assistant.flows.again import DetailFlow, RestateFlow
from assistant.flows.angry import AngryFlow
from assistant.flows.appeal import AppealFlow, FaultFlow, StatusFlow
from assistant.flows.booking import BookingFlow
from assistant.flows.closing import ClosingFlow
from assistant.flows.conflict import ConflictFlow
from assistant.flows.contacts import ContactFlow, HumanFlow
from assistant.flows.deadline import DeadlineFlow
from assistant.flows.deciding import DecidingFlow
from assistant.flows.document_dates import DocumentDates
from assistant.flows.eligibility import EligibilityFlow
from assistant.flows.emergencies import EmergencyFlow
from assistant.flows.further import FurtherFlow
from assistant.flows.memory import DataRightsFlow, MemoryFlow
from assistant.flows.outside import OutsideRemitFlow
from assistant.flows.overview import OverviewFlow, WholeFirst
from assistant.flows.recalling import RecallFlow
from assistant.flows.replies import heading_of
from assistant.flows.rules import RulesFlow
from assistant.flows.self_tests import SelfTests
from assistant.follow_ups import Kind
from assistant.going_on import GoingOn
from assistant.halves import Halves
from assistant.means import Knowledge
from assistant.overviews.asking import is_whole
from assistant.picking import Picking
from assistant.places_meant import in_passing
from assistant.state import REGION, State, derive
from assistant.telling import Said, Waiting
from assistant.turn import Flow, Spoken, Turn
from assistant.where import Where
from knowledge import calendar, embedding, regions
from knowledge.documents import Audience, Level
from knowledge.misspelt_places import HeldPlaces
from knowledge.rules.engine import shipped

_B = Behaviour
_WHO = frozenset({_B.CONTACT, _B.OUTSIDE_REMIT})
_BY_LIKENESS = frozenset({_B.CHEATING, _B.FORBIDDEN, _B.FEE_OFFER, _B.EXTRACTION, _B.STAFF_ONLY, _B.PASTED_POLICY})  # fmt: skip
"""Dangers that half a question after an answer can resemble, with none of their words in it."""
_ALONE = frozenset({_B.SECRECY, _B.EMERGENCY})
"""Beside which nothing else is told."""

__all__ = ["Knowledge", "Responder"]


class Responder:
    """One for the whole service; every conversation goes through it."""

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        home: Path | None = None,
        audience: Audience = Audience.PUBLIC,
        region: str | None = None,
        keep_days: int | None = None,
    ) -> None:
        """`region` is assumed where the conversation does not know one; `keep_days`: how long conversations are kept.

        Raises BadExemplars, BadSafetyRules, BadCalendar, BadRulebook for files of the installation that cannot be read.
        """
        own = home or Path("/nonexistent")
        shipped()  # the rulebook is read once, not by each of the first questions at once
        self._knowledge, self._audience, self._region, self._keep_days = knowledge, audience, region, keep_days
        self._picking = Picking(knowledge, own, audience)
        self._where = Where(HeldPlaces(knowledge.database), self._picking.reader)
        self._rules = RulesFlow(knowledge)
        self._further, self._overview = FurtherFlow(knowledge), OverviewFlow(knowledge, self._rules)
        self._detail, self._restate, self._recall = DetailFlow(knowledge), RestateFlow(), RecallFlow(knowledge)
        dates = calendar.load(calendar.SHIPPED, own / "calendar.csv")
        self._flows = self._all_flows(dates)
        self._going_on = GoingOn(self._flows, self._picking, self._new)
        self._self_tests = SelfTests(self._eligibility, self._picking)
        self._halves = Halves(knowledge, self._picking, self._flows, self._further)

    def _all_flows(self, dates: calendar.Calendar) -> Mapping[Behaviour, Flow]:
        knowledge, rules = self._knowledge, self._rules
        self._eligibility, self._emergency = EligibilityFlow(knowledge, rules), EmergencyFlow(knowledge)
        self._closing, self._document_dates = ClosingFlow(knowledge), DocumentDates(knowledge)
        self._deadlines = DeadlineFlow(knowledge, dates, rules)
        self._contacts, self._outside = ContactFlow(knowledge, rules), OutsideRemitFlow(knowledge)
        return {
            **dict.fromkeys(FROM_RULES, WholeFirst(self._overview, rules)),
            **safe.flows(knowledge),
            **plain.flows(self._keep_days),
            _B.EMERGENCY: self._emergency,
            _B.ANGER: AngryFlow(knowledge),
            _B.AUTHORITY_DECIDES: WholeFirst(self._overview, DecidingFlow(knowledge, rules)),
            _B.CONFLICT: ConflictFlow(knowledge, rules),
            _B.CONTACT: self._contacts,
            _B.OUTSIDE_REMIT: self._outside,
            _B.HUMAN: HumanFlow(knowledge),
            _B.ELIGIBILITY: WholeFirst(self._overview, self._eligibility),
            _B.DEADLINE: self._deadlines,
            _B.APPEAL: AppealFlow(knowledge),
            _B.APPEAL_STATUS: StatusFlow(knowledge),
            _B.FAULT_OR_SUGGESTION: FaultFlow(knowledge),
            _B.BOOKING: BookingFlow(knowledge, rules),
            _B.CLOSING_DOWN: self._closing,
            _B.STOP_OR_DELETE: DataRightsFlow(),
        }

    def respond(self, log: Sequence[Recorded], asked: Recorded, *, now: datetime) -> Iterator[Said | Waiting | Event]:
        """What the person is told to the message `asked`, which may or may not stand in the log."""
        message = asked.event
        if not isinstance(message, Message):
            return
        state = derive([one for one in log if one.seq < asked.seq])
        if state.region is None and self._region and REGION not in state.remembered:
            state = _with(state, facts.of_region(self._region, 0))
        text = message.text.strip() or "；".join(value for _, value in message.fields if value)
        with self._knowledge.library.one_turn(), embedding.one_turn():
            yield from self._turn(Turn(state, message, asked.seq, text, now, self._audience))

    def _turn(self, turn: Turn) -> Spoken:
        danger, rest = self._picking.dangers.of(turn)
        if danger in _BY_LIKENESS and danger not in sharp.hints(turn.text) and follow_ups.leans(turn.text, turn.state):
            danger, rest = None, turn.text
        if danger is not None:
            if danger is _B.CRISIS and not safe.is_grief(turn.text):
                yield from despair.beside(self._knowledge, turn, rest, self._flows[danger].respond(turn))
                return
            yield from self._flows[danger].respond(turn)
            if danger in _ALONE or not danger_words.asks(rest):
                return
            turn = turn.about(requests.to_the_point(rest))
        elif (further := self._emergency.further(turn)) is not None:
            yield from further
            return
        elif turn.state.last_behaviour == _B.CRISIS:
            if self._picking.dangers.leaves_crisis(turn):
                plain = turn.about(despair.without_reassurance(turn.text))
                yield from despair.still_here(self._harmless(plain))
            else:
                yield from self._flows[_B.CRISIS].respond(turn)
            return
        yield from self._in_safety(turn) if danger is not None else self._harmless(turn)

    def _harmless(self, turn: Turn) -> Spoken:
        """What is sensitive is noted behind the answer."""
        if memory.is_command(turn.text) or not self._picking.dangers.is_sensitive(turn):
            yield from self._in_safety(turn)
            return
        if not self._self_tests.answers(turn):
            plain = self._picking.without_illness(turn)
            if plain is None and follow_ups.leans(turn.text, turn.state):  # 那我要是还有残疾证呢
                plain = turn.text
            if plain is None:
                yield from self._flows[_B.SENSITIVE_DATA].respond(turn)
                return
            turn = turn.about(plain)
        yield from self._in_safety(turn)
        yield safe.sensitive_beside(turn)

    def _in_safety(self, turn: Turn) -> Spoken:
        if memory.is_command(turn.text):
            yield from MemoryFlow().respond(turn)
            return
        if turn.state.last_question and (level := facts.level_said(turn.text)):
            yield from self._for_level(turn, level)
            return
        turn, picked = self._picked_up(turn)
        yield from picked
        yield from self._after_safety(turn, new_region=any(isinstance(one, Notice) for one in picked))

    def _picked_up(self, turn: Turn) -> tuple[Turn, list[Event]]:
        """The region and facts of the business that the message tells; a place in passing only for this question."""
        told, state, events = self._where.told(turn), turn.state, list[Event]()
        if told.text != turn.text:
            turn = replace(turn, text=told.text, rewritten=told.text)
        if told.home and told.home != state.region:
            here = facts.of_region(told.home, turn.to)
            changed = "改为" if state.region else "："
            events += [here, Notice(f"地区{changed}{here.shown}。说“换成”别的地方就能改。", turn.to, "region")]
            state = _with(state, here)
        turn = replace(turn, place=told.about) if told.about else turn
        for fact in facts.picked_up(turn.text, state.remembered, turn.to):
            events.append(fact)
            state = _with(state, fact)
        return replace(turn, state=state), events

    def _for_level(self, turn: Turn, level: Level) -> Spoken:
        """The last question again, for the county, city or province the person is in; asked which, where unknown."""
        here, last = turn.state.region, turn.state.last_question
        place = next((one for one in regions.chain(here) if regions.level(one) is level), None) if here else None
        if place is None:
            within = [one for one in regions.names() if here and one[:4] == here[:4] and regions.level(one) is level]
            yield from self._rules.ask_region(turn.about(last), within)
            return
        question = f"{regions.name(place)}{last}" if place == here else last
        again = replace(turn, text=question, rewritten=question, place=None if place == here else place)
        yield from self._parts(again, forced=_B.ANSWER)

    def _after_safety(self, turn: Turn, *, new_region: bool) -> Spoken:
        def otherwise(turn: Turn) -> Spoken:
            return self._otherwise(turn, new_region=new_region)

        in_test = self._self_tests.take(turn, otherwise)
        yield from self._self_tests.beside(turn, otherwise) if in_test is None else in_test

    def _otherwise(self, turn: Turn, *, new_region: bool) -> Spoken:
        """All but self-tests."""
        if (told := self._at_once(turn)) is not None:
            yield from told
            return
        if turn.state.open and (handled := self._going_on.take(turn, new_region=new_region)) is not None:
            yield from handled
            return
        if turn.state.open and turn.state.open.name == REGION:
            yield Progress(REGION, None)
        if (whole := self._deadlines.take(turn) or self._overview.take(turn, said_now=True)) is not None:
            yield from whole
            return
        understood = follow_ups.understand(
            turn.text,
            turn.state,
            new_region=new_region,
            model=self._knowledge.model,
            reader=self._picking.reader,
        )
        match understood.kind:
            case Kind.RESTATE:
                yield from self._restate.respond(turn)
            case Kind.RECALLED:
                yield from self._recall.respond(turn)
            case Kind.SOURCE:
                yield from self._detail.respond(turn, understood.number)
            case Kind.DETAIL if understood.text == turn.state.last_question:
                yield from self._detail.respond(turn)
            case Kind.NEW:
                yield from self._halves.take(turn, self._parts) or self._new(turn.about(_to_the_point(turn.text)))
            case _:
                said = turn.text
                place = turn.place or in_passing(understood.text, turn.state.region)
                turn = replace(turn, text=understood.text, rewritten=understood.text, place=place)
                further = self._further.take(turn, said, turn.text) if understood.kind is Kind.CARRIED else None
                is_rule = understood.kind is Kind.REGION or (
                    understood.kind is Kind.CARRIED and self._halves.is_of_rules(turn, said)
                )
                yield from further or self._parts(turn, forced=_B.ANSWER if is_rule else None)

    def _at_once(self, turn: Turn) -> Spoken | None:
        """What plain words settle, whatever else they resemble."""
        told = calling_back.take(turn) or self._of_an_office(turn) or self._document_dates.take(turn)
        return told or (self._closing.take(turn) if turn.state.open is None else None)

    def _of_an_office(self, turn: Turn) -> Spoken | None:
        """Where no flow waits for words that could be the same: 几点上班."""
        waits = turn.state.open is not None and turn.state.open.name not in {REGION, _B.BOOKING, _B.ELIGIBILITY}
        return None if waits else self._outside.take(turn) or self._contacts.take(turn)

    def _new(self, turn: Turn) -> Spoken:
        """Whoever is angry about something is served in that, not talked to about the anger."""
        if turn.message.masked and self._picking.choose(turn, turn.text) is not _B.PERSONAL_DATA:
            turn = turn.about(self._picking.to_answer(turn))
        matter = insults.calmed(turn.text) if insults.is_insult(turn.text) else turn.text
        is_calm = matter == turn.text or sharp.behaviour_of(turn.text) is not None
        if (
            is_calm
            or len(matter) < requests.SHORTEST
            or not self._picking.has_matter(turn, matter, without=_B.ANGER)
            or self._picking.read(turn, turn.text) not in {None, _B.ANGER, _B.APPEAL, _B.FAULT_OR_SUGGESTION}
        ):
            yield from self._parts(turn)
        else:
            yield from angry.calmly(self._knowledge, turn, self._parts(turn.about(matter), without=_B.ANGER))

    def _parts(self, turn: Turn, forced: Behaviour | None = None, without: Behaviour | None = None) -> Spoken:
        if (whole := self._overview.take(turn)) is not None:
            yield from whole
            return
        parts = [turn.text] if self._picking.is_clash(turn, turn.text) else requests.split(turn.text)
        chosen = part_classes.chosen(turn, self._picking, parts, forced=forced, without=without)
        if len(parts) == 1:
            yield from self._flows[chosen[0]].respond(turn)
        elif set(chosen) <= _WHO and turn.state.last_behaviour in _WHO:  # 那边找谁，几点上班: of the one just named
            yield from self._flows[_B.CONTACT].respond(turn)
        elif all(one in FROM_RULES for one in chosen) and not any(map(is_whole, parts)):
            yield from self._rules.respond(turn)
        elif len(set(chosen)) == 1 and chosen[0] in {_B.APPEAL, _B.CLOSING_DOWN, _B.ANGER, _B.OFF_TOPIC}:
            yield from self._flows[chosen[0]].respond(turn)
        else:
            yield from self._numbered(turn, parts, chosen)

    def _numbered(self, turn: Turn, parts: Sequence[str], chosen: Sequence[Behaviour]) -> Spoken:
        """Each part by its own flow, under a number; none dropped, none blended."""
        for number, (part, behaviour) in enumerate(zip(parts, chosen, strict=True), start=1):
            one = replace(turn, text=part, part=part)
            for event in self._flows[behaviour].respond(one):
                if isinstance(event, Reply):
                    yield replace(event, text=f"{heading_of(number, part)}\n{event.text}")
                else:
                    yield event
                if isinstance(event, Remembered):
                    turn = replace(turn, state=_with(turn.state, event))
                elif isinstance(event, Progress) and event.flow == REGION:
                    asked = frozenset({*turn.state.asked_about, REGION})
                    turn = replace(turn, state=replace(turn.state, asked_about=asked))


def _to_the_point(text: str) -> str:
    """Unless the words that lead up to the questions hold a list of them together."""
    plain = requests.to_the_point(text)
    return plain if len(requests.split(plain)) >= len(requests.split(text)) else text


def _with(state: State, fact: Remembered) -> State:
    return replace(state, remembered={**state.remembered, fact.key: fact})
