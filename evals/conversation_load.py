"""Many conversations at once with a real server process over HTTP: how fast, how much memory, is anything lost."""

import asyncio
import contextlib
import itertools
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.errors import Missing
from evals.load_server import LoadServer
from evals.stopwatch import Stopwatch
from evals.wire import Wire

OnProgress = Callable[[str, int, int], None]
REGION = "青禾市"
LONGEST_WAIT_SECONDS = 120.0
"""For the answers that are still out when the questions have ended."""


@dataclass(frozen=True, slots=True)
class Plan:
    streams: int = 500
    rate: float = 50.0
    """Questions a second."""
    seconds: float = 20.0
    disconnects: int = 1_000
    first_token_ms: float = 20.0
    token_ms: float = 0.0


@dataclass(slots=True)
class Talk:
    """One conversation and its stream, as its reader sees them."""

    id: str
    token: str
    seen: int = 0
    got: list[int] = field(default_factory=list)
    """Numbers of all kept events, as they came."""
    asked_at: float = 0.0
    waits_for: str = ""
    """What is timed next of its question: message, first word, done."""
    reading: "asyncio.Task[None] | None" = None

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.id}"


class Load:
    """All conversations of one measurement."""

    def __init__(self, wire: Wire, plan: Plan, texts: Sequence[str]) -> None:
        self._wire, self._plan, self._texts = wire, plan, itertools.cycle(texts)
        self.talks: list[Talk] = []
        self.watch = Stopwatch()
        self.errors: Counter[str] = Counter()
        self.done = 0
        self.connected = 0

    async def open(self, on_progress: OnProgress) -> None:
        for number in range(self._plan.streams):
            reply = await self._wire.call("POST", "/api/conversations", {"region": REGION})
            if reply.status != 201:
                raise Missing(f"开不了对话（{reply.status}）", "看看服务的日志")
            talk = Talk(reply.json()["id"], reply.json()["token"])
            self.talks.append(talk)
            self._read(talk)
            on_progress("打开事件流", number + 1, self._plan.streams)
        await _until(lambda: all(talk.got for talk in self.talks))

    def _read(self, talk: Talk) -> None:
        talk.reading = asyncio.create_task(self._follow(talk))

    async def _follow(self, talk: Talk) -> None:
        """Come again whenever the line drops."""
        while True:
            with contextlib.suppress(ConnectionError, OSError, asyncio.IncompleteReadError):
                async with self._wire.stream(f"{talk.path}/events", talk.token, talk.seen) as stream:
                    self.connected += 1
                    async for number, kind, _ in stream.events():
                        self._note(talk, number, kind)
            self.errors["stream_ended"] += 1
            await asyncio.sleep(0.05)

    def _note(self, talk: Talk, number: int, kind: str) -> None:
        if number:
            talk.got.append(number)
            talk.seen = number
        taken = (time.perf_counter() - talk.asked_at) * 1_000
        if kind == "message" and talk.waits_for == "message":
            self.watch.add("first_event", taken)
            talk.waits_for = "word"
        elif kind in {"delta", "reply", "question"} and talk.waits_for == "word":
            self.watch.add("first_word", taken)
            talk.waits_for = "done"
        elif kind == "done" and talk.asked_at:
            self.watch.add("done", taken)
            self.done += 1
            talk.asked_at, talk.waits_for = 0.0, ""

    async def ask(self, talk: Talk) -> None:
        talk.asked_at, talk.waits_for = time.perf_counter(), "message"
        key = secrets.token_hex(8)
        try:
            reply = await self._wire.call(
                "POST", f"{talk.path}/messages", {"text": next(self._texts)}, token=talk.token, key=key
            )
        except (OSError, asyncio.IncompleteReadError):
            self.errors["connection"] += 1
            talk.asked_at, talk.waits_for = 0.0, ""
            return
        if reply.status != 202:
            self.errors[f"http_{reply.status}"] += 1
            talk.asked_at, talk.waits_for = 0.0, ""
            return
        self.watch.add("taken", (time.perf_counter() - talk.asked_at) * 1_000 if talk.asked_at else 0.0)

    async def sustain(self, rate: float, until: Callable[[], bool], on_asked: Callable[[int], None]) -> float:
        """Questions at a steady rate, whatever comes of them; how many a second were asked in the end."""
        started, asked, running = time.perf_counter(), 0, set[asyncio.Task[None]]()
        while not until():
            free = [talk for talk in self.talks if not talk.asked_at]
            if free:
                task = asyncio.create_task(self.ask(random.choice(free)))
                running.add(task)
                task.add_done_callback(running.discard)
                asked += 1
                on_asked(asked)
            else:
                self.errors["nobody_free"] += 1
            await asyncio.sleep(max(0.0, started + (asked + self.errors["nobody_free"]) / rate - time.perf_counter()))
        seconds = time.perf_counter() - started
        await _until(lambda: not any(talk.asked_at for talk in self.talks))
        return asked / seconds

    async def drop(self, count: int, on_progress: OnProgress) -> None:
        """Cut one line after the other, at any moment."""
        for number in range(count):
            talk = random.choice(self.talks)
            if talk.reading:
                talk.reading.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await talk.reading
            self._read(talk)
            on_progress("断线", number + 1, count)
            await asyncio.sleep(0.01)

    async def compare(self) -> tuple[int, int, int]:
        """Kept events, and how many of them the readers lost and got twice."""
        kept = lost = doubled = 0
        for talk in self.talks:
            reply = await self._wire.call("GET", f"{talk.path}/history?limit=500", token=talk.token)
            numbers = [one["seq"] for one in reply.json()["events"]]
            await _until(lambda talk=talk, numbers=numbers: talk.seen >= numbers[-1])  # type: ignore[misc]
            kept += len(numbers)
            lost += len(set(numbers) - set(talk.got))
            doubled += len(talk.got) - len(set(talk.got))
        return kept, lost, doubled

    def close(self) -> None:
        for talk in self.talks:
            if talk.reading:
                talk.reading.cancel()
        self._wire.close()


