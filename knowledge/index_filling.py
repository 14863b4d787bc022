"""Passages of the database into one build of the indexes, page by page, and the check of a new build."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge import index_feed
from knowledge.database import Database
from knowledge.errors import KnowledgeError
from knowledge.index_feed import PAGE, IndexedPassage, Page, Place
from knowledge.index_generation import Generation
from knowledge.scope import Scope
from knowledge.vector_cache import CachedEmbedding

OnProgress = Callable[[int, int], None]
"""Told (passages done, passages in all)."""

SAMPLE = 20
_SAME = 0.9999
"""Cosine of a vector with itself, in float32."""


class IndexCheckFailed(KnowledgeError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"新建的索引没有通过检查（{reason}），仍用原来的索引。请再运行一次 xiaoer reindex")
        self.reason = reason


class Counted:
    """Adds up what is done and passes it on."""

    def __init__(self, total: int, listener: OnProgress | None) -> None:
        self._done, self._total, self._listener = 0, total, listener

    def add(self, more: int) -> None:
        self._done += more
        if self._listener is not None:
            self._listener(min(self._done, self._total), self._total)


@dataclass(frozen=True, slots=True)
class Filling:
    """One generation being filled: nothing is seen by searches for words until commit()."""

    database: Database
    embedding: CachedEmbedding | None
    generation: Generation
    today: date

    def put_pages(
        self, pages: Sequence[Page], removed: Mapping[str, Mapping[Place, Sequence[str]]], progress: Counted
    ) -> None:
        for page in pages:
            with self.database.reading() as tx:
                passages = index_feed.passages_of(tx, page.documents)
            self.generation.put_words(page.documents, passages)
            gone: dict[Place, list[str]] = {}
            for document in page.documents:
                for place, ids in removed.get(document, {}).items():
                    gone.setdefault(place, []).extend(ids)
            self._put_vectors(passages, gone, progress)

    def turn(self, passages: Sequence[IndexedPassage], progress: Counted) -> None:
        """Move passages that came into force or ended; words need no change, they carry the dates."""
        for start in range(0, len(passages), PAGE):
            self._put_vectors(passages[start : start + PAGE], {}, progress)

    def commit(self) -> None:
        self.generation.words.commit()

    def check(self) -> None:
        """Raise IndexCheckFailed unless every passage is there and a sample finds itself."""
        with self.database.reading() as tx:
            expected, sample = index_feed.count(tx), index_feed.sample(tx, SAMPLE)
        counts = [self.generation.words.count()]
        if self.generation.vectors is not None:
            counts.append(self.generation.vectors.count())
        if any(count != expected for count in counts):
            raise IndexCheckFailed(f"应有 {expected} 段，索引里有 {'、'.join(map(str, counts))} 段")
        lost = [passage.id for passage in sample if not self._finds_itself(passage)]
        if len(lost) > len(sample) // 10:  # HNSW is approximate: one in twenty may hide
            raise IndexCheckFailed(f"抽查 {len(sample)} 段，有 {len(lost)} 段找不到自己")

    def _finds_itself(self, passage: IndexedPassage) -> bool:
        vectors = self.generation.vectors
        if vectors is None or self.embedding is None:
            return True
        vector = self.embedding.encode([passage.embedded_text])[0]
        places, readers = (passage.region,), (passage.audience,)
        # Any other day lets us ask for this one id: is it there, with its own vector?
        another_day = Scope(places, readers, self.today + timedelta(days=1), self.today)
        found = vectors.search(vector, another_day, 1, lambda: [passage.id])
        if passage.shard(on=self.today).current:
            # And is it reached from outside? Another one with the same words may stand first.
            found = [*found[:1], *vectors.search(vector, Scope(places, readers, self.today, self.today), 1, list)]
            return len(found) == 2 and all(hit.score > _SAME for hit in found)
        return bool(found) and found[0].score > _SAME

    def _put_vectors(
        self, passages: Sequence[IndexedPassage], gone: Mapping[Place, Sequence[str]], progress: Counted
    ) -> None:
        if self.generation.vectors is None or self.embedding is None:
            progress.add(len(passages))
            return
        vectors = self.embedding.encode([passage.embedded_text for passage in passages], on_progress=progress.add)
        self.generation.put_vectors(passages, vectors, gone, today=self.today)
