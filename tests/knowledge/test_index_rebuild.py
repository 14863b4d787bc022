"""A new build takes the place of the old one only when it is whole."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.embedding import Vectors
from knowledge.index_filling import IndexCheckFailed
from knowledge.index_state import StateKind
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.kept import LOAN, TAX, Open, by_meaning, by_words
from tests.knowledge.shelf import put, put_many


def test_a_rebuild_leaves_one_generation_and_computes_no_vector_twice(
    store: Database, opened: Open, embedding: CachedEmbedding, tmp_path: Path
) -> None:
    put(store, "d1", LOAN, TAX)
    keeper = opened()
    keeper.catch_up()
    assert isinstance(embedding.model, HashEmbedding)
    computed = embedding.model.computed
    keeper.rebuild()
    assert embedding.model.computed == computed
    assert [folder.name for folder in (tmp_path / "index").glob("g*")] == ["g2"]
    assert by_meaning(keeper, LOAN) == "d1:0"


def test_searches_go_on_during_a_rebuild(store: Database, opened: Open) -> None:
    put_many(store, [f"第{number}条 {LOAN}" for number in range(300)])
    keeper = opened()
    keeper.catch_up()
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert by_words(keeper, "第7条")
                assert by_meaning(keeper, f"第7条 {LOAN}") == "d000000:7"
        except BaseException as failure:  # noqa: BLE001  shown by the assertion below
            failures.append(failure)

    searcher = threading.Thread(target=search)
    searcher.start()
    for _ in range(3):
        keeper.rebuild()
    done.set()
    searcher.join()
    assert failures == []


def test_what_is_published_during_a_rebuild_is_in_it(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN)
    keeper = opened()
    late: list[int] = []

    def publish(done: int, total: int) -> None:
        if not late:
            late.append(done)
            put(store, "d2", TAX)

    keeper.rebuild(publish)
    assert keeper.state().kind is StateKind.FRESH
    assert by_meaning(keeper, TAX) == "d2:0"


class Confused(CachedEmbedding):
    """Gives wrong vectors when asked for many, as a broken cache would."""

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        vectors = super().encode(texts, on_progress=on_progress)
        return vectors[::-1].copy() if len(texts) > 1 else vectors


def test_a_build_that_fails_its_check_is_not_used(store: Database, opened: Open, tmp_path: Path) -> None:
    put(store, "d1", LOAN, TAX)
    opened().catch_up()
    confused = Confused(HashEmbedding(), tmp_path / "vectors.db")
    keeper = opened(confused)
    with pytest.raises(IndexCheckFailed, match="原来的索引"):
        keeper.rebuild()
    assert by_words(keeper, "贷款") == ["d1:0"]
    assert [folder.name for folder in (tmp_path / "index").glob("g*")] == ["g1"]
    confused.close()


REBUILD_SLOWLY = """
import sys
from pathlib import Path
from knowledge.database import Database
from knowledge.index_keeper import IndexKeeper
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.shelf import TODAY
folder = Path(sys.argv[1])
slow = CachedEmbedding(HashEmbedding(seconds_per_text=0.002), folder / "killed.db")
keeper = IndexKeeper(Database(f"sqlite:///{folder / 'xiaoer.db'}"), folder / "index", slow, today=lambda: TODAY)
keeper.rebuild(lambda done, total: print(done, flush=True))
"""


@pytest.mark.parametrize("backend", ["chroma"], indirect=True)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_rebuild_that_is_killed_leaves_the_old_index(
    store: Database, opened: Open, tmp_path: Path, lines: int
) -> None:
    put_many(store, [f"第{number}条 {LOAN}" for number in range(1200)], per_document=400)
    opened().catch_up()
    opened().close()
    command = [sys.executable, "-c", REBUILD_SLOWLY, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as builder:
        assert builder.stdout
        for _ in range(lines):
            assert builder.stdout.readline()
        assert (tmp_path / "index" / "g2").is_dir()
        builder.send_signal(signal.SIGKILL)
    keeper = opened()
    assert keeper.state().kind is StateKind.FRESH
    assert by_words(keeper, "第7条")
    assert by_meaning(keeper, f"第7条 {LOAN}") == "d000000:7"
    assert [folder.name for folder in (tmp_path / "index").glob("g*")] == ["g1"]
    keeper.rebuild()
    assert keeper.state().kind is StateKind.FRESH
