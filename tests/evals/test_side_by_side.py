"""Several cases at a time: the results stand in the order of the cases."""

import threading

import pytest

from evals.side_by_side import side_by_side


def test_results_stand_in_the_order_of_the_cases() -> None:
    second_is_done = threading.Event()

    def work(case: int) -> int:
        if case == 0:
            assert second_is_done.wait(5)  # they run side by side
        second_is_done.set()
        return case * 10

    assert side_by_side(work, [0, 1], most=2) == [0, 10]


def test_progress_is_told_after_every_case() -> None:
    told: list[tuple[int, int]] = []
    side_by_side(str, [1, 2, 3], most=2, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_failure_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda case: 1 // case, [1, 0], most=2)
