"""/v1/chat/completions with OpenAI's own client: the same answers, citations beside them, errors in its shape."""

from collections.abc import Iterator

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
