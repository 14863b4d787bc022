"""The self-test over HTTP: listed, asked, answered, explained, shared; nothing kept, nothing invented."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.bootstrap import Service

VAT = {"entity": "个体工商户", "vat_taxpayer": "小规模纳税人", "vat_period": "按月"}


def ask(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.post("/api/eligibility", json=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_policies_of_a_place_and_of_everything_above_it_are_listed(client: TestClient) -> None:
    here = {one["id"] for one in client.get("/api/policies", params={"region": "青禾市"}).json()["items"]}
    elsewhere = {one["id"] for one in client.get("/api/policies", params={"region": "白榆市"}).json()["items"]}
    assert "qinghe_opening_subsidy" in here - elsewhere
    assert "vat_threshold" in here & elsewhere


def test_policies_are_found_by_what_people_call_them(client: TestClient) -> None:
    found = client.get("/api/policies", params={"q": "开店补贴"}).json()["items"]
    assert [one["id"] for one in found] == ["qinghe_opening_subsidy"]


def test_a_policy_is_told_with_its_basis_and_questions(client: TestClient) -> None:
    policy = client.get("/api/policies/vat_threshold").json()
    assert policy["basis"]["exempt"]["clause"] == "第二十三条"
    assert {one["fact"] for one in policy["facts"]} >= {"vat_taxpayer", "period_sales"}


def test_a_self_test_goes_from_question_to_result(client: TestClient) -> None:
    first = ask(client, policy="vat_threshold")
    assert first["results"][0]["verdict"] == "unknown"
    assert first["questions"]
    assert not first["done"]
    last = ask(client, policy="vat_threshold", facts={**VAT, "period_sales": "10万元"})
    (result,) = last["results"]
    assert (result["verdict"], last["done"], last["questions"]) == ("not_met", True, [])
    failed = [row for row in result["conditions"] if row["truth"] is False and not row["aside"]]
    assert [row["answer"] for row in failed] == ["10万元"]
    assert failed[0]["quote"].startswith("小规模纳税人发生应税交易")
    assert last["disclaimer"] == "自测结果仅供参考，以主管部门审核为准"


def test_what_was_declined_is_not_asked_again_and_never_counts_against_one(client: TestClient) -> None:
    names: set[str] = set()
    for _ in range(10):
        answer = ask(client, policy="qinghe_opening_subsidy", declined=sorted(names))
        asked = {one["fact"] for one in answer["questions"]}
        assert not asked & names
        if not asked:
            break
        names |= asked
    assert answer["results"][0]["verdict"] == "unknown"


def test_all_policies_of_a_place_are_tested_at_once(client: TestClient) -> None:
    answer = ask(client, region="青禾市", facts={"entity": "个体工商户", "region": "青禾市"})
    tested = {one["policy"]["id"] for one in answer["results"]}
    assert tested >= {"vat_threshold", "qinghe_opening_subsidy"}
    assert not tested & {"dormancy", "qinghe_credit_repair", "nanping_signboard"}  # mere procedures


def test_an_ended_relief_names_what_replaced_it(client: TestClient) -> None:
    (result,) = ask(client, policy="vat_threshold_2023", facts={**VAT, "period_sales": 1})["results"]
    assert (result["standing"], result["verdict"]) == ("ended", None)
    assert [one["id"] for one in result["replaced_by"]] == ["vat_threshold"]


def test_the_day_decides_by_which_edition(client: TestClient) -> None:
    facts = {**VAT, "period_sales": "10万元"}
    (before,) = ask(client, policy="vat_threshold_2023", facts=facts, on="2025-12-31")["results"]
    (after,) = ask(client, policy="vat_threshold", facts=facts, on="2026-01-01")["results"]
    assert (before["verdict"], after["verdict"]) == ("met", "not_met")


def test_many_profiles_are_decided_in_one_call(client: TestClient) -> None:
    profiles = [{"id": str(number), "facts": {**VAT, "period_sales": number * 50_000}} for number in range(4)]
    answer = client.post("/api/eligibility/batch", json={"profiles": profiles, "policies": ["vat_threshold"]}).json()
    verdicts = [one["verdicts"][0]["verdict"] for one in answer["profiles"]]
    assert verdicts == ["met", "met", "not_met", "not_met"]


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ({"policy": "no_such"}, 404, "policy-not-found"),
        ({"policy": "vat_threshold", "facts": {"shoe_size": 42}}, 422, "unknown-fact"),
        ({"policy": "vat_threshold", "facts": {"period_sales": "很多"}}, 422, "bad-answer"),
        ({"policy": "vat_threshold", "facts": {"period_sales": -1}}, 422, "bad-answer"),
        ({"region": "桃花源"}, 422, "unknown-region"),
        ({"policy": "vat_threshold", "fact": {}}, 422, "invalid-request"),
    ],
)
def test_a_mistake_is_told_in_chinese(client: TestClient, asked: dict[str, Any], status: int, kind: str) -> None:
    answer = client.post("/api/eligibility", json=asked)
    assert answer.status_code == status
    assert answer.json()["type"].endswith(f"#problem-{kind}")


def test_the_tree_is_a_picture_without_scripts(client: TestClient) -> None:
    picture = client.get("/api/policies/vat_threshold/tree.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    drawn = BeautifulSoup(picture.text, "xml")
    assert drawn.svg is not None
    assert drawn.find("script") is None
    assert "月销售额低于10万元" in picture.text


def test_a_link_carries_the_verdict_and_no_answer(client: TestClient, service: Service) -> None:
    asked = {"policy": "vat_threshold", "facts": {**VAT, "period_sales": "43210元"}}
    link = client.post("/api/eligibility/links", json=asked).json()
    page = client.get(link["path"], headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "符合" in page.text
    assert "43210" not in page.text
    assert "4.321" not in page.text
    assert str(service.today()) in page.text


def test_a_link_that_was_changed_or_is_old_does_not_open(client: TestClient) -> None:
    link = client.post("/api/eligibility/links", json={"policy": "vat_threshold", "facts": VAT}).json()["path"]
    changed = link[:-2] + ("AA" if link[-2:] != "AA" else "BB")
    assert client.get(changed).status_code == 404
    assert client.get("/selftest/shared/x").status_code == 404