async def measure(server: LoadServer, plan: Plan, texts: Sequence[str], on_progress: OnProgress) -> dict[str, Any]:
    """All figures of one server: streams, questions, dropped lines."""
    load = Load(Wire("127.0.0.1", server.port), plan, texts)
    try:
        before = server.memory()
        await load.open(on_progress)
        opened = server.memory()
        values: dict[str, Any] = {"streams": len(load.talks), "mb_before_streams": round(before, 1)}
        values["kb_per_stream"] = round((opened - before) * 1024 / max(1, len(load.talks)), 1)
        values |= await _questions(load, server, plan, on_progress)
        values |= await _disconnects(load, plan, on_progress)
    finally:
        load.close()
    return values


async def _questions(load: Load, server: LoadServer, plan: Plan, on_progress: OnProgress) -> dict[str, Any]:
    await load.sustain(min(plan.rate, 10.0), _after(2.0), lambda _: None)  # warm
    load.watch, load.done = Stopwatch(), 0
    total, tokens = int(plan.rate * plan.seconds), server.tokens()
    started, cpu = time.perf_counter(), server.cpu_seconds()
    rate = await load.sustain(plan.rate, _after(plan.seconds), lambda asked: on_progress("提问", asked, total))
    seconds = time.perf_counter() - started
    return {
        "asked_per_second": round(rate, 1),
        "answered_per_second": round(load.done / seconds, 1),
        "cpu_ms_per_answer": round((server.cpu_seconds() - cpu) * 1_000 / max(1, load.done), 1),
        "tokens_per_second": round((server.tokens() - tokens) / seconds, 1),
        "times": {name: quantiles.to_json() for name, quantiles in load.watch.quantiles().items()},
        "mb_under_load": round(server.memory(), 1),
        "question_errors": dict(load.errors),
    }


async def _disconnects(load: Load, plan: Plan, on_progress: OnProgress) -> dict[str, Any]:
    load.errors.clear()
    load.connected = 0
    dropping = asyncio.create_task(load.drop(plan.disconnects, on_progress))
    await load.sustain(min(plan.rate, 10.0), dropping.done, lambda _: None)
    await dropping
    kept, lost, doubled = await load.compare()
    return {
        "disconnects": plan.disconnects,
        "reconnected": load.connected,
        "kept_events": kept,
        "lost_events": lost,
        "doubled_events": doubled,
        "disconnect_errors": dict(load.errors),
    }


def _after(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


async def _until(happens: Callable[[], bool]) -> None:
    limit = time.perf_counter() + LONGEST_WAIT_SECONDS
    while not happens():
        if time.perf_counter() > limit:
            raise Missing("服务没有全部答完", "减小 --rate 再试，并看看服务的日志")
        await asyncio.sleep(0.02)
