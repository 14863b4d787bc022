"""A model endpoint on the event loop of a measurement: the first token after so long, one more every so often.

It answers with a sentence of the first passage it was given, so that the answer passes the checks of the product.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

_PASSAGE = re.compile(r"^\[1\][^\n]*\n([^\n。]{8,}。)", re.MULTILINE)
PIECE = 2
"""Characters of a token."""
NOTHING = "无法回答"


@dataclass(slots=True)
class PacedModel:
    first_token_seconds: float
    token_seconds: float
    base_url: str = ""
    requests: int = 0
    tokens: int = 0
    """Sent."""
    server: asyncio.Server | None = field(default=None, repr=False)
    connections: set[asyncio.StreamWriter] = field(default_factory=set, repr=False)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError), contextlib.closing(writer):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1]) if length else 0)
                self.requests += 1
                await self._answer(writer, body)

    async def _answer(self, writer: asyncio.StreamWriter, body: bytes) -> None:
        text = sentence_from(body)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        await asyncio.sleep(self.first_token_seconds)
        for start in range(0, len(text), PIECE):
            if start and self.token_seconds:
                await asyncio.sleep(self.token_seconds)
            _write(writer, _chunk({"content": text[start : start + PIECE]}, None))
            self.tokens += 1
        _write(writer, _chunk({}, "stop"))
        _write(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()


@contextlib.asynccontextmanager
async def paced_model(first_token_seconds: float, token_seconds: float) -> AsyncIterator[PacedModel]:
    model = PacedModel(first_token_seconds, token_seconds)
    model.server = await asyncio.start_server(model._serve, "127.0.0.1", 0, limit=2**20)  # noqa: SLF001  its own
    model.base_url = f"http://127.0.0.1:{model.server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        model.server.close()
        for connection in model.connections:
            connection.transport.abort()
        await asyncio.sleep(0)  # they close on the next turn of the loop


def sentence_from(body: bytes) -> str:
    """The first sentence of the first passage, with its citation."""
    asked = "\n".join(str(one.get("content", "")) for one in json.loads(body).get("messages", ()))
    found = _PASSAGE.search(asked.rpartition("<资料>")[2])
    return f"{found[1][:-1]}[1]。" if found else NOTHING


def _chunk(delta: dict[str, str], ended: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ended}
    whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "paced", "choices": [choice]}
    return f"data: {json.dumps(whole)}\n\n".encode()


def _write(writer: asyncio.StreamWriter, event: bytes) -> None:
    writer.write(b"%x\r\n%s\r\n" % (len(event), event))
