"""Stops asking a model that keeps failing, for a while."""

import threading
from collections.abc import Callable

FAILURES = 3
PAUSE_SECONDS = 30.0


class Circuit:
    """Open after some failures in a row; then closed to nobody again when the pause is over.

    The first caller after the pause tries; if it fails, the pause begins anew.
    """

    def __init__(
        self, clock: Callable[[], float], *, failures: int = FAILURES, pause_seconds: float = PAUSE_SECONDS
    ) -> None:
        self._clock, self._most, self._pause_seconds = clock, failures, pause_seconds
        self._failures = 0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def is_pausing(self) -> bool:
        """Whether the next caller would be turned away; looking is no attempt."""
        with self._lock:
            return self._failures >= self._most and self._clock() < self._closed_until

    def lets_through(self) -> bool:
        with self._lock:
            if self._failures < self._most:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self._pause_seconds  # one caller tries, the others wait
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self._pause_seconds
