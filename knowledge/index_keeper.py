"""Keeps the indexes in step with the database; the only one that writes them (design.md 2).

SQL is the truth: everything here can be lost and built again. The stamp is written
last, so whatever is interrupted is simply done once more.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge import index_feed, index_stamp, words
from knowledge.database import Database
from knowledge.errors import IndexOutdated
from knowledge.index_filling import Counted, Filling, IndexCheckFailed, OnProgress
from knowledge.index_generation import Backend, Generation, Indexes, drop_others, next_number
from knowledge.index_lock import IndexLock
from knowledge.index_reader import fill
from knowledge.index_stamp import FORMAT, Model, Stamp
from knowledge.index_state import IndexState, StateKind
from knowledge.vector_cache import CachedEmbedding
from knowledge.vector_index import NumpyVectorIndex

__all__ = ["IndexKeeper", "Indexes"]

_TRIES = 5
"""Rounds of catching up with an import that goes on while a new build is finished."""


class IndexKeeper:
    def __init__(
        self,
        database: Database,
        folder: Path,
        embedding: CachedEmbedding | None,
        *,
        backend: Backend = "chroma",
        today: Callable[[], date],
    ) -> None:
        """Take the folder over, as the only process; IndexOwned when another one has it."""
        self._database, self._folder, self._embedding, self._today = database, folder, embedding, today
        self._backend: Backend | None = backend if embedding else None
        self._model = Model(embedding.name, embedding.fingerprint, embedding.dimension) if embedding else None
        self._writing = threading.RLock()
        self._switching = threading.Lock()
        self._current: Generation | None = None
        self._damage = ""
        self._lock = IndexLock(folder)
        self._lock.acquire()
        try:
            self._open()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        with self._writing:
            current, self._current = self._current, None
            if current is not None:
                current.close()
            self._lock.release()

    @contextmanager
    def searching(self) -> Iterator[Indexes]:
        """The indexes for one search: they stay until it has ended, also when a rebuild ends meanwhile."""
        with ExitStack() as stack:
            with self._switching:
                generation = self._current
                if generation is None:
                    raise IndexOutdated(self._damage or "还没有建立索引")
                stack.enter_context(generation.in_use())
            yield Indexes(generation.words, generation.vectors)

    def state(self) -> IndexState:
        """How the indexes stand to the database, the model and the day; answers during a rebuild, too."""
        try:
            stamp = index_stamp.read(self._folder)
        except IndexOutdated as error:
            return IndexState(StateKind.DAMAGED, reason=error.reason)
        if stamp is None:
            return IndexState(StateKind.MISSING)
        found = self._other_maker(stamp) or self._behind(stamp) or self._incomplete(stamp)
        return found or IndexState(StateKind.FRESH)

    def catch_up(self, on_progress: OnProgress | None = None) -> None:
        """Bring in what changed in SQL, and today's passages in force; build anew where that is not enough."""
        with self._writing:
            stamp = None if self.state().needs_rebuild else index_stamp.read(self._folder)
            if stamp is None or self._current is None:
                self.rebuild(on_progress)
                return
            try:
                index_stamp.write(self._folder, self._bring_up(self._filling(self._current), stamp, on_progress))
            except IndexOutdated:  # found damaged only when it was written to
                self.rebuild(on_progress)
                return
            if self.state().needs_rebuild:
                self.rebuild(on_progress)

    def rebuild(self, on_progress: OnProgress | None = None) -> None:
        """A new build beside the old one, checked before it takes its place."""
        with self._writing:
            number = next_number(self._folder)
            fresh = Generation.create(self._folder, number, self._backend)
            try:
                stamp = self._fill_all(self._filling(fresh), on_progress)
                index_stamp.write(self._folder, stamp)
            except BaseException:
                fresh.drop()
                raise
            with self._switching:
                old, self._current = self._current, fresh
            if old is not None:
                old.drop()
            drop_others(self._folder, keep=number)

    def _open(self) -> None:
        try:
            stamp = index_stamp.read(self._folder)
            if stamp is None:
                return
            drop_others(self._folder, keep=stamp.generation)
            backend = self._backend if stamp.model == self._model else None
            self._current = Generation.open(self._folder, stamp.generation, backend)
        except IndexOutdated as error:
            self._damage = error.reason
            return
        if self._embedding is not None and isinstance(self._current.vectors, NumpyVectorIndex):
            fill(self._current.vectors, self._database, self._embedding, today=stamp.day)

    def _other_maker(self, stamp: Stamp) -> IndexState | None:
        if stamp.format != FORMAT:
            return IndexState(StateKind.OTHER_FORMAT, reason="索引格式")
        if stamp.segmenter != words.segmenter_name():
            return IndexState(StateKind.OTHER_FORMAT, reason="分词词典")
        if stamp.model != self._model:
            reason = f"索引用的是 {_model_name(stamp.model)}，现在是 {_model_name(self._model)}"
            return IndexState(StateKind.OTHER_MODEL, reason=reason)
        return None

    def _behind(self, stamp: Stamp) -> IndexState | None:
        if self._current is None:
            return IndexState(StateKind.DAMAGED, reason=self._damage)
        with self._database.reading() as tx:
            last = index_feed.last_change(tx)
            documents = index_feed.changed_documents(tx, stamp.applied)
        if last < stamp.applied:
            return IndexState(StateKind.DAMAGED, reason="数据库比索引旧，可能恢复过备份")
        if documents:
            return IndexState(StateKind.BEHIND, documents=documents)
        if stamp.day != self._today():
            return IndexState(StateKind.OTHER_DAY, reason=stamp.day.isoformat())
        return None

    def _incomplete(self, stamp: Stamp) -> IndexState | None:
        """Compares counts, but not while indexes or database are ahead of the stamp."""
        if not self._writing.acquire(blocking=False):
            return None
        try:
            with self.searching() as indexes, self._database.reading() as tx:
                expected, last = index_feed.count(tx), index_feed.last_change(tx)
                counts = [indexes.words.count(), *([indexes.vectors.count()] if indexes.vectors else [])]
        except IndexOutdated as error:
            return IndexState(StateKind.DAMAGED, reason=error.reason)
        finally:
            self._writing.release()
        if last != stamp.applied or all(count == expected for count in counts):
            return None
        return IndexState(StateKind.DAMAGED, reason=f"应有 {expected} 段，索引里有 {'、'.join(map(str, counts))} 段")

    def _filling(self, generation: Generation) -> Filling:
        return Filling(self._database, self._embedding, generation, self._today())

    def _fill_all(self, filling: Filling, on_progress: OnProgress | None) -> Stamp:
        with self._database.reading() as tx:
            applied, pages = index_feed.last_change(tx), index_feed.pages(tx)
        progress = Counted(sum(page.passages for page in pages), on_progress)
        filling.put_pages(pages, {}, progress)
        filling.commit()
        stamp = Stamp(filling.generation.number, applied, filling.today, words.segmenter_name(), self._model)
        for attempt in range(_TRIES):
            stamp = self._bring_up(filling, stamp, None)
            try:
                filling.check()
            except IndexCheckFailed:
                if attempt == _TRIES - 1 or not self._moved_on(stamp):
                    raise
            else:
                break
        return stamp

    def _bring_up(self, filling: Filling, stamp: Stamp, on_progress: OnProgress | None) -> Stamp:
        """Apply what changed after the stamp; doing it twice gives the same."""
        with self._database.reading() as tx:
            changes = index_feed.changes_since(tx, stamp.applied)
            pages = index_feed.pages(tx, changes.documents)
            turned = index_feed.turned(tx, stamp.day, filling.today) if filling.today != stamp.day else []
        turned = [passage for passage in turned if passage.document_id not in changes.removed]
        progress = Counted(sum(page.passages for page in pages) + len(turned), on_progress)
        filling.put_pages(pages, changes.removed, progress)
        filling.turn(turned, progress)
        filling.commit()
        return replace(stamp, applied=changes.last, day=filling.today)

    def _moved_on(self, stamp: Stamp) -> bool:
        with self._database.reading() as tx:
            return index_feed.last_change(tx) > stamp.applied


def _model_name(model: Model | None) -> str:
    return f"{model.name}（{model.fingerprint}）" if model else "只按字词"
