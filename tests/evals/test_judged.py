"""Natural questions whose clauses were judged by eye, and what is learned from them."""

import pytest

from api.bootstrap import Service
from evals.calibrate import OF_DEVELOPMENT, OF_JUDGED, OF_LINKS, Example, Withheld, fit
from evals.judged import Judged, load
from evals.questions import Expected
from knowledge.library import Finding, Question
from tests.evals.cases import found

RULE, OTHER = Expected("某办法", "第六条"), Expected("某办法", "第九条")
QUESTION = Judged("问", "100000", fully=(RULE,), partly=(OTHER,))


@pytest.mark.parametrize(
    ("clauses", "answered"),
    [
        (["第三条", "第六条"], True),
        (["第六条（一）"], True),
        (["第九条"], None),
        (["第三条", "第六十条"], False),
        (["第一条", "第二条", "第三条", "第六条"], False),
    ],
)
def test_a_question_is_answered_by_one_of_the_first_clauses_or_only_in_part_or_not(
    clauses: list[str], answered: bool | None
) -> None:
    assert QUESTION.is_answered(Finding(tuple(map(found, clauses)))) is answered


def test_a_good_part_of_natural_questions_is_answered_by_nothing() -> None:
    judged = load()
    assert len({one.question for one in judged}) == len(judged)
    assert 0.3 < sum(not one.fully and not one.partly for one in judged) / len(judged) < 0.6


def test_what_every_kind_of_example_says_counts_by_its_weight() -> None:
    def examples(weight: float, *, turned: bool) -> list[Example]:
        return [
            Example({"constant": 1.0, "sign": float(answerable != turned)}, answerable, weight, str(number))
            for answerable in (True, False)
            for number in range(20)
        ]

    given = [
        *examples(OF_DEVELOPMENT, turned=False),
        *examples(OF_JUDGED, turned=True),
        *examples(OF_LINKS, turned=False),
    ]
    fitted = fit(given)
    assert sum(fitted["weights"]["constant"][1:]) + fitted["weights"]["sign"][0] > 0
    assert fitted["auroc"] == {"development": 1.0, "judged": 0.0, "links": 1.0}


def test_a_clause_taken_away_is_neither_found_here_nor_elsewhere(by_words: Service) -> None:
    asked = Question("一次性开业补贴多少钱", "990100", by_words.today())
    gone = frozenset(one.passage.id for one in by_words.library.find(asked).results)
    without = by_words.library.over(Withheld(by_words.indexes, gone), None)
    found = [*without.find(asked).results, *without.elsewhere(asked).results]
    assert found
    assert gone.isdisjoint(one.passage.id for one in found)
