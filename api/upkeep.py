"""The background thread: keeps the indexes in step with SQL and the day, the accounts of the model, old conversations away."""

import logging
import threading
import time

from api.bootstrap import Service
from assistant import retention
from knowledge.index_keeper import IndexKeeper
from knowledge.index_state import StateKind

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0
PURGE_EVERY_SECONDS = 3600.0
LONGEST_STOP_SECONDS = 30.0


class _Stopping(Exception):
    """The service shuts down; what was begun is done again at the next start."""


class Upkeep:
    def __init__(self, service: Service, *, every_seconds: float = EVERY_SECONDS) -> None:
        self._service, self._every = service, every_seconds
        self._purge_at = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="xiaoer-upkeep", daemon=True)
        self.failures = 0
        """Rounds in a row that did not succeed."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended; a rebuild that is under way is given up."""
        self._stop.set()
        self._thread.join(LONGEST_STOP_SECONDS)
        if self._thread.is_alive():
            log.error("更新索引的线程 %.0f 秒内没有停下", LONGEST_STOP_SECONDS)

    def _run(self) -> None:
        self._service.prepare()
        while not self._stop.is_set():
            self._round()
            self._purge_when_due()
            pause = self._every * 2 ** min(self.failures, 10)
            self._stop.wait(min(pause, max(self._every, LONGEST_PAUSE_SECONDS)))

    def _round(self) -> None:
        try:
            if self._is_behind():
                self._service.catch_up(self._stop_when_asked)
            self._service.memory.refresh(self._stop_when_asked)
            self._service.look_after_model()
        except _Stopping:
            log.info("正在停止，没做完的索引更新留到下次启动")
        except Exception:
            # A thread has no caller that could hear of it: log, and try again.
            self.failures += 1
            log.exception("索引更新失败（连续第 %d 次），稍后重试", self.failures)
        else:
            self.failures = 0

    def _purge_when_due(self) -> None:
        """A failure here says nothing about the indexes, and is tried again like them."""
        if time.monotonic() < self._purge_at:
            return
        self._purge_at = time.monotonic() + PURGE_EVERY_SECONDS
        try:
            days = self._service.settings.retention_days
            purged = retention.purge(self._service.database, keep_days=days, now=self._service.now())
        except Exception:
            # As in _round.
            log.exception("过期的对话没有清理成，稍后重试")
        else:
            if purged.conversations:
                log.info("清理了 %d 个过期的对话", purged.conversations)

    def _is_behind(self) -> bool:
        indexes = self._service.indexes
        return not isinstance(indexes, IndexKeeper) or indexes.state().kind is not StateKind.FRESH

    def _stop_when_asked(self, _done: int, _total: int) -> None:
        if self._stop.is_set():
            raise _Stopping
