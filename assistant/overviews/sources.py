"""Clauses of an overview as its sources, numbered in the order they are first named."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Extent, Source
from assistant.flows.citing import citations
from assistant.flows.sourcing import Sourcing
from assistant.means import Knowledge
from knowledge.catalogue import StoredPassage
from knowledge.library import Finding, Found, Question, Why

FLOW = "overview"
WHY = "上面列的这一项以它为依据"
NAMED = Why(None, None, (), named=True)


class Numbered:
    """Gives every clause its number."""

    def __init__(self, knowledge: Knowledge, asked: Question) -> None:
        self._sourcing, self._asked = Sourcing(knowledge.library, knowledge.database), asked
        self._numbers: dict[str, int] = {}
        self.sources: list[Source] = []

    def marks(self, passages: Sequence[StoredPassage]) -> str:
        """[3][4]"""
        return "".join(f"[{self._number(one)}]" for one in passages)

    def add(self, source: Source) -> str:
        """A source made elsewhere."""
        if source.clause_id not in self._numbers:
            self.sources.append(source)
            self._numbers[source.clause_id] = len(self.sources)
        return f"[{self._numbers[source.clause_id]}]"

    def _number(self, passage: StoredPassage) -> int:
        if passage.clause_id not in self._numbers:
            shown = self._sourcing.show(self._asked, [Found(passage, 1.0, NAMED)], Finding(), {})
            self.sources += [replace(one.source, why=WHY) for one in shown]
            self._numbers[passage.clause_id] = len(self.sources)
        return self._numbers[passage.clause_id]


def told(asked: Question, lead: str, sources: Sequence[Source], notices: Sequence[str] = ()) -> Answer:
    """The words with their citations; readers who show the sources themselves use the lead."""
    lines = citations(sources, 1, range(1, len(sources) + 1))
    text = "\n".join([lead, "", "依据：", *lines]) if sources else lead
    extent = Extent.ANSWERED if sources else Extent.PARTLY
    return Answer(
        text, FLOW, asked.region, asked.on, extent=extent, lead=lead, sources=list(sources), notices=list(notices)
    )
