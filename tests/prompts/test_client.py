"""The real client over HTTP against a scripted endpoint: what it asks, gives up on, and never tells."""

import time
import traceback

import pytest

from prompts.accounting import Outcome
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable
from prompts.settings import ModelSettings
from tests.prompts.asking import GOOD, KEY, TEXT, VALUES, asking, whole
from tests.scripted_model import (
    EMPTY_CHOICES,
    NOT_JSON,
    NOT_SSE,
    NULL_CONTENT,
    WRONG_JSON,
    Reply,
    scripted_model,
)


def test_a_good_answer_comes_back_with_version_model_and_tokens() -> None:
    with asking(GOOD) as (model, endpoint, _):
        reply = model.stream("answer", VALUES)
        assert "".join(reply) == TEXT
    assert (reply.prompt.version.partition("@")[0], reply.model, reply.is_whole) == ("answer", "scripted-1", True)
    assert (reply.tokens_in, reply.tokens_out) == (40, 9)
    request = endpoint.requests[0]
    assert endpoint.paths == ["/v1/chat/completions"]
    assert (request["model"], request["temperature"], request["max_tokens"]) == ("scripted-1", 0.0, 600)
    assert (request["stream"], request["stream_options"]) == (True, {"include_usage": True})
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert "某条" not in request["messages"][0]["content"]


@pytest.mark.parametrize("first", [Reply(status=429), Reply(status=500), Reply(status=503)])
def test_a_passing_failure_is_tried_once_more(first: Reply) -> None:
    with asking(first, GOOD) as (model, endpoint, calls):
        assert whole(model) == TEXT
    assert len(endpoint.requests) == 2
    assert [call.outcome for call in calls] == [Outcome.COMPLETE]


UNUSABLE = {
    "500": (Reply(status=500), 2),
    "429": (Reply(status=429), 2),
    "cut before the first piece": (Reply("可", cut=True, pieces=[""], counts=False), 2),
    "401": (Reply(status=401), 1),
    "404": (Reply(status=404), 1),
    "slow": (Reply("迟到", after_seconds=20), 1),
    "empty": (Reply(""), 1),
    "blank": (Reply(" \n "), 1),
    "no choices": (EMPTY_CHOICES, 1),
    "null": (NULL_CONTENT, 1),
    "html": (NOT_JSON, 1),
    "other json": (WRONG_JSON, 1),
    "other events": (NOT_SSE, 1),
}


@pytest.mark.parametrize(("reply", "requests"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_used_is_model_unavailable_without_the_key(reply: Reply, requests: int) -> None:
    with asking(reply, timeout_seconds=1.0) as (model, endpoint, calls):
        with pytest.raises(ModelUnavailable, match="语言模型暂时用不上") as caught:
            whole(model)
        assert len(endpoint.requests) == requests
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert [(call.outcome, call.reason) for call in calls] == [(Outcome.FAILED, caught.value.reason)]


def test_nobody_listening_is_model_unavailable() -> None:
    with scripted_model(GOOD) as endpoint:
        address = endpoint.base_url
    model = ChatModel(ModelSettings(address, "m"), sleep=lambda seconds: None)
    with pytest.raises(ModelUnavailable, match="连接不上"):
        whole(model)
    model.close()


def test_after_three_failures_the_endpoint_is_left_alone_for_a_while() -> None:
    now = 0.0
    with scripted_model(*[Reply(status=401)] * 3, GOOD) as endpoint:
        model = ChatModel(ModelSettings(endpoint.base_url, "m"), clock=lambda: now)
        for _ in range(5):
            with pytest.raises(ModelUnavailable):
                whole(model)
        assert len(endpoint.requests) == 3
        assert not model.is_ready()
        now = 31.0
        assert model.is_ready()
        assert whole(model) == TEXT
        model.close()


def test_a_model_switched_off_is_not_asked_and_one_switched_on_again_is() -> None:
    switch = [True]
    with scripted_model(GOOD) as endpoint:
        model = ChatModel(ModelSettings(endpoint.base_url, "m"), is_on=lambda: switch[0])
        assert whole(model) == TEXT
        switch[0] = False
        assert not model.is_ready()
        with pytest.raises(ModelUnavailable, match="xiaoer model on"):
            whole(model)
        assert len(endpoint.requests) == 1
        switch[0] = True
        assert whole(model) == TEXT
        model.close()


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_model(GOOD) as elsewhere, asking(GOOD) as (model, endpoint, _):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_BASE_URL", "LANGSMITH_ENDPOINT"):
            monkeypatch.setenv(name, elsewhere.base_url)
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "LANGSMITH_API_KEY"):
            monkeypatch.setenv(name, "of-somebody-else")
        assert whole(model) == TEXT
        assert elsewhere.requests == []
    sent = endpoint.headers[0]
    assert sent["authorization"] == f"Bearer {KEY}"
    assert "of-somebody-else" not in sent.values()


def test_a_redirect_takes_question_and_key_nowhere_else() -> None:
    with scripted_model(GOOD) as elsewhere:
        redirect = Reply(status=307, location=f"{elsewhere.base_url}/chat/completions")
        with asking(redirect) as (model, _, _), pytest.raises(ModelUnavailable, match="307"):
            whole(model)
        assert elsewhere.requests == []


def test_the_key_is_not_in_the_settings_as_printed_nor_in_the_host_shown() -> None:
    settings = ModelSettings("https://name:geheim@model.example:8443/v1", "m", KEY)
    assert KEY not in repr(settings)
    assert "geheim" not in repr(settings)
    assert settings.host == "model.example:8443"


def test_nothing_slow_stands_between_a_question_and_its_request() -> None:
    with asking(GOOD) as (model, endpoint, _):
        model.prepare()
        own = []
        for _ in range(5):
            asked = time.monotonic()
            whole(model)
            own.append(endpoint.arrived[-1] - asked)
    assert min(own) < 0.1  # the others had to wait for the machine, not for us
