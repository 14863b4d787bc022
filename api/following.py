"""The event stream of a conversation: from the log after the last number the reader has, then as things happen.

Runs on the event loop; whatever touches SQL goes through the thread pool. News only wakes it: the log is the truth.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.errors import TooManyStreams
from api.streaming import COMMENT, HEADERS
from assistant.errors import AssistantError
from assistant.events import Done, Recorded
from assistant.fanout import Appended, Delta, News, Typing
from assistant.showing import shown
from assistant.talks import Following

HEARTBEAT_SECONDS = 15.0
SLOWEST_SEND_SECONDS = 20.0
"""A reader who takes nothing for so long is cut, and can come again."""
MOST_KEPT = 500
"""News that wait for one reader; with more of them the reader is cut as well."""
AT_ONCE = 100
"""Events read from the log in one go."""
LARGEST_PIECE = 16_000
"""Characters after which a piece is sent."""
MOST_OF_ONE = 10
"""Streams of one conversation: tabs and devices."""
RETRY = "retry: 1000\n\n"


@dataclass
class Streams:
    """All streams of this process. To be used on the event loop, but for `require_room`."""

    most: int
    open: dict[str, int] = field(default_factory=dict)
    inboxes: "set[_Inbox]" = field(default_factory=set)
    closed: bool = False

    def require_room(self, conversation: str) -> None:
        """Raises TooManyStreams."""
        if len(self.inboxes) >= self.most or self.open.get(conversation, 0) >= MOST_OF_ONE:
            raise TooManyStreams

    @contextlib.contextmanager
    def counted(self, conversation: str, inbox: "_Inbox") -> Iterator[None]:
        self.open[conversation] = self.open.get(conversation, 0) + 1
        self.inboxes.add(inbox)
        try:
            yield
        finally:
            self.inboxes.discard(inbox)
            self.open[conversation] -= 1
            if not self.open[conversation]:
                del self.open[conversation]

    def close(self) -> None:
        """End all streams: the service stops, and readers come again elsewhere or later."""
        self.closed = True
        for inbox in list(self.inboxes):
            inbox.end()


class _Inbox:
    """News from other threads for one reader, bounded."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._news: deque[News] = deque()
        self._arrived = asyncio.Event()
        self.is_over = False

    def put(self, news: News) -> None:
        """From any thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(self._take, news)

    def end(self) -> None:
        self.is_over = True
        self._arrived.set()

    async def next(self, seconds: float) -> News | None:
        """None when nothing has come."""
        if not self._news and not self.is_over:
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._arrived.wait()
        return self._news.popleft() if self._news else None

    def _take(self, news: News) -> None:
        if len(self._news) >= MOST_KEPT:
            self._news.clear()
            self.end()
        elif not self.is_over:
            self._news.append(news)
            self._arrived.set()


class ConversationStream(Response):
    media_type = "text/event-stream"

    def __init__(self, following: Following, streams: Streams, after: int) -> None:
        self._following, self._streams, self._sent, self._done = following, streams, after, 0
        self.background = None
        self.status_code = 200
        self.init_headers(HEADERS)

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        self._send = send
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async with anyio.create_task_group() as group:
            group.start_soon(self._until_left, receive, group.cancel_scope)
            with contextlib.suppress(TimeoutError):  # a reader too slow: the line is cut without an end
                await self._follow()
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            group.cancel_scope.cancel()

    async def _until_left(self, receive: Receive, following: anyio.CancelScope) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        following.cancel()

    async def _follow(self) -> None:
        inbox = _Inbox()
        stop = self._following.watch(inbox.put)
        try:
            with self._streams.counted(self._following.conversation, inbox):
                await self._write(RETRY)
                await self._catch_up()
                while not (inbox.is_over or self._streams.closed or self._following.is_over()):
                    news = await inbox.next(min(HEARTBEAT_SECONDS, self._following.seconds_left()))
                    await self._pass_on(news)
        except AssistantError:
            return  # deleted meanwhile: who comes again is told so
        finally:
            stop()

    async def _pass_on(self, news: News | None) -> None:
        match news:
            case None:
                await self._write(COMMENT)
            case Appended(events=events) if events and events[0].seq == self._sent + 1:
                await self._hand_over(events)
            case Appended(events=events) if events and events[-1].seq <= self._sent:
                pass
            case Appended():
                await self._catch_up()
            case Typing() | Delta() if news.since < self._done:
                pass  # of an answer that has been written down meanwhile
            case Typing():
                await self._write(_line("typing", {"to": news.to}))
            case Delta():
                said = {"to": news.to, "text": news.text, "citations": list(news.citations)}
                await self._write(_line("delta", said))

    async def _catch_up(self) -> None:
        while found := await run_in_threadpool(self._following.read, self._sent, AT_ONCE):
            await self._hand_over(found)
            if len(found) < AT_ONCE:
                return

    async def _hand_over(self, events: "list[Recorded] | tuple[Recorded, ...]") -> None:
        """In pieces that a slow reader can be waited for between them."""
        text = ""
        for one in events:
            if (values := shown(one)) is not None:
                text += f"id: {one.seq}\n{_line(one.event.kind, values)}"
            if isinstance(one.event, Done):
                self._done = one.seq
            if len(text) > LARGEST_PIECE:
                await self._write(text)
                text = ""
        self._sent = events[-1].seq
        if text:
            await self._write(text)

    async def _write(self, text: str) -> None:
        async with asyncio.timeout(SLOWEST_SEND_SECONDS):
            await self._send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _line(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
