"""Chroma against the exact index, and the traps of Chroma that bit us."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
import pytest
from chromadb.api.client import Client
from chromadb.config import Settings

from knowledge import chroma_index
from knowledge.chroma_index import ChromaVectorIndex, collection_name
from knowledge.documents import Audience
from knowledge.embedding import Vectors
from knowledge.errors import IndexOutdated
from knowledge.scope import Scope, Shard
from knowledge.small_shards import LARGEST, SmallShards
from knowledge.vector_index import NumpyVectorIndex, Point, Rows

TODAY = date(2026, 7, 1)
NOW = Shard("420100", Audience.PUBLIC, current=True)
HERE = Scope(("420100", "420000"), (Audience.PUBLIC,), TODAY, TODAY)
EARLIER = Scope(("420100",), (Audience.PUBLIC,), date(2020, 1, 1), TODAY)


def unit(vectors: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / lengths).astype(np.float32)
    return result


def random_vectors(count: int, dimension: int = 64, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, dimension)))


def clustered_vectors(count: int, dimension: int = 64) -> Vectors:
    """Like clauses of few laws: groups of near neighbours."""
    random = np.random.default_rng(1)
    centres = np.repeat(random.normal(size=(count // 40, dimension)), 40, axis=0)
    return unit(centres + 0.5 * random.normal(size=centres.shape))


def points(vectors: Vectors, shard: Shard = NOW) -> list[Point]:
    return [Point(str(row), shard, vector) for row, vector in enumerate(vectors)]


def never() -> list[str]:
    raise AssertionError("today's questions need no list of ids")


@pytest.fixture(params=[0, LARGEST], ids=["graph", "in memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChromaVectorIndex]:
    index = ChromaVectorIndex(tmp_path / "vectors", 3, exact_up_to=request.param)
    yield index
    index.close()


@pytest.mark.parametrize("vectors", [random_vectors(2500), clustered_vectors(2400)], ids=["random", "clustered"])
def test_the_first_ten_are_those_of_the_exact_index(index: ChromaVectorIndex, vectors: Vectors) -> None:
    exact = NumpyVectorIndex()
    for each in (index, exact):
        each.replace({}, points(vectors))
    noise = 0.3 * random_vectors(40, vectors.shape[1], seed=9)
    questions = unit(np.asarray(vectors[::60][:40] + noise[: len(vectors[::60][:40])], dtype=np.float64))
    shared = 0
    for question in questions:
        wanted = exact.search(question, HERE, 10, never)
        found = index.search(question, HERE, 10, never)
        assert found[0].score == pytest.approx(wanted[0].score, abs=1e-4)
        shared += len({hit.id for hit in wanted} & {hit.id for hit in found})
    assert shared / (10 * len(questions)) >= 0.99


def test_every_shard_is_a_collection_with_the_generation_in_its_name(index: ChromaVectorIndex, tmp_path: Path) -> None:
    index.replace({}, points(random_vectors(2)))
    with sqlite3.connect(tmp_path / "vectors" / "chroma.sqlite3") as database:
        assert database.execute("SELECT name FROM collections").fetchall() == [("g3-420100-public-now",)]
    database.close()
    assert collection_name(3, NOW.opposite) == "g3-420100-public-other"


def test_chroma_keeps_no_texts(index: ChromaVectorIndex, tmp_path: Path) -> None:
    index.replace({}, points(random_vectors(2)))
    with sqlite3.connect(tmp_path / "vectors" / "chroma.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM embedding_metadata").fetchone() == (0,)
    database.close()


def test_today_never_asks_for_ids_and_sees_only_what_is_in_force(index: ChromaVectorIndex) -> None:
    vectors = random_vectors(4)
    index.replace({}, [Point("now", NOW, vectors[0]), Point("ended", NOW.opposite, vectors[1])])
    assert [hit.id for hit in index.search(vectors[1], HERE, 5, never)] == ["now"]


def test_another_day_searches_both_halves_among_the_ids_given(index: ChromaVectorIndex) -> None:
    vectors = random_vectors(4)
    ended = [Point("ended", NOW.opposite, vectors[1]), Point("older", NOW.opposite, vectors[2])]
    index.replace({}, [Point("now", NOW, vectors[0]), *ended])
    found = index.search(vectors[1], EARLIER, 5, lambda: ["now", "ended"])
    assert found[0].id == "ended"
    assert {hit.id for hit in found} == {"now", "ended"}
    assert index.search(vectors[1], EARLIER, 5, list) == []


def test_an_id_that_chroma_does_not_hold_is_no_failure(index: ChromaVectorIndex) -> None:
    """Chroma itself answers "Error finding id"."""
    vectors = random_vectors(3)
    index.replace({}, points(vectors))
    index.replace({NOW: ["1", "never there"]}, [])
    found = index.search(vectors[0], EARLIER, 5, lambda: ["0", "1", "never there"])
    assert [hit.id for hit in found] == ["0"]


def test_an_id_both_removed_and_put_stays(index: ChromaVectorIndex) -> None:
    vectors = random_vectors(3)
    index.replace({}, points(vectors))
    index.replace({NOW: ["0", "1", "2"]}, [Point("0", NOW, vectors[0]), Point("2", NOW, vectors[1])])
    assert index.count() == 2
    assert index.search(vectors[1], HERE, 1, never)[0].id == "2"


def test_what_was_replaced_after_a_search_is_found_by_the_next(index: ChromaVectorIndex) -> None:
    vectors = random_vectors(5)
    index.replace({}, points(vectors[:3]))
    assert len(index.search(vectors[0], HERE, 9, never)) == 3
    index.replace({NOW: ["0"]}, [Point("1", NOW, vectors[4]), Point("new", NOW, vectors[3])])
    found = index.search(vectors[4], HERE, 9, never)
    assert {hit.id for hit in found} == {"1", "2", "new"}
    assert (found[0].id, round(found[0].score, 4)) == ("1", 1.0)


def test_the_count_follows_every_change(index: ChromaVectorIndex) -> None:
    index.replace({}, points(random_vectors(5)))
    assert index.count() == 5
    index.replace({NOW: ["0", "1"]}, [])
    assert index.count() == 3
    index.replace({}, points(random_vectors(2), NOW.opposite))
    assert index.count() == 5


def test_a_shard_that_was_emptied_fills_again(index: ChromaVectorIndex) -> None:
    vectors = random_vectors(2)
    index.replace({}, points(vectors))
    index.search(vectors[0], HERE, 9, never)
    index.replace({NOW: ["0", "1"]}, [])
    assert index.search(vectors[0], HERE, 9, never) == []
    index.replace({}, points(vectors))
    assert len(index.search(vectors[0], HERE, 9, never)) == 2


def test_a_shard_that_outgrows_memory_is_searched_by_the_graph(tmp_path: Path) -> None:
    vectors = random_vectors(8)
    index = ChromaVectorIndex(tmp_path, 1, exact_up_to=4)
    for count in (3, 8, 2):
        index.replace({NOW: [str(row) for row in range(8)]}, points(vectors[:count]))
        assert len(index.search(vectors[0], HERE, 9, never)) == count
    index.close()


def test_of_many_small_shards_only_some_are_held_and_all_are_found() -> None:
    rows = {Shard(f"{420000 + row}", Audience.PUBLIC, True): row + 1 for row in range(4)}
    small, loaded = SmallShards(largest=3, most=4), list[tuple[str, int]]()
    vectors = random_vectors(4)
    for shard, count in rows.items():

        def load(most: int, shard: Shard = shard, count: int = count) -> Rows | None:
            loaded.append((shard.region, most))
            return Rows(tuple(map(str, range(count))), vectors[:count]) if count <= most else None

        for _ in range(2):
            found = small.rows(shard, load)
        assert (found is not None) == (count <= 2)
    assert loaded == [("420000", 3), ("420001", 3), ("420002", 1), ("420003", 1)]


def test_more_points_than_a_batch_of_chroma_go_in_at_once(index: ChromaVectorIndex) -> None:
    index.replace({}, points(random_vectors(6000, dimension=4)))
    assert index.count() == 6000


def test_what_was_put_is_there_after_reopening(tmp_path: Path) -> None:
    vectors = random_vectors(30)
    first = ChromaVectorIndex(tmp_path, 1)
    first.replace({}, points(vectors))
    first.close()
    again = ChromaVectorIndex(tmp_path, 1)
    again.replace({NOW: ["3"]}, [])
    assert again.count() == 29
    assert again.search(vectors[7], HERE, 1, never)[0].id == "7"
    again.close()


def test_a_graph_that_an_older_build_made_is_searched_as_widely_as_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setitem(chroma_index.HNSW, "hnsw", {"space": "cosine", "ef_search": 10})
        first = ChromaVectorIndex(tmp_path, 1)
        first.replace({}, points(random_vectors(30)))
        first.close()
    ChromaVectorIndex(tmp_path, 1).close()
    opened = chromadb.PersistentClient(str(tmp_path), settings=Settings(anonymized_telemetry=False))
    with closing(cast(Client, opened)) as client:
        (collection,) = client.list_collections()
        assert collection.configuration_json["hnsw"]["ef_search"] == chroma_index.LOOKED_AT


def test_graphs_and_small_shards_are_searched_together(tmp_path: Path) -> None:
    index, exact = ChromaVectorIndex(tmp_path, 1, exact_up_to=20), NumpyVectorIndex()
    large, small = random_vectors(40), random_vectors(10, seed=5)
    city = [Point(f"c{row}", Shard("420000", Audience.PUBLIC, True), vector) for row, vector in enumerate(small)]
    for each in (index, exact):
        each.replace({}, [*points(large), *city])
    for asked in (large[3], small[4]):
        wanted, found = exact.search(asked, HERE, 12, never), index.search(asked, HERE, 12, never)
        assert [hit.id for hit in found] == [hit.id for hit in wanted]
    index.close()


def test_hundreds_of_regions_are_all_found_after_reopening(tmp_path: Path) -> None:
    vectors = random_vectors(105)
    regions = [f"{420000 + row}" for row in range(105)]
    first = ChromaVectorIndex(tmp_path, 1)
    first.replace({}, [Point(region, Shard(region, Audience.PUBLIC, True), vectors[0]) for region in regions])
    first.close()
    again = ChromaVectorIndex(tmp_path, 1)
    assert again.count() == 105
    again.close()


def test_dropping_a_generation_leaves_the_others(index: ChromaVectorIndex, tmp_path: Path) -> None:
    index.replace({}, points(random_vectors(5)))
    other = ChromaVectorIndex(tmp_path / "vectors", 33)
    other.replace({}, points(random_vectors(4)))
    index.drop_generation(3)
    assert (index.count(), other.count()) == (0, 4)
    other.close()


def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(IndexOutdated, match="已损坏"):
        ChromaVectorIndex(tmp_path, 1)
