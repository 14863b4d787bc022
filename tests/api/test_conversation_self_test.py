"""A self-test in a conversation over a real server: form, answers, result, page, memory, counts, another process."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.bootstrap import Service
from assistant import fall_outs
from tests.api.conftest import TODAY
from tests.api.reader import Event, Person, begin, kinds
from tests.api.serving import serving
from tests.api.test_errors import problem

START = "自测：增值税起征点"


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    with serving(create_app(service)) as opened:
        yield opened


@pytest.fixture
def person(address: str) -> Person:
    return begin(address, region="宜昌市")


def fill(person: Person, key: str = "", **fields: str) -> list[Event]:
    text = "；".join(fields.values())
    more = {"Idempotency-Key": key} if key else {}
    response = person.call("POST", "/messages", {"text": text, "fields": fields}, **more)
    assert response.status_code == 202, response.text
    return person.listen()


def one(events: list[Event], kind: str) -> dict[str, Any]:
    return next(event.data for event in events if event.kind == kind)


def finished(person: Person) -> dict[str, Any]:
    person.ask(START)
    fill(person, vat_taxpayer="小规模纳税人", period_sales="12万")
    return one(fill(person, vat_period="按月"), "result")


def test_a_self_test_over_http_from_its_form_to_its_result(person: Person) -> None:
    events = [event for event in person.ask(START) if event.id]
    assert kinds(events)[-3:] == ["reply", "form", "done"]
    form = one(events, "form")
    assert (form["flow"], form["title"], form["purpose"]) == ("eligibility", "增值税起征点", "ask")
    field = form["fields"][0]
    assert (field["name"], field["type"], field["options"]) == (
        "vat_taxpayer",
        "choice",
        ["小规模纳税人", "一般纳税人"],
    )
    assert {"label", "question", "help", "where", "unit", "sensitive", "value", "heard", "rough", "complaint"} <= set(
        field
    )
    events = fill(person, vat_taxpayer="小规模纳税人", period_sales="12万")
    assert [event.data["key"] for event in events if event.kind == "remembered"] == [
        "fact:vat_taxpayer",
        "fact:period_sales",
    ]
    result = one(fill(person, vat_period="按月"), "result")
    assert (result["policy"], result["verdict"], result["on"]) == ("vat_threshold", "not_met", "2026-07-01")
    assert result["result"]["conditions"]
    assert ["period_sales", "本期不含税销售额", "12万元"] in result["answers"]


def test_history_holds_what_the_stream_told_and_nothing_of_the_engine(person: Person) -> None:
    finished(person)
    history = person.call("GET", "/history").json()["events"]
    assert {"form", "result"} <= {event["kind"] for event in history}
    assert "progress" not in {event["kind"] for event in history}
    assert next(event for event in history if event["kind"] == "form") == one(person.got, "form")


def test_answers_sent_twice_count_once(person: Person) -> None:
    person.ask(START)
    sent = {"text": "小规模", "fields": {"vat_taxpayer": "小规模纳税人", "period_sales": "9万"}}
    first, again = (person.call("POST", "/messages", sent, **{"Idempotency-Key": "one"}).json() for _ in range(2))
    assert first == again
    events = person.listen()
    assert kinds([event for event in events if event.id]).count("remembered") == 2
    assert len(person.call("GET", "/memory").json()["remembered"]) == 3


def test_the_hidden_fields_open_the_page_with_the_same_result(person: Person) -> None:
    result = finished(person)
    page = httpx.post(
        f"{person.address}/selftest/{result['policy']}", data=dict(result["sheet"]), trust_env=False, timeout=30
    )
    assert page.status_code == 200
    assert result["sentence"] in page.text
    assert "12万元" in page.text
    assert "打印" in page.text


def test_the_answers_stand_in_memory_and_are_changed_and_deleted_there(person: Person) -> None:
    finished(person)
    held = {one_["key"]: one_["shown"] for one_ in person.call("GET", "/memory").json()["remembered"]}
    assert held["fact:period_sales"] == "12万元"
    assert problem(person.call("PUT", "/memory/fact:period_sales", {"value": "很多"}), 422)["title"] == "回答读不懂"
    changed = person.call("PUT", "/memory/fact:period_sales", {"value": "9万"})
    assert changed.json()["shown"] == "9万元"
    person.listen("notice")
    result = one(fill(person, vat_period="按月"), "result")
    assert result["verdict"] == "met"
    assert person.call("DELETE", "/memory/fact:vat_taxpayer").status_code == 204
    person.listen("notice")
    events = fill(person, period_sales="8万")
    assert [field["name"] for field in one(events, "form")["fields"]] == ["vat_taxpayer"]


def test_deleting_the_memory_ends_a_self_test_under_way(person: Person) -> None:
    person.ask(START)
    fill(person, vat_taxpayer="小规模纳税人", period_sales="9万")
    assert person.call("DELETE", "/memory").status_code == 204
    assert person.call("GET", "/memory").json() == {"remembered": []}
    person.listen("notice")
    events = person.ask("继续自测")
    assert "form" not in kinds(events)
    assert "没有做到一半的自测" in one(events, "reply")["text"]


def test_where_it_ended_is_counted_and_who_it_was_is_not(person: Person, service: Service) -> None:
    def count() -> int:
        with service.database.reading() as tx:
            found = fall_outs.counted(tx, since=TODAY, until=TODAY)
        return sum(
            one_.count
            for one_ in found
            if (one_.policy, one_.outcome, one_.fact) == ("vat_threshold", "not_met", "period_sales")
        )

    before = count()
    finished(person)
    assert count() == before + 1


def test_another_process_goes_on_where_the_first_was_stopped(person: Person, service: Service) -> None:
    person.ask(START)
    fill(person, vat_taxpayer="小规模纳税人", period_sales="9万")
    with serving(create_app(service)) as other:
        elsewhere = Person(other, person.id, person.token, seen=person.seen)
        result = one(fill(elsewhere, vat_period="按月"), "result")
    assert result["verdict"] == "met"


def test_an_export_tells_questions_answers_and_result(person: Person) -> None:
    result = finished(person)
    text = person.call("GET", "/export").text
    assert "您是增值税小规模纳税人，还是一般纳税人？" in text
    assert "【自测】" in text
    assert result["sentence"] in text
    assert "本期不含税销售额：12万元" in text
    assert "自测结果仅供参考，以主管部门审核为准" in text


def test_a_completion_opens_no_form_and_links_to_the_page_of_the_self_test(address: str) -> None:
    asked = {"model": "xiaoer", "messages": [{"role": "user", "content": START}]}
    response = httpx.post(f"{address}/v1/chat/completions", json=asked, trust_env=False, timeout=30)
    said = response.json()["choices"][0]["message"]["content"]
    assert "您是增值税小规模纳税人，还是一般纳税人？" not in said
    assert "/selftest/vat_threshold" in said
