"""What counts as right on a day and in a place, and what must never be shown as binding."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.bootstrap import Service
from assistant.answer import Source
from evals import questions, runs, scopes
from evals.questions import Case
from evals.scopes import Wrong, wrongly_binding
from knowledge.documents import Audience
from tests.evals.cases import CASE, ELSEWHERE, SOURCE, asked

AS_OF = replace(CASE, source="as_of", on=date(2024, 1, 1), version=date(2022, 6, 10))


def wrongs(case: Case, source: Source, issued: date | None = None) -> list[Wrong]:
    return [one.wrong for one in wrongly_binding([asked(case, [source], issued=issued)])]


def test_a_rule_of_ones_own_place_in_force_is_binding() -> None:
    assert wrongs(CASE, SOURCE) == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (replace(SOURCE, region=ELSEWHERE), Wrong.ELSEWHERE),
        (replace(SOURCE, effective_to=date(2026, 11, 21)), Wrong.NOT_IN_FORCE),
        (replace(SOURCE, relied_on_from=date(2026, 11, 23)), Wrong.NOT_IN_FORCE),
        (replace(SOURCE, in_force=False), Wrong.NOT_IN_FORCE),
        (replace(SOURCE, audience=Audience.STAFF), Wrong.AUDIENCE),
    ],
)
def test_what_does_not_bind_is_found_in_any_answer(source: Source, wrong: Wrong) -> None:
    assert wrongs(CASE, source) == [wrong]


def test_another_version_of_the_document_asked_about_is_wrong() -> None:
    then = replace(SOURCE, relied_on_from=None)
    assert wrongs(AS_OF, then, issued=date(2025, 5, 20)) == [Wrong.OTHER_VERSION]
    assert wrongs(AS_OF, then, issued=date(2022, 6, 10)) == []


def test_where_nothing_binds_silence_and_other_rules_are_right_and_a_forbidden_title_is_wrong() -> None:
    nothing = replace(CASE, source="regions", expected=(), must_not=("某办法",))
    assert scopes.answered_right(asked(nothing))
    assert scopes.answered_right(asked(nothing, [replace(SOURCE, title="全国条例")]))
    assert not scopes.answered_right(asked(nothing, [SOURCE]))


def test_the_right_clause_must_stand_among_the_first_three() -> None:
    others = [replace(SOURCE, clause=f"第{number}条") for number in "一二三"]
    assert scopes.answered_right(asked(CASE, [*others[:2], SOURCE]))
    assert not scopes.answered_right(asked(CASE, [*others, SOURCE]))


def test_the_sample_shows_nothing_as_binding_that_does_not_bind(measured_by_words: dict[str, Any]) -> None:
    found = measured_by_words["scopes"]
    assert found["binding"] == []
    assert found["regions"]["of"] >= 40
    assert found["answers_looked_at"] >= 300


def test_a_case_whose_documents_are_not_here_is_left_out_of_the_fast_run(by_words: Service) -> None:
    cases = runs.cases_for(by_words, ["questions_laws", "unanswerable"], fast=True)
    assert {case.source for case in cases} == {"unanswerable"}
    assert len(cases) == len(questions.load("unanswerable"))
