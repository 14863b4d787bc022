"""POST /api/ask: the contract others script against."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import Service
from api.models import Answered, Source
from assistant.flows.answer import NO_REGION, WORDS_ALONE
from knowledge import regions

CONTRACT = {
    "answer", "answered", "extent", "lead", "parts", "elsewhere", "flow", "region", "on", "sources", "notices",
    "confidence", "prompt_version", "model",
}  # fmt: skip
SOURCE_CONTRACT = {
    "document", "title", "doc_number", "clause", "quote", "region", "effective_from", "effective_to", "issued", "dates",
    "in_force", "audience", "score", "why", "clause_id", "matched", "deciding", "pending", "superseded_by", "amended_by", "remarks",
}  # fmt: skip
NAMED = "《青禾市个体工商户创业扶持办法》第五条怎么说？"
FAQ = "创业补贴在哪里申请？"


def ask(client: TestClient, question: str, **more: object) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_an_answer_has_the_documented_fields_and_no_others(client: TestClient) -> None:
    answer = ask(client, NAMED, region="青禾市")
    assert set(answer) == CONTRACT == set(Answered.model_fields)
    assert set(answer["sources"][0]) == SOURCE_CONTRACT == set(Source.model_fields)
    Answered.model_validate(answer)


def test_a_clause_named_in_the_question_is_the_first_source(client: TestClient) -> None:
    answer = ask(client, NAMED, region="青禾市")
    source = answer["sources"][0]
    assert answer["answered"]
    assert (answer["region"], answer["on"]) == ("青禾市", "2026-07-01")
    assert source["doc_number"] == "青政规〔2025〕2号"
    assert source["clause"].startswith("第五条")
    assert "8000元" in source["quote"]
    assert source["in_force"] is True


def test_the_day_asked_about_decides_the_version(client: TestClient) -> None:
    answer = ask(client, NAMED, region="青禾市", on="2024-03-15")
    assert answer["on"] == "2024-03-15"
    assert {source["doc_number"] for source in answer["sources"]} == {"青政规〔2022〕5号"}


def test_a_published_question_is_answered_as_published(client: TestClient) -> None:
    answer = ask(client, FAQ, region="990100")
    assert answer["answered"]
    assert answer["sources"][0]["clause"] == "FAQ-009"


def test_words_alone_is_said_on_every_answer(client: TestClient) -> None:
    assert WORDS_ALONE in ask(client, NAMED, region="青禾市")["notices"]
    assert WORDS_ALONE in ask(client, "今天股市怎么样", region="青禾市")["notices"]


def test_without_a_region_only_the_country_is_searched_and_the_answer_says_so(client: TestClient) -> None:
    answer = ask(client, FAQ)
    assert answer["region"] == "全国"
    assert NO_REGION in answer["notices"]
    assert not answer["sources"]


def test_the_country_chosen_on_purpose_needs_no_notice(client: TestClient) -> None:
    assert NO_REGION not in ask(client, FAQ, region="全国")["notices"]


def test_rules_of_another_city_are_never_used(client: TestClient) -> None:
    answer = ask(client, "创业补贴标准是多少", region="白榆市")
    assert {source["region"] for source in answer["sources"]} <= {"白榆市", "云岭省", "全国"}


def test_no_basis_no_answer(client: TestClient) -> None:
    answer = ask(client, "今天股市怎么样", region="青禾市")
    assert answer["answered"] is False
    assert answer["sources"] == []
    assert "没有找到依据" in answer["answer"]


def test_an_extract_names_no_model(client: TestClient) -> None:
    answer = ask(client, NAMED, region="青禾市")
    assert (answer["prompt_version"], answer["model"]) == (None, None)


def test_staff_documents_cannot_be_asked_for(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": NAMED, "region": "青禾市", "audience": "staff"})
    assert response.status_code == 403
    assert "登录" in response.json()["detail"]


def test_public_may_be_said(client: TestClient) -> None:
    assert ask(client, NAMED, region="青禾市", audience="public")["answered"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "\u202eabc\u202c 补贴",
        "'; DROP TABLE documents; --",
        "a\x00b\x07 补贴",
        "%" * 500,
        '*:*^9 AND (title:"',
        "补" * 2000,
        "👩‍👩‍👧" * 100,
    ],
)
def test_hostile_questions_get_an_ordinary_answer(client: TestClient, hostile: str) -> None:
    assert ask(client, hostile, region="青禾市")["on"] == "2026-07-01"


@pytest.mark.needs_weights
def test_with_the_model_a_colloquial_question_finds_its_clause(client_with_model: TestClient) -> None:
    answer = ask(client_with_model, "两口子都没工作，开个店政府给多少钱", region="南屏区")
    assert answer["answered"]
    assert WORDS_ALONE not in answer["notices"]
    assert "说的意思相近" in answer["sources"][0]["why"]


@pytest.mark.parametrize("code", ["990102", "420100"])
def test_the_region_of_the_installation_is_assumed_and_preselected(service: Service, code: str) -> None:
    """Also one that has no documents of its own."""
    settled = replace(service, settings=service.settings.model_copy(update={"region": code}))
    with TestClient(create_app(settled)) as client:
        answer = ask(client, FAQ)
        assert answer["region"] == regions.name(code)
        assert NO_REGION not in answer["notices"]
        page = client.get("/ask").text
        assert f'<option value="{code}" selected>' in page
        assert "不选只查全国规定" not in page


def test_an_overview_is_asked_for_here_as_in_the_conversation(client: TestClient) -> None:
    answer = ask(client, "有哪些补贴？", region="青禾市")
    assert answer["flow"] == "overview"
    assert "8000元" in answer["lead"]
    assert len(answer["sources"]) > 5
    assert ask(client, "有哪些补贴？")["notices"] == [NO_REGION]
