"""What held in a year that is named, or before: quoted with its document and that it no longer holds; today's rule beside it.

Where the knowledge base has no text of that time, that is said: today's figure is never passed off as the one of then.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.answer import Answer, Extent, Source
from assistant.flows.citing import day, name
from assistant.means import FAQ, Knowledge
from assistant.sought import offered, sought
from assistant.times_meant import Then, time_meant
from knowledge import catalogue, succession
from knowledge.library import Question as Asked
from knowledge.succession import Ended

MOST_OLD = 2
NOW = "现在是这样规定的："
NO_TEXT = "收录的文件里没有{said}有效、写明这件事的规定，当时是多少、怎么办，我不能凭现在的往回推。下面是现在的规定，从{start}起才有，不能当作{said}的："
NOTHING_OLDER = "收录的文件里没有更早的、写明这件事的规定，以前是多少、怎么办，我不能凭现在的往回推。下面是现在的规定，从{start}起："
LEAST_SHARED = 0.7
"""Of the pairs of characters that the question shares with today's rule, the old one must have so many: 岗前培训 is no 创业培训."""
MOST_LOOKED_AT, LONGEST_MATTER = 40, 120
_MUCH = re.compile(r"多少|好多|几|多久|多长|多大|怎么|咋|什么|啥|哪些")
_HOW_LONG = re.compile(r"(?:几|多少|好多)个?(?:天|日|工作日)|多久|多长时间|好久")
_IN_TIME = re.compile(r"内[^，。；]{0,16}(?:完成|办|作出|发|答复|决定|拨付|审|查)")


@dataclass(frozen=True, slots=True)
class OfThen:
    """What is said of the time asked about, and today's rule."""

    told: str
    now: Answer


@dataclass(frozen=True, slots=True)
class _Old:
    ended: Ended
    sources: Sequence[Source]


class ThenRules:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def find(self, asked: Asked, local: Callable[[Asked], Asked]) -> OfThen | None:
        """None where no earlier time is meant, or the rule of today held then, too; `local` puts a question for the place."""
        then = time_meant(asked.text, asked.on)
        if then is None or (then.last is None and not _MUCH.search(then.matter)):
            return None
        question = local(replace(asked, text=then.matter, also=()))
        now = self._knowledge.answers.answer(question)
        ruling = next((one for one in now.sources if _start(one)), None)
        olds = filter(None, self._olds(asked, then, ruling, now))
        old = next((one for one in olds if ruling is None or _is_same(then.matter, one.sources[0], ruling)), None)
        start = _start(ruling) if ruling else None
        if old is not None:
            return OfThen(_told(then, old), self._of_successor(question, old, now))
        if then.is_paper or start is None or (then.last is not None and start <= then.last):
            return None
        lead = NO_TEXT if then.last else NOTHING_OLDER
        return OfThen(lead.format(said=f"{then.said}的时候", start=day(start)), now)

    def _of_successor(self, question: Asked, old: _Old, now: Answer) -> Answer:
        """Today's answer, where it has the clause that took the old one's place; else that clause."""
        by, body = old.ended.by.document if old.ended.by else "", old.sources[0].quote
        like = self._knowledge.library.like(replace(question, text=_plain(body)), limit=MOST_LOOKED_AT).results
        found = next((one for one in like if one.passage.document_id == by), None)
        if found is None or any(one.clause_id == found.passage.clause_id for one in now.sources):
            return now
        kinds = sought(question.text) & offered(sought(question.text), body)
        is_alike = _shares(question.text, body, found.passage.body) and kinds <= offered(kinds, found.passage.body)
        return self._knowledge.answers.of(question, [found]) if is_alike else now

    def _olds(self, asked: Asked, then: Then, ruling: Source | None, now: Answer) -> Iterator[_Old | None]:
        """On the last day of that time, then on its first, where the rule changed within it; else the day before each change."""
        start = _start(ruling) if ruling else None
        if then.first is not None and then.last is not None:
            yield self._old(asked, then, then.last)
            if start is not None and then.first < start <= then.last and not then.is_paper:
                yield self._old(asked, then, then.first)
            return
        for ended in self._before(asked, then.matter, now):
            yield self._old(asked, then, ended.last_day, only=ended.document)

    def _before(self, asked: Asked, matter: str, now: Answer) -> list[Ended]:
        """What the documents of today's answer, then those that come near, took the place of; a published answer stands for the one it rests on."""
        scope = self._knowledge.library.scope(asked)
        near = self._knowledge.library.find(replace(asked, text=matter, also=()), limit=MOST_LOOKED_AT).results
        documents = list(
            dict.fromkeys([*(one.document for one in now.sources), *(one.passage.document_id for one in near)])
        )
        entries = [one.clause_id for one in now.sources if FAQ in one.title]
        with self._knowledge.database.reading() as tx:
            titles = [one.basis_title for one in catalogue.faqs_of(tx, entries).values()]
            explained = [title for names in succession.originals(tx, documents).values() for title in names]
            found = [ended for ended, _ in succession.predecessors(tx, scope, documents)]
            found += succession.replaced_by(tx, scope, [*titles, *explained])
        return list({one.document: one for one in found}.values())

    def _old(self, asked: Asked, then: Then, on: date, *, only: str = "") -> _Old | None:
        """The clauses that answered it on that day and hold no more."""
        question = replace(asked, text=then.matter, on=on, also=())
        answer = self._knowledge.answers.answer(question)
        past = [
            one for one in answer.sources if one.effective_to and one.effective_to < asked.on and FAQ not in one.title
        ]
        past = [one for one in past if not only or one.document == only]
        if not past or answer.extent is Extent.NOT:
            return None
        of_it = [one for one in past if one.document == past[0].document]
        chosen = _with_particular(then.matter, of_it, most=MOST_OLD if answer.parts else 1)
        return _Old(self._ended(asked, chosen[0]), chosen)

    def _ended(self, asked: Asked, source: Source) -> Ended:
        later = source.superseded_by
        by = (
            succession.Later(later.document, later.title, later.doc_number, later.since, later.is_pending)
            if later
            else None
        )
        return Ended(source.document, source.title, source.doc_number, source.effective_to or asked.on, by)


