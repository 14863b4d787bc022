"""The indexes for a process that does not own them: words from disk, vectors from the cache."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from knowledge import index_feed, index_stamp
from knowledge.database import Database
from knowledge.errors import IndexOutdated
from knowledge.index_feed import PAGE, IndexedPassage
from knowledge.index_generation import Indexes, words_folder
from knowledge.keyword_index import KeywordIndex
from knowledge.vector_cache import CachedEmbedding, text_key
from knowledge.vector_index import NumpyVectorIndex, Point


class IndexReader:
    """Both indexes as the owner last left them; refresh() looks again."""

    missing_vectors: int
    """Passages that meaning cannot find, because nobody has computed their vectors yet."""

    def __init__(
        self, database: Database, folder: Path, embedding: CachedEmbedding | None, *, today: Callable[[], date]
    ) -> None:
        self._database, self._folder, self._embedding, self._today = database, folder, embedding, today
        self._load()

    def refresh(self) -> bool:
        """Look again; whether the owner, or the day, had moved on."""
        if (index_stamp.read(self._folder), self._today()) == self._loaded:
            return False
        self._load()
        return True

    @contextmanager
    def searching(self) -> Iterator[Indexes]:
        """The indexes for one search, in the same way as the owner gives them."""
        yield self._indexes

    def close(self) -> None:
        self._indexes.words.close()

    def _load(self) -> None:
        today = self._today()
        stamp = index_stamp.read(self._folder)
        if stamp is None:
            raise IndexOutdated("还没有建立索引")
        words = KeywordIndex(words_folder(self._folder, stamp.generation))
        vectors, missing = None, 0
        if self._embedding is not None:
            vectors = NumpyVectorIndex()
            missing = fill(vectors, self._database, self._embedding, today=today)
        # Put in place together: a search in another thread sees the old or the new, never half of each.
        self._indexes, self.missing_vectors = Indexes(words, vectors), missing
        self._loaded = (stamp, today)


def open_reader(
    database: Database, folder: Path, embedding: CachedEmbedding | None, *, today: Callable[[], date]
) -> IndexReader:
    """For a second process while the owner runs: reads only, takes no lock."""
    return IndexReader(database, folder, embedding, today=today)


def fill(index: NumpyVectorIndex, database: Database, embedding: CachedEmbedding, *, today: date) -> int:
    """Put in every passage whose vector is in the cache; the number of those without."""
    with database.reading() as tx:
        passages = index_feed.all_passages(tx)
    points: list[Point] = []
    for start in range(0, len(passages), PAGE):
        points += _cached(passages[start : start + PAGE], embedding, today)
    index.replace({}, points)
    return len(passages) - len(points)


def _cached(passages: list[IndexedPassage], embedding: CachedEmbedding, today: date) -> list[Point]:
    keys = [text_key(passage.embedded_text) for passage in passages]
    known = embedding.known(keys)
    return [
        Point(passage.id, passage.shard(on=today), known[key])
        for passage, key in zip(passages, keys, strict=True)
        if key in known
    ]
