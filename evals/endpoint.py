"""A model endpoint on this machine that notes when a request arrives: what came before was our own work."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPLY = "材料里没有。"


def _piece(delta: dict[str, str], ended: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ended}
    whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stand-in", "choices": [choice]}
    return f"data: {json.dumps(whole)}\n\n".encode()


_BODY = b"".join([_piece({"role": "assistant", "content": REPLY}, None), _piece({}, "stop"), b"data: [DONE]\n\n"])


@dataclass(slots=True)
class Endpoint:
    base_url: str = ""
    arrivals_ns: list[int] = field(default_factory=list)
    """time.perf_counter_ns() of every request, before its body is read."""


@contextmanager
def open_endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _listener(endpoint))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2})
    thread.start()
    endpoint.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _listener(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Listener(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # the connection stays open, as with real endpoints

        def do_POST(self) -> None:
            endpoint.arrivals_ns.append(time.perf_counter_ns())
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Content-Length", str(len(_BODY)))
            self.end_headers()
            self.wfile.write(_BODY)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is given
            """Nobody reads a log of a measurement."""

    return Listener
