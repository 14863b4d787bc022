"""The fast measurements against what is written down: a change that makes answers worse fails here."""

from pathlib import Path
from typing import Any

import pytest

from api.bootstrap import Service
from evals import baseline, measuring
from evals.errors import Missing
from evals.intervals import Share


def regressions(values: dict[str, Any]) -> list[str]:
    return [str(one) for one in baseline.compare(values, baseline.read(values)) if one.is_regression]


def test_by_words_alone_nothing_is_worse_than_it_was(measured_by_words: dict[str, Any]) -> None:
    assert regressions(measured_by_words) == []


def test_with_the_model_nothing_is_worse_than_it_was(by_meaning: Service) -> None:
    assert regressions(measuring.of_service(by_meaning, lambda step, done, total: None, fast=True)) == []


def values_of(share: Share, wrongly_binding: int = 0) -> dict[str, Any]:
    """All figures the same; `wrongly_refused` and its like are better when lower."""
    one = share.to_json()
    return {
        "about": {"model": None},
        "questions": {"first@1": share.value, "first@3": share.value, "first@10": share.value},
        "scopes": {"as_of": one, "regions": one, "wrongly_binding": wrongly_binding},
        "refusal": {
            "auroc": {"value": share.value},
            "product": {"wrongly_refused": one, "wrongly_answered": one},
        },
        "grounding": {"particulars_caught": one, "meaning_caught": one, "faithful_rejected": one},
    }


def test_what_is_worse_than_the_tolerance_is_named(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline.write(values_of(Share(80, 100)), file)
    now = values_of(Share(77, 100), wrongly_binding=1)
    worse = [one.name for one in baseline.compare(now, baseline.read(now, file)) if one.is_regression]
    assert worse == [
        *("questions/first@1", "questions/first@3", "questions/first@10", "scopes/regions"),
        *("scopes/wrongly_binding", "refusal/auroc", "grounding/particulars_caught", "grounding/meaning_caught"),
    ]


def test_what_became_better_is_no_regression(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline.write(values_of(Share(80, 100)), file)
    now = values_of(Share(81, 100))
    assert not [one for one in baseline.compare(now, baseline.read(now, file)) if one.is_regression]


def test_a_model_without_a_baseline_is_told_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="--update"):
        baseline.read(values_of(Share(1, 1)), tmp_path / "baseline.json")


def test_the_baseline_has_both_ways_of_finding() -> None:
    for model in (None, "bge-small-zh-v1.5"):
        assert set(baseline.read({"about": {"model": model}})) == {one.path for one in baseline.TRACKED}
