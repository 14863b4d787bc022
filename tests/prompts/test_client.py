"""The real client over HTTP against a scripted endpoint."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from prompts.client import ChatModel
from prompts.errors import ModelUnavailable
from prompts.settings import ModelSettings
from tests.scripted_model import (
    EMPTY_CHOICES,
    NOT_JSON,
    NULL_CONTENT,
    WRONG_JSON,
    Reply,
    ScriptedModel,
    scripted_model,
)

KEY = "sk-very-secret"
VALUES = {"passages": "[1] 某条", "question": "问", "problems": ""}
GOOD = Reply("可以申请[1]。")


@contextmanager
def asking(*script: Reply, timeout_seconds: float = 10.0) -> Iterator[tuple[ChatModel, ScriptedModel]]:
    with scripted_model(*script) as endpoint:
        settings = ModelSettings(endpoint.base_url, "scripted-1", KEY, timeout_seconds=timeout_seconds)
        model = ChatModel(settings, sleep=lambda seconds: None)
        yield model, endpoint
        model.close()


def test_a_good_answer_comes_back_with_version_model_and_tokens() -> None:
    with asking(GOOD) as (model, endpoint):
        written = model.write("answer", VALUES)
    assert (written.text, written.prompt_version, written.model) == ("可以申请[1]。", "answer@1", "scripted-1")
    assert (written.tokens_in, written.tokens_out) == (40, 9)
    request = endpoint.requests[0]
    assert endpoint.paths == ["/v1/chat/completions"]
    assert (request["model"], request["temperature"], request["max_tokens"]) == ("scripted-1", 0.0, 600)
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert "某条" not in request["messages"][0]["content"]


@pytest.mark.parametrize("first", [Reply(status=429), Reply(status=500), Reply(status=503), Reply("可以", cut=True)])
def test_a_passing_failure_is_tried_once_more(first: Reply) -> None:
    with asking(first, GOOD) as (model, endpoint):
        assert model.write("answer", VALUES).text == "可以申请[1]。"
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        (Reply(status=500), 2),
        (Reply(status=429), 2),
        (Reply("可以", cut=True), 2),
        (Reply(status=401), 1),
        (Reply(status=404), 1),
        (Reply("迟到", after_seconds=20), 1),
        (Reply(""), 1),
        (EMPTY_CHOICES, 1),
        (NULL_CONTENT, 1),
        (NOT_JSON, 1),
        (WRONG_JSON, 1),
    ],
    ids=["500", "429", "cut", "401", "404", "slow", "empty", "no choices", "null", "html", "other json"],
)
def test_what_cannot_be_used_is_model_unavailable_without_the_key(reply: Reply, requests: int) -> None:
    unusable = pytest.raises(ModelUnavailable, match="语言模型暂时用不上")
    with asking(reply, timeout_seconds=1.0) as (model, endpoint), unusable as caught:
        model.write("answer", VALUES)
    assert len(endpoint.requests) == requests
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_nobody_listening_is_model_unavailable() -> None:
    with scripted_model(GOOD) as endpoint:
        address = endpoint.base_url
    model = ChatModel(ModelSettings(address, "m"), sleep=lambda seconds: None)
    with pytest.raises(ModelUnavailable, match="连接不上"):
        model.write("answer", VALUES)
    model.close()


def test_after_three_failures_the_endpoint_is_left_alone_for_a_while() -> None:
    now = 0.0
    with scripted_model(*[Reply(status=401)] * 3, GOOD) as endpoint:
        model = ChatModel(ModelSettings(endpoint.base_url, "m"), clock=lambda: now)
        for _ in range(5):
            with pytest.raises(ModelUnavailable):
                model.write("answer", VALUES)
        assert len(endpoint.requests) == 3
        now = 31.0
        assert model.write("answer", VALUES).text == "可以申请[1]。"
        model.close()


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_model(GOOD) as elsewhere, asking(GOOD) as (model, endpoint):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_BASE_URL", "LANGSMITH_ENDPOINT"):
            monkeypatch.setenv(name, elsewhere.base_url)
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "LANGSMITH_API_KEY"):
            monkeypatch.setenv(name, "of-somebody-else")
        assert model.write("answer", VALUES).text == "可以申请[1]。"
        assert elsewhere.requests == []
    sent = endpoint.headers[0]
    assert sent["authorization"] == f"Bearer {KEY}"
    assert "of-somebody-else" not in sent.values()


def test_the_key_is_not_in_the_settings_as_printed() -> None:
    assert KEY not in repr(ModelSettings("http://x/v1", "m", KEY))
