"""The chat API as its contract says, held in memory: answers as told, and breaks when told to."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

AT = "2026-07-01T02:00:00+00:00"
Step = dict[str, Any]
"""An event to tell: kind and payload; `delta` and `typing` are not kept; `wait` only takes time."""
Script = Callable[[str], Iterable[Step]]


@dataclass
class Conversation:
    id: str
    token: str
    events: list[Step] = field(default_factory=list)
    passing: list[Step] = field(default_factory=list)
    began: int = 0
    """Where the newest turn begins in `passing`: a stream that opens in mid-turn tells it again."""
    heard: int = 0
    """How much of `passing` has reached a reader."""
    memory: dict[str, Step] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    gone: bool = False
    turns: set[asyncio.Task[None]] = field(default_factory=set)

    def keep(self, author: str, kind: str, **payload: Any) -> Step:
        told = {"seq": len(self.events) + 1, "at": AT, "author": author, "kind": kind, **payload}
        self.events.append(told)
        return told


@dataclass
class ChatDesk:
    """Stands before the app and takes the conversations."""

    app: ASGIApp
    script: Script = lambda text: []
    refusals: list[Response] = field(default_factory=list)
    """What the next messages get instead of being taken."""
    swallows: int = 0
    """So many messages are taken, but their answer never arrives."""
    breaks_after: int = 0
    """The next stream breaks after so many events."""
    conversations: dict[str, Conversation] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"].startswith("/api/conversations")
        await (self._routes() if ours else self.app)(scope, receive, send)

    def _routes(self) -> Starlette:
        own = "/api/conversations/{id}"
        return Starlette(
            routes=[
                Route("/api/conversations", self.start, methods=["POST"]),
                Route(own, self.delete, methods=["DELETE"]),
                Route(own + "/token", self.renew, methods=["POST"]),
                Route(own + "/messages", self.message, methods=["POST"]),
                Route(own + "/events", self.stream),
                Route(own + "/history", self.history),
                Route(own + "/feedback", self.feedback, methods=["POST"]),
                Route(own + "/rating", self.rating, methods=["POST"]),
                Route(own + "/memory", self.memory, methods=["GET", "DELETE"]),
                Route(own + "/memory/{key}", self.fact, methods=["PUT", "DELETE"]),
                Route(own + "/export", self.export),
                Mount("/", self.app),
            ]
        )

    async def start(self, request: Request) -> Response:
        body = await request.json()
        number = next(iter(self.numbers))
        one = self.conversations[f"c{number}"] = Conversation(f"c{number}", f"token-{number}")
        if code := body.get("region"):
            self._remember(one, "region", code)
        return JSONResponse({"id": one.id, "token": one.token, "expires_at": AT, "ai_notice": ""}, 201)

    def _of(self, request: Request) -> Conversation | Response:
        one = self.conversations[request.path_params["id"]]
        self.asked.append((request.method, request.url.path))
        if one.gone:
            return problem(410, "这段对话已经删除")
        return one if request.headers.get("authorization") == f"Bearer {one.token}" else problem(401, "令牌过期")

    async def renew(self, request: Request) -> Response:
        one = self.conversations[request.path_params["id"]]
        one.token += "+"
        return JSONResponse({"token": one.token, "expires_at": AT})

    async def message(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        if self.refusals:
            return self.refusals.pop(0)
        body, key = await request.json(), request.headers["idempotency-key"]
        if key not in one.keys:
            told = one.keep("person", "message", text=body.get("text", ""), fields=list(body.get("fields", {}).items()))
            one.keys[key] = told["seq"]
            turn = asyncio.create_task(self._turn(one, told))
            one.turns.add(turn)
        if self.swallows:
            self.swallows -= 1
            return PlainTextResponse("", 502)
        return JSONResponse({"seq": one.keys[key]}, 202)

    async def _turn(self, one: Conversation, asked: Step) -> None:
        one.began = len(one.passing)
        one.passing.append({"kind": "typing", "to": asked["seq"]})
        steps = iter(self.script(asked["text"]))
        while step := await run_in_threadpool(next, steps, None):
            payload = {name: value for name, value in step.items() if name != "kind"}
            if step["kind"] == "wait":
                await self._heard(one)
                await asyncio.sleep(step["seconds"])
            elif step["kind"] == "delta":
                one.passing.append({"kind": "delta", "to": asked["seq"], **payload})
            elif step["kind"] == "remembered":
                self._remember(one, step["key"], step["value"], said_in=asked["seq"])
            else:
                one.keep("assistant", step["kind"], **{"to": asked["seq"], **payload})
        one.keep("system", "done", to=asked["seq"], failed="")

    async def _heard(self, one: Conversation) -> None:
        """On a busy machine the reader may be slow."""
        for _ in range(500):
            if one.heard >= len(one.passing):
                return
            await asyncio.sleep(0.02)

    def _remember(self, one: Conversation, key: str, value: str, said_in: int = 0) -> None:
        shown = {"990100": "青禾市", "990102": "南屏区", "990103": "柳溪区"}.get(value, value)
        label = {"region": "所在地区", "entity": "类型", "trade": "行业"}.get(key, key)
        one.memory[key] = {"key": key, "label": label, "value": value, "shown": shown}
        one.keep("system", "remembered", key=key, label=label, value=value, shown=shown, said_in=said_in)

    async def stream(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        after = int(request.headers.get("last-event-id", "0"))
        return StreamingResponse(self._lines(one, after), media_type="text/event-stream")

    async def _lines(self, one: Conversation, after: int) -> AsyncIterator[str]:
        yield ": hello\n\n"
        passed, left, self.breaks_after = one.began, self.breaks_after, 0
        while not one.gone:
            for told in one.events[after:]:
                after += 1
                yield f"id: {told['seq']}\nevent: {told['kind']}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
                left -= 1
                if left == 0:
                    return
            for told in one.passing[passed:]:
                passed += 1
                yield f"event: {told['kind']}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
            one.heard = max(one.heard, passed)
            await asyncio.sleep(0.02)

    async def history(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        after = int(request.query_params.get("after", "0"))
        return JSONResponse({"events": one.events[after : after + 200], "more": len(one.events) > after + 200})

    async def feedback(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        one.keep("person", "feedback", **{"reason": "", **await request.json()})
        return Response(status_code=204)

    async def rating(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        if any(told["kind"] == "rating" for told in one.events):
            return problem(409, "已经评价过了")
        one.keep("person", "rating", **{"words": "", **await request.json()})
        return Response(status_code=204)

    async def memory(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        if request.method == "DELETE":
            one.memory.clear()
            return Response(status_code=204)
        return JSONResponse({"remembered": list(one.memory.values())})

    async def fact(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        if request.method == "DELETE":
            one.memory.pop(request.path_params["key"])
            return Response(status_code=204)
        self._remember(one, request.path_params["key"], (await request.json())["value"])
        return JSONResponse(one.memory[request.path_params["key"]])

    async def export(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        return PlainTextResponse("\n".join(["内容由人工智能生成，仅供参考", *(str(told) for told in one.events)]))

    async def delete(self, request: Request) -> Response:
        one = self._of(request)
        if isinstance(one, Response):
            return one
        one.gone = True
        return JSONResponse({"receipt": "R-0001", "deleted_at": AT, "events": len(one.events)})


def problem(status: int, detail: str) -> JSONResponse:
    return JSONResponse({"detail": detail}, status, media_type="application/problem+json")


def reply(text: str, **more: Any) -> Step:
    given: Step = {"behaviour": "", "origin": "ai", "part": "", "answer": None, "cards": [], "choices": []}
    return {"kind": "reply", "text": text, **given, **more}
