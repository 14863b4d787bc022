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
    case = replace(questions.load("as_of")[0], expected=(Expected("某办法", "第六条"),), version=date(2022, 1, 1))
    assert questions.rank_of(case, Finding((found("第六条"),))) is None


def test_the_version_is_that_of_the_first_document_named() -> None:
    both = (Expected("某法", "第一条"), Expected("某办法", "第六条"))
    case = replace(questions.load("as_of")[0], expected=both, version=date(2022, 1, 1))
    assert questions.rank_of(case, Finding((found("第六条"),))) == 1


def test_brackets_of_a_title_may_be_typed_either_way() -> None:
    assert Expected("某办法(试行)", "第六条").fits(found("第六条", title="某办法（试行）"))


@pytest.mark.parametrize("name", [*questions.ANSWERABLE, *questions.DEVELOPMENT, "as_of"])
def test_every_question_with_an_answer_names_the_clause(name: str) -> None:
    assert all(case.expected for case in questions.load(name))


@pytest.mark.parametrize(("name", "least"), [("as_of", 80), ("regions", 60), ("unanswerable", 150)])
def test_the_frozen_sets_are_as_large_as_they_must_be(name: str, least: int) -> None:
    assert len(questions.load(name)) >= least


def test_own_questions_are_at_least_three_hundred_and_half_of_them_not_plain() -> None:
    cases = [case for name in questions.ANSWERABLE for case in questions.load(name)]
    assert len(cases) >= 300
    assert sum(case.style != "plain" for case in cases) >= len(cases) / 2


def test_a_variant_shares_its_root_with_the_plain_question() -> None:
    cases = {case.id: case for name in questions.ANSWERABLE for case in questions.load(name)}
    assert [case.id for case in cases.values() if case.pair and cases[case.pair].root != case.root] == []


def test_a_question_that_asks_several_things_has_a_place_for_each() -> None:
    asked = next(case for case in questions.load("questions_laws") if case.parts)
    first, second = asked.parts[0][0], asked.parts[1][0]
    finding = Finding((found(second.clause, second.title), found("第一条"), found(first.clause, first.title)))
    assert questions.result_of(asked, finding).parts == (3, 1)
