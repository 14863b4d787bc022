"""现在还能申请吗, 到2027年10月还能领吗: the days that the rule names and the dates of its document, against the calendar.

Whether somebody meets the conditions is not said here: only whether the time is open, when it opens, or until when the rule holds.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Extent
from assistant.behaviours import Behaviour
from assistant.fixed_days import each_year, joins_next_quarter, names_days, of_quarter, quarter_later
from assistant.flows.citing import BASIS, day, name
from assistant.flows.rules import RulesFlow, replied
from assistant.matters_named import ANY_BENEFIT, matters_of, speaks_of
from assistant.means import FAQ, Knowledge
from assistant.spans_of_time import without_days
from assistant.times_meant import ahead
from assistant.turn import Spoken, Turn
from knowledge import regions
from knowledge.calendar import shown
from knowledge.documents import TABLE_ROWS, Level
from knowledge.library import Found
from knowledge.library import Question as Asked

_STILL = re.compile(
    r"(?:还|现在|这会儿|如今|眼下|今天)[^，。？?]{0,8}(?:能|可以|来得及|收)[^，。？?]{0,10}(?:申请|申报|报|办|领|交|补)|来不?来?得及|(?:过期|截止|过|晚|迟)了?(?:没有?|吗|不)(?![^，。]{0,2}[天日])|(?:还|补)报得?[上成]?[吗不么]"
)
_HOLDS = re.compile(r"还(?:能|可以|会)?[^，。？?]{0,10}(?:有|在|领|申请|补|给|发|享受|算|管用|有效)|有没有|能不能")
_WHICH_DAY = re.compile(r"最[晚迟早]|哪[天日]|几号|几月")
_THIS = re.compile(r"这(?:个|项|种|笔)?|那(?:个|项|种|笔)|它")
_OF_COUNTY = re.compile(r"县里|区里|县级|区级|县上")
MOST_COMPARED, LEAST_OF_BEST = 20, 0.4
_BENEFIT = re.compile(r"补[贴助帖]|贷款|贴息|奖")
CONDITIONS = "能不能领到，还要看条件，以审核为准。"


class StillOpen:
    def __init__(self, knowledge: Knowledge, rules: RulesFlow) -> None:
        self._knowledge, self._rules_flow = knowledge, rules

    def take(self, turn: Turn) -> Spoken | None:
        """None where it is not asked, or no rule on the matter names days."""
        if _WHICH_DAY.search(turn.text):
            return None
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        if (then := ahead(turn.text, turn.today)) is not None and _HOLDS.search(turn.text):
            return self._ahead(turn, asked, *then)
        if not _STILL.search(turn.text) or not matters_of(turn.text):
            return None
        for found in self._rules(asked):
            if lines := list(open_now(turn.text, found.passage.body, turn.today)):
                return self._told(turn, asked, found, lines)
        return None

    def _told(self, turn: Turn, asked: Asked, found: Found, lines: list[str]) -> Spoken:
        """The calendar first; behind the clause what else is written for those who are late."""
        answer = self._knowledge.answers.of(asked, [found])
        lines.append(f"出自{name(answer.sources[0])}。")
        if _BENEFIT.search(asked.text):
            lines.append(CONDITIONS)
        usual = self._knowledge.answers.answer(asked)
        is_late = any("已经过了" in line for line in lines) and usual.extent is Extent.ANSWERED
        return replied(turn, usual if is_late else answer, behaviour=Behaviour.DEADLINE, before="\n".join(lines))

    def _rules(self, asked: Asked) -> Iterator[Found]:
        results = self._knowledge.library.find(
            replace(asked, text=without_days(asked.text)), limit=MOST_COMPARED
        ).results
        for one in results:
            passage = one.passage
            is_near = one.score >= LEAST_OF_BEST * results[0].score and passage.clause_kind not in TABLE_ROWS
            if is_near and names_days(passage.body) and speaks_of(asked.text, f"{passage.prefix}{passage.body}"):
                yield one

    def _ahead(self, turn: Turn, asked: Asked, said: str, first: date, last: date, matter: str) -> Spoken | None:
        """Until when the document holds that settles it today."""
        if _THIS.search(matter) and matters_of(matter) <= {ANY_BENEFIT} and turn.state.last_question:
            matter = turn.state.last_question
        question = self._rules_flow.local_first(turn, replace(asked, text=matter))
        answer = self._of_place(turn, question) or self._knowledge.answers.answer(question)
        ruling = next((one for one in answer.sources if FAQ not in one.title and one.effective_from), None)
        if ruling is None or answer.extent is Extent.NOT or not matters_of(matter):
            return None
        if ruling.effective_to is None:
            told = f"{name(ruling)}没有写有效到哪天；到{said}还有没有、是多少，以到时候有效的文件为准。"
        elif first > ruling.effective_to:
            told = f"现在的依据{name(ruling)}有效到{day(ruling.effective_to)}，{said}已经在那以后：到期以后还有没有、是多少，收录的文件里没有写，不能说到时候还能领。"
        elif last > ruling.effective_to:
            told = (
                f"现在的依据{name(ruling)}有效到{day(ruling.effective_to)}；{said}在那以后的部分，收录的文件里没有写。"
            )
        else:
            told = f"现在的依据{name(ruling)}有效到{day(ruling.effective_to)}，{said}还在有效期内；中间要是修改或者废止，以到时候有效的为准。"
        return replied(turn, answer, behaviour=Behaviour.ANSWER, before=told)

    def _of_place(self, turn: Turn, asked: Asked) -> Answer | None:
        """What the place itself gives, the county where that is asked; a province only sets what places must give."""
        if turn.region is None or not _BENEFIT.search(asked.text):
            return None
        levels = {Level.COUNTY} if _OF_COUNTY.search(turn.text) else {Level.CITY, Level.COUNTY}
        results = self._knowledge.library.find(asked, limit=MOST_COMPARED).results
        for one in results:
            passage = one.passage
            is_own = regions.level(passage.region) in levels and passage.clause_kind not in TABLE_ROWS
            if is_own and one.score >= LEAST_OF_BEST * results[0].score and speaks_of(asked.text, passage.body):
                return self._knowledge.answers.of(asked, [Found(passage, one.score, BASIS)])
        return None


def open_now(text: str, rule: str, today: date) -> Iterator[str]:
    """Whether the time is open on that day, and when it ends or begins."""
    if (quarter := of_quarter(text, rule, today, as_named=True)) is not None:
        last, whose = quarter
        yield from _of_quarter(last, whose.removesuffix("，"), rule, today)
    elif "季" not in text and (span := each_year(rule, today)) is not None:
        yield from _of_year(*span, each_year(rule, date(today.year + 1, 1, 1)), today)


def _of_year(first: date, last: date, later: tuple[date, date] | None, today: date) -> Iterator[str]:
    if today < first:
        yield f"今天是{shown(today)}，还没到时候，从{shown(first)}起，到{shown(last)}为止。"
    elif today <= last:
        yield f"今天是{shown(today)}，正在条款写的时间里（{first.month}月{first.day}日至{last.month}月{last.day}日），到{shown(last)}为止，还有{(last - today).days}天。"
    else:
        next_time = f"；条款写的下一次从{shown(later[0])}起" if later else ""
        yield f"今天是{shown(today)}，今年的到{shown(last)}为止，已经过了{(today - last).days}天{next_time}。"


def _of_quarter(last: date, whose: str, rule: str, today: date) -> Iterator[str]:
    begins = last.replace(day=1)
    if today < begins:
        yield f"{whose}要等那个季度过完，从{shown(begins)}起，到{shown(last)}为止；今天是{shown(today)}，还没到时候。"
    elif today <= last:
        yield f"{whose}截止日是{shown(last)}：今天是{shown(today)}，还在时间里，还有{(last - today).days}天。"
    else:
        yield f"{whose}截止日是{shown(last)}：今天是{shown(today)}，已经过了{(today - last).days}天。"
        if joins_next_quarter(rule):
            later = quarter_later(last)
            yield (
                f"条款写明逾期的可以并入下一季度一并申请：并入以后的截止日是{shown(later)}，从{shown(later.replace(day=1))}起申请。"
                if later >= today
                else f"并入下一季度的截止日{shown(later)}也过了，条款写明不得再往后并。"
            )
        else:
            yield "过了还能不能补，条款没有写，请问受理窗口。"
