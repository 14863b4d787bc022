"""A person's side of a conversation over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass(frozen=True)
class Event:
    """One of a stream; `id` is 0 for what is only shown meanwhile."""

    kind: str
    data: dict[str, Any]
    id: int = 0


@dataclass
class Person:
    """Holds the token, and knows the last number it has seen."""

    address: str
    id: str
    token: str
    seen: int = 0
    got: list[Event] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.address}/api/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return httpx.request(
            method, self.url + path, json=body, headers={**self.headers, **headers}, timeout=30, trust_env=False
        )

    def say(self, text: str, key: str = "") -> int:
        more = {"Idempotency-Key": key} if key else {}
        response = self.call("POST", "/messages", {"text": text}, **more)
        assert response.status_code == 202, response.text
        seq: int = response.json()["seq"]
        return seq

    @contextmanager
    def stream(self, **headers: str) -> Iterator[Iterator[Event]]:
        """From the last number seen on."""
        asked = {**self.headers, "Last-Event-ID": str(self.seen), **headers}
        with httpx.stream("GET", self.url + "/events", headers=asked, timeout=30, trust_env=False) as response:
            assert response.status_code == 200, response.read()
            yield self._noted(response)

    def listen(self, until: str = "done", times: int = 1) -> list[Event]:
        """All events until this kind has come so often."""
        heard = []
        with self.stream() as events:
            for event in events:
                heard.append(event)
                times -= event.kind == until
                if not times:
                    break
        return heard

    def ask(self, text: str) -> list[Event]:
        self.say(text)
        return self.listen()

    def _noted(self, response: httpx.Response) -> Iterator[Event]:
        for event in parsed(response.iter_lines()):
            if event.id:
                self.seen = event.id
            self.got.append(event)
            yield event


def parsed(lines: Iterator[str]) -> Iterator[Event]:
    kind, number = "", 0
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "event":
            kind = value
        elif name == "id":
            number = int(value)
        elif name == "data":
            yield Event(kind, json.loads(value), number)
        elif not line:
            kind, number = "", 0


def begin(address: str, **asked: str) -> Person:
    response = httpx.post(f"{address}/api/conversations", json=asked, trust_env=False, timeout=30)
    assert response.status_code == 201, response.text
    started = response.json()
    return Person(address, started["id"], started["token"])


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]
