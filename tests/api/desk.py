"""A running service with a scripted language model behind it."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.app import create_app
from api.bootstrap import Service, open_service, sample_paths
from ingest.pipeline import Options
from tests.api.conftest import TODAY, refuse_on_the_loop, settings_at
from tests.api.serving import serving
from tests.scripted_model import Reply, ScriptedModel, scripted_model

QUESTION = {"question": "青禾市个体工商户创业扶持办法第六条", "region": "990100"}
FIRST = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加2000元[1]。"


@dataclass
class Line:
    """Stands before the app, and can break while an answer is streamed."""

    app: ASGIApp
    breaks_after: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        broken = False

        async def sending(message: Message) -> None:
            nonlocal broken
            if not broken:
                await send(message)
            broken = broken or bool(self.breaks_after and self.breaks_after in message.get("body", b""))

        await self.app(scope, receive, sending)


@dataclass
class Desk:
    """A running service, and the model it asks."""

    service: Service
    endpoint: ScriptedModel
    address: str
    line: Line
    app: FastAPI

    def will_say(self, *script: Reply) -> None:
        self.endpoint.script = script
        self.endpoint.requests.clear()
        self.endpoint.left.clear()

    def ask(self) -> list[tuple[str, dict[str, Any]]]:
        return [(name, data) for name, data, _ in self.ask_timed()]

    def ask_timed(self) -> list[tuple[str, dict[str, Any], float]]:
        with httpx.stream("POST", f"{self.address}/api/ask/stream", json=QUESTION, timeout=60) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            assert response.headers["cache-control"] == "no-store"
            return [(name, data, time.monotonic()) for name, data in read(response.iter_lines())]


def read(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def names(events: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    return [name for name, _ in events]


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """The sample, found by words alone, behind a real server."""
    with scripted_model(Reply(FIRST)) as endpoint:
        model = {"model_base_url": endpoint.base_url, "model_name": "scripted-1", "model_timeout_seconds": 5.0}
        settings = settings_at(folder / "home", folder / "cache").model_copy(update=model)
        service = open_service(settings, words_only=True, today=lambda: TODAY)
        service.ingest(sample_paths(), Options())
        service.catch_up()
        service.look_after_model()
        app = create_app(service)  # before: an open browser has an event loop in this thread
        event.listen(service.database.engine, "before_cursor_execute", refuse_on_the_loop)
        line = Line(app)
        with serving(app, lambda _: line) as address:
            yield Desk(service, endpoint, address, line, app)
        service.close()
