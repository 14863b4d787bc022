"""An OpenAI-compatible chat endpoint on loopback that says what a test tells it to."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49}


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

    def encoded(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.status >= 400:
            return json.dumps({"error": {"message": "no", "type": "scripted"}}).encode()
        return json.dumps(completion(self.text)).encode()


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


EMPTY_CHOICES = Reply(body=json.dumps(completion("") | {"choices": []}).encode())
NOT_JSON = Reply(body=b"<html>502 Bad Gateway</html>")
WRONG_JSON = Reply(body=b'{"answer": 42}')
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
    stopping: threading.Event = field(default_factory=threading.Event)

    def next_reply(self) -> Reply:
        return self.script[min(len(self.requests), len(self.script)) - 1]


@contextmanager
def scripted_model(*script: Reply) -> Iterator[ScriptedModel]:
    model = ScriptedModel(script)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _listener(model))
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


def _listener(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            model.requests.append(json.loads(asked))
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            model.paths.append(self.path)
            reply = model.next_reply()
            if model.stopping.wait(reply.after_seconds):
                return
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            body = reply.encoded()
            self.send_response(reply.status)
            self.send_header("Content-Type", "text/html" if body.startswith(b"<") else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self.wfile.write(body[: len(body) // 2] if reply.cut else body)
            except OSError:
                return  # the client gave up waiting: that is what the test is about

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is given
            """Tests speak for themselves."""

    return Listener
