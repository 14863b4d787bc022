"""The trained ranking: fitted in closed form, kept whole, used only with its own embedding model."""

from pathlib import Path

import numpy as np
import pytest

from knowledge import ranking
from knowledge.embedding import Vectors
from knowledge.fusion import FusionWeights
from knowledge.ranking import Ranking, fit, mapped

CHANCE = np.random.default_rng(7)


def units(count: int) -> Vectors:
    rows = CHANCE.normal(size=(count, 8)).astype(np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


TRAINED = Ranking(FusionWeights(0.003, 0.4), np.eye(8, dtype=np.float32), "model-1", "abc", {"mrr@10": 0.5})


def test_the_map_turns_questions_towards_their_clauses() -> None:
    asked = units(200)
    answers = asked @ np.linalg.qr(CHANCE.normal(size=(8, 8)))[0].astype(np.float32)
    turned = mapped(asked, fit(asked, answers, damping=0.01))
    assert (turned * answers).sum(axis=1).min() > 0.99


def test_a_strong_damping_leaves_questions_as_they_are() -> None:
    asked, answers = units(50), units(50)
    assert (mapped(asked, fit(asked, answers, damping=1e6)) * asked).sum(axis=1).min() > 0.999


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ranking.write(tmp_path, TRAINED)
    stored = ranking.read(tmp_path, "model-1")
    assert stored is not None
    assert (stored.weights, stored.data, stored.measured) == (TRAINED.weights, "abc", {"mrr@10": 0.5})
    assert np.array_equal(stored.map, TRAINED.map)


def test_untrained_is_none(tmp_path: Path) -> None:
    assert ranking.read(tmp_path, "model-1") is None


def test_another_embedding_model_turns_it_off(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ranking.write(tmp_path, TRAINED)
    assert ranking.read(tmp_path, "model-2") is None
    assert "train-ranker" in caplog.text


def test_a_broken_file_turns_it_off(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / ranking.FILE).write_bytes(b"PK nonsense")
    assert ranking.read(tmp_path, "model-1") is None
    assert "train-ranker" in caplog.text


def test_forgetting_goes_back_to_the_weights_as_shipped(tmp_path: Path) -> None:
    ranking.write(tmp_path, TRAINED)
    assert ranking.forget(tmp_path)
    assert not ranking.forget(tmp_path)
    assert ranking.read(tmp_path, "model-1") is None
