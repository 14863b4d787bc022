"""A store, an embedding and an index folder of one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.index_generation import Backend
from knowledge.index_keeper import IndexKeeper
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.kept import Clock, Open
from tests.knowledge.shelf import empty_database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    store = empty_database(tmp_path)
    yield store
    store.close()


@pytest.fixture
def embedding(tmp_path: Path) -> Iterator[CachedEmbedding]:
    embedding = CachedEmbedding(HashEmbedding(), tmp_path / "vectors.db")
    yield embedding
    embedding.close()


@pytest.fixture(params=["chroma", "numpy"])
def backend(request: pytest.FixtureRequest) -> Backend:
    chosen: Backend = request.param
    return chosen


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(
    store: Database, embedding: CachedEmbedding, backend: Backend, clock: Clock, tmp_path: Path
) -> Iterator[Open]:
    """Opens the index of this test, after closing the keeper opened before."""
    keepers: list[IndexKeeper] = []

    def open_keeper(model: CachedEmbedding | None = embedding) -> IndexKeeper:
        if keepers:
            keepers.pop().close()
        keepers.append(IndexKeeper(store, tmp_path / "index", model, backend=backend, today=clock))
        return keepers[-1]

    yield open_keeper
    for keeper in keepers:
        keeper.close()
