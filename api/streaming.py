"""Server-sent events from a generator that blocks: every step of it, and its end, in the thread pool."""

import contextlib
import json
from collections.abc import Generator
from typing import Any

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.errors import problem_mid_way
from assistant.telling import Event, Final, Opening, Said, Waiting

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""The second one: nginx is to hand on each event at once."""

COMMENT = ":\n\n"
"""Readers ignore it; proxies see that the line is alive."""

Events = Generator[Event, None, None]


class EventStream(StreamingResponse):
    media_type = "text/event-stream"

    def __init__(self, events: Events, path: str) -> None:
        """The first event is waited for here: what fails before it is an ordinary error with its own status."""
        self._lines = _lines(next(events), events, path)
        super().__init__(self._lines, headers=HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A reader who has left ends the generator, which stops the model; neither may run on the event loop."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._lines.close)


def _lines(first: Event, events: Events, path: str) -> Generator[str, None, None]:
    with contextlib.closing(events):
        try:
            yield _encoded(first)
            for event in events:
                yield _encoded(event)
        except Exception as error:  # noqa: BLE001  the edge of the request: its status has long been sent
            problem = problem_mid_way(error, path)
            yield _line("error", problem.model_dump(mode="json", exclude_none=True))


def _encoded(event: Event) -> str:
    match event:
        case Opening():
            return _line("opening", {"notices": list(event.notices)})
        case Said():
            return _line("sentence", {"text": event.text, "citations": list(event.citations)})
        case Waiting():
            return COMMENT
        case Final():
            return _line("answer", event.answer.to_json())


def _line(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
