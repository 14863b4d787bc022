"""A very small HTTP client for load: the client shares the machine with the server, so it must cost next to nothing."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

LARGEST_LINE = 2**22


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Wire:
    """One server; connections of short calls are used again."""

    host: str
    port: int
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def call(self, method: str, path: str, body: Any = None, *, token: str = "", key: str = "") -> Reply:
        content = b"" if body is None else json.dumps(body).encode()
        head = _head(method, path, token) + f"Content-Length: {len(content)}\r\n"
        if content:
            head += "Content-Type: application/json\r\n"
        if key:
            head += f"Idempotency-Key: {key}\r\n"
        request = head.encode() + b"\r\n" + content
        while self.idle:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):  # the server closes what is idle for long
                return await self._exchange(*self.idle.pop(), request)
        return await self._exchange(*await self._connect(), request)

    @contextlib.asynccontextmanager
    async def stream(self, path: str, token: str, after: int) -> AsyncIterator["Stream"]:
        """Events; the connection is aborted, not closed, at the end: as when a line drops."""
        reader, writer = await self._connect()
        writer.write((_head("GET", path, token) + f"Last-Event-ID: {after}\r\n\r\n").encode())
        try:
            status, _ = await _answered(reader)
            if status != 200:
                raise ConnectionError(status)
            yield Stream(reader)
        finally:
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Reply:
        try:
            writer.write(request)
            status, headers = await _answered(reader)
            received = await reader.readexactly(int(headers.get("content-length", "0")))
        except BaseException:
            writer.transport.abort()
            raise
        self.idle.append((reader, writer))
        return Reply(status, received)

    def close(self) -> None:
        for _, writer in self.idle:
            writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.port, limit=LARGEST_LINE)


@dataclass(slots=True)
class Stream:
    _reader: asyncio.StreamReader
    _left: bytes = b""

    async def events(self) -> AsyncIterator[tuple[int, str, bytes]]:
        """Number (0 for what is only shown), kind, data as it came; ends when the server ends the stream."""
        while piece := await self._piece():
            self._left += piece
            *whole, self._left = self._left.split(b"\n\n")
            for block in whole:
                fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line)
                if b"event" in fields:
                    yield int(fields.get(b"id", b"0")), fields[b"event"].decode(), fields.get(b"data", b"")

    async def _piece(self) -> bytes:
        size = int((await self._reader.readline()).strip() or b"0", 16)
        piece = await self._reader.readexactly(size + 2)
        return piece[:-2]


def _head(method: str, path: str, token: str) -> str:
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"{method} {path} HTTP/1.1\r\nHost: load\r\n{bearer}"


async def _answered(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return int(first.split(" ", 2)[1]), headers
