"""One request to an OpenAI-compatible chat endpoint through LangChain, and what became of it.

LangChain is imported at the first question or by prepare(): it costs seconds, and most installations have no model.
"""

import functools
import logging
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from prompts.errors import ModelUnavailable
from prompts.settings import ModelSettings

LONGEST_CONNECT_SECONDS = 5.0
NO_KEY = "none"
"""The client library refuses an empty key; endpoints that want none ignore this one."""
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What LangChain raises for a reply that is no chat completion."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    ended: str = ""
    """Why the model stopped writing, with its last piece: stop, length, …"""


class PassingFailure(Exception):
    """Worth another attempt as long as nothing has been said; never leaves this package."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Endpoint:
    """May be used from several threads at once."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._says_usage = True
        self._building = threading.Lock()

    def prepare(self) -> None:
        """Import and build what the first question would otherwise wait for."""
        with self._building:
            _ = self._model

    def close(self) -> None:
        if model := self.__dict__.pop("_model", None):
            model.http_client.close()

    def ask(self, messages: tuple[str, str]) -> Generator[Piece, None, None]:
        """Raises ModelUnavailable and PassingFailure, also in the middle; closing it closes the connection."""
        self.prepare()
        from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError  # noqa: PLC0415

        # The causes are left out on purpose: their texts can hold parts of request and key.
        try:
            yield from self._pieces(messages)
        except APITimeoutError:
            settings = self._settings
            limits = (
                f"{settings.timeout_seconds:g} 秒没有动静，或者 {settings.budget_seconds:g} 秒没有写完，或者写得太长"
            )
            raise ModelUnavailable(limits) from None
        except APIConnectionError:
            raise PassingFailure("连接不上或者中途断开") from None
        except APIStatusError as error:
            raise self._refused(error.status_code, str(error)) from None
        except (OpenAIError, *_UNREADABLE) as error:
            raise ModelUnavailable(f"答复读不懂（{type(error).__name__}）") from None

    def _refused(self, status: int, message: str) -> Exception:
        if self._says_usage and "stream_options" in message:
            self._says_usage = False  # an older endpoint: it stays uncounted rather than unused
            return PassingFailure("模型服务不报用量")
        if status == 429 or status >= 500:
            return PassingFailure(f"模型服务返回 {status}")
        return ModelUnavailable(f"模型服务返回 {status}")

    def _pieces(self, messages: tuple[str, str]) -> Iterator[Piece]:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415
        from langsmith import tracing_context  # noqa: PLC0415

        system, user = messages
        stream = self._model.stream([SystemMessage(system), HumanMessage(user)], stream_usage=self._says_usage)
        try:
            # Whatever the environment says (design.md 14). LangChain looks when it begins;
            # around a yield the setting would reach whoever reads.
            with tracing_context(enabled=False):
                chunk = next(stream, None)
            while chunk is not None:
                yield _piece(chunk)
                chunk = next(stream, None)
        finally:
            stream.close()

    @functools.cached_property
    def _model(self) -> Any:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415
        from openai import DefaultAsyncHttpxClient, DefaultHttpxClient, Timeout  # noqa: PLC0415

        from prompts.wire import watch  # noqa: PLC0415

        settings = self._settings
        seconds = settings.timeout_seconds
        timeout = Timeout(seconds, connect=min(seconds, LONGEST_CONNECT_SECONDS))
        # No proxy out of the environment, no redirect: the request goes where the settings say.
        straight: dict[str, Any] = {"timeout": timeout, "trust_env": False, "follow_redirects": False}
        model: Any = init_chat_model(
            settings.model,
            model_provider="openai",
            base_url=settings.base_url,
            api_key=settings.api_key or NO_KEY,
            temperature=settings.temperature,
            # LangChain would rename max_tokens to max_completion_tokens, which many compatible endpoints ignore.
            extra_body={"max_tokens": settings.max_tokens},
            default_headers={"Accept-Encoding": "identity"},  # what is zipped comes in lumps
            timeout=timeout,
            max_retries=0,  # counted in the client, where the circuit sees them
            use_responses_api=False,
            openai_proxy="",
            http_socket_options=(),
            http_client=DefaultHttpxClient(**straight, event_hooks={"response": [watch(settings.budget_seconds)]}),
            http_async_client=DefaultAsyncHttpxClient(**straight),
        )
        model.root_client.organization = None  # OPENAI_ORG_ID and OPENAI_PROJECT_ID are meant for somebody else
        model.root_client.project = None
        return model


def _piece(chunk: Any) -> Piece:
    usage = chunk.usage_metadata or {}
    text = chunk.content if isinstance(chunk.content, str) else ""
    ended = str(chunk.response_metadata.get("finish_reason") or "")
    return Piece(text, usage.get("input_tokens"), usage.get("output_tokens"), ended)
