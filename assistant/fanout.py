"""Tells those who watch a conversation what happens in it: what was written down, and what is only said meanwhile.

The log is the truth. Who is told of new events may be told late, or twice, or only that something is new,
and then reads the log; so nothing is lost over a dropped line or between processes.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from assistant.events import Recorded


@dataclass(frozen=True, slots=True)
class Appended:
    """Events that stand in the log now; empty: look there."""

    events: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True)
class Typing:
    """An answer is being made; whatever was said of an earlier try is void."""

    to: int
    since: int
    """Last number of the log when it began."""


@dataclass(frozen=True, slots=True)
class Delta:
    """A checked sentence of a language model; the reply that follows replaces it."""

    to: int
    since: int
    text: str
    citations: tuple[int, ...]


Transient = Typing | Delta
News = Appended | Transient
Listener = Callable[[News], None]
"""Called from any thread; must not block."""


class Fanout:
    """Within this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = {}
        self._said: dict[str, list[Transient]] = {}
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def watch(self, conversation: str, listener: Listener) -> Callable[[], None]:
        """Hear what happens from now on, after what was said of the answer under way; returns how to stop."""
        with self._lock:
            self._listeners.setdefault(conversation, []).append(listener)
            for said in self._said.get(conversation, ()):
                listener(said)

        def stop() -> None:
            with self._lock, suppress(KeyError, ValueError):
                self._listeners[conversation].remove(listener)
                if not self._listeners[conversation]:
                    del self._listeners[conversation]
                    self._known.pop(conversation, None)

        return stop

    def say(self, conversation: str, said: Transient) -> None:
        with self._lock:
            if isinstance(said, Typing):
                self._said[conversation] = []
            self._said.setdefault(conversation, []).append(said)
            self._tell(conversation, said)

    def hush(self, conversation: str) -> None:
        """The answer under way is about to be written down, or was given up: who comes now hears nothing of it."""
        with self._lock:
            self._said.pop(conversation, None)

    def appended(self, conversation: str, events: Sequence[Recorded] = ()) -> None:
        """After the transaction that wrote them, or when another process may have written some."""
        with self._lock:
            if events and conversation in self._listeners:
                self._known[conversation] = max(self._known.get(conversation, 0), events[-1].seq)
            self._tell(conversation, Appended(tuple(events)))

    def watched(self) -> list[str]:
        with self._lock:
            return list(self._listeners)

    def moved(self, conversation: str, last_seq: int) -> None:
        """Another process may have written: tell it unless it is known."""
        with self._lock:
            if self._known.get(conversation, 0) >= last_seq:
                return
            self._known[conversation] = last_seq
            self._tell(conversation, Appended())

    def _tell(self, conversation: str, news: News) -> None:
        for listener in self._listeners.get(conversation, ()):
            listener(news)
