"""Documents, clauses, regions: what the public may read, as JSON and as pages."""

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.bootstrap import Service
from knowledge import catalogue
from knowledge.documents import Audience
from knowledge.schema import clauses, documents

POLICY = "青政规〔2025〕2号"


def listed(client: TestClient, **query: str | int) -> dict[str, Any]:
    response = client.get("/api/documents", params={"size": 100, **query})
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


def policy_id(client: TestClient, number: str = POLICY) -> str:
    found = listed(client, q=number)["items"]
    assert len(found) == 1
    return str(found[0]["id"])


def staff_documents(service: Service) -> list[Any]:
    with service.database.reading() as tx:
        query = select(documents.c.id, documents.c.title).where(documents.c.audience == Audience.STAFF.value)
        return list(tx.execute(query))


def test_pages_hold_every_document_once(client: TestClient) -> None:
    everything = [item["id"] for item in listed(client)["items"]]
    paged: list[str] = []
    for page in range(1, 10):
        paged += [item["id"] for item in listed(client, page=page, size=5)["items"]]
    assert paged == everything
    assert len(everything) == listed(client)["total"] == len(set(everything))


def test_filters_narrow_the_list(client: TestClient) -> None:
    assert {item["module"] for item in listed(client, module="诉求指南")["items"]} == {"诉求指南"}
    assert all("创业" in item["title"] for item in listed(client, q="创业")["items"])
    nanping = {item["region"]["name"] for item in listed(client, region="南屏区")["items"]}
    assert nanping == {"南屏区", "青禾市", "云岭省"}


def test_a_number_is_found_in_any_brackets(client: TestClient) -> None:
    assert policy_id(client, "青政规[2025]2号") == policy_id(client)


def test_staff_documents_are_not_listed_and_not_there(client: TestClient, service: Service) -> None:
    hidden = staff_documents(service)
    assert hidden
    ids = {item["id"] for item in listed(client)["items"]}
    for row in hidden:
        assert row.id not in ids
        assert client.get(f"/api/documents/{row.id}").status_code == 404
        assert client.get(f"/documents/{row.id}").status_code == 404
        assert client.get(f"/api/documents/{row.id}/clauses/{quote('第一条')}").status_code == 404


def test_a_document_comes_with_labels_versions_and_clauses(client: TestClient) -> None:
    document = client.get(f"/api/documents/{policy_id(client)}").json()
    assert document["title"] == "青禾市个体工商户创业扶持办法"
    assert document["region"] == {"code": "990100", "name": "青禾市"}
    assert document["issuers"] == ["青禾市人民政府"]
    assert (document["in_force"], document["status"]) == (True, "现行有效")
    assert [version["doc_number"] for version in document["versions"]] == ["青政规〔2022〕5号", POLICY]
    assert [version["in_force"] for version in document["versions"]] == [False, True]
    by_id = {clause["id"]: clause for clause in document["clauses"]}
    item = by_id[f"{document['id']}/第五条第（一）项"]
    assert by_id[item["parent_id"]]["path"] == "第五条"
    assert item["depth"] == by_id[item["parent_id"]]["depth"] + 1


def test_the_old_version_names_what_ended_it_and_when(client: TestClient) -> None:
    document = client.get(f"/api/documents/{policy_id(client, '青政规〔2022〕5号')}").json()
    assert (document["effective_to"], document["ended_by"]) == ("2025-06-30", policy_id(client))
    assert (document["in_force"], document["status"]) == (False, "已失效")
    then = client.get(f"/api/documents/{document['id']}?on=2024-01-01").json()
    assert (then["in_force"], then["status"], then["on"]) == (True, "现行有效", "2024-01-01")


def test_what_is_pending_is_named_in_chinese(client: TestClient) -> None:
    (reading,) = listed(client, q="政策解读")["items"]
    assert {"field": "effective_from", "name": "施行日期"} in reading["pending"]
    page = client.get(f"/documents/{reading['id']}").text
    assert "施行日期待核" in page
    assert not [name for item in listed(client)["items"] for name in item["pending"] if name["name"].isascii()]


def test_a_start_that_is_pending_is_dated_nowhere_and_everywhere_in_the_same_words(client: TestClient) -> None:
    for item in listed(client)["items"]:
        if not any(one["field"] == "effective_from" for one in item["pending"]):
            continue
        assert item["effective_from"] is None
        pages = client.get(f"/documents?q={quote(item['title'])}").text, client.get(f"/documents/{item['id']}").text
        for page in pages:
            assert item["dates"] in page
            assert f"{item['issued']} 起施行" not in page
        assert client.get(f"/api/documents/{item['id']}").json()["dates"] == item["dates"]


def test_an_answer_dates_its_sources_as_the_documents_are_dated(client: TestClient) -> None:
    asked = {"question": "《青禾市个体工商户创业扶持办法》政策解读一（一）讲了什么", "region": "青禾市"}
    sources = client.post("/api/ask", json=asked).json()["sources"]
    assert any("施行日期待核" in source["pending"] for source in sources)
    for source in sources:
        document = client.get(f"/api/documents/{source['document']}").json()
        for field in ("effective_from", "issued", "dates"):
            assert source[field] == document[field]


