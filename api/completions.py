"""Answers in the form of /v1/chat/completions, at once or piece by piece, as many at a time as workers are allowed."""

import contextlib
import json
import re
import secrets
import threading
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from typing import Any

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.completion_models import MODEL, AskCompletion
from api.errors import openai_error, problem_mid_way
from api.streaming import COMMENT, HEADERS
from assistant.completing import Completion, Told, complete, log_of
from assistant.errors import TooBusy
from assistant.telling import Said, Waiting
from assistant.turns import RETRY_SECONDS, Responder

_TOKEN = re.compile(r"[a-zA-Z]+|\d+|\S")
Saying = Generator[Said | Waiting, None, None]


class Completions:
    """The same responder that answers conversations."""

    def __init__(self, responder: Responder, most: int, now: Callable[[], datetime]) -> None:
        self._responder, self._now = responder, now
        self._room = threading.BoundedSemaphore(most)

    def begin(self, told: Sequence[Told], region: str | None, completion: Completion) -> Saying:
        """What is said; afterwards `completion` holds the whole. Raises TooBusy at once."""
        if not self._room.acquire(blocking=False):
            raise TooBusy(RETRY_SECONDS)
        return self._saying(told, region, completion)

    def _saying(self, told: Sequence[Told], region: str | None, completion: Completion) -> Saying:
        try:
            now = self._now()
            yield Waiting()  # from here on the end of this generator gives the room back
            yield from complete(self._responder, log_of(told, region, now), completion, now)
        finally:
            self._room.release()


class CompletionStream(StreamingResponse):
    """Chunks as OpenAI's clients read them; a reader who leaves ends the generator, which stops the model."""

    media_type = "text/event-stream"

    def __init__(self, saying: Saying, completion: Completion, path: str, created: int, asked: AskCompletion) -> None:
        next(saying)
        self._lines = _chunks(saying, completion, path, created, asked)
        super().__init__(self._lines, headers=HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._lines.close)


def completed(completion: Completion, created: int, asked: AskCompletion) -> dict[str, Any]:
    message = {"role": "assistant", "content": completion.text}
    return {
        **_head("chat.completion", created),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": usage(asked, completion),
        "xiaoer": completion.to_json(),
    }


def usage(asked: AskCompletion, completion: Completion) -> dict[str, int]:
    """Estimated: clients show it, nobody pays by it."""
    read = sum(len(_TOKEN.findall(one.text)) for one in asked.messages)
    said = len(_TOKEN.findall(completion.text))
    return {"prompt_tokens": read, "completion_tokens": said, "total_tokens": read + said}


def _chunks(
    saying: Saying, completion: Completion, path: str, created: int, asked: AskCompletion
) -> Generator[str, None, None]:
    head = _head("chat.completion.chunk", created)

    def chunk(delta: dict[str, str], ended: str | None = None, **more: Any) -> str:
        return _data({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": ended}], **more})

    with contextlib.closing(saying):
        yield chunk({"role": "assistant", "content": ""})
        said = ""
        try:
            for one in saying:
                if isinstance(one, Said):
                    said += one.text
                    yield chunk({"content": one.text})
                else:
                    yield COMMENT
        except Exception as error:  # noqa: BLE001  the edge of the request: its status has long been sent
            yield _data(openai_error(problem_mid_way(error, path)))
            return
        yield chunk({"content": rest_of(completion.text, said)})
        yield chunk({}, "stop", xiaoer=completion.to_json())
        if asked.stream_options and asked.stream_options.include_usage:
            yield _data({**head, "choices": [], "usage": usage(asked, completion)})
        yield "data: [DONE]\n\n"


def rest_of(text: str, said: str) -> str:
    """What is still to be said; what was said cannot be taken back, so where the text is another it follows whole."""
    if text.startswith(said):
        return text.removeprefix(said)
    return f"\n\n{text}"


def _head(kind: str, created: int) -> dict[str, Any]:
    return {"id": f"chatcmpl-{secrets.token_hex(12)}", "object": kind, "created": created, "model": MODEL}


def _data(values: dict[str, Any]) -> str:
    return f"data: {json.dumps(values, ensure_ascii=False)}\n\n"
