"""Deadlines: counted only from the clause about the very matter, and from the very day that it counts from.

A wrong day is worse than none: where the rule begins with an act that nobody has named the day of, the clause and
the way of counting are shown without a day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.acts import begins_with, is_due
from assistant.answer import Answer, Source
from assistant.behaviours import Behaviour
from assistant.day_counting import Counting, Told, counted_in, heard, in_rule_words, is_asked, is_bare_day
from assistant.fixed_days import names_days, of_quarter, of_year
from assistant.flows import counting_words
from assistant.flows.citing import BASIS
from assistant.flows.expiring import Expiring
from assistant.flows.rules import RulesFlow, replied
from assistant.flows.still_open import StillOpen
from assistant.matters_named import ANY_BENEFIT, matters_of, names_a_matter, speaks_of, told_in
from assistant.means import FAQ, Knowledge
from assistant.spans_of_time import Period, asks_when, is_backwards, periods, to_count, without_days
from assistant.time_steps import Step, steps
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue, succession
from knowledge.calendar import Calendar
from knowledge.library import Found
from knowledge.library import Question as Asked

_COUNTS = re.compile(
    r"还有|还剩|剩|顺延|算不算|放假|补班|到期|最[晚迟]|(?:哪一?[天日]|几号|几月几|何时|[什啥]么?时[候间]).{0,12}(?:前|到|截止|办结|拨付|出|下来|完|给|要|回|恢复|答复)"
)
MOST_COMPARED, LEAST_OF_BEST = 20, 0.5
MOST_CLAUSES = 3
LONGEST_DAY = 16
"""Characters of a message that only names a day."""
NOT_WRITTEN = "没有查到写明这个期限的条款，我不给日子，免得误了您的事。"
WHICH_MATTER = "要数日子，先得知道是哪一件事（比如诉求、许可证、开业补贴）：各件事的期限不一样。"
WHICH_BENEFIT = "补贴有好几种，期限各不相同，我不混着数。说是哪一种（开业补贴、场租补贴、社会保险补贴……）、哪一步，我就数。查到的这一处是这样写的："
NOT_FROM_THAT_DAY = "条款里的期限不是从您说的那天往后数的，我不给日子，免得误了您的事；请看原文："
OF_YOUR_OWN = "这个期限是按您说的数的，具体以文件或通知书写的为准。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may set the time that is asked for."""

    clause_id: str
    text: str
    whole: str
    """With its title and headings."""
    source: Source | None = None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    candidate: Candidate
    counting: Counting


