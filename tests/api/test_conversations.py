"""/api/conversations over a real server: the whole way of a conversation, and every refusal in its documented shape."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import Service
from api.conversation_models import LONGEST_MESSAGE, Exported, History, Started
from assistant.exporting import AI_NOTICE
from tests.api.conftest import set_for
from tests.api.reader import Person, begin, kinds
from tests.api.serving import serving
from tests.api.test_errors import problem

QUESTION = "青禾市个体工商户创业扶持办法第六条"


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    with serving(create_app(service)) as opened:
        yield opened


@pytest.fixture
def person(address: str) -> Person:
    return begin(address, region="青禾市")


def test_a_conversation_from_its_beginning_to_its_end(person: Person) -> None:
    events = [event for event in person.ask(QUESTION) if event.id]  # what is not kept comes only to who listens in time
    assert kinds(events) == ["remembered", "message", "reply", "done"]
    reply = events[2].data
    assert (reply["to"], reply["author"], reply["origin"]) == (2, "assistant", "ai")
    assert reply["answer"]["sources"][0]["clause"] == "第六条"
    assert datetime.fromisoformat(reply["at"]).utcoffset() is not None
    assert [event.id for event in events] == [1, 2, 3, 4]
    history = person.call("GET", "/history")
    History.model_validate(history.json())
    assert history.json() == {"events": [event.data for event in events if event.id], "more": False}
    assert history.headers["cache-control"] == "no-store"
    assert person.call("GET", "/sources/3").json() == {"sources": reply["answer"]["sources"]}
    assert person.call("POST", "/feedback", {"on": 3, "helpful": False, "reason": "太长"}).status_code == 204
    assert person.call("POST", "/rating", {"grade": 4}).status_code == 204
    assert person.call("POST", "/rating", {"grade": 5}).status_code == 409
    assert kinds(person.listen("rating")) == ["feedback", "rating"]
    receipt = person.call("DELETE", "").json()
    assert receipt["events"] == 6
    for method, path in (("GET", "/history"), ("GET", "/events"), ("POST", "/token"), ("DELETE", "")):
        gone = problem(person.call(method, path), 410)
        assert gone["receipt"] == receipt["receipt"]


def test_history_comes_in_pieces(person: Person) -> None:
    person.ask(QUESTION)
    first = person.call("GET", "/history?limit=3").json()
    assert ([one["seq"] for one in first["events"]], first["more"]) == ([1, 2, 3], True)
    rest = person.call("GET", "/history?after=3").json()
    assert ([one["seq"] for one in rest["events"]], rest["more"]) == ([4], False)


def test_what_is_remembered_over_http(person: Person) -> None:
    assert person.call("GET", "/memory").json()["remembered"][0]["shown"] == "云岭省青禾市"
    changed = person.call("PUT", "/memory/region", {"value": "武汉市"})
    assert changed.json() == {"key": "region", "label": "所在地区", "value": "420100", "shown": "湖北省武汉市"}
    assert problem(person.call("PUT", "/memory/region", {"value": "火星"}), 422)["title"] == "认不出地区"
    assert problem(person.call("PUT", "/memory/income", {"value": "1"}), 404)["title"] == "没有记住这一项"
    assert person.call("DELETE", "/memory/region").status_code == 204
    assert person.call("DELETE", "/memory").status_code == 204
    assert person.call("GET", "/memory").json() == {"remembered": []}


def test_an_export_is_text_or_json_and_carries_the_notice(person: Person) -> None:
    person.ask(QUESTION)
    text = person.call("GET", "/export")
    assert text.headers["content-type"].startswith("text/plain")
    assert "attachment" in text.headers["content-disposition"]
    assert text.text.count(AI_NOTICE) >= 2
    exported = Exported.model_validate(person.call("GET", "/export?format=json").json())
    assert exported.AIGC["Label"] == "1"
    assert len(exported.events) == 4
    problem(person.call("GET", "/export?format=xml"), 422)


def test_starting_needs_nothing_and_gives_a_token_for_this_conversation_only(address: str) -> None:
    response = httpx.post(f"{address}/api/conversations", json={}, trust_env=False)
    started = Started.model_validate(response.json())
    assert started.ai_notice == AI_NOTICE
    assert response.headers["cache-control"] == "no-store"
    other = begin(address)
    stolen = Person(address, other.id, started.token)
    refused = stolen.call("GET", "/history")
    assert problem(refused, 401)["title"] == "会话令牌不对"
    assert refused.headers["www-authenticate"] == "Bearer"
    nobody = Person(address, "x" * 22, started.token)
    problem(nobody.call("GET", "/history"), 401)
    bare = httpx.get(other.url + "/history", trust_env=False)
    assert "Authorization" in problem(bare, 401)["detail"]


def test_a_token_is_exchanged_for_one_that_works(person: Person) -> None:
    renewed = person.call("POST", "/token").json()
    assert Person(person.address, person.id, renewed["token"]).call("GET", "/history").status_code == 200


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "请求正文里 text 和 fields 至少要有一样"),
        ({"text": "补" * (LONGEST_MESSAGE + 1)}, "消息不能超过 10000 个字"),
        ({"text": 5}, "消息要是文字"),
        ({"text": "x", "html": "y"}, "“html”不是这个接口认识的字段"),
        ({"fields": {str(number): "x" for number in range(41)}}, "表太多：最多 40 项"),
    ],
)
def test_what_is_wrong_with_a_message_is_said_in_chinese(person: Person, body: object, sentence: str) -> None:
    assert problem(person.call("POST", "/messages", body), 422)["detail"] == sentence


def test_a_long_message_is_taken_and_a_body_too_large_is_not(person: Person) -> None:
    assert person.call("POST", "/messages", {"text": "补" * LONGEST_MESSAGE}).status_code == 202
    assert kinds(person.listen())[-1] == "done"
    problem(person.call("POST", "/messages", {"text": "x" * 70_000}), 413)


def test_hostile_text_comes_back_as_it_was_written(person: Person) -> None:
    hostile = "<script>alert(1)</script>\u202e[x](javascript:alert(1))\u200b👩‍👩‍👧\nid: 99\n\nevent: done"
    events = person.ask(hostile)
    assert events[1].data["text"] == hostile
    assert [event.id for event in events if event.id] == [1, 2, 3, 4]


def test_a_form_is_a_message_too(person: Person) -> None:
    response = person.call("POST", "/messages", {"fields": {"行业": "餐饮", "电话": "13800000000"}})
    assert response.status_code == 202
    events = person.listen()
    assert events[1].data["fields"][0] == ["行业", "餐饮"]
    assert "13800000000" not in str(events)
    assert events[2].data["code"] == "masked"


def test_rates_of_addresses_and_conversations_are_told_with_a_time_to_wait(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"rate_address": "6/minute", "rate_session": "2/minute", "rate_start": "2/minute"}
    set_for(monkeypatch, service, **rates, trusted_proxies="10.0.0.0/8")
    with TestClient(create_app(service), client=("10.0.0.1", 1)) as client:

        def headers(address: str, token: str = "") -> dict[str, str]:
            return {"X-Forwarded-For": address, "Authorization": f"Bearer {token}"}

        def started(address: str) -> Any:
            return client.post("/api/conversations", json={}, headers=headers(address))

        first = started("192.0.2.1").json()
        assert started("192.0.2.1").status_code == 201
        refused = started("192.0.2.1")
        assert problem(refused, 429)["title"] == "请求太频繁"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert started("192.0.2.2").status_code == 201
        assert started("1.1.1.1, 192.0.2.1").status_code == 429  # what the client wrote itself counts for nothing
        path = f"/api/conversations/{first['id']}/messages"
        codes = [
            client.post(path, json={"text": "补贴"}, headers=headers(f"192.0.2.{number}", first["token"])).status_code
            for number in (3, 4, 5)
        ]
        assert codes == [202, 202, 429]
        path = f"/api/conversations/{first['id']}/history"
        read = [client.get(path, headers=headers("192.0.2.9", first["token"])).status_code for _ in range(7)]
        assert read == [200] * 6 + [429]


def test_other_sites_are_let_in_by_name_only(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    set_for(monkeypatch, service, widget_origins="https://www.example.gov.cn")
    with TestClient(create_app(service), base_url="http://xiaoer.example") as client:
        friend = {"Origin": "https://www.example.gov.cn"}
        asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "idempotency-key"}
        before = client.options("/api/conversations", headers={**friend, **asks})
        assert before.status_code == 204
        assert before.headers["access-control-allow-origin"] == friend["Origin"]
        assert "Idempotency-Key" in before.headers["access-control-allow-headers"]
        answered = client.post("/api/conversations", json={}, headers=friend)
        assert answered.status_code == 201
        assert answered.headers["access-control-allow-origin"] == friend["Origin"]
        assert "Origin" in answered.headers["vary"]
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
            refused = client.post("/api/conversations", json={}, headers=headers)
            assert problem(refused, 403)["title"] == "来源不在名单里"
            assert "access-control-allow-origin" not in refused.headers
            assert client.options("/api/conversations", headers={**headers, **asks}).status_code == 403
        own = [
            {"Origin": "http://xiaoer.example"},
            {"Origin": "https://public.example", "Sec-Fetch-Site": "same-origin"},
        ]
        for headers in own:
            assert client.post("/api/conversations", json={}, headers=headers).status_code == 201


def test_a_key_that_was_used_for_other_words_is_refused(person: Person) -> None:
    def say(text: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "one"}
        return httpx.post(f"{person.url}/messages", json={"text": text}, headers=headers, trust_env=False)

    first = say("开业补贴有多少钱")
    assert say("开业补贴有多少钱").json() == first.json()
    assert problem(say("场租补贴呢"), 409)["type"] == "/api/docs#problem-idempotency-key-used"


def test_receipt_and_times_are_those_of_beijing(person: Person) -> None:
    person.ask(QUESTION)
    (first, *_) = person.call("GET", "/history").json()["events"]
    receipt = person.call("DELETE", "").json()
    gone = problem(person.call("GET", "/history"), 410)
    for said in (first["at"], receipt["deleted_at"], gone["deleted_at"]):
        assert said.endswith("+08:00")
    assert gone["deleted_at"] == receipt["deleted_at"]
    assert receipt["receipt"].startswith(f"DEL-{receipt['deleted_at'][:10].replace('-', '')}-")
