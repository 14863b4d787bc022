"""A document that self-tests rest on was replaced: list, start, result, batch, share and command line say so."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import open_service, sample_paths
from ingest.pipeline import Options
from tests.api.conftest import settings_at
from tests.knowledge.rules.replacing import AFTER, BEFORE, NEW, OPENING, VETERAN, replacement

SAID = "自2026年11月1日起代替，自测规则还没有更新，不能据此判断"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("newer")
    (folder / "new.md").write_text(replacement(), encoding="utf-8")
    service = open_service(settings_at(folder / "home", folder / "cache"), words_only=True, today=lambda: AFTER)
    service.ingest([*sample_paths(), folder / "new.md"], Options())
    service.catch_up()
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client
    service.close()


def text_of(page: str) -> str:
    return BeautifulSoup(page, "html.parser").get_text()


def is_told(outdated: dict[str, Any]) -> bool:
    by = outdated["by"]
    return SAID in outdated["says"] and (by["doc_number"], by["link"]) == (NEW, f"/documents/{by['document']}")


def test_the_list_and_the_policy_carry_it(newer: TestClient) -> None:
    items = {one["id"]: one for one in newer.get("/api/policies", params={"region": "青禾市"}).json()["items"]}
    assert is_told(items[OPENING]["outdated"])
    assert not items[OPENING]["in_force"]
    assert (items["vat_threshold"]["outdated"], items["vat_threshold"]["in_force"]) == (None, True)
    assert is_told(newer.get(f"/api/policies/{OPENING}").json()["outdated"])
    before = newer.get(f"/api/policies/{OPENING}", params={"on": BEFORE.isoformat()}).json()
    assert (before["outdated"], before["in_force"]) == (None, True)


def test_the_start_and_the_result_judge_nothing_and_ask_nothing(newer: TestClient) -> None:
    for facts in ({}, VETERAN):
        answer = newer.post("/api/eligibility", json={"policy": OPENING, "facts": facts}).json()
        (result,) = answer["results"]
        assert (result["standing"], result["verdict"], result["benefits"]) == ("outdated", None, [])
        assert is_told(result["outdated"])
        assert (answer["questions"], answer["done"]) == ([], True)


def test_a_day_before_is_judged_by_the_rules_of_that_day(newer: TestClient) -> None:
    asked = {"policy": OPENING, "facts": VETERAN, "on": BEFORE.isoformat()}
    (result,) = newer.post("/api/eligibility", json=asked).json()["results"]
    assert (result["verdict"], result["outdated"], result["benefits"][0]["amount"]) == ("met", None, "8000")


def test_a_batch_carries_it_too(newer: TestClient) -> None:
    asked = {"profiles": [{"facts": VETERAN}], "policies": [OPENING, "vat_threshold"]}
    opening, vat = newer.post("/api/eligibility/batch", json=asked).json()["profiles"][0]["verdicts"]
    assert (opening["standing"], opening["verdict"]) == ("outdated", None)
    assert is_told(opening["outdated"])
    assert (vat["verdict"], vat["outdated"]) == ("unknown", None)


def test_the_page_says_it_instead_of_the_first_question(newer: TestClient) -> None:
    page = newer.get(f"/selftest/{OPENING}")
    found = BeautifulSoup(page.text, "html.parser")
    assert SAID in found.get_text()
    assert not found.find_all("fieldset")
    assert next(one.get_text() for one in found.select(".verdict a")).endswith(f"（{NEW}）")
    assert not [one for one in found.select(".verdict") if "8000元" in one.get_text()]


@pytest.mark.parametrize("ticked", [None, {"have.0": "on"}])
def test_the_materials_of_the_old_rule_are_not_checked(newer: TestClient, ticked: dict[str, str] | None) -> None:
    address = f"/selftest/{OPENING}/materials"
    page = newer.get(address) if ticked is None else newer.post(address, data=ticked)
    assert SAID in text_of(page.text)
    assert not BeautifulSoup(page.text, "html.parser").find_all("fieldset")


def test_the_list_page_and_the_page_of_everything_set_them_apart(newer: TestClient) -> None:
    assert "依据已变，规则待更新，不能判断" in text_of(newer.get("/selftest?region=990100").text)
    everything = newer.post("/selftest/all", data={"go": "result", "a.region": "990100", "order": ""})
    titles = [one.get_text() for one in BeautifulSoup(everything.text, "html.parser").find_all("h2")]
    assert any(one.startswith("依据已变、规则待更新，不能判断（") for one in titles)


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_a_shared_result_says_that_its_basis_has_been_replaced_since(newer: TestClient, on: Any) -> None:
    asked = {"policy": OPENING, "facts": VETERAN, "on": on.isoformat()}
    page = newer.get(newer.post("/api/eligibility/links", json=asked).json()["path"])
    assert page.status_code == 200
    assert SAID in text_of(page.text)
