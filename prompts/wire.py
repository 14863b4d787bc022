"""The bytes of a reply before LangChain reads them: within bounds, and as a stream in any case.

Imported with the client library: httpx2 is the one openai brings.
"""

import contextlib
import functools
import itertools
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

MOST_BYTES = 4_000_000
"""Of a reply; more is no answer to one of our questions."""
LAST = b"[DONE]"
"""After it the client library closes the reply, unread line ends and all: the connection would be lost."""
MOST_TAILS = 8


def watch(budget_seconds: float) -> Callable[[httpx2.Response], None]:
    """A hook for the HTTP client."""

    def hook(response: httpx2.Response) -> None:
        response.stream = _Watched(response.stream, time.monotonic() + budget_seconds)

    return hook


class _Watched(httpx2.SyncByteStream):
    """Signs of life that are no answer (SSE comments) satisfy the time-out between two pieces, not this one."""

    def __init__(self, stream: Any, until: float) -> None:
        self._stream, self._until = stream, until
        self._pieces = self._in_time()
        self._is_said = False

    def __iter__(self) -> Iterator[bytes]:
        first = next(self._pieces, b"")
        if first.lstrip().startswith(b"{"):
            yield as_stream(b"".join([first, *self._pieces]))
        else:
            yield from itertools.chain((first,), self._pieces)  # a chain: whoever leaves it does not end them

    def _in_time(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if time.monotonic() > self._until or size > MOST_BYTES:
                message = "the reply goes on and on"
                raise httpx2.ReadTimeout(message)
            self._is_said = LAST in piece
            yield piece

    def close(self) -> None:
        """Where all has been said, its end is read elsewhere: nobody waits for it, and the connection is used again."""
        if not (self._is_said and _tails().take(self.read_out)):
            self._stream.close()

    def read_out(self) -> None:
        with contextlib.closing(self._stream), contextlib.suppress(httpx2.HTTPError, httpx2.StreamError):
            for _ in self._pieces:
                pass


class _Tails:
    """One thread that reads the ends of replies; an endpoint that never ends one costs the others a new connection."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="xiaoer-model-tails", daemon=True).start()

    def take(self, read_out: Callable[[], None]) -> bool:
        """Whether it will be read."""
        if self._waiting.qsize() >= MOST_TAILS:
            return False
        self._waiting.put(read_out)
        return True

    def _work(self) -> None:
        while True:
            self._waiting.get()()


@functools.cache
def _tails() -> _Tails:
    return _Tails()


def as_stream(body: bytes) -> bytes:
    """One chat completion as server-sent events, for endpoints that ignore `stream`; anything else as it is."""
    try:
        completion = json.loads(body)
        choice = completion["choices"][0]
        content, reason = choice["message"]["content"], choice.get("finish_reason") or "stop"
    except (ValueError, LookupError, TypeError, AttributeError):
        return body
    kept = {name: completion.get(name) for name in ("id", "created", "model")}
    kept["object"] = "chat.completion.chunk"
    delta = {"role": "assistant", "content": content}
    chunks = [
        {**kept, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]},
        {**kept, "choices": [], "usage": completion.get("usage")},
    ]
    return b"".join(b"data: %s\n\n" % json.dumps(chunk).encode() for chunk in chunks) + b"data: [DONE]\n\n"
