"""The language model: one prompt filled in, one text back, or ModelUnavailable.

LangChain is imported at the first question: it costs seconds, and most installations have no model.
"""

import functools
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from prompts.circuit import Circuit
from prompts.errors import ModelUnavailable
from prompts.library import Prompt, load
from prompts.settings import ModelSettings

BACKOFF_SECONDS = 0.5
LONGEST_CONNECT_SECONDS = 5.0
NO_KEY = "none"
"""The client library refuses an empty key; endpoints that want none ignore this one."""
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What LangChain raises for a reply that is no chat completion."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    prompt_version: str
    model: str
    tokens_in: int
    tokens_out: int
    """0 where the endpoint does not say."""
    seconds: float


class _Again(Exception):
    """Worth another attempt; never leaves this module."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChatModel:
    """May be used from several threads at once."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings, self._clock, self._sleep = settings, clock, sleep
        self._circuit = Circuit(clock)

    @property
    def name(self) -> str:
        return self._settings.model

    def close(self) -> None:
        if model := self.__dict__.pop("_model", None):
            model.http_client.close()

    def write(self, prompt: str, values: Mapping[str, str]) -> Written:
        """What the model makes of the prompt of that name. Raises ModelUnavailable."""
        loaded = load(prompt)
        messages = loaded.fill(values)
        if not self._circuit.lets_through():
            raise ModelUnavailable("连续多次没有成功，先停用一会儿")
        started = self._clock()
        try:
            reply = self._ask(messages)
        except ModelUnavailable:
            self._circuit.failed()
            raise
        self._circuit.succeeded()
        return self._written(reply, loaded, self._clock() - started)

    def _ask(self, messages: tuple[str, str]) -> Any:
        reason = ""
        for attempt in range(self._settings.retries + 1):
            if attempt:
                self._sleep(BACKOFF_SECONDS * 2 ** (attempt - 1))
            try:
                return self._ask_once(messages)
            except _Again as again:
                reason = again.reason
                log.info("language model, attempt %d: %s", attempt + 1, reason)
        raise ModelUnavailable(reason)

    def _ask_once(self, messages: tuple[str, str]) -> Any:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415
        from langsmith import tracing_context  # noqa: PLC0415
        from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError  # noqa: PLC0415

        system, user = messages
        try:
            with tracing_context(enabled=False):  # whatever the environment says (design.md 14)
                reply = self._model.invoke([SystemMessage(system), HumanMessage(user)])
        # The causes are left out on purpose: their texts can hold parts of request and key.
        except APITimeoutError:
            raise ModelUnavailable(f"{self._settings.timeout_seconds:g} 秒内没有答复") from None
        except APIConnectionError:
            raise _Again("连接不上或者中途断开") from None
        except APIStatusError as error:
            if error.status_code == 429 or error.status_code >= 500:
                raise _Again(f"模型服务返回 {error.status_code}") from None
            raise ModelUnavailable(f"模型服务返回 {error.status_code}") from None
        except (OpenAIError, *_UNREADABLE) as error:
            raise ModelUnavailable(f"答复读不懂（{type(error).__name__}）") from None
        if not isinstance(reply.content, str) or not reply.content.strip():
            raise ModelUnavailable("答复是空的")
        return reply

    def _written(self, reply: Any, prompt: Prompt, seconds: float) -> Written:
        usage = reply.usage_metadata or {}
        return Written(
            text=reply.content.strip(),
            prompt_version=prompt.version,
            model=self._settings.model,
            tokens_in=usage.get("input_tokens", 0),
            tokens_out=usage.get("output_tokens", 0),
            seconds=seconds,
        )

    @functools.cached_property
    def _model(self) -> Any:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415
        from openai import DefaultAsyncHttpxClient, DefaultHttpxClient, Timeout  # noqa: PLC0415

        settings = self._settings
        seconds = settings.timeout_seconds
        timeout = Timeout(seconds, connect=min(seconds, LONGEST_CONNECT_SECONDS))
        model: Any = init_chat_model(
            settings.model,
            model_provider="openai",
            base_url=settings.base_url,
            api_key=settings.api_key or NO_KEY,
            temperature=settings.temperature,
            # LangChain would rename max_tokens to max_completion_tokens, which many compatible endpoints ignore.
            extra_body={"max_tokens": settings.max_tokens},
            timeout=timeout,
            max_retries=0,  # counted here, where the circuit sees them
            use_responses_api=False,
            # No proxy out of the environment: the request goes where the settings say.
            openai_proxy="",
            http_socket_options=(),
            http_client=DefaultHttpxClient(timeout=timeout, trust_env=False),
            http_async_client=DefaultAsyncHttpxClient(timeout=timeout, trust_env=False),
        )
        model.root_client.organization = None  # OPENAI_ORG_ID and OPENAI_PROJECT_ID are meant for somebody else
        model.root_client.project = None
        return model
