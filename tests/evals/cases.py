"""Cases, answers and findings made by hand for the tests of the measurements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Extent, Source
from evals.asking import Asked
from evals.questions import WRITTEN_ON, Case, Expected
from knowledge.catalogue import StoredPassage
from knowledge.documents import Audience
from knowledge.library import Finding, Found, Why

CITY, ELSEWHERE = "990100", "420100"
PASSAGE = StoredPassage(
    id="d/第六条~0", clause_id="d/第六条", clause="第六条", clause_kind="article", document_id="d", title="某办法",
    doc_number=None, kind=None, module=None, level=None, region=CITY, issued=date(2025, 5, 20),
    effective_from=None, valid_from=None, valid_to=None, audience=Audience.PUBLIC, pending=(), start=0, end=1,
    prefix="", body="", ended_by=None,
)  # fmt: skip
SOURCE = Source(
    document="d", title="某办法", doc_number=None, clause="第六条", quote="", region=CITY,
    effective_from=date(2025, 7, 1), effective_to=None, in_force=True, audience=Audience.PUBLIC, score=1.0, why="",
    clause_id="d/第六条",
)  # fmt: skip
CASE = Case(
    id="l001", question="能领多少", style="plain", region=CITY, on=None, audience=Audience.PUBLIC,
    expected=(Expected("某办法", "第六条"),), source="questions_laws",
)  # fmt: skip


def found(clause: str, title: str = "某办法", *, meaning: float | None = None) -> Found:
    return Found(replace(PASSAGE, clause=clause, title=title), 1.0, Why(meaning, None, (), named=False))


def asked(
    case: Case = CASE, sources: Sequence[Source] = (), *, meaning: float | None = None, issued: date | None = None
) -> Asked:
    extent = Extent.ANSWERED if sources else Extent.NOT
    answer = Answer("", "answer", case.region, case.on or WRITTEN_ON, extent=extent, sources=sources)
    finding = Finding(() if meaning is None else (found("第六条", meaning=meaning),))
    return Asked(case, answer.on, answer, finding, {"d": issued})
