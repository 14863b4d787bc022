"""One build of the indexes, words and vectors together in a folder of its own.

A folder per build, and not only names: dropping it takes the deleted texts off the
disk, and damage in one build cannot reach the next.
"""

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from knowledge.embedding import Vectors
from knowledge.errors import IndexOutdated
from knowledge.index_feed import IndexedPassage, Place
from knowledge.keyword_index import KeywordIndex
from knowledge.scope import Shard
from knowledge.vector_index import NumpyVectorIndex, Point, VectorIndex

Backend = Literal["chroma", "numpy"]

_LAST_SEARCH_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Indexes:
    """What one search uses; `vectors` is None without a model, or with another one than the index was made with."""

    words: KeywordIndex
    vectors: VectorIndex | None


def words_folder(root: Path, number: int) -> Path:
    return root / f"g{number}" / "words"


class Generation:
    def __init__(self, folder: Path, number: int, words: KeywordIndex, vectors: VectorIndex | None) -> None:
        self.number = number
        self.words = words
        self.vectors = vectors
        self._folder = folder
        self._searches = 0
        self._quiet = threading.Condition()

    @classmethod
    def create(cls, root: Path, number: int, backend: Backend | None) -> "Generation":
        """A new and empty build; without a backend, words only."""
        folder = root / f"g{number}"
        shutil.rmtree(folder, ignore_errors=True)
        words = KeywordIndex.create(words_folder(root, number))
        return cls(folder, number, words, _vectors(folder, number, backend))

    @classmethod
    def open(cls, root: Path, number: int, backend: Backend | None) -> "Generation":
        """IndexOutdated when a part is missing or cannot be read; numpy vectors start empty."""
        folder = root / f"g{number}"
        if backend == "chroma" and not (folder / "vectors" / "chroma.sqlite3").is_file():
            raise IndexOutdated("没有向量索引")
        return cls(folder, number, KeywordIndex(words_folder(root, number)), _vectors(folder, number, backend))

    def put_words(self, documents: Sequence[str], passages: Sequence[IndexedPassage]) -> None:
        """These are all passages of these documents; seen after words.commit()."""
        entries: dict[str, list[IndexedPassage]] = {document: [] for document in documents}
        for passage in passages:
            entries[passage.document_id].append(passage)
        for document, own in entries.items():
            self.words.replace(document, [passage.entry for passage in own])

    def put_vectors(
        self,
        passages: Sequence[IndexedPassage],
        vectors: Vectors,
        removed: Mapping[Place, Sequence[str]],
        *,
        today: date,
    ) -> None:
        """Take the removed ids out and put every passage where it belongs today, and only there."""
        if self.vectors is None:
            return
        gone: dict[Shard, list[str]] = {}
        for (region, audience), ids in removed.items():
            for current in (True, False):
                gone.setdefault(Shard(region, audience, current), []).extend(ids)
        points = [
            Point(passage.id, passage.shard(on=today), vector)
            for passage, vector in zip(passages, vectors, strict=True)
        ]
        for point in points:
            gone.setdefault(point.shard.opposite, []).append(point.id)
        self.vectors.replace(gone, points)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        with self._quiet:
            self._searches += 1
        try:
            yield
        finally:
            with self._quiet:
                self._searches -= 1
                self._quiet.notify_all()

    def close(self) -> None:
        self.words.close()
        if self.vectors is not None:
            self.vectors.close()

    def drop(self) -> None:
        """Delete it, as soon as the searches under way have ended."""
        with self._quiet:
            self._quiet.wait_for(lambda: self._searches == 0, timeout=_LAST_SEARCH_SECONDS)
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def drop_others(root: Path, keep: int) -> None:
    """Delete what killed builds left behind."""
    for folder in root.glob("g[0-9]*"):
        if folder.name != f"g{keep}":
            shutil.rmtree(folder, ignore_errors=True)


def next_number(root: Path) -> int:
    return 1 + max((int(folder.name[1:]) for folder in root.glob("g[0-9]*") if folder.name[1:].isdigit()), default=0)


def _vectors(folder: Path, number: int, backend: Backend | None) -> VectorIndex | None:
    if backend is None:
        return None
    if backend == "numpy":
        return NumpyVectorIndex()
    from knowledge.chroma_index import ChromaVectorIndex  # noqa: PLC0415  seconds that numpy users need not wait

    return ChromaVectorIndex(folder / "vectors", number)
