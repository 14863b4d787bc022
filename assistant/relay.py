"""Carries the news of a conversation to other processes: PostgreSQL notifies, on SQLite the log is looked at.

Only that something is new travels, never a word of it.
"""

import logging
import secrets
import threading
from collections.abc import Callable

from sqlalchemy import Connection, text

from assistant import conversations
from assistant.fanout import Fanout
from knowledge.database import Database

CHANNEL = "xiaoer_conversations"
LOOK_SECONDS = 0.5
PAUSE_SECONDS = 2.0
MOST_AT_ONCE = 500

log = logging.getLogger(__name__)


class Relay:
    """One thread that wakes those who watch here when another process has written."""

    def __init__(self, database: Database, fanout: Fanout) -> None:
        self._database, self._fanout = database, fanout
        self._name = secrets.token_hex(8)
        self._stop = threading.Event()
        run = self._look if database.is_sqlite else self._listen
        self._thread = threading.Thread(target=self._run, args=(run,), name="xiaoer-relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def announce(self, tx: Connection, conversation: str) -> None:
        """Inside the transaction that writes: other processes hear of it when it commits."""
        if not self._database.is_sqlite:
            news = {"channel": CHANNEL, "news": f"{self._name} {conversation}"}
            tx.execute(text("SELECT pg_notify(:channel, :news)"), news)

    def _run(self, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                work()
            except Exception:
                # A thread has no caller that could hear of it: log, and try again.
                log.exception("听不到别的进程写了什么，稍后重试")
                self._stop.wait(PAUSE_SECONDS)

    def _look(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            watched = self._fanout.watched()
            for start in range(0, len(watched), MOST_AT_ONCE):
                with self._database.reading() as tx:
                    found = list(conversations.last_seqs(tx, watched[start : start + MOST_AT_ONCE]))
                for conversation, last_seq in found:
                    self._fanout.moved(conversation, last_seq)

    def _listen(self) -> None:
        with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"LISTEN {CHANNEL}"))
            driver = connection.connection.driver_connection
            if driver is None:
                return
            for conversation in self._fanout.watched():  # what was written while nobody listened
                self._fanout.appended(conversation)
            while not self._stop.is_set():
                for notice in driver.notifies(timeout=LOOK_SECONDS):
                    writer, _, conversation = notice.payload.partition(" ")
                    if writer != self._name:  # what is written here is told with its events
                        self._fanout.appended(conversation)
            connection.execute(text(f"UNLISTEN {CHANNEL}"))
