"""How many answers are worked out at once: more than there are cores only keep each other, and the event loop, waiting."""

import contextlib
import threading
from collections.abc import Iterator


class Computing:
    def __init__(self, places: int) -> None:
        self._free = threading.Semaphore(places)
        self._own = threading.local()

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """Waits for one."""
        self._free.acquire()
        self._own.held = True
        try:
            yield
        finally:
            self.leave()

    def leave(self) -> None:
        """From here on this thread waits for somebody else, be it a language model: its place, if any, is free."""
        if getattr(self._own, "held", False):
            self._own.held = False
            self._free.release()
