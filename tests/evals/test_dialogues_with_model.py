"""Dialogues with a language model, beside the same ones without: over real HTTP, with a scripted model."""

from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.workspaces import workspace
from evals.dialogue_cases import DEVELOPMENT, load
from evals.dialogue_runs import compare, first_of_each, run
from evals.errors import Missing
from tests.scripted_model import Reply, scripted_model


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A model that answers everything with one sentence that stands in no passage."""
    folder = tmp_path_factory.mktemp("with-model")
    dialogues = first_of_each([one for one in load(DEVELOPMENT[0]) if one.kind in {"answer", "crisis"}], 2)
    with scripted_model(Reply("补贴是九万九千元，打电话 027-99999999 就能领[1]。")) as model:
        return compare(
            workspace(_settings(folder)), dialogues, _untold, base_url=model.base_url, model="m", reads=False
        )


def _untold(step: str, done: int, total: int) -> None:
    """Nobody is told how far it is."""


def _settings(folder: Path, **given: Any) -> Settings:
    return Settings(
        home=folder / "home",
        cache=folder / "cache",
        offline=True,
        region=None,
        database_url=None,
        model_dir=None,
        **given,
    )


def test_what_the_model_was_asked_for_is_counted(compared: dict[str, Any]) -> None:
    assert any(call.startswith("answer：") for call in compared["model_calls"])


def test_a_model_that_invents_changes_nothing_that_passes(compared: dict[str, Any]) -> None:
    assert compared["only_without_model"] == []


def test_safety_is_the_same_with_and_without_a_model(compared: dict[str, Any]) -> None:
    assert compared["safety"] == compared["without_model"]["safety"]


def test_dialogues_can_be_held_with_the_configured_model_reading_them(tmp_path: Path) -> None:
    dialogues = [one for one in load(DEVELOPMENT[0]) if one.kind == "off_topic" and one.knowledge == "sample"][:3]
    with scripted_model(Reply("what_are_you\n=")) as model:
        settings = _settings(tmp_path, model_base_url=model.base_url, model_name="m")
        report = run(workspace(settings).reading(), dialogues, _untold, fast=True)
        assert any("输出三行" in str(request) for request in model.requests)
    assert [one.dialogue.id for one in report.judged] == [one.id for one in dialogues]


def test_without_a_configured_model_nothing_can_be_measured_with_it(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="XIAOER_MODEL_BASE_URL"):
        run(workspace(_settings(tmp_path)).reading(), load(DEVELOPMENT[0])[:1], _untold, fast=True)


def test_at_most_so_many_of_every_class_are_taken() -> None:
    taken = first_of_each(load(DEVELOPMENT[0]), 1)
    assert len({one.kind for one in taken}) == len(taken)
