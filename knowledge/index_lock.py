"""One process owns an index folder: two in one Chroma folder damage it without a word (design.md 2)."""

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from knowledge.errors import IndexOwned


class IndexLock:
    """Held until release(), the end of this object, or the death of the process, however it dies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        # Threads of the owner share the lock, so it must not be one per thread.
        self._lock = FileLock(folder / "owner.lock", timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Raise IndexOwned at once when somebody else holds it."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise IndexOwned(str(self._folder)) from error

    def release(self) -> None:
        self._lock.release(force=True)

    @property
    def held(self) -> bool:
        return bool(self._lock.is_locked)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()
