"""A second process reads what the owner keeps."""

from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.errors import IndexOutdated, IndexOwned
from knowledge.index_keeper import IndexKeeper
from knowledge.index_reader import open_reader
from knowledge.scope import Scope
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.kept import LOAN, PREFIX, RENT, TAX, Clock, Open
from tests.knowledge.shelf import TODAY, put


def test_a_second_owner_is_refused_but_may_read(
    store: Database, opened: Open, embedding: CachedEmbedding, clock: Clock, tmp_path: Path
) -> None:
    put(store, "d1", LOAN)
    keeper = opened()
    keeper.catch_up()
    with pytest.raises(IndexOwned):
        IndexKeeper(store, tmp_path / "index", embedding, today=clock)
    reader = open_reader(store, tmp_path / "index", embedding, today=clock)
    scope = Scope(("420100",), (Audience.PUBLIC,), TODAY, TODAY)
    with reader.searching() as indexes:
        assert indexes.vectors
        assert [hit.id for hit in indexes.words.search("贷款", scope, 5)] == ["d1:0"]
        assert indexes.vectors.search(HashEmbedding().encode([PREFIX + LOAN])[0], scope, 1, list)[0].id == "d1:0"
    assert reader.missing_vectors == 0
    put(store, "d2", TAX)
    keeper.catch_up()
    keeper.rebuild()
    assert reader.refresh()
    assert not reader.refresh()
    with reader.searching() as indexes:
        assert indexes.vectors
        assert indexes.vectors.count() == 2
        assert [hit.id for hit in indexes.words.search("所得税", scope, 5)] == ["d2:0"]
    reader.close()


def test_a_reader_counts_passages_whose_vectors_nobody_has_computed(
    store: Database, opened: Open, embedding: CachedEmbedding, clock: Clock, tmp_path: Path
) -> None:
    put(store, "d1", LOAN)
    opened().catch_up()
    put(store, "d2", TAX, RENT)
    reader = open_reader(store, tmp_path / "index", embedding, today=clock)
    assert reader.missing_vectors == 2
    reader.close()


def test_without_an_index_a_reader_says_what_to_do(
    store: Database, embedding: CachedEmbedding, clock: Clock, tmp_path: Path
) -> None:
    with pytest.raises(IndexOutdated, match="xiaoer reindex"):
        open_reader(store, tmp_path / "index", embedding, today=clock)
