"""Answers in words: what is sure counts, what is half sure is asked once more with the guess filled in."""

from datetime import date

import pytest

from assistant.eligibility.taking import Taken, of_words
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)


def taken(text: str, *asked: str) -> Taken:
    engine = shipped()
    return of_words(text, engine, TODAY, asked=asked, answers={}, wanted=list(engine.vocabulary))


@pytest.mark.parametrize(
    ("text", "asked", "guess"),
    [
        ("没有吧", "other_loans", "否"),
        ("应该算是吧", "small_enterprise", "是"),
        ("好像没有", "other_loans", "否"),
        ("可能是三个", "employees", "3"),
    ],
)
def test_an_answer_in_doubt_is_asked_once_more_with_the_guess_filled_in(text: str, asked: str, guess: str) -> None:
    found = taken(text, asked)
    assert (found.answered, found.typed) == ({}, {asked: guess})
    assert text in found.complaints[asked]


def test_what_was_heard_beside_the_question_does_not_count_yet() -> None:
    found = taken("有三个人，店是去年七月二号开的", "employees")
    assert found.answered == {"employees": "3"}
    assert [(one.name, one.value) for one in found.beside] == [("opened_on", "2025-07-02")]


def test_what_somebody_else_says_of_it_is_no_answer() -> None:
    assert taken("我朋友那边三个", "employees").answered == {}
    assert taken("中介说租金四千五一个月", "monthly_rent").answered == {}
