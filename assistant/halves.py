"""Half a question after an answer: with the matter before it, or by itself; which class of request it then is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant import follow_ups, requests, sharp, subjects
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.decisions import find_decision
from assistant.flows.again import FAQ
from assistant.flows.further import FurtherFlow
from assistant.flows.rules import NEAR
from assistant.means import Knowledge
from assistant.picking import Picking
from assistant.places_meant import LONGEST_LEANING
from assistant.sought import sought
from assistant.turn import Flow, Spoken, Turn
from knowledge import several, words
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import standard

_B = Behaviour
_HALVES = FROM_RULES | {_B.AUTHORITY_DECIDES, _B.DEADLINE}
_ANSWERED = frozenset((_HALVES | {_B.SEVERAL}) - {_B.NO_EVIDENCE, _B.OTHER_REGION})
"""After these half a question may go on with the one before."""
_ALIKE_ALONE = frozenset({_B.OUTSIDE_REMIT, _B.STOP_OR_DELETE, _B.APPEAL, _B.APPEAL_STATUS, _B.CHEATING, _B.WHY_ASK, _B.OFF_TOPIC, _B.ANGER, _B.WHAT_ARE_YOU, _B.FAULT_OR_SUGGESTION})  # fmt: skip
"""Classes that half a question can resemble by chance."""
LONGEST_ALIKE = 10
_THERE = re.compile(r"^(?:那|这)[边里儿头]的?")
_WHO_DOES = re.compile(
    r"(?:(?:那|由|归|是|到底|究竟)*谁(?:个)?(?:来|去|负责)*(?:管|批|查|看|审|定|出钱?|给|办|收|核)+|(?:那|还|要|得|该|应该|需要)*(?:跟|向|给|找|同|和)谁(?:说|讲|报|申请|备案|打招呼)(?:一?[声下])?)(?:的|啊|呀|嘛|呢|咯)*"
)
"""啥人来管: who does it by the rule, no wish for a person."""
_OF_SERVICES = {_B.APPEAL: "诉求办理", _B.APPEAL_STATUS: "诉求办理"}
"""What half a question after these asks of the rules on them."""
SHORTEST_TOLD = 6
_TELLS = re.compile(r"(?:我|咱|店里|家里)[^，。]{0,3}(?:就|只|是|有|没|在|刚|才|已经|都)")
EVERYTHING = "我能享受什么政策"
_GO_ON = re.compile(
    r"^(?:那么?|好|行|就|先|你)*[，,]?(?:先)?(?:跳过|往下(?:问|走)?|下一[个题步项]|继续(?:问|测)?|接着(?:问|测)|开始(?:吧|测|问)?|那就测)"
)
"""A self-test was offered, and is to begin or to go on."""
_NOTHING = frozenset({_B.NO_EVIDENCE, _B.OTHER_REGION})
_LOOK_AGAIN = re.compile(
    r"[，,。；;\s]*(?:你)?(?:再|换个?(?:说法|词|方式|法子)|重新)[^，,。；;]{0,6}(?:找找?|查查?|搜|看看)[^，,。；;]{0,4}$"
)
Parts = Callable[[Turn, Behaviour | None], Spoken]


class Halves:
    def __init__(
        self, knowledge: Knowledge, picking: Picking, flows: Mapping[Behaviour, Flow], further: FurtherFlow
    ) -> None:
        self._knowledge, self._picking, self._flows, self._further = knowledge, picking, flows, further

    def take(self, turn: Turn, parts: Parts) -> Spoken | None:
        """A short question that nothing settles as it stands goes on with the one before: 材料交上去多久有结果."""
        last, said, leans = turn.state.last_question, standard(turn.text), follow_ups.leans(turn.text, turn.state)
        is_asked = requests.asks(said) or requests.asks(turn.text)
        is_half = is_asked and len(said) <= (LONGEST_LEANING if leans else follow_ups.LONGEST)
        if turn.state.last_behaviour == _B.ELIGIBILITY and turn.state.form is None and _GO_ON.search(said):
            return self._flows[_B.ELIGIBILITY].respond(turn.about(EVERYTHING))
        if is_half and (service := self._of_a_service(turn, said)) is not None:
            return service
        is_shown = turn.state.last_exchange is not None and bool(turn.state.last_exchange.sources)
        is_answered = turn.state.last_behaviour in _ANSWERED or (
            turn.state.last_behaviour == _B.OTHER_REGION and is_shown
        )
        if is_half and leans and turn.state.last_behaviour in _NOTHING and not is_answered:
            return self._once_more(turn, parts)
        if not is_half and self._is_a_circumstance(turn, said):
            again = f"{last or turn.state.matter}，{subjects.LEAD.sub('', said)}"
            return self._flows[_B.ANSWER].respond(replace(turn, text=again, rewritten=again))
        if not last or not is_half or not is_answered:
            return None
        whole = _whole(subjects.topic_before(turn.state), said)
        completed = replace(turn, text=whole, rewritten=whole)
        chosen = self._picking.choose(turn, turn.text)
        is_read = self._picking.read(turn, turn.text) is not None
        if subjects.is_another_matter(said, last) or (is_read and chosen not in _HALVES):
            return None  # a model that may read does not go by likeness
        is_alike = leans and _is_only_alike(turn.text, chosen)
        chosen = _B.ANSWER if is_alike else chosen
        is_of_the_same = chosen not in _HALVES and self._is_of_the_same(turn, said, whole, chosen)
        if is_of_the_same or (chosen is _B.ELIGIBILITY and leans):
            return self._flows[_B.ANSWER if is_of_the_same else chosen].respond(completed)
        if chosen not in _HALVES or (chosen is _B.AUTHORITY_DECIDES and find_decision(said)):
            return None
        told = self._of_rules(completed, turn, said, leans=leans, parts=parts)
        return told or (parts(completed, _B.ANSWER) if is_alike else None)

    def is_of_rules(self, completed: Turn, said: str) -> bool:
        """Of half a question that was completed after an answer: like another class only as a whole, by no word said."""
        is_after = completed.state.last_behaviour in _ANSWERED | _NOTHING
        return is_after and _is_only_alike(said, self._picking.choose(completed, completed.text))

    def _of_rules(self, completed: Turn, turn: Turn, said: str, *, leans: bool, parts: Parts) -> Spoken | None:
        """None where it stands for itself, or where nothing is known about it either way."""
        whole, is_settled = completed.text, self._settles_alone(turn, said, leans=leans)
        if (further := self._further.take(turn if is_settled else completed, said, whole)) is not None:
            return further
        if is_settled:
            return None
        if not self._picking.settles(turn, whole):
            is_near = leans and self._is_of_the_documents(turn, whole)
            return self._flows[_B.ANSWER].respond(completed) if is_near else None
        return parts(completed, _B.ANSWER)

    def _of_a_service(self, turn: Turn, said: str) -> Spoken | None:
        """最晚几天必须回我, after the state of a 诉求 could not be told: by when, by the rules on them."""
        topic = _OF_SERVICES.get(Behaviour(turn.state.last_behaviour or _B.ANSWER))
        if topic is None or turn.state.open is not None or not sought(said):
            return None
        whole = f"{topic}{subjects.LEAD.sub('', said)}"
        completed = replace(turn, text=whole, rewritten=whole)
        return self._flows[_B.ANSWER].respond(completed) if self._picking.settles(turn, whole) else None

    def _is_a_circumstance(self, turn: Turn, said: str) -> bool:
        """那我就一辆小推车: asks nothing, tells more of the person; no anger and no complaint by any word of it."""
        is_short = SHORTEST_TOLD <= len(said) <= follow_ups.LONGEST
        if turn.state.last_behaviour not in _ANSWERED | _NOTHING or requests.asks(said) or not is_short:
            return False
        chosen = self._picking.choose(turn, turn.text)
        is_told = _TELLS.search(said) is not None and several.subject(said) != ""
        return is_told and chosen in _ALIKE_ALONE - {_B.OFF_TOPIC} and _is_only_alike(turn.text, chosen)

    def _once_more(self, turn: Turn, parts: Parts) -> Spoken | None:
        """那营业中断险呢 换个说法再帮我找找: after nothing was found, a question about the rules again."""
        text = requests.to_the_point(_LOOK_AGAIN.sub("", turn.text)) or turn.text
        understood = follow_ups.understand(text, turn.state)
        text = understood.text if understood.kind is follow_ups.Kind.CARRIED else text
        chosen = self._picking.choose(turn, text)
        is_question = chosen in FROM_RULES or _is_only_alike(text, chosen)
        return parts(replace(turn, text=text, rewritten=text), _B.ANSWER) if is_question else None

    def _settles_alone(self, turn: Turn, said: str, *, leans: bool) -> bool:
        """By the documents; what leans on the answer before must be settled by the documents of that answer."""
        is_its_own = not leans or self._is_of_the_documents(turn, said)
        return is_its_own and self._picking.settles(turn, said)

    def _is_of_the_documents(self, turn: Turn, text: str) -> bool:
        """Whether what is nearest to it stands in a document that the last answer rests on."""
        asked = Asked(text, turn.region_or_country, turn.today, turn.audience)
        best = self._knowledge.library.find(asked).results[:1]
        return bool(best) and best[0].passage.title in turn.state.documents

    def _is_of_the_same(self, turn: Turn, said: str, whole: str, chosen: Behaviour) -> bool:
        """要报税不, after a question about 歇业: like another class alone, but the same documents settle the two together."""
        if chosen not in _ALIKE_ALONE or len(said) > LONGEST_ALIKE or sharp.behaviour_of(said) is not None:
            return False
        answer = self._knowledge.answers.answer(Asked(whole, turn.region_or_country, turn.today, turn.audience))
        if not answer.sources or answer.sources[0].title not in (*turn.state.documents, FAQ) or NEAR in answer.lead:
            return False
        about = words.grams(several.subject(said))
        return not about or any(one in answer.text for one in about)


def _whole(topic: str, said: str) -> str:
    """那接手的人要从头备案吗？材料几样: each part with the matter."""
    parts = [_THERE.sub("", subjects.LEAD.sub("", one)) or one for one in requests.split(said)]
    if len(parts) == 1:
        return f"{topic}{parts[0]}"
    made = (one if subjects.MATTERS.search(one) else f"{topic}{one}" for one in parts)
    return " ".join(f"{number}.{one}" for number, one in enumerate(made, start=1))


def _is_only_alike(text: str, chosen: Behaviour) -> bool:
    """Like a class of another kind, with none of its words."""
    is_plain = sharp.behaviour_of(text) is None or _WHO_DOES.fullmatch(standard(text).strip("？?。！! ")) is not None
    return chosen not in _HALVES and chosen not in sharp.hints(text) and is_plain