class DeadlineFlow:
    def __init__(self, knowledge: Knowledge, calendar: Calendar, rules: RulesFlow) -> None:
        self._knowledge, self._calendar, self._rules = knowledge, calendar, rules
        self._expiring, self._still_open = Expiring(knowledge, calendar), StillOpen(knowledge, rules)

    def take(self, turn: Turn) -> Spoken | None:
        """What runs out, or is still open, on a day; and 11月25日, after a count that lacked the day: the question with it."""
        if (dated := self._expiring.take(turn) or self._still_open.take(turn)) is not None:
            return dated
        is_day = len(turn.text) <= LONGEST_DAY and heard(turn.text, turn.today).anchors
        if turn.state.last_behaviour != Behaviour.DEADLINE or not is_day or asks_when(turn.text):
            return None
        told = turn.state.last_replies[-1].text if turn.state.last_replies else ""
        begins = counting_words.BEGINS.search(told)
        event = begins["event"] if begins and is_bare_day(turn.text) else ""
        day = re.sub(r"[。！!呢吧]+$", "", turn.text.strip())
        whole = f"{day}{event}，{without_days(turn.state.last_question or turn.state.matter)}"
        return self.respond(replace(turn, text=whole, rewritten=whole))

    def respond(self, turn: Turn) -> Spoken:
        turn = _with_matter(turn)
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        told = heard(turn.text, turn.today)
        own = to_count(turn.text)
        if own and told.anchors:
            yield from self._own(turn, asked, own, told)
            return
        if not told.anchors and (then := self._rules.former(turn, asked)) is not None:
            yield from then
            return
        if (places := self._rules.places_to_ask(turn, asked)) is not None:
            yield from self._rules.ask_region(turn, places)
            return
        answer = self._knowledge.answers.answer(asked)
        candidates = [*self._candidates(asked, answer)]
        counts = bool(told.anchors) or _COUNTS.search(turn.text) is not None
        if counts and (fixed := self._named_by_the_rule(turn, asked, candidates)) is not None and not told.anchors:
            yield from replied(turn, self._led_by(asked, answer, [fixed[0]]), before=fixed[1])
            return
        of_answer = [one for one in candidates if one.source is not None]
        fits = self._fits(asked, candidates if told.anchors or not of_answer else of_answer, told) if counts else []
        if fits and told.matters == {ANY_BENEFIT}:
            shown = self._led_by(asked, answer, [one.candidate for one in fits])
            lines = counting_words.without_days(fits[0].counting)
            yield from replied(turn, shown, behaviour=Behaviour.DEADLINE, before="\n".join([WHICH_BENEFIT, *lines]))
        elif fits:
            yield from self._told(turn, asked, answer, fits)
        elif told.anchors and not any(names_days(one.text) for one in candidates if self._is_about(asked, one)):
            yield from self._not_written(turn, answer)
        else:
            yield from replied(turn, answer)

    def _candidates(self, asked: Asked, answer: Answer) -> Iterator[Candidate]:
        """The clauses that the answer rests on, then those that come near; of the matter that is asked about alone."""
        near = [
            one
            for words in dict.fromkeys((without_days(asked.text), in_rule_words(asked.text, asked.on)))
            if (results := self._knowledge.library.find(replace(asked, text=words), limit=MOST_COMPARED).results)
            for one in results
            if one.score >= LEAST_OF_BEST * results[0].score
        ]
        by_id = {one.passage.clause_id: one for one in reversed(near)}
        seen = set[str]()
        for source in answer.sources:
            found = by_id.get(source.clause_id)
            is_entry = FAQ in source.title
            text = source.quote if is_entry or found is None else found.passage.body
            headings = found.passage.prefix if found else ""
            seen.add(source.clause_id)
            yield Candidate(source.clause_id, text, f"{source.title}{headings}{text}{source.quote}", source, found)
        for one in near:
            passage = one.passage
            if passage.clause_id not in seen and FAQ not in passage.title:
                seen.add(passage.clause_id)
                whole = f"{passage.title}{passage.prefix}{passage.body}"
                yield Candidate(passage.clause_id, passage.body, whole, found=one)

    def _fits(self, asked: Asked, candidates: Sequence[Candidate], told: Told) -> list[Fit]:
        """Clauses with a time for what is asked: those it can be counted by, else the first that says how."""
        fits = [
            Fit(one, counting)
            for one in candidates
            if self._is_about(asked, one) and (counting := counted_in(one.text, told, self._calendar)) is not None
        ]
        counted = sorted((one for one in fits if one.counting.counted), key=_is_entry)
        certain = [one for one in counted if not one.counting.left_open] or counted
        of_answer = [one for one in certain if one.candidate.source is not None]
        certain = of_answer or certain
        if not certain:
            return sorted(fits, key=_by_worth)[:1]
        kept = [
            one
            for row, one in enumerate(certain)
            if not any(
                one.counting.days < other.counting.days or (one.counting.days == other.counting.days and at < row)
                for at, other in enumerate(certain)
            )
        ]
        return [self._of_original(asked, one, told) for one in kept[:MOST_CLAUSES]]

    def _of_original(self, asked: Asked, fit: Fit, told: Told) -> Fit:
        """Counted by the clause itself where it was counted by what only explains it."""
        source = fit.candidate.source
        if source is None:
            return fit
        with self._knowledge.database.reading() as tx:
            titles = succession.originals(tx, [source.document]).get(source.document, ())
            scope = self._knowledge.library.scope(asked)
            passages = catalogue.passages_of_clause(tx, scope, titles=titles) if titles else []
        for one in passages:
            counting = counted_in(one.body, told, self._calendar)
            if counting is not None and counting.days == fit.counting.days:
                whole = f"{one.title}{one.prefix}{one.body}"
                return Fit(Candidate(one.clause_id, one.body, whole, found=Found(one, 1.0, BASIS)), counting)
        return fit

    def _is_about(self, asked: Asked, candidate: Candidate) -> bool:
        """By its own words or headings; a clause for all matters of its document, by those of the document."""
        if speaks_of(asked.text, candidate.whole):
            return True
        passage = candidate.found.passage if candidate.found else None
        if passage is None or FAQ in passage.title or told_in(candidate.text):
            return False
        with self._knowledge.database.reading() as tx:
            rest = catalogue.passages_of_clause(tx, self._knowledge.library.scope(asked), titles=[passage.title])
        return any(speaks_of(asked.text, one.body) for one in rest if one.document_id == passage.document_id)

    def _told(self, turn: Turn, asked: Asked, answer: Answer, fits: Sequence[Fit]) -> Spoken:
        """One clause; where several set different times, each with what it is about."""
        lines = []
        shown = self._led_by(asked, answer, [one.candidate for one in fits])
        if len(fits) > 1:
            lines.append("要看您办的是哪一样，几处规定的期限不同：")
        for fit in fits:
            lines += counting_words.of_counting(self._calendar, fit.counting, turn.today)
            source = next((one for one in shown.sources if one.clause_id == fit.candidate.clause_id), None)
            if source is not None:
                lines.append(f"期限出自{counting_words.named(source)}。")
        yield from replied(turn, shown, behaviour=Behaviour.DEADLINE, before="\n".join(lines))

    def _led_by(self, asked: Asked, answer: Answer, chosen: Sequence[Candidate]) -> Answer:
        """The answer where it begins with these clauses; else these alone."""
        if answer.sources and not heard(asked.text, asked.on).anchors:
            return answer
        first = {one.clause_id for one in answer.sources[: len(chosen)]}
        found = [one.found for one in chosen if one.found is not None]
        is_all = all(speaks_of(asked.text, f"{one.title}{one.quote}") for one in answer.sources)
        if ({one.clause_id for one in chosen} <= first and is_all) or len(found) < len(chosen):
            return answer
        return self._knowledge.answers.of(asked, found)

    def _not_written(self, turn: Turn, answer: Answer) -> Spoken:
        """Said plainly, with the rules on the matter as far as there are any."""
        about = [one for one in answer.sources if speaks_of(turn.text, f"{one.title}{one.quote}")]
        lead = NOT_WRITTEN if names_a_matter(turn.text) else WHICH_MATTER
        if any(next(periods(one.quote), None) for one in about):
            yield from replied(turn, answer, behaviour=Behaviour.DEADLINE, before=NOT_FROM_THAT_DAY)
            return
        if about:
            yield from replied(turn, answer, behaviour=Behaviour.PARTLY, before=f"{lead}有关的规定是：")
            return
        text = f"{lead}可以打受理窗口的电话问，或者看受理通知书上写的期限。"
        yield turn.reply(Behaviour.NO_EVIDENCE, text, choices=(tap("查窗口", "服务窗口在哪里？"), tap("转人工")))

    def _own(self, turn: Turn, asked: Asked, own: Period, told: Told) -> Spoken:
        """A period that the person names; the rule of the matter beside it, where one sets a time for it."""
        backwards = own.unit.value == "个工作日" and is_backwards(turn.text, own)
        anchor = told.anchors[0]
        counted = (
            self._calendar.before(anchor.day, own.length)
            if backwards
            else self._calendar.after(anchor.day, own.length, own.unit)
        )
        lines = list(counting_words.told(self._calendar, counted, forward=not backwards))
        lines += counting_words.said_without_year(anchor, turn.today)
        answer = self._knowledge.answers.answer(asked)
        rule = self._rule_beside(asked, self._candidates(asked, answer), own, told)
        if rule is None:
            yield turn.reply(Behaviour.DEADLINE, "\n".join([*lines, OF_YOUR_OWN]))
            return
        candidate, step = rule
        shown = self._led_by(asked, answer, [candidate])
        source = next((one for one in shown.sources if one.clause_id == candidate.clause_id), shown.sources[0])
        lines.append(counting_words.of_own(source, step, own, anchor))
        yield from replied(turn, shown, behaviour=Behaviour.DEADLINE, before="\n".join(lines))

    def _rule_beside(
        self, asked: Asked, candidates: Iterator[Candidate], own: Period, told: Told
    ) -> tuple[Candidate, Step] | None:
        """By what it begins with; else one that sets another time for the same; else one as long for the same step."""
        same, other, alike = (
            list[tuple[Candidate, Step]](),
            list[tuple[Candidate, Step]](),
            list[tuple[Candidate, Step]](),
        )
        for one in candidates:
            if told.matters and not self._is_about(asked, one):
                continue
            of_clause = [step for step in steps(one.text) if is_asked(step, told, one.text)]
            as_long = [step for step in of_clause if step.period.same(own)]
            same += [(one, step) for step in as_long if begins_with(step.event, told.anchors[0].act, told.text)]
            alike += [(one, step) for step in as_long if told.stages and is_due(step.due, told.stages)]
            if told.matters and told.stages and (counting := counted_in(one.text, told, self._calendar)) is not None:
                other += [(one, counted.step) for counted in counting.counted[:1]]
        return next(iter([*same, *other, *alike]), None)

    def _named_by_the_rule(
        self, turn: Turn, asked: Asked, candidates: Sequence[Candidate]
    ) -> tuple[Candidate, str] | None:
        """A day that stands in the rule itself: each year, each quarter."""
        for one in candidates:
            if not self._is_about(asked, one):
                continue
            day = of_quarter(turn.text, one.text, turn.today) or of_year(turn.text, one.text, turn.today)
            sources = [one.source] if one.source else []
            sources += self._knowledge.answers.of(asked, [one.found]).sources if one.found and not sources else []
            if day is not None and sources:
                return one, counting_words.until(self._calendar, day[0], turn.today, sources[0], day[1])
        return None


def _with_matter(turn: Turn) -> Turn:
    """我11月10日提交的，最晚哪天答复, behind a question about a 诉求: the matter is that one."""
    before = matters_of(turn.state.last_question)
    if names_a_matter(turn.text) or not before or matters_of(turn.text):
        return turn
    whole = f"{'、'.join(sorted(before))}，{turn.text}"
    return replace(turn, text=whole, rewritten=whole)


def _by_worth(fit: Fit) -> tuple[bool, bool, bool]:
    """Of clauses that no day follows from: one that says what it begins with, of the answer, and no entry."""
    lacks_start = any(not step.event for step in fit.counting.left_open)
    return lacks_start, fit.candidate.source is None, _is_entry(fit)


def _is_entry(fit: Fit) -> bool:
    """A published answer stands behind the clause it rests on."""
    return fit.candidate.source is not None and FAQ in fit.candidate.source.title
