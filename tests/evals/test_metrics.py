"""Measures of a ranking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics import measure, recall_at, reciprocal_rank

RANKING = st.lists(st.text("abcdefgh", min_size=1, max_size=1), unique=True, max_size=8)
RELEVANT = st.sets(st.text("abcdefgh", min_size=1, max_size=1), min_size=1)


def test_recall_is_the_share_of_relevant_items_found() -> None:
    assert recall_at(["a", "x", "b"], {"a", "b", "c", "d"}, 3) == 0.5


def test_the_first_relevant_item_gives_the_reciprocal_rank() -> None:
    assert reciprocal_rank(["x", "a", "b"], {"a", "b"}) == 0.5


def test_what_stands_below_the_tenth_place_counts_nothing_for_mrr() -> None:
    assert reciprocal_rank([*"0123456789", "a"], {"a"}) == 0.0


def test_a_question_that_was_not_ranked_counts_as_nothing_found() -> None:
    quality = measure({"1": ["a"]}, {"1": {"a"}, "2": {"b"}})
    assert (quality.recall[10], quality.mrr) == (0.5, 0.5)


def test_a_question_without_relevant_items_is_not_asked() -> None:
    assert measure({"1": ["a"]}, {"1": {"a"}, "2": frozenset()}).questions == 1


@given(RANKING, RELEVANT)
def test_recall_never_falls_when_more_is_looked_at(ranking: list[str], relevant: set[str]) -> None:
    values = [recall_at(ranking, relevant, k) for k in range(1, 9)]
    assert values == sorted(values)


@given(RANKING, RELEVANT)
def test_a_perfect_ranking_has_recall_one(ranking: list[str], relevant: set[str]) -> None:
    perfect = [*sorted(relevant), *(item for item in ranking if item not in relevant)]
    assert recall_at(perfect, relevant, len(relevant)) == pytest.approx(1.0)
