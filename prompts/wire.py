"""The bytes of a reply before LangChain reads them: within bounds, and as a stream in any case.

Imported with the client library: httpx2 is the one openai brings.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

MOST_BYTES = 4_000_000
"""Of a reply; more is no answer to one of our questions."""


def watch(budget_seconds: float) -> Callable[[httpx2.Response], None]:
    """A hook for the HTTP client."""

    def hook(response: httpx2.Response) -> None:
        response.stream = _Watched(response.stream, time.monotonic() + budget_seconds)

    return hook


class _Watched(httpx2.SyncByteStream):
    """Signs of life that are no answer (SSE comments) satisfy the time-out between two pieces, not this one."""

    def __init__(self, stream: Any, until: float) -> None:
        self._stream, self._until = stream, until

    def __iter__(self) -> Iterator[bytes]:
        pieces = self._in_time()
        first = next(pieces, b"")
        if first.lstrip().startswith(b"{"):
            yield as_stream(b"".join([first, *pieces]))
        else:
            yield first
            yield from pieces

    def _in_time(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if time.monotonic() > self._until or size > MOST_BYTES:
                message = "the reply goes on and on"
                raise httpx2.ReadTimeout(message)
            yield piece

    def close(self) -> None:
        self._stream.close()


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
