"""Own questions: what counts as the right clause."""

from dataclasses import replace
from datetime import date

import pytest

from evals import questions
from evals.questions import Expected
from knowledge.catalogue import StoredPassage
from knowledge.documents import Audience
from knowledge.library import Finding, Found, Why

PASSAGE = StoredPassage(
    id="d/第六条~0", clause_id="d/第六条", clause="第六条", clause_kind="article", document_id="d", title="某办法",
    doc_number=None, kind=None, module=None, level=None, region="990100", issued=date(2025, 5, 20),
    effective_from=None, valid_from=None, valid_to=None, audience=Audience.PUBLIC, pending=(), start=0, end=1,
    prefix="", body="", ended_by=None,
)  # fmt: skip


def found(clause: str, title: str = "某办法") -> Found:
    return Found(replace(PASSAGE, clause=clause, title=title), 1.0, Why(None, None, (), named=False))


@pytest.mark.parametrize("clause", ["第六条", "第六条第二款", "第六条第（一）项"])
def test_an_article_is_right_with_its_parts(clause: str) -> None:
    assert Expected("某办法", "第六条").fits(found(clause))


@pytest.mark.parametrize("clause", ["第六十条", "第十六条", "第七条", "第六条之一"])
def test_another_article_is_wrong_however_alike(clause: str) -> None:
    assert not Expected("某办法", "第六条").fits(found(clause))


def test_the_same_clause_of_another_document_is_wrong() -> None:
    assert not Expected("某办法", "第六条").fits(found("第六条", title="另一办法"))


@pytest.mark.parametrize(
    ("clause", "right"), [("三（二）1", True), ("三（二）", True), ("三（二十）", False), ("三", False)]
)
def test_headings_are_right_with_their_points(clause: str, right: bool) -> None:
    assert Expected("某办法", "三（二）").fits(found(clause)) is right


def test_another_version_is_wrong() -> None:
    case = replace(
        questions.load("as_of_sample")[0], expected=(Expected("某办法", "第六条"),), version=date(2022, 1, 1)
    )
    assert questions.rank_of(case, Finding((found("第六条"),))) is None


@pytest.mark.parametrize("name", questions.ANSWERABLE)
def test_every_frozen_set_can_be_read(name: str) -> None:
    assert all(case.expected for case in questions.load(name))


def test_own_questions_are_at_least_a_hundred_and_half_of_them_not_plain() -> None:
    cases = [case for name in ("questions_real", "questions_sample") for case in questions.load(name)]
    assert len(cases) >= 100
    assert sum(case.style != "plain" for case in cases) >= len(cases) / 2
