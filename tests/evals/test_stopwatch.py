"""Times by part, and their quantiles."""

import pytest

from evals.stopwatch import Quantiles, Stopwatch


def test_half_and_nineteen_of_twenty_stay_within_the_quantiles() -> None:
    found = Quantiles.of(list(range(101)))
    assert (found.p50, found.p95) == (50, 95)


def test_every_part_keeps_its_own_times() -> None:
    watch = Stopwatch()
    for part in ("find", "answer", "find"):
        with watch.part(part):
            pass
    assert [len(watch.taken[part]) for part in ("find", "answer")] == [2, 1]


def test_work_that_failed_is_not_counted() -> None:
    watch = Stopwatch()
    with pytest.raises(ZeroDivisionError), watch.part("find"):
        _ = 1 / 0
    assert watch.taken == {}
