"""An OpenAI-compatible chat endpoint on loopback that says what a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49}
PIECE = 5
"""Characters of one piece of a stream, unless a test says where to cut."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the endpoint."""

    text: str = ""
    status: int = 200
    body: bytes | None = None
    """Instead of a chat completion."""
    after_seconds: float = 0.0
    cut: bool = False
    """Close the connection in the middle of the body."""
    pieces: Sequence[str] = ()
    """The text as it is streamed; by default PIECE characters at a time."""
    between_seconds: float = 0.0
    """Before every piece but the first."""
    breathing: bool = False
    """Send SSE comments while waiting."""
    streams: bool = True
    """Otherwise `stream` is ignored."""
    ends: str | None = "stop"
    """finish_reason; None: the stream just ends."""
    counts: bool = True
    """Whether the tokens are told."""
    location: str = ""
    """Where a redirect leads."""
    keeps: bool = False
    """Leave the connection open for the next request, after a stream."""
    lingers_seconds: float = 0.0
    """Before the end of a stream whose last event has been sent."""

    def encoded(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.status >= 400:
            return json.dumps({"error": {"message": "no", "type": "scripted"}}).encode()
        return json.dumps(completion(self.text)).encode()

    @property
    def is_streamed(self) -> bool:
        return self.streams and self.body is None and self.status == 200

    def events(self) -> list[bytes]:
        """Server-sent events: the pieces, the end, the tokens."""
        whole = range(0, len(self.text), PIECE)
        pieces = list(self.pieces) or [self.text[start : start + PIECE] for start in whole] or [""]
        chunks = [chunk({"content": piece}) for piece in pieces]
        if self.ends:
            chunks.append(chunk({}, self.ends))
        if self.counts:
            chunks.append(chunk({}) | {"choices": [], "usage": USAGE})
        return [b"data: %s\n\n" % json.dumps(one).encode() for one in chunks] + [b"data: [DONE]\n\n"]


def completion(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
        "usage": USAGE,
    }


def chunk(delta: dict[str, Any], ended: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": ended}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


EMPTY_CHOICES = Reply(body=json.dumps(completion("") | {"choices": []}).encode())
NOT_JSON = Reply(body=b"<html>502 Bad Gateway</html>")
WRONG_JSON = Reply(body=b'{"answer": 42}')
NOT_SSE = Reply(body=b"data: 42\n\ndata: nonsense\n\n")
NULL_CONTENT = Reply(
    body=json.dumps(
        completion("") | {"choices": [{"index": 0, "message": {"role": "assistant", "content": None}}]}
    ).encode()
)


@dataclass(slots=True)
class ScriptedModel:
    """The script, and what was asked; the last reply repeats."""

    script: Sequence[Reply]
    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    """time.monotonic() of each request."""
    stopping: threading.Event = field(default_factory=threading.Event)
    ports: list[int] = field(default_factory=list)
    """Of the client, request by request: the same one is the same connection."""
    left: threading.Event = field(default_factory=threading.Event)
    """The client has closed the connection before the end."""

    def next_reply(self) -> Reply:
        return self.script[min(len(self.requests), len(self.script)) - 1]


@contextmanager
def scripted_model(*script: Reply) -> Iterator[ScriptedModel]:
    model = ScriptedModel(script)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Listener", (_Listener,), {"model": model}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        model.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Listener(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: ScriptedModel

    def do_POST(self) -> None:
        self.model.arrived.append(time.monotonic())
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.model.requests.append(json.loads(asked))
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.model.paths.append(self.path)
        self.model.ports.append(self.client_address[1])
        reply = self.model.next_reply()
        streamed = reply.is_streamed and bool(self.model.requests[-1].get("stream"))
        try:
            self._stream(reply) if streamed else self._send(reply)
        except OSError:
            self.model.left.set()  # the client gave up waiting: that is what the test is about

    def _send(self, reply: Reply) -> None:
        if self.model.stopping.wait(reply.after_seconds):
            return
        body = reply.encoded()
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/html" if body.startswith(b"<") else "application/json")
        self.send_header("Content-Length", str(len(body)))
        if reply.location:
            self.send_header("Location", reply.location)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.cut else body)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        if not reply.keeps:
            self.send_header("Connection", "close")
        self.end_headers()
        if not self._waits(reply, reply.after_seconds):
            return
        events = reply.events()
        for number, event in enumerate(events[: len(events) // 2] if reply.cut else events):
            if number and not self._waits(reply, reply.between_seconds):
                return
            self._write(event)
        if not reply.cut and not self.model.stopping.wait(reply.lingers_seconds):
            self.wfile.write(b"0\r\n\r\n")

    def _waits(self, reply: Reply, seconds: float) -> bool:
        """False when the test is over."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.model.stopping.wait(min(left, 0.05)):
                return False
            if reply.breathing:
                self._write(b": wait\n\n")
        return True

    def _write(self, event: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is given
        """Tests speak for themselves."""
