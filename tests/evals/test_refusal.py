"""Thresholds chosen on one half and reported on the other; classes; pairs kept together."""

from dataclasses import replace

from evals import refusal
from evals.asking import Asked
from tests.evals.cases import CASE, SOURCE, asked


def good(number: int, meaning: float) -> Asked:
    return asked(replace(CASE, id=f"l{number:03}"), [SOURCE], meaning=meaning)


def bad(number: int, meaning: float, kind: str = "off_topic") -> Asked:
    case = replace(CASE, id=f"x{number:03}", source="unanswerable", kind=kind, expected=())
    return asked(case, [SOURCE] if meaning > 0.5 else [], meaning=meaning)


def test_the_threshold_is_the_highest_that_refuses_at_most_a_twentieth() -> None:
    assert refusal.highest_threshold([number / 100 for number in range(100)]) == 0.05
    assert refusal.highest_threshold([0.4, 0.6, 0.8]) == 0.4
    assert refusal.highest_threshold([]) == 0.0


def test_a_question_and_its_variants_fall_into_the_same_half() -> None:
    for number in range(20):
        plain = replace(CASE, id=f"l{number:03}", pair=f"l{number:03}c")
        variant = replace(CASE, id=f"l{number:03}c", pair=f"l{number:03}")
        assert refusal.is_first_half(asked(plain)) == refusal.is_first_half(asked(variant))


def test_confidences_that_part_cleanly_leave_nothing_wrong() -> None:
    report = refusal.report([*(good(n, 0.8) for n in range(40)), *(bad(n, 0.3) for n in range(40))])
    assert report.auroc.value == 1.0
    for half in (report.other_half, report.first_half):
        assert (half.threshold, half.wrongly_answered.count, half.wrongly_refused.count) == (0.8, 0, 0)
        assert half.wrongly_answered.of > 0


def test_each_class_of_unanswerable_questions_is_reported_apart() -> None:
    near = [bad(n, 0.7, "other_region_only") for n in range(20)]
    far = [bad(n, 0.1) for n in range(20, 40)]
    report = refusal.report([*(good(n, 0.6) for n in range(40)), *near, *far])
    shares = {name: share.value for name, share in report.product.by_class.items()}
    assert shares == {"other_region_only": 1.0, "off_topic": 0.0}
    assert report.auroc_by_class["off_topic"].value == 1.0
    assert report.auroc_by_class["other_region_only"].value == 0.0


def test_a_question_for_which_nothing_was_found_has_no_confidence() -> None:
    assert refusal.confidence(asked()) == 0.0


def test_the_worst_come_first() -> None:
    values = refusal.report([good(1, 0.9), bad(1, 0.6), bad(2, 0.8)]).to_json()
    assert [one["id"] for one in values["answered_unanswerable"]] == ["x002", "x001"]