def test_a_news_item_is_said_to_have_no_force(client: TestClient) -> None:
    (news,) = listed(client, module="新闻资讯")["items"]
    asked = {"question": "青禾市2026年“个体工商户服务月”启动仪式", "region": "青禾市", "on": "2026-07-10"}
    source = next(one for one in client.post("/api/ask", json=asked).json()["sources"] if one["document"] == news["id"])
    assert (source["dates"], source["pending"]) == (news["dates"], [])
    assert "这是新闻，不是规定。" in source["remarks"]
    assert (news["status"], news["dates"]) == ("新闻，不设效力", f"{news['issued']} 发布，新闻，不设效力")


def test_a_clause_comes_with_its_parts(client: TestClient) -> None:
    document = policy_id(client)
    found = client.get(f"/api/documents/{document}/clauses/{quote('第五条')}").json()
    assert found["clause"]["id"] == f"{document}/第五条"
    assert found["document"]["doc_number"] == POLICY
    assert [part["path"] for part in found["parts"]][:2] == ["第五条第（一）项", "第五条第（二）项"]
    item = client.get(f"/api/documents/{document}/clauses/{quote('第五条第（二）项')}").json()
    assert "登记失业人员" in item["clause"]["text"]
    missing = client.get(f"/api/documents/{document}/clauses/{quote('第九百条')}")
    assert missing.status_code == 404
    assert "第九百条" in missing.json()["detail"]


def test_every_clause_of_the_sample_can_be_fetched_by_its_id(client: TestClient) -> None:
    for item in listed(client)["items"][:4]:
        for clause in client.get(f"/api/documents/{item['id']}").json()["clauses"]:
            path = clause["id"].partition("/")[2]
            assert client.get(f"/api/documents/{item['id']}/clauses/{quote(path, safe='')}").status_code == 200


def test_regions_are_those_with_documents(client: TestClient) -> None:
    places = {place["name"]: place for place in client.get("/api/regions").json()}
    assert {"云岭省", "青禾市", "南屏区", "望津县", "白榆市"} <= set(places)
    assert "武汉市" not in places
    assert [place["name"] for place in places["南屏区"]["chain"]] == ["南屏区", "青禾市", "云岭省", "全国"]
    assert places["南屏区"]["full_name"] == "云岭省青禾市南屏区"


def test_nothing_hidden_is_on_any_page_or_in_any_answer(client: TestClient, service: Service) -> None:
    """Every span and every staff clause of every document, looked for in everything the public can fetch."""
    shown = client.get("/documents?page=1").text + client.get("/documents?page=2").text
    for item in listed(client)["items"]:
        shown += client.get(f"/api/documents/{item['id']}").text + client.get(f"/documents/{item['id']}").text
    with service.database.reading() as tx:
        for row in tx.execute(select(documents)):
            for span in catalogue.spans_of(tx, row.id):
                assert row.text[span.start : span.end] not in shown
            staff = clauses.c.document_id == row.id, clauses.c.audience == Audience.STAFF.value
            for clause in tx.execute(select(clauses).where(*staff)):
                words = row.text[clause.start : clause.own_end].strip()
                assert len(words) < 20 or words not in shown  # short ones are headings like 一、适用范围
    for row in staff_documents(service):
        assert row.title not in shown
    assert "〔未公开〕" in shown


@pytest.mark.parametrize(
    "address", ["/ask", "/documents", "/documents?q=创业&region=990100&module=政策措施", "/api/docs"]
)
def test_pages_answer_in_html(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="zh-CN">' in response.text
    assert "<script>" not in response.text
    assert " style=" not in response.text


def test_the_document_page_has_an_anchor_for_every_clause(client: TestClient) -> None:
    document = policy_id(client)
    page = client.get(f"/documents/{document}").text
    for clause in client.get(f"/api/documents/{document}").json()["clauses"]:
        assert f'id="{clause["path"]}"' in page


def test_asking_works_without_javascript(client: TestClient) -> None:
    form = {"question": "创业补贴在哪里申请？", "region": "990100", "on": ""}
    page = client.post("/ask", data=form).text
    assert "查到的依据" in page
    assert "以下为文件原文摘录，以主管部门解释为准" in page
    assert "<mark>" in page
    assert 'value="990100" selected' in page


def test_a_question_shown_again_is_text(client: TestClient) -> None:
    page = client.post("/ask", data={"question": '</textarea><script>alert(1)</script>"', "region": "990100"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_form_that_does_not_fit_is_shown_again_with_the_reason(client: TestClient) -> None:
    empty = client.post("/ask", data={"question": " ", "region": "990100"})
    assert empty.status_code == 422
    assert "问题不能为空" in empty.text
    strange = client.post("/ask", data={"question": "补贴", "region": "火星"})
    assert "认不出地区“火星”" in strange.text
    assert ">\n补贴</textarea>" in strange.text
