"""Intervals and AUROC against values known from elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.intervals import Share, auroc, auroc_estimate, auroc_of_pairs, mean_estimate

SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def test_the_wilson_interval_is_that_of_the_textbook() -> None:
    low, high = Share(81, 263).interval  # Newcombe 1998, table I
    assert [low, high] == pytest.approx([0.2553, 0.3662], abs=1e-4)


def test_nothing_counted_tells_nothing() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)


@given(SCORES, SCORES)
def test_auroc_counts_pairs_that_stand_right_and_ties_half(positive: list[float], negative: list[float]) -> None:
    right = sum((high > low) + (high == low) / 2 for high in positive for low in negative)
    assert auroc(positive, negative) == pytest.approx(right / (len(positive) * len(negative)))


def test_an_estimate_lies_in_its_interval_and_is_the_same_each_time() -> None:
    scores = ([0.4, 0.6, 0.9, 0.5], [0.1, 0.45, 0.3])
    estimate = auroc_estimate(*scores)
    assert estimate.low <= estimate.value <= estimate.high
    assert estimate == auroc_estimate(*scores)


def test_pairs_that_agree_leave_no_doubt() -> None:
    estimate = auroc_of_pairs([0.9] * 8, [0.1] * 8)
    assert (estimate.low, estimate.value, estimate.high) == (1.0, 1.0, 1.0)


def test_a_mean_of_equal_values_has_no_width() -> None:
    estimate = mean_estimate([0.5, 0.5, 0.5])
    assert (estimate.low, estimate.value, estimate.high) == (0.5, 0.5, 0.5)
