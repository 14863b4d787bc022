"""Whether a message is about something dangerous: by the rules of safety, then by the nearest exemplars.

Crisis, secrecy, cheating and their like are looked for before anything else is chosen (behaviour.md).
"""

from assistant import asides, danger_words, disputes, facts, requests, sharp
from assistant.behaviours import SAFETY, Behaviour
from assistant.choosing import GRAVE, Chooser
from assistant.decisions import find_decision
from assistant.eligibility import orders
from assistant.eligibility.sheet import PREFIX
from assistant.flows import memory, pasted, safe
from assistant.flows.appeal import is_yes
from assistant.flows.pasted import PastedFlow
from assistant.follow_ups import asks_what_became, recalls
from assistant.parties import clash
from assistant.reading import Reader
from assistant.safety import Safety
from assistant.second_opinion import SecondOpinion
from assistant.spelling import Spelling
from assistant.turn import Turn
from knowledge.documents import Audience
from knowledge.rules.engine import shipped

LONGEST_HALF = 14
SHORTEST_CRY = 6
"""Characters of a clause that can be a cry for help by its meaning: 活也少了 is like too much."""
SHORTEST_MEANT, LONGEST_MEANT = 4, 120
"""Characters of a message whose meaning alone can put it into a safety class."""
_B = Behaviour
DANGERS = SAFETY - {_B.SENSITIVE_DATA}
_LIGHTER = {None, _B.STAFF_ONLY, _B.CHEATING, _B.SENSITIVE_DATA}
"""What a planted order or an altered quotation outweighs."""
_WRONGS = frozenset({_B.CHEATING, _B.FORBIDDEN, _B.EXTRACTION, _B.STAFF_ONLY})
PLAIN, PLAINER = 0.5, 0.3
"""Score of another danger, and how far it must be before the one whose words were found."""
SURE_WITHOUT_WORDS = 0.42
"""Score from which a danger counts without any of the words that are usual for it."""
REFUSED = frozenset({_B.CHEATING, _B.FORBIDDEN, _B.EXTRACTION})
"""What people ask for once more when it was declined."""


