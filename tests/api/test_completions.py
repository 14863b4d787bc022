"""/v1/chat/completions with OpenAI's own client: the same answers, citations beside them, errors in its shape."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from openai import OpenAI
from pydantic import SecretStr

from api.app import create_app
from api.bootstrap import Service
from api.completion_models import Cited, Completed
from api.completions import rest_of
from tests.api.conftest import set_for
from tests.api.desk import FIRST, Desk, open_desk
from tests.api.serving import serving
from tests.scripted_model import Reply

QUESTION = "青禾市个体工商户创业扶持办法第六条"
IN_QINGHE = {"xiaoer": {"region": "青禾市"}}
ASKED = [{"role": "user", "content": QUESTION}]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("completions")) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> Iterator[OpenAI]:
    desk.will_say(Reply(FIRST))
    with OpenAI(base_url=f"{desk.address}/v1", api_key="any", max_retries=0) as opened:
        yield opened


def test_an_answer_comes_with_its_sources(client: OpenAI) -> None:
    done = client.chat.completions.create(
        model="xiaoer", messages=[{"role": "user", "content": QUESTION}], extra_body=IN_QINGHE, temperature=0.2
    )
    text = done.choices[0].message.content or ""
    assert text.startswith(FIRST)
    assert done.choices[0].finish_reason == "stop"
    said = Completed.model_validate(done.model_dump())
    assert said.xiaoer.sources[0].clause == "第六条"
    assert said.xiaoer.region == "青禾市"
    assert "内容由人工智能生成，仅供参考" in said.xiaoer.notices


def test_a_stream_says_the_same_piece_by_piece(desk: Desk, client: OpenAI) -> None:
    whole = client.chat.completions.create(
        model="xiaoer", messages=[{"role": "user", "content": QUESTION}], extra_body=IN_QINGHE
    )
    desk.will_say(Reply(FIRST))
    chunks = list(
        client.chat.completions.create(
            model="xiaoer", messages=[{"role": "user", "content": QUESTION}], extra_body=IN_QINGHE, stream=True
        )
    )
    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices[0].delta.content]
    assert pieces[0] == FIRST
    assert "".join(pieces) == whole.choices[0].message.content
    assert chunks[-1].choices[0].finish_reason == "stop"
    cited = Cited.model_validate((chunks[-1].model_extra or {})["xiaoer"])
    assert cited.sources[0].clause == "第六条"


def test_what_was_said_cannot_be_taken_back() -> None:
    assert rest_of("一句。两句。", "一句。") == "两句。"
    assert rest_of("别的话。", "一句。") == "\n\n别的话。"


def test_personal_data_does_not_reach_the_model(desk: Desk, client: OpenAI) -> None:
    client.chat.completions.create(
        model="xiaoer",
        messages=[
            {"role": "user", "content": "我的电话是13800000000"},
            {"role": "assistant", "content": "好的，13800000000"},
            {"role": "user", "content": [{"type": "text", "text": f"{QUESTION}怎么规定的？13800000000"}]},
        ],
        extra_body=IN_QINGHE,
    )
    assert desk.endpoint.requests
    assert "13800000000" not in str(desk.endpoint.requests)


def test_nothing_is_kept(desk: Desk, client: OpenAI) -> None:
    from assistant import conversations

    with desk.service.database.reading() as tx:
        before = conversations.count(tx)
    client.chat.completions.create(model="xiaoer", messages=[{"role": "user", "content": QUESTION}])
    with desk.service.database.reading() as tx:
        assert conversations.count(tx) == before


def test_the_list_of_models_has_one(client: OpenAI) -> None:
    assert [one.id for one in client.models.list()] == ["xiaoer"]


@pytest.mark.parametrize(
    ("body", "code", "sentence"),
    [
        ({"messages": []}, "invalid-request", "对话不能为空"),
        ({"messages": [{"role": "system", "content": "x"}]}, "invalid-request", "最后一条要是 user 的话"),
        ({"messages": ASKED, "xiaoer": {"region": "火星"}}, "unknown-region", "火星"),
        ({"messages": [{"role": "user", "content": "补" * 10_001}]}, "invalid-request", "不能超过 10000 个字"),
    ],
)
def test_errors_are_in_the_shape_of_this_interface(desk: Desk, body: object, code: str, sentence: str) -> None:
    response = httpx.post(f"{desk.address}/v1/chat/completions", json=body, trust_env=False)
    assert response.status_code == 422
    error = response.json()["error"]
    assert (error["type"], error["code"]) == ("invalid_request_error", code)
    assert sentence in error["message"]


def test_the_client_understands_a_refusal(client: OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match="对话不能为空"):
        client.chat.completions.create(model="xiaoer", messages=[])


def test_a_key_in_the_settings_is_asked_for(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    set_for(monkeypatch, service, completions_key=SecretStr("made-up-key"))
    with TestClient(create_app(service)) as client:
        for key in (b"", b"Bearer wrong", "Bearer 密钥".encode(), b"made-up-key"):
            headers = {b"authorization": key} if key else {}
            refused = client.post("/v1/chat/completions", json={"messages": ASKED}, headers=headers)
            assert refused.status_code == 401
            assert refused.json()["error"]["code"] == "key-refused"
        right = {"Authorization": "Bearer made-up-key"}
        assert client.post("/v1/chat/completions", json={"messages": ASKED}, headers=right).status_code == 200
        assert client.get("/v1/models", headers=right).status_code == 200


def test_more_at_once_than_workers_are_told_to_wait(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    set_for(monkeypatch, service, turn_workers=1)
    app = create_app(service)
    assert app.state.conversing.completions._room.acquire(blocking=False)
    with serving(app) as address:
        busy = httpx.post(f"{address}/v1/chat/completions", json={"messages": ASKED}, trust_env=False)
        assert (busy.status_code, busy.json()["error"]["type"]) == (503, "server_error")
        assert int(busy.headers["retry-after"]) > 0
        app.state.conversing.completions._room.release()
        for stream in (False, True, False):
            asked = {"messages": ASKED, "stream": stream}
            answered = httpx.post(f"{address}/v1/chat/completions", json=asked, trust_env=False)
            assert answered.status_code == 200, answered.text


def said(client: TestClient, *texts: str, **more: object) -> dict[str, Any]:
    """A conversation of person and assistant in turns, as a client without a field for the region sends it."""
    roles = ("user", "assistant")
    messages = [{"role": roles[row % 2], "content": text} for row, text in enumerate(texts)]
    response = client.post("/v1/chat/completions", json={"messages": messages, **more})
    assert response.status_code == 200, response.text
    done: dict[str, Any] = response.json()
    return done


@pytest.fixture(scope="module")
def plain(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service)) as opened:
        yield opened


def text_of(done: dict[str, Any]) -> str:
    return str(done["choices"][0]["message"]["content"])


def test_the_answer_to_our_question_for_the_region_is_understood(plain: TestClient) -> None:
    asks = text_of(said(plain, "一次性开业补贴有多少钱"))
    assert "您的店在哪个市、县（区）？" in asks
    done = said(plain, "一次性开业补贴有多少钱", asks, "青禾市")
    assert "8000元" in text_of(done)
    assert done["xiaoer"]["region"] == "青禾市"
    further = said(plain, "一次性开业补贴有多少钱", asks, "青禾市", text_of(done), "那要什么材料")
    assert "您的店在哪个市" not in text_of(further)
    assert further["xiaoer"]["region"] == "青禾市"


def test_a_region_said_in_passing_is_kept(plain: TestClient) -> None:
    first = text_of(said(plain, "青禾市一次性开业补贴有多少钱，什么人能领？"))
    assert "8000元" in first
    done = said(plain, "青禾市一次性开业补贴有多少钱，什么人能领？", first, "那要什么材料")
    assert "您的店在哪个市" not in text_of(done)
    assert done["xiaoer"]["region"] == "青禾市"


def test_a_region_that_changed_on_the_way_is_the_new_one(plain: TestClient) -> None:
    done = said(plain, "我在青禾市", "好的。", "换成白榆市", "好的。", "开业补贴多少")
    assert done["xiaoer"]["region"] == "白榆市"


def test_usage_is_told_at_once_and_at_the_end_of_a_stream(plain: TestClient) -> None:
    used = said(plain, QUESTION)["usage"]
    assert used["total_tokens"] == used["prompt_tokens"] + used["completion_tokens"]
    assert used["prompt_tokens"] == len(QUESTION)
    body = {"messages": ASKED, "stream": True, "stream_options": {"include_usage": True}}
    lines = plain.post("/v1/chat/completions", json=body).text.strip().split("\n\n")
    assert json.loads(lines[-2].removeprefix("data: "))["usage"]["completion_tokens"] > 10
    assert lines[-1] == "data: [DONE]"


def test_one_model_can_be_asked_for(plain: TestClient) -> None:
    assert plain.get("/v1/models/xiaoer").json()["id"] == "xiaoer"
    missing = plain.get("/v1/models/gpt-4o")
    assert missing.status_code == 404
    assert missing.json()["error"]["message"] == "没有这个模型：只有 xiaoer 一个"


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}],
        [{"type": "text", "text": "看图"}, {"type": "input_audio", "input_audio": {}}],
        [{"type": "text"}],
        ["开业补贴"],
        {"text": "开业补贴"},
        7,
    ],
)
def test_what_is_no_text_is_refused_in_plain_chinese(plain: TestClient, content: object) -> None:
    refused = plain.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": content}]})
    assert refused.status_code == 422
    message = refused.json()["error"]["message"]
    assert message.startswith("对话里第 1 条消息")
    assert "文字" in message
    assert not re.search(r"[a-z]+\[|constrained|TextPart|literal", message + refused.text)


def test_without_a_model_the_notice_stands_beside_what_a_program_put_together(plain: TestClient) -> None:
    done = said(plain, "青禾市个体工商户创业扶持办法第六条怎么规定", xiaoer={"region": "青禾市"})
    assert done["xiaoer"]["origins"] == ["ai"]
    assert "内容由人工智能生成，仅供参考" in done["xiaoer"]["notices"]
    published = said(plain, "创业补贴在哪里申请？", xiaoer={"region": "青禾市"})
    assert published["xiaoer"]["origins"] == ["curated"]
    assert "内容由人工智能生成，仅供参考" not in published["xiaoer"]["notices"]
