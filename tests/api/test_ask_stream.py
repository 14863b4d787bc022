"""POST /api/ask/stream over a real server with a scripted language model behind it."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from fastapi.testclient import TestClient

from api.models import Answered
from assistant import model_calls, switches
from assistant.flows.answer import AnswerFlow
from assistant.flows.replies import AI_WRITTEN, WRITTEN_IN_PART
from assistant.switches import Switch
from assistant.telling import Event, Opening
from knowledge.errors import IndexOutdated
from prompts.accounting import Outcome
from tests.api.desk import FIRST, QUESTION, Desk, names, open_desk, read
from tests.scripted_model import Reply

INVENTED = "申请人属于残疾人或者零就业家庭成员的，开业补贴增加9000元[1]。"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("stream")) as opened:
        yield opened


def test_a_checked_sentence_comes_before_the_model_has_ended(desk: Desk) -> None:
    desk.will_say(Reply(pieces=[FIRST, "申请", FIRST[2:]], between_seconds=1.0))
    (opening, said, _, answer) = desk.ask_timed()
    assert (opening[0], said[0], answer[0]) == ("opening", "sentence", "answer")
    assert AI_WRITTEN in opening[1]["notices"]
    assert said[1] == {"text": FIRST, "citations": [1]}
    assert answer[2] - said[2] > 0.5
    Answered.model_validate(answer[1])
    assert answer[1]["answer"].startswith(FIRST * 2)
    assert answer[1]["prompt_version"].startswith("answer@")
    assert answer[1]["model"] == "scripted-1"


def test_an_invented_sum_in_the_second_sentence_is_never_sent_and_the_text_of_the_rule_follows(desk: Desk) -> None:
    desk.will_say(Reply(FIRST + INVENTED + FIRST))
    events = desk.ask()
    assert names(events) == ["opening", "sentence", "answer"]
    assert "9000" not in json.dumps(events, ensure_ascii=False)
    answer = events[-1][1]
    assert answer["answer"].startswith(FIRST)
    assert WRITTEN_IN_PART in answer["answer"]
    assert {AI_WRITTEN, WRITTEN_IN_PART} <= set(answer["notices"])
    assert f"“{answer['sources'][0]['quote']}”" in answer["answer"]
    assert len(desk.endpoint.requests) == 1


@pytest.mark.parametrize(
    "reply", [Reply(INVENTED), Reply("无法回答"), Reply(status=401), Reply(INVENTED, streams=False)]
)
def test_a_model_of_no_use_leaves_the_text_of_the_rule(desk: Desk, reply: Reply) -> None:
    desk.will_say(reply)
    events = desk.ask()
    assert names(events) == ["opening", "answer"]
    answer = events[-1][1]
    assert "查到的规定：" in answer["answer"]
    assert AI_WRITTEN not in answer["notices"]
    assert answer["model"] is None
    desk.will_say(Reply(FIRST))
    assert names(desk.ask()) == ["opening", "sentence", "answer"]


def test_the_plain_interface_gives_the_same_answer(desk: Desk) -> None:
    desk.will_say(Reply(FIRST))
    plain = httpx.post(f"{desk.address}/api/ask", json=QUESTION, timeout=60).json()
    assert desk.ask()[-1][1] == plain


def test_a_reader_who_leaves_stops_the_model(desk: Desk) -> None:
    desk.will_say(Reply(pieces=[FIRST, *["申请人"] * 200], between_seconds=0.1))
    with httpx.stream("POST", f"{desk.address}/api/ask/stream", json=QUESTION, timeout=60) as response:
        events = read(response.iter_lines())
        assert [next(events)[0], next(events)[0]] == ["opening", "sentence"]
    assert desk.endpoint.left.wait(10)
    until(lambda: newest_outcome(desk) is Outcome.STOPPED)


def newest_outcome(desk: Desk) -> Outcome | None:
    with desk.service.database.reading() as tx:
        return next((kept.call.outcome for kept in model_calls.last(tx, 1)), None)


def until(happens: Callable[[], bool]) -> None:
    """The upkeep writes the accounts within seconds."""
    deadline = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_switch_takes_hold_of_a_running_server(desk: Desk) -> None:
    desk.will_say(Reply(FIRST))
    for on, expected in ((False, ["opening", "answer"]), (True, ["opening", "sentence", "answer"])):
        with desk.service.database.transaction() as tx:
            switches.turn(tx, Switch.MODEL, on=on, at=datetime.now(UTC))
        assert names(desk.ask()) == expected
        assert ("已停用" in httpx.get(f"{desk.address}/readyz").text) is not on
        assert ("data-streams" in httpx.get(f"{desk.address}/ask").text) is on
    assert len(desk.endpoint.requests) == 1


def test_the_health_check_tells_a_failing_model_and_neither_address_nor_name(desk: Desk) -> None:
    desk.will_say(Reply(status=401))
    for _ in range(3):
        desk.ask()
    ready = httpx.get(f"{desk.address}/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert "语言模型连续失败" in ready.text
    assert desk.endpoint.base_url not in ready.text
    assert "scripted-1" not in ready.text
    assert desk.service.model is not None
    desk.service.model.circuit.succeeded()


def test_a_published_answer_and_no_answer_come_in_one_event(client: TestClient) -> None:
    for question in ("创业补贴在哪里申请？", "今天股市怎么样"):
        asked = {"question": question, "region": "青禾市"}
        events = list(read(iter(client.post("/api/ask/stream", json=asked).text.splitlines())))
        assert names(events) == ["answer"]
        assert events[0][1] == client.post("/api/ask", json=asked).json()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "补贴", "region": "青和市"}, 422),
        ({"question": "a", "audience": "staff"}, 403),
    ],
)
def test_what_is_wrong_with_a_question_is_an_ordinary_error(
    client: TestClient, asked: dict[str, str], status: int
) -> None:
    response = client.post("/api/ask/stream", json=asked)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_too_large_is_refused_here_too(client: TestClient) -> None:
    assert client.post("/api/ask/stream", content=b" " * 70_000).status_code == 413


@pytest.mark.parametrize(("error", "status"), [(IndexOutdated("x"), 503), (ZeroDivisionError("secret"), 500)])
def test_what_fails_in_the_middle_is_the_last_event(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    def fail(*_: object, **__: object) -> Iterator[Event]:
        yield Opening(())
        raise error

    monkeypatch.setattr(AnswerFlow, "answer_stream", fail)
    response = client.post("/api/ask/stream", json={"question": "补贴"})
    events = list(read(iter(response.text.splitlines())))
    assert names(events) == ["opening", "error"]
    assert events[1][1]["status"] == status
    assert "secret" not in response.text
    assert ("ZeroDivisionError" in caplog.text) is (status == 500)


def test_the_way_to_the_model_is_short(desk: Desk) -> None:
    """From the question's arrival to the request's: finding, quoting, no imports and no waiting."""
    desk.will_say(Reply(FIRST))
    own = []
    for _ in range(5):
        asked = time.monotonic()
        desk.ask()
        own.append(desk.endpoint.arrived[-1] - asked)
    assert min(own) < 0.5
