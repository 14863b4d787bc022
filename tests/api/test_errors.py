"""Every error in Chinese as problem+json, and nothing of the inside."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from api import reading
from api.app import create_app
from api.bootstrap import Service
from api.errors import KINDS
from api.guards import LARGEST_BODY_BYTES

PARTS = {"type", "title", "status", "detail", "instance"}


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    said: dict[str, Any] = response.json()
    assert set(said) >= PARTS
    assert said["status"] == status
    return said


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({}, "question", "问题没有填写"),
        ({"question": " \n"}, "question", "问题不能为空"),
        ({"question": "补" * 2001}, "question", "问题不能超过 2000 个字"),
        ({"question": 5}, "question", "问题要是文字"),
        ({"question": "补贴", "on": "2025-02-30"}, "on", "日期要写成 2025-06-01 这样的日期，而且这一天要存在"),
        ({"question": "补贴", "on": 1700000000}, "on", "日期要写成 2025-06-01 这样的日期，而且这一天要存在"),
        ({"question": "补贴", "region": "武" * 61}, "region", "地区不能超过 60 个字"),
        ({"question": "补贴", "audience": "boss"}, "audience", "读者只能是 public、staff 之一"),
        ({"question": "补贴", "地方": "x"}, "地方", "“地方”不是这个接口认识的字段"),
        ([1], "body", "请求正文要是一个 JSON 对象"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_chinese(
    client: TestClient, body: Any, field: str, sentence: str
) -> None:
    said = problem(client.post("/api/ask", json=body), 422)
    assert said["detail"].startswith(sentence)
    assert [one["field"] for one in said["errors"]] == [field]


def test_broken_json_and_half_characters_are_told_apart(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    broken = problem(client.post("/api/ask", content=b'{"question":', headers=headers), 422)
    assert broken["detail"] == "请求正文不是正确的 JSON"
    half = problem(client.post("/api/ask", content=b'{"question":"\\ud800"}', headers=headers), 422)
    assert half["detail"] == "问题里有不能识别的字符"
    latin = problem(client.post("/api/ask", content=b'{"question":"\xff\xfe"}', headers=headers), 400)
    assert "UTF-8" in latin["detail"]


def test_query_parameters_are_named_too(client: TestClient) -> None:
    assert problem(client.get("/api/documents?page=0"), 422)["detail"] == "页码不能小于 1"
    assert problem(client.get("/api/documents?size=1000"), 422)["detail"] == "每页条数不能大于 100"
    assert "栏目只能是 新闻资讯、法律法规" in problem(client.get("/api/documents?module=x"), 422)["detail"]


def test_an_unknown_region_and_one_of_many_are_told_apart(client: TestClient) -> None:
    unknown = problem(client.post("/api/ask", json={"question": "补贴", "region": "火星"}), 422)
    assert unknown["type"] == "/api/docs#problem-unknown-region"
    assert "火星" in unknown["detail"]
    many = problem(client.post("/api/ask", json={"question": "补贴", "region": "鼓楼区"}), 422)
    assert "有多个同名地区" in many["detail"]
    assert unknown["instance"] == "/api/ask"


@pytest.mark.parametrize("identity", ["nothing", "%00", "a" * 39, "..%2f..%2fetc", "%F0%9F%98%80"])
def test_a_document_that_is_not_there(client: TestClient, identity: str) -> None:
    assert "文件" in problem(client.get(f"/api/documents/{identity}"), 404)["title"] or identity.startswith("..")


def test_addresses_and_methods_that_do_not_exist(client: TestClient) -> None:
    assert problem(client.get("/api/nothing"), 404)["title"] == "没有这个网址"
    refused = client.delete("/api/ask")
    assert problem(refused, 405)["title"] == "请求方法不对"
    assert refused.headers["allow"] == "POST"


def test_people_get_a_page_instead(client: TestClient) -> None:
    response = client.get("/documents/nothing", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<h1>没有这份文件</h1>" in response.text
    assert "没有这个网址" in client.get("/nowhere", headers={"Accept": "text/html"}).text


def test_a_body_is_limited_whether_its_length_is_stated_or_not(client: TestClient) -> None:
    large = b'{"question":"' + b"x" * LARGEST_BODY_BYTES + b'"}'
    headers = {"Content-Type": "application/json"}
    stated = problem(client.post("/api/ask", content=large, headers=headers), 413)
    assert "64 KB" in stated["detail"]
    pieces = (large[at : at + 1000] for at in range(0, len(large), 1000))
    problem(client.post("/api/ask", content=pieces, headers=headers), 413)
    small = (piece for piece in [b'{"question":', b'"x"}'])
    assert client.post("/api/ask", content=small, headers=headers).status_code == 200


def test_what_nobody_expected_has_an_id_in_the_log_and_nothing_else(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("secret at /home/xiaoer/data")

    monkeypatch.setattr(reading, "answer", explode)
    response = client.post("/api/ask", json={"question": "补贴"})
    said = problem(response, 500)
    assert said["id"] in said["detail"]
    assert "secret" not in response.text
    assert said["id"] in caplog.text
    assert "secret at /home/xiaoer/data" in caplog.text
    assert "content-security-policy" in response.headers


def test_a_database_that_fails_meanwhile_is_told_without_the_statement(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("disk I/O error"))

    monkeypatch.setattr(reading, "listed", fail)
    response = client.get("/api/documents")
    assert problem(response, 503)["title"] == "数据库不能用"
    assert "SELECT" not in response.text
    assert response.headers["retry-after"]


def test_the_description_of_the_interface_is_chinese_and_complete(client: TestClient, service: Service) -> None:
    schema = client.get("/api/openapi.json").json()
    assert "公众" in schema["info"]["description"]
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert not operation["summary"].isascii()
            assert not [said for said in operation["responses"].values() if said["description"].isascii()]
            assert not [one for one in operation.get("parameters", []) if one["description"].isascii()]
    for shape in schema["components"]["schemas"].values():
        assert not shape["description"].isascii()
        assert not [name for name, one in shape.get("properties", {}).items() if one["description"].isascii()]
    page = client.get("/api/docs").text
    assert all(f'id="problem-{kind.slug}"' in page for kind in KINDS.values())
    assert create_app(service).openapi() == schema
