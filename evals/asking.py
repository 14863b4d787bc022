"""Cases put to the product: the answer as people get it, and what the library found for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assistant.answer import Answer, Source
from evals.questions import FIRST, WRITTEN_ON, Case, question_of, rank_of
from evals.side_by_side import at_once, side_by_side
from evals.workspace import Service
from knowledge.library import Finding
from knowledge.schema import documents

ALL_SETS = ("questions_laws", "questions_local", "as_of", "regions", "unanswerable")
"""Every frozen set of questions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One case with what became of it."""

    case: Case
    on: date
    answer: Answer
    finding: Finding
    issued: Mapping[str, date | None]
    """Of the documents, by their id: tells versions apart."""

    @property
    def rank(self) -> int | None:
        """Place of the first right clause in what the library found."""
        return rank_of(self.case, self.finding)

    @property
    def place(self) -> int | None:
        """Place of the first right clause among the sources of the answer."""
        for place, source in enumerate(self.answer.sources, start=1):
            right = any(one.is_said(source.title, source.clause) for one in self.case.expected)
            if right and not self.is_other_version(source):
                return place
        return None

    def is_other_version(self, source: Source) -> bool:
        return self.case.is_other_version(source.title, self.issued.get(source.document))

    @property
    def shown(self) -> tuple[str, ...]:
        """Sources as the report names them."""
        return tuple(f"《{source.title}》{source.clause}" for source in self.answer.sources)


def ask(
    service: Service,
    cases: Sequence[Case],
    *,
    today: date = WRITTEN_ON,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Asked]:
    """Side by side where a language model is waited for."""
    issued = issue_dates(service)

    def asked_of(case: Case) -> Asked:
        question = question_of(case, today)
        finding = service.library.find(question, limit=max(FIRST))
        return Asked(case, question.on, service.answers.answer(question), finding, issued)

    return side_by_side(asked_of, cases, most=at_once(service.model), on_progress=on_progress)


def issue_dates(service: Service) -> dict[str, date | None]:
    with service.database.reading() as tx:
        return {row.id: row.issued for row in tx.execute(select(documents.c.id, documents.c.issued))}
