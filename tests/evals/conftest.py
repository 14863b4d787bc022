"""The sample as the fast measurements see it: once by words alone, once with the embedding model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.bootstrap import Service, open_service, sample_paths
from api.settings import Settings
from evals import measuring
from evals.questions import WRITTEN_ON
from ingest.pipeline import Options

CACHE = Path.home() / ".cache" / "xiaoer"
WEIGHTS = CACHE / "models" / "bge-small-zh-v1.5" / "model_optimized.onnx"


def open_sample(home: Path, cache: Path, *, words_only: bool) -> Service:
    settings = Settings(home=home, cache=cache, offline=True, region=None, database_url=None, model_dir=None)
    service = open_service(settings, words_only=words_only, today=lambda: WRITTEN_ON)
    service.ingest(sample_paths(), Options())
    service.catch_up()
    return service


@pytest.fixture(scope="session")
def by_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("evals")
    service = open_sample(folder / "home", folder / "cache", words_only=True)
    yield service
    service.close()


@pytest.fixture(scope="session")
def measured_by_words(by_words: Service) -> dict[str, Any]:
    """All fast measurements, once for all tests that look at them."""
    return measuring.of_service(by_words, lambda step, done, total: None, fast=True)


@pytest.fixture(scope="session")
def by_meaning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if not WEIGHTS.is_file():
        pytest.skip(f"没有语义模型（{WEIGHTS}），跳过带模型的评测")
    service = open_sample(tmp_path_factory.mktemp("evals-model"), CACHE, words_only=False)
    yield service
    service.close()
