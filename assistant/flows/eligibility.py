"""Can I get it: the self-test that fits begins at once, two to four are offered, else the conditions; no verdict of ours."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import requests, sharp
from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.eligibility import asking, extracting, holding, matching
from assistant.eligibility.asking import EVERYTHING
from assistant.eligibility.said_before import OURS
from assistant.eligibility.sheet import Sheet, answers, of_state
from assistant.events import Question
from assistant.flows import matter, scopes
from assistant.flows.rules import RulesFlow, known_context, replied, self_test
from assistant.means import Knowledge
from assistant.state import REGION
from assistant.turn import Spoken, Turn, tap
from knowledge import several
from knowledge.library import Question as Asked
from knowledge.rules.engine import Engine

ALL = "all"
STILL_OPEN = "这项自测正在做，接着答就行："


def as_conditions(text: str) -> str:
    """Can I get it, put as the documents say who can."""
    matter = several.subject(text)
    return f"{matter}什么人能领，要符合什么条件" if matter else text


_OLD_STANDARD = re.compile(r"(?:按|照|用|依)?(?:老|旧|原来?的?|以前的?)(?:标准|办法|政策|规定)")
"""Whether the old rules still hold for somebody is told by the new ones."""


class EligibilityFlow:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules = knowledge, rules

    def respond(self, turn: Turn) -> Spoken:
        if turn.region is None and REGION not in turn.state.asked_about:
            yield from self._rules.ask_region(turn)
            return
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        is_from_elsewhere = scopes.is_from_elsewhere(turn, asked) and scopes.asks_whether(turn.text)
        if is_from_elsewhere or _OLD_STANDARD.search(turn.text):
            yield from self._rules.respond(turn)  # whom, and since when, the rules are for comes before any condition
            return
        engine, words = self.rules(), self._knowledge.library.rewritten(turn.text).repaired
        if named := matching.named_to_start(turn.text, engine, turn.region_or_country):
            yield from self.begin(turn, engine, named[0], turn.text)
            return
        if matching.asks_for_everything(words) or matching.asks_for_everything(turn.text):
            yield from self.begin_everything(turn, engine, words)
            return
        if (told := self._rules.former(turn, asked, claimed=True)) is not None:
            yield from told
            return
        answer = self.conditions(turn)
        fits = self.fitting(turn, engine, words, answer)
        if len(fits) == 1:
            yield from self.begin(turn, engine, fits[0], words, answer)
        elif matching.asks_for_benefits(words, turn.region_or_country, turn.today, engine):
            yield from self.begin_everything(turn, engine, words)
        elif fits:
            yield from self._offered(turn, engine, fits, answer)
        else:
            yield from self._told(turn, answer)

    def rules(self) -> Engine:
        return self._knowledge.rules()

    def fitting(self, turn: Turn, engine: Engine, words: str, answer: Answer) -> list[str]:
        """Of the region asked about and of the kind of business that is known."""
        entity = turn.state.remembered.get("entity")
        confirmed = answers(turn.state, engine).get("entity", entity.value if entity else "")
        asked = matching.Asked(words, turn.region_or_country, turn.today, confirmed)
        return matching.fitting(asked, answer.sources, engine)

    def begin(self, turn: Turn, engine: Engine, policy: str, words: str, answer: Answer | None = None) -> Spoken:
        before, known = of_state(turn.state, engine), answers(turn.state, engine)
        if before and not before.rests and before.policies == (policy,):
            if sharp.hints(turn.message.text).get(Behaviour.ELIGIBILITY):
                yield from holding.again(turn, engine, before, known, STILL_OPEN)
            else:  # half a question about the matter: 最高给多少
                yield from self._rules.respond(turn)
            return
        sheet = self.hearing_more(turn, engine, holding.begun(turn, engine, [policy], words=words))
        used = [name for name in known if name in {fact for one in engine.rulings[policy] for fact in one.facts}]
        card = holding.page_of(turn, policy, known_context(turn))
        opening = turn.reply(Behaviour.ELIGIBILITY, holding.opening_of(sheet, engine, used), cards=(card,))
        if answer is not None and answer.sources:
            opening = replace(opening, answer=answer.to_json())
        yield from holding.proceeding(turn, engine, sheet, known, opening=opening)

    def begin_everything(self, turn: Turn, engine: Engine, words: str) -> Spoken:
        before, known = of_state(turn.state, engine), answers(turn.state, engine)
        policies = engine.for_everyone(turn.region_or_country)
        if before and not before.rests and before.everything and before.policies == tuple(policies):
            yield from holding.again(turn, engine, before, known, STILL_OPEN)
            return
        begun = holding.begun(turn, engine, policies, words=words, everything=True)
        sheet = self.hearing_more(turn, engine, begun)
        card = holding.page_of(turn, ALL, known_context(turn))
        opening = turn.reply(Behaviour.ELIGIBILITY, holding.opening_of(sheet, engine, known), cards=(card,))
        yield from holding.proceeding(turn, engine, sheet, known, opening=opening)

    def hearing_more(self, turn: Turn, engine: Engine, sheet: Sheet) -> Sheet:
        """With what a language model points at in the message besides; to be confirmed like all that was heard."""
        known = {*answers(turn.state, engine), *(one.name for one in sheet.heard)}
        names = [name for name in asking.wanted(sheet, engine, turn.today) if name not in known]
        text = "" if turn.message.text.startswith(OURS) else turn.message.text
        more = extracting.extracted(text, engine, turn.today, names, self._knowledge.model)
        return replace(sheet, heard=(*sheet.heard, *more)) if more else sheet

    def _offered(self, turn: Turn, engine: Engine, fits: Sequence[str], answer: Answer) -> Spoken:
        yield from self._told(turn, answer)
        shorts = [engine.book.policies[one].short for one in fits]
        choices = (*(tap(one, f"自测：{one}") for one in shorts), tap(EVERYTHING))
        text = "您问的可能是下面几项，想测哪一项？点一下就开始，只问几个问题。"
        yield Question(text, turn.to, "policy", choices, Behaviour.ELIGIBILITY.value)

    def conditions(self, turn: Turn) -> Answer:
        """What the documents say about who can get what the turn asks about."""
        words, also = as_conditions(turn.text), tuple[str, ...]()
        if self._knowledge.answers.is_judged:  # a model is asked what the person asks, in whatever words it is found
            words, also = turn.text, (words,)
        asked = Asked(words, turn.region_or_country, turn.today, turn.audience, also)
        answer = self._knowledge.answers.answer(asked)
        asking = "，".join(piece for piece in requests.pieces(turn.text) if requests.asks(piece))
        if answer.sources or not asking or asking == turn.text:
            return answer
        return self._knowledge.answers.answer(replace(asked, text=as_conditions(asking)))  # without the story before it

    def _told(self, turn: Turn, answer: Answer) -> Spoken:
        """The conditions themselves, and the page of all self-tests."""
        before = (
            "能不能享受，要逐条对条件，最后由主管部门审核，我不下结论。\n"
            f"可以先做自测：只问还不清楚的，没答的算“待定”，不会算成不符合；不用登录，{holding.INDICATIVE}。"
        )
        if not answer.sources and matter.names_what_for(turn.text):
            yield from self._rules.respond(turn)
            return
        if not answer.sources:
            choices = (tap(EVERYTHING), tap("有什么扶持政策", "现在有什么扶持政策？"), tap("转人工"))
            text = f"{before}\n照您这样问，我没有找到直接对应的条款；换个说法（只写事项，比如哪种补贴、哪项认定）再问一次，或者转人工。"
            yield turn.reply(Behaviour.ELIGIBILITY, text, cards=(self_test(turn),), choices=choices)
            return
        yield from replied(turn, answer, behaviour=Behaviour.ELIGIBILITY, before=before, card=self_test(turn))