class Dangers:
    def __init__(
        self,
        rules: Safety,
        chooser: Chooser,
        spelling: Spelling,
        pasted_flow: PastedFlow,
        second: SecondOpinion,
        reader: Reader | None,
        audience: Audience,
    ) -> None:
        self._safety, self._chooser, self._spelling = rules, chooser, spelling
        self._pasted, self._second, self._reader, self._audience = pasted_flow, second, reader, audience

    def of(self, turn: Turn) -> tuple[Behaviour | None, str]:
        """The safety class of the message, by rules and then by the nearest exemplars; and what else it holds."""
        meant = self._spelling.repaired(turn.text)
        found = self._safety.triage(turn.text) or self._safety.triage(meant)
        graver = found.behaviour if found else None
        last = turn.state.last_behaviour
        if graver is not _B.CRISIS and (
            pasted.is_pasted(meant) or (graver in _LIGHTER and pasted.is_planted(turn.text))
        ):
            return _B.PASTED_POLICY, pasted.asked_beside(turn.text)
        if graver in _LIGHTER and self._pasted.is_misquoted(turn):
            return _B.PASTED_POLICY, ""
        if found and found.behaviour is not _B.SENSITIVE_DATA and self._is_meant(turn, found.behaviour):
            if found.behaviour not in GRAVE and (seen := self._read(turn)) in GRAVE:
                return seen, self._rest(turn, seen, turn.text)
            return self._plainer(meant, found.behaviour), self._rest(turn, found.behaviour, turn.text, found.rest)
        if self._pasted.unknown(turn):
            return _B.PASTED_POLICY, pasted.asked_beside(turn.text)
        if last == _B.FEE_OFFER and danger_words.ONES_OWN_WAY.search(meant):
            return None, turn.text
        if _goes_on_about(last, meant):
            return Behaviour(last), ""
        if _is_tapped(turn) or facts.level_said(turn.text) or clash(meant, turn.region_or_country) or is_yes(meant):
            return None, turn.text
        if (
            requests.plain_wish(turn.text)
            or sharp.behaviour_of(meant) is _B.APPEAL_STATUS
            or recalls(turn.text)
            or asks_what_became(meant)
        ):
            return None, turn.text
        return self._told_apart(turn, self._danger_meant(turn, meant)) or (None, turn.text)

    def _read(self, turn: Turn) -> Behaviour | None:
        """The danger that a model which may read all messages sees in this one."""
        reading = self._reader.read(turn.text, turn.state) if self._reader else None
        return (
            reading.behaviour if reading and reading.behaviour in DANGERS and self.counts(reading.behaviour) else None
        )

    def _told_apart(self, turn: Turn, found: tuple[Behaviour, str] | None) -> tuple[Behaviour, str] | None:
        """Where likeness alone has found a danger, a reader says which it is, or that there is none.

        Not of the gravest: there a needless word does less harm than silence.
        """
        if found is None or found[0] in GRAVE or self._reader is None:
            return found
        if self._reader.read(turn.text, turn.state) is None:
            return found
        seen = self._read(turn)
        return (seen, found[1]) if seen is not None else None

    def _danger_meant(self, turn: Turn, meant: str) -> tuple[Behaviour, str] | None:
        """By the nearest exemplars: of the whole, and of its clauses, for one cry stands in many a long complaint.

        What they leave open a language model may settle.
        """
        if SHORTEST_MEANT <= len(meant) <= LONGEST_MEANT:
            chosen = self._chooser.choose(meant)
            is_plain = not _goes_on(turn, meant) or self._chooser.is_beyond_doubt(meant, chosen)
            if chosen in DANGERS and is_plain and self.counts(chosen) and not self.is_harmless(turn, meant, chosen):
                return chosen, self._rest(turn, chosen, meant)
        pieces = requests.clauses(meant)
        if len(pieces) > 1:
            found = self._chooser.gravest([_whole(one, meant) for one in pieces if len(one) >= SHORTEST_CRY])
            if (
                found is not None
                and (found is _B.CRISIS or (not turn.state.open and self.counts(found)))
                and not self.is_harmless(turn, meant, found)
            ):
                return found, self._rest(turn, found, meant)
        seen = self._read(turn) if self._reader else self._second.on(meant)
        return (seen, self._rest(turn, seen, meant)) if seen is not None and self.counts(seen) else None

    def _plainer(self, meant: str, found: Behaviour) -> Behaviour:
        """Words stand in several classes of wrongs; the exemplars tell which where they are sure: 编个故事让他没生意."""
        if found not in _WRONGS:
            return found
        best, *others = self._chooser.rank(meant)
        score = next((one.score for one in others if one.behaviour is found), best.score)
        is_sure = best.score >= PLAIN and best.score - score >= PLAINER
        return best.behaviour if best.behaviour in DANGERS and is_sure else found

    def _rest(self, turn: Turn, danger: Behaviour, text: str, left: str = "") -> str:
        """What else the message asks: in mourning all of it, else what a reader has seen beside, else by its sentences.

        `left`: what the rules have found no danger in.
        """
        if danger is _B.CRISIS and safe.is_grief(turn.text):
            return turn.text
        reading = self._reader.read(turn.text, turn.state) if self._reader else None
        if reading and reading.beside and self._safety.triage(reading.beside) is None:
            return reading.beside
        return self._beside(text) or (left if danger_words.asks(left) and self._is_harmless_alone(left) else "")

    def _beside(self, text: str) -> str:
        """The harmless question of a message that also holds something dangerous: 写个谣言 顺便问年报几号截止."""
        ways = ((requests.sentences, False), (danger_words.JOINED.split, False), (danger_words.PAUSE.split, True))
        for cut, into_clauses in ways:
            pieces = [one.strip(" ，,。；;") for one in cut(text)]
            asked = [one for one in pieces if danger_words.asks(one)] if len(pieces) > 1 else []
            if into_clauses:  # of these only what names a matter can stand alone
                asked = [one for one in asked if danger_words.MATTER.search(one)]
            if harmless := [one for one in asked if self._is_harmless_alone(one)]:
                return "？".join(one.rstrip("？?") for one in harmless) + "？"
        return ""

    def _is_harmless_alone(self, piece: str) -> bool:
        return self._safety.triage(piece) is None and self._chooser.choose(piece) not in SAFETY

    def is_harmless(self, turn: Turn, meant: str, chosen: Behaviour) -> bool:
        """Only alike: none of the words without which there is no such danger."""
        if self._is_number(turn, chosen) or (chosen in danger_words.WRONGS and sharp.asks_for_consequences(meant)):
            return True
        if chosen in danger_words.OF_OTHERS and disputes.is_dispute(meant) and not danger_words.ORDERED.search(meant):
            return True
        if self._safety.excuses(chosen, meant) or self._safety.sounds_like(chosen, meant):
            return True
        if (
            chosen is _B.EXTRACTION
            and find_decision(meant)
            and requests.asks(meant)
            and not danger_words.PRODUCES.search(meant)
        ):
            return True
        if chosen is _B.PASTED_POLICY and not danger_words.PASTED.search(meant):
            return True
        needed = danger_words.NEEDED.get(chosen)
        if self.is_about_the_shop(turn, chosen):
            return not self._chooser.is_beyond_doubt(meant, chosen)
        lacks_words = needed is not None and needed.search(meant.lower()) is None
        return lacks_words and not self._chooser.is_like(meant, chosen, SURE_WITHOUT_WORDS)

    def is_about_the_shop(self, turn: Turn, chosen: Behaviour) -> bool:
        """No cry for help: a shop that cannot be kept, or the trouble with it that was asked for, no word of oneself."""
        if chosen is not _B.CRISIS:
            return False
        asked_for = turn.state.open is not None and turn.state.open.name == _B.CLOSING_DOWN
        return (
            asked_for or danger_words.OF_THE_SHOP.search(turn.text) is not None
        ) and not danger_words.ONESELF.search(turn.text)

    def leaves_crisis(self, turn: Turn) -> bool:
        """Whether words after a cry for help clearly ask for something else; where that is in doubt, they do not."""
        said = self._spelling.repaired(turn.text)
        if memory.is_command(said) or sharp.behaviour_of(said) not in {None, _B.WHAT_ARE_YOU, _B.OFF_TOPIC, _B.ANGER}:
            return True
        if turn.state.open and is_yes(said):
            return True
        asks = requests.asks(said) or danger_words.WANTS_TO_KNOW.search(said) is not None
        asks_else = asks and danger_words.MATTER.search(said) is not None
        return asks_else and not danger_words.ABOUT_SELF.search(said)

    def _is_number(self, turn: Turn, chosen: Behaviour) -> bool:
        """A masked number looks like one of staff."""
        return chosen is _B.STAFF_ONLY and bool(turn.message.masked)

    def _is_meant(self, turn: Turn, behaviour: Behaviour) -> bool:
        return self.counts(behaviour) and not self._is_number(turn, behaviour)

    def counts(self, behaviour: Behaviour) -> bool:
        return not (behaviour is _B.STAFF_ONLY and self._audience is Audience.STAFF)

    def is_sensitive(self, turn: Turn) -> bool:
        """Health and the like of a person: said beside whatever else the message is about."""
        meant = self._spelling.repaired(turn.text)
        if _is_tapped(turn):
            return False
        found = self._safety.triage(turn.text) or self._safety.triage(meant)
        if found is not None and found.behaviour is _B.SENSITIVE_DATA:
            return True
        is_said = (
            danger_words.NEEDED[_B.SENSITIVE_DATA].search(meant.lower()) is not None and len(meant) >= SHORTEST_MEANT
        )
        return is_said and self._chooser.is_near([meant, *requests.clauses(meant)], _B.SENSITIVE_DATA)


