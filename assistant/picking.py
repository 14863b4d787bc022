"""Which class a message, or a part of it, belongs to: safety first, then plain words, then the nearest exemplars."""

import re
from dataclasses import replace
from pathlib import Path

from assistant import danger_words, disputes, exemplars, remit, requests, safety, sharp
from assistant.asked_words import asks_a_figure, asks_whether_still, leaves, without_masked, without_masks
from assistant.behaviours import FROM_RULES, SAFETY, Behaviour
from assistant.choosing import CLEARLY, Chooser, best_of
from assistant.dangers import Dangers
from assistant.day_counting import asks_to_count
from assistant.decisions import Decision, find_decision
from assistant.eligibility import matching
from assistant.exemplars import Exemplar
from assistant.flows.appeal import is_yes
from assistant.flows.eligibility import as_conditions
from assistant.flows.pasted import PastedFlow
from assistant.follow_ups import LONGEST
from assistant.means import Knowledge
from assistant.parties import clash
from assistant.reading import Reading, reader_of
from assistant.second_opinion import SecondOpinion
from assistant.spans_of_time import day_said
from assistant.spelling import Spelling
from assistant.turn import Turn
from knowledge import clause_names
from knowledge.documents import Audience
from knowledge.library import Question as Asked
from knowledge.rules.engine import shipped

LEAST_UNASKED = 0.25
"""For what somebody wants done beside words about their health or their anger."""
_LOOK_UP = re.compile(r"(?:帮|给|替)?(?:我)?(?:查|看|登记|记|存)(?:一)?(?:下|查|看|到)?(?:我|这|$|吧|，|。|到没|名下)")
_CONDITIONS = re.compile(r"够|符合|资格|条件")
_OTHERS_SHOP = re.compile(
    r"^[^我俺咱]*(?:隔壁|对门|对面|别人|人家|邻居|朋友|同行)(?:家|的)?[^我俺咱，。]{0,8}(?:店|铺|摊|馆|厂|公司|执照)"
)
"""Somebody else's shop is closed, nobody's own."""
_COMPLAINS = re.compile(r"没人[理管]|说[了过]?多少[回次遍]|投诉|反[映应]|诉求|举报|申诉|意见|说法|评理|不服")
_ORDERED = {Decision.VERDICT, Decision.APPROVAL}
_B = Behaviour
_ORDERS_GIVEN = {_B.APPEAL, _B.APPEAL_STATUS, _B.BOOKING, _B.STOP_OR_DELETE}
"""Classes that an order to decide resembles."""
SHORT_OF_ANGER, SURE_OF_ANGER = 4, 0.3
"""Characters of a message that must be much like anger to be taken for it."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_THE_SAME = re.compile(
    r"^(?:那|那么|再|还有)?.{1,8}(?:呢|嘞|咧|呀)[？?！!。]*$|^再[讲来说唱写聊]一?[个首段次下][吧呗嘛哈]?[？?！!。]*$"
)
"""德语呢, 再讲一个: more of the same."""
_DONE_UNASKED = {_B.APPEAL, _B.APPEAL_STATUS, _B.HUMAN, _B.BOOKING, _B.CLOSING_DOWN, _B.FAULT_OR_SUGGESTION, _B.STOP_OR_DELETE}  # fmt: skip
"""What somebody wants done without asking anything."""
_FOR_STAFF = FROM_RULES | {_B.CONTACT, _B.DEADLINE, _B.OUTSIDE_REMIT, _B.OFF_TOPIC, _B.WHAT_ARE_YOU, _B.STOP_OR_DELETE}
"""What staff ask for; they speak of complaints and bookings, but have none."""
_TOLD = {_B.AUTHORITY_DECIDES, *FROM_RULES} - {_B.NO_EVIDENCE, _B.OTHER_REGION}
_CONTESTS = re.compile(
    r"(?:不服|异议|不认|不给|不批|没通过|没过|不同意|判错|搞错).{0,6}(?:咋|怎么|找谁|找哪|哪里|能不能|可以|有没有|行不)"
)
_OF_SERVICES = {_B.APPEAL, _B.STOP_OR_DELETE, _B.CLOSING_DOWN, _B.OUTSIDE_REMIT}
_TAKEN_DOWN = {_B.APPEAL, _B.ANGER, _B.FAULT_OR_SUGGESTION, _B.AUTHORITY_DECIDES}
"""Where a quarrel with somebody else must not end: it would seem accepted."""
_NO_MATTER = {_B.ANGER, _B.OFF_TOPIC, _B.PERSONAL_DATA, _B.SENSITIVE_DATA}
_BUSINESS = re.compile(
    r"补[贴帖助]|减免|优惠|(?:给|能)[^，。]{0,4}补[不吗么多少几]|奖励|贴息|执照|年报|名特优新|外摆|招牌|歇业|注销|场租|许可证"
)
"""Matters of this service: beside them a word of another authority's business only tells a story."""