def _with_particular(matter: str, sources: Sequence[Source], *, most: int) -> list[Source]:
    """Those that say what is asked for: the days, the sum."""
    if _HOW_LONG.search(matter) and (telling := [one for one in sources if _IN_TIME.search(one.quote)]):
        return telling[:most]
    kinds = sought(matter)
    return [one for one in sources if kinds <= offered(kinds, one.quote)][:most] or list(sources[:most])


def _is_same(matter: str, old: Source, ruling: Source) -> bool:
    """Whether the old clause says as much of what is asked about as today's."""
    return _shares(matter, f"{ruling.title}{ruling.quote}", f"{old.title}{old.quote}")


def _plain(quote: str) -> str:
    return re.sub(r"\s+", "", quote)[:LONGEST_MATTER]


def _shares(matter: str, now: str, then: str) -> bool:
    pairs = {f"{one}{other}" for one, other in pairwise(matter)}
    told = {pair for pair in pairs if pair in now}
    return not told or sum(pair in then for pair in told) >= LEAST_SHARED * len(told)


def _told(then: Then, old: _Old) -> str:
    """The old clauses first, that they hold no more, then the way to today's."""
    names = "；".join(f"{name(one)}：“{one.quote.removeprefix(one.clause).strip()}”" for one in old.sources)
    by = old.ended.by
    ends = f"{by.when}失效，由{by.name}取代" if by else f"有效到{day(old.ended.last_day)}，已经失效"
    if then.last is not None and old.ended.last_day < then.last:
        opening = f"{then.said}当中换过规定，到{day(old.ended.last_day)}为止有效的是"
    else:
        opening = f"您问的是{then.said}的规定，当时有效的是" if then.last else "您问的是以前的规定，原来是"
    return f"{opening}{names}\n这份文件{ends}，现在不能再按它办。{NOW}"


def _start(source: Source) -> date | None:
    return source.effective_from or source.relied_on_from