def _whole(piece: str, meant: str) -> str:
    """Two clauses that are all of the message: it has been looked at, and need not be with other marks."""
    return meant if requests.bare(piece) == requests.bare(meant) else piece


def _goes_on_about(last: str, meant: str) -> bool:
    """Words that stay with what was warned of, or insist on what was declined."""
    is_told_not_to_pay = last == _B.FEE_OFFER
    if is_told_not_to_pay and (danger_words.PAID.search(meant) or danger_words.DOUBTS_THEM.search(meant)):
        return True
    insists = danger_words.INSISTS.search(meant.lower()) and not danger_words.MATTER.search(meant)
    return asides.goes_on(meant, last) or (last in REFUSED and bool(insists))


def _goes_on(turn: Turn, meant: str) -> bool:
    """Words that most likely belong to what was said before: to a flow that waits, or half a question more."""
    is_half = bool(turn.state.last_question) and len(meant) <= LONGEST_HALF and requests.asks(meant)
    return turn.state.open is not None or is_half


def _is_tapped(turn: Turn) -> bool:
    """The words are ours: they were offered, or are the questions and values of a form."""
    if any(turn.text in choice for choice in turn.state.last_choices):
        return True
    asked = turn.state.form.fields if turn.state.form else ()
    if any(turn.text in (*one.options, f"{one.label}：{one.value}") for one in asked):
        return True
    names = [name for name, _ in turn.message.fields]
    return (bool(names) and all(name in shipped().vocabulary for name in names)) or _is_order(turn)


def _is_order(turn: Turn) -> bool:
    """改一下销售额, in or after a self-test: it is the answer that is to be put right, nobody's books."""
    if not (turn.state.form or turn.state.results) or len(turn.text) > orders.LONGEST:
        return False
    known = [name for key in turn.state.remembered if (name := key.removeprefix(PREFIX)) in shipped().vocabulary]
    return orders.of(turn.text) is not None or bool(orders.changed(turn.text, shipped(), known))