class Picking:
    def __init__(self, knowledge: Knowledge, home: Path, audience: Audience) -> None:
        """Raises BadExemplars, BadSafetyRules for files of the installation that cannot be read."""
        self._knowledge, self._audience = knowledge, audience
        rules = safety.load(safety.SHIPPED, home / "safety.yaml")
        known = exemplars.load(exemplars.SHIPPED, home / "exemplars.csv")
        known += [Exemplar(behaviour, text) for behaviour, text in rules.exemplars()]
        background = exemplars.background()
        self.reader = reader_of(knowledge.model, audience)
        self._chooser = Chooser(known, background, knowledge.embedding, None if self.reader else knowledge.model)
        words = [*(one.text for one in known), *background]
        self._spelling = Spelling(words, lambda text: knowledge.library.rewritten(text).repaired)
        second = SecondOpinion(self._chooser, knowledge.model)
        self.dangers = Dangers(
            rules, self._chooser, self._spelling, PastedFlow(knowledge), second, self.reader, audience
        )

    def has_matter(self, turn: Turn, text: str, *, without: Behaviour | None = None) -> bool:
        """Whether there is something to do: a request of a kind of its own, or a question that clauses settle."""
        chosen = self.choose(turn, text, without=without)
        if not requests.asks(text):
            return chosen in _DONE_UNASKED and self.is_clear(text, chosen, least=LEAST_UNASKED)
        if chosen not in FROM_RULES:
            return chosen not in _NO_MATTER
        if self.read(turn, text) is not None:
            return True  # whether clauses settle it the model is asked as well
        return chosen is not _B.AUTHORITY_DECIDES and (turn.region is None or self.settles(turn, text))

    def to_answer(self, turn: Turn) -> str:
        """What is asked beside personal data: the clause with the question alone, where the whole is not settled."""
        rest = without_masked(turn.text)
        if self.reader and not requests.asks(rest):  # the reader has seen a question in the very clause
            return without_masks(turn.text)
        asked = [one for one in requests.clauses(rest) if requests.asks(one) and "，" not in one]
        settled = (one for one in (rest, *reversed(asked)) if self.settles(turn, one))
        return next(settled, rest)

    def without_illness(self, turn: Turn) -> str | None:
        """What is asked beside words about somebody's health: with them, for they may be facts (残疾证), else without."""
        is_whole = self.has_matter(turn, turn.text)
        if is_whole and self.choose(turn, turn.text) is not _B.CLOSING_DOWN:
            return turn.text
        needed = danger_words.NEEDED[_B.SENSITIVE_DATA]
        told = [piece for piece in requests.pieces(turn.text) if not needed.search(piece.lower())]
        rest = "，".join(told)
        asked = "，".join(piece for piece in told if requests.asks(piece))
        wordings = [one for one in dict.fromkeys((rest, asked)) if requests.asks(one)]
        settled = next((one for one in wordings if self.settles(turn, one)), None)
        return settled or (
            turn.text if is_whole else next((one for one in wordings if self.has_matter(turn, one)), None)
        )

    def _goes_on_chatting(self, turn: Turn, text: str) -> bool:
        chats = turn.state.last_behaviour == _B.OFF_TOPIC and _THE_SAME.match(text) is not None
        return chats and danger_words.MATTER.search(text) is None and not self.settles(turn, text)

    def is_clear(self, text: str, chosen: Behaviour, *, least: float = CLEARLY) -> bool:
        """Whether words that came while a flow waits are surely about something else."""
        return chosen in FROM_RULES or self._chooser.is_like(self._spelling.repaired(text), chosen, least)

    def settles(self, turn: Turn, text: str) -> bool:
        return self._knowledge.answers.settles(Asked(text, turn.region_or_country, turn.today, turn.audience))

    def choose(self, turn: Turn, text: str, *, without: Behaviour | None = None) -> Behaviour:
        """The class of one request that is in no danger; another one than `without`."""
        meant = self._spelling.repaired(text)
        if plain := self._by_words(turn, meant):
            return plain
        meant = without_masked(meant) if turn.message.masked else meant
        if plain := self._by_matter(turn, meant):
            return plain
        if self._audience is Audience.STAFF and self.settles(turn, meant):
            return _B.ANSWER
        read = self.read(turn, text)
        if read is not None and read is not without:
            return self._settled(turn, meant, read)
        chosen = self._chooser.choose(meant, without=without)
        if self._audience is Audience.STAFF and chosen not in _FOR_STAFF and sharp.behaviour_of(meant) is None:
            chosen = _B.ANSWER
        is_calm = chosen is _B.ANGER and self._says_too_little(meant)
        return _B.OFF_TOPIC if is_calm else self._considered(turn, meant, chosen)

    def _by_words(self, turn: Turn, text: str) -> Behaviour | None:
        """What needs no likeness to be told."""
        if (is_yes(text) and not turn.state.open) or self._goes_on_chatting(turn, text):
            return _B.OFF_TOPIC
        if turn.message.masked and self.read(turn, turn.text) in {None, _B.PERSONAL_DATA}:
            text = without_masked(text)
            if not requests.asks(text) or _LOOK_UP.search(text):
                is_status = turn.state.last_behaviour == _B.APPEAL_STATUS
                return _B.APPEAL_STATUS if is_status else _B.PERSONAL_DATA
        return None

    def _by_matter(self, turn: Turn, text: str) -> Behaviour | None:
        """Two rules set against each other, all that there is to get, or a day from which is counted."""
        if self.is_clash(turn, text):
            return _B.CONFLICT
        if matching.asks_for_everything(text):
            return _B.ELIGIBILITY
        if clause_names.reads(text) or clause_names.stands_alone(text):
            return _B.ANSWER
        is_hinted = _B.DEADLINE in sharp.hints(text) and day_said(text, turn.today) is not None
        return _B.DEADLINE if is_hinted or asks_to_count(text, turn.today) else None

    def is_clash(self, turn: Turn, text: str) -> bool:
        """Whether it asks which of two rules governs; a model that may read knows better than the words."""
        return clash(text, turn.region_or_country) and self.read(turn, text) in {None, _B.CONFLICT}

    def reading(self, turn: Turn, said: str) -> Reading | None:
        """What a model that may read makes of it; a part is read beside the whole message."""
        within = turn.message.text if said != turn.text and said in turn.message.text else ""
        return self.reader.read(said, turn.state, within=within) if self.reader else None

    def read(self, turn: Turn, said: str) -> Behaviour | None:
        """The class of that; the dangers of the whole message were settled before."""
        reading = self.reading(turn, said)
        return reading.behaviour if reading and reading.behaviour not in SAFETY else None

    def _settled(self, turn: Turn, text: str, read: Behaviour) -> Behaviour:
        """What was read, but for what only rules and directory can tell."""
        if read is _B.ELIGIBILITY:
            asked, answers = Asked(text, turn.region_or_country, turn.today, turn.audience), self._knowledge.answers
            is_elsewhere = turn.region and not answers.settles(asked) and answers.nearer_elsewhere(asked)
            return _B.ANSWER if is_elsewhere else read
        is_others = read is _B.AUTHORITY_DECIDES and remit.matter_of(text) is not None
        return _B.OUTSIDE_REMIT if is_others and not self.settles(turn, text) else read

    def _considered(self, turn: Turn, text: str, chosen: Behaviour) -> Behaviour:
        """What the exemplars say, but for what only the documents and the rules can tell."""
        hinted = sharp.hints(text)
        if chosen is _B.APPEAL and requests.handled_here(text) and _B.OUTSIDE_REMIT in hinted:
            return _B.OUTSIDE_REMIT
        if chosen is _B.PERSONAL_DATA and turn.message.masked:
            return _B.ANSWER
        if chosen in SAFETY:
            if chosen is _B.CRISIS and self.dangers.is_about_the_shop(turn, chosen):
                return _B.CLOSING_DOWN
            if chosen is not _B.SENSITIVE_DATA and self._is_meant(turn, text, chosen):
                return chosen
            # the whole was looked at before: whatever else it is like
            rest = best_of([one for one in self._chooser.rank(text) if one.behaviour not in SAFETY])
            return self._considered(turn, text, rest)
        if self._is_elsewhere(text, chosen):
            return _B.OUTSIDE_REMIT
        if _is_about(text, chosen) or self._only_resembles(turn, text, chosen, is_hinted=chosen in hinted):
            return self._of_rules(turn, text, _B.ANSWER)
        is_ordered = chosen in _ORDERS_GIVEN and (chosen is _B.APPEAL or chosen not in hinted)
        if is_ordered and not _COMPLAINS.search(text) and find_decision(text) in _ORDERED:
            return _B.AUTHORITY_DECIDES
        if chosen is _B.ELIGIBILITY:
            is_rule = sharp.asks_together(text) or sharp.remembers_a_figure(text)
            return self._of_rules(turn, text, _B.ANSWER) if is_rule else self._for_oneself(turn, text, chosen)
        return self._of_rules(turn, text, chosen) if chosen in FROM_RULES else chosen

    def _says_too_little(self, text: str) -> bool:
        """asdfgh, or a word or two that are only a little like a curse."""
        if _B.ANGER in sharp.hints(text):
            return False
        is_short = len(requests.bare(text)) <= SHORT_OF_ANGER and not self._chooser.is_like(
            text, _B.ANGER, SURE_OF_ANGER
        )
        return is_short or _CHINESE.search(text) is None

    def _is_meant(self, turn: Turn, text: str, danger: Behaviour) -> bool:
        """A danger in one part of a message that is none as a whole: only beyond doubt."""
        is_part = text != self._spelling.repaired(turn.text) and danger is not _B.PASTED_POLICY
        counts = is_part and self.dangers.counts(danger) and not self.dangers.is_harmless(turn, text, danger)
        return counts and self._chooser.is_beyond_doubt(text, danger)

    def _only_resembles(self, turn: Turn, text: str, chosen: Behaviour, *, is_hinted: bool) -> bool:
        """招牌好久得拆 is no complaint: no word of one is said, and the rules settle what is asked."""
        if chosen in {_B.APPEAL, _B.OUTSIDE_REMIT} and _contests_what_was_told(turn, text):
            return True
        if chosen is _B.APPEAL and requests.asks_for_the_rule(text):
            return True
        if chosen is _B.OUTSIDE_REMIT:
            is_hinted = remit.matter_of(text) is not None or requests.handled_here(text)
        is_service = chosen in _OF_SERVICES and not is_hinted and not _COMPLAINS.search(text)
        if not is_service or not requests.asks(text):
            return False
        return (chosen is _B.APPEAL and asks_a_figure(text)) or self.settles(turn, text)

    def _is_elsewhere(self, text: str, chosen: Behaviour) -> bool:
        """Words of leaving, of complaint or for a person, but about what only another authority can deal with."""
        if chosen in _TAKEN_DOWN and disputes.is_for_others(text):
            return True
        matter = remit.matter_of(text)
        if matter is None or chosen not in {_B.CLOSING_DOWN, _B.APPEAL, _B.HUMAN}:
            return False
        if remit.asks_who(text):
            return True
        if chosen is _B.APPEAL:
            return matter.department in remit.NEVER_OURS and not _COMPLAINS.search(text)
        return chosen is _B.CLOSING_DOWN and not leaves(text)

    def _of_rules(self, turn: Turn, text: str, chosen: Behaviour) -> Behaviour:
        """A question about rules: for a decision, for oneself, about another authority's business, or plainly that."""
        asks_when = _B.DEADLINE in sharp.hints(text)
        decision = None if asks_when else find_decision(text)
        if decision and (decision is not Decision.RECOGNITION or not _CONDITIONS.search(text)):
            is_others = remit.matter_of(text) is not None and not self.settles(turn, text)
            return _B.OUTSIDE_REMIT if is_others else _B.AUTHORITY_DECIDES
        if self._asks_for_oneself(turn, text) and not asks_when:
            return self._for_oneself(turn, text, chosen)
        if self._is_others(turn, text):
            return _B.APPEAL if _is_grievance(text) else _B.OUTSIDE_REMIT
        return _B.AUTHORITY_DECIDES if decision else chosen

    def _asks_for_oneself(self, turn: Turn, text: str) -> bool:
        if sharp.asks_for_oneself(text):
            return True
        where = turn.region_or_country, turn.today, shipped()
        return (
            matching.asks_for_benefits(text, *where)
            and not matching.names_a_thing(text)
            and not self.settles(turn, text)
        )

    def _for_oneself(self, turn: Turn, text: str, chosen: Behaviour) -> Behaviour:
        """Can I get it, where a self-test can tell.

        How much it is, what no self-test is about but the rules settle, and what only another place has rules about
        are answered.
        """
        of_rules = chosen if chosen in FROM_RULES else _B.ANSWER
        if asks_a_figure(text):
            return of_rules
        asked = Asked(text, turn.region_or_country, turn.today, turn.audience)
        answers = self._knowledge.answers
        if turn.region and not answers.settles(asked):
            return of_rules if answers.nearer_elsewhere(asked) else _B.ELIGIBILITY
        is_plain = turn.region is None or asks_whether_still(text)
        return _B.ELIGIBILITY if is_plain or self._can_be_tested(asked) else of_rules

    def _can_be_tested(self, asked: Asked) -> bool:
        """Whether a self-test is about what is asked, by its name or by the clauses it rests on."""
        engine, where = shipped(), (asked.region, asked.on)
        if matching.asks_for_everything(asked.text) or matching.asks_for_benefits(asked.text, *where, engine):
            return True
        wordings = dict.fromkeys((asked.text, as_conditions(asked.text)))
        found = (self._knowledge.answers.answer(replace(asked, text=one)).sources for one in wordings)
        return any(matching.fitting(matching.Asked(asked.text, *where), sources, engine) for sources in found)

    def _is_others(self, turn: Turn, text: str) -> bool:
        """Another authority's business: asked whether it is ours, or who deals with it, or not settled by our rules."""
        matter = remit.matter_of(text)
        if matter and remit.asks_who(text):
            return True
        if _BUSINESS.search(text) and not requests.handled_here(text):
            return False
        return bool(matter or requests.handled_here(text)) and not self._says(turn, text)

    def _says(self, turn: Turn, text: str) -> bool:
        """从业人员健康证多久办一回: whoever deals with it, a clause here says all of it."""
        asked = Asked(text, turn.region_or_country, turn.today, turn.audience)
        return self._knowledge.answers.settles(asked) or self._knowledge.answers.says(asked)


def _contests_what_was_told(turn: Turn, text: str) -> bool:
    """那我不服咋办 behind the rule on a decision asks how it can be contested; nobody is complained of yet."""
    is_short = len(text) <= LONGEST and turn.state.last_behaviour in _TOLD
    return is_short and _CONTESTS.search(text) is not None and requests.asks(text)


def _is_about(text: str, chosen: Behaviour) -> bool:
    """Questions about a matter that only share words with what a flow is for."""
    if chosen is _B.WHY_ASK:
        return sharp.asks_about_others(text)
    if chosen is _B.OFF_TOPIC:
        return _BUSINESS.search(text) is not None and requests.asks(text)
    return chosen is _B.CLOSING_DOWN and _OTHERS_SHOP.search(text) is not None and requests.asks(text)


def _is_grievance(text: str) -> bool:
    """说多少回了没人理: to be passed on, though another authority deals with it."""
    matter = remit.matter_of(text)
    is_passed_on = matter is not None and matter.department not in remit.NEVER_OURS
    return is_passed_on and _COMPLAINS.search(text) is not None and not remit.asks_who(text)
