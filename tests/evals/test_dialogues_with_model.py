"""Dialogues with a language model, beside the same ones without: over real HTTP, with a scripted model."""

from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.workspaces import workspace
from evals.dialogue_cases import DEVELOPMENT, load
from evals.dialogue_runs import compare, first_of_each
from tests.scripted_model import Reply, scripted_model


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A model that answers everything with one sentence that stands in no passage."""
    folder = tmp_path_factory.mktemp("with-model")
    dialogues = first_of_each([one for one in load(DEVELOPMENT[0]) if one.kind in {"answer", "crisis"}], 2)
    with scripted_model(Reply("补贴是九万九千元，打电话 027-99999999 就能领[1]。")) as model:
        return compare(
            workspace(_settings(folder)), dialogues, lambda step, done, total: None, base_url=model.base_url, model="m"
        )


def _settings(folder: Path) -> Settings:
    return Settings(
        home=folder / "home", cache=folder / "cache", offline=True, region=None, database_url=None, model_dir=None
    )


def test_what_the_model_was_asked_for_is_counted(compared: dict[str, Any]) -> None:
    assert any(call.startswith("answer：") for call in compared["model_calls"])


def test_a_model_that_invents_changes_nothing_that_passes(compared: dict[str, Any]) -> None:
    assert compared["only_without_model"] == []


def test_safety_is_the_same_with_and_without_a_model(compared: dict[str, Any]) -> None:
    assert compared["safety"] == compared["without_model"]["safety"]


def test_at_most_so_many_of_every_class_are_taken() -> None:
    taken = first_of_each(load(DEVELOPMENT[0]), 1)
    assert len({one.kind for one in taken}) == len(taken)
