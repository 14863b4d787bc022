"""Event streams over a real server with a scripted model: resumed, shared by tabs, bounded, ended in order."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest

from api import following
from api.app import create_app
from api.following import MOST_OF_ONE
from assistant.conversations import Entry
from assistant.events import Author, Notice
from tests.api.conftest import set_for
from tests.api.desk import FIRST, Desk, open_desk
from tests.api.reader import Event, Person, begin, kinds
from tests.api.serving import serving
from tests.api.test_errors import problem
from tests.assistant.talking import until
from tests.scripted_model import Reply

QUESTION = "青禾市个体工商户创业扶持办法第六条"
SLOW = Reply(pieces=[FIRST, "申请", FIRST[2:]], between_seconds=0.5)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("talk")) as opened:
        yield opened


@pytest.fixture
def person(desk: Desk) -> Person:
    desk.will_say(Reply(FIRST))
    return begin(desk.address, region="青禾市")


def test_a_checked_sentence_is_shown_before_the_reply_that_replaces_it(desk: Desk, person: Person) -> None:
    desk.will_say(SLOW)
    events = person.ask(QUESTION)
    assert kinds(events) == ["remembered", "message", "typing", "delta", "delta", "reply", "done"]
    assert events[3].data == {"to": 2, "text": FIRST, "citations": [1]}
    assert events[4].data["text"].startswith(FIRST)


def test_a_stream_goes_on_where_it_was_cut_without_loss_or_doubles(person: Person) -> None:
    """Cut after every single event in turn."""
    for number in range(3):
        person.say(f"{QUESTION}，{number}")
    whole: list[Event] = []
    while kinds(whole).count("done") < 3:
        with person.stream() as events:
            whole.append(next(event for event in events if event.id))
    assert [event.id for event in whole] == list(range(1, 11))
    again = Person(person.address, person.id, person.token)
    assert [event for event in again.listen(times=3) if event.id] == whole


def test_after_in_the_address_does_the_same_as_the_header(person: Person) -> None:
    person.ask(QUESTION)
    with httpx.stream("GET", person.url + "/events?after=3", headers=person.headers, trust_env=False) as response:
        lines = response.iter_lines()
        assert next(lines) == "retry: 1000"
        assert next(line for line in lines if line.startswith("id:")) == "id: 4"


def test_two_tabs_see_the_same(desk: Desk, person: Person) -> None:
    desk.will_say(SLOW)
    other = Person(person.address, person.id, person.token)
    heard: list[list[Event]] = []
    tabs = [threading.Thread(target=lambda tab=tab: heard.append(tab.listen())) for tab in (person, other)]
    for tab in tabs:
        tab.start()
    until(lambda: len(person.got) + len(other.got) == 2)
    person.say(QUESTION)
    for tab in tabs:
        tab.join(20)
    assert heard[0] == heard[1]
    assert kinds(heard[0]) == ["remembered", "message", "typing", "delta", "delta", "reply", "done"]


def test_a_tab_that_comes_in_the_middle_hears_what_was_said_so_far(desk: Desk, person: Person) -> None:
    desk.will_say(SLOW)
    person.say(QUESTION)
    person.listen("delta")
    late = Person(person.address, person.id, person.token)
    events = late.listen()
    assert kinds(events) == ["remembered", "message", "typing", "delta", "delta", "reply", "done"]
    assert kinds(person.listen()) == ["reply", "done"]


def test_a_conversation_has_so_many_streams_and_no_more(person: Person) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(person.stream(**{"Last-Event-ID": "0"})) for _ in range(MOST_OF_ONE)]
        assert [next(stream).id for stream in streams] == [1] * MOST_OF_ONE
        refused = person.call("GET", "/events")
        assert problem(refused, 429)["title"] == "事件流太多"
        assert refused.headers["retry-after"]
    until(lambda: person.call("GET", "/history").status_code == 200)
    assert kinds(person.ask(QUESTION))[-1] == "done"


def test_a_quiet_line_is_kept_alive(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "HEARTBEAT_SECONDS", 0.05)
    with httpx.stream("GET", person.url + "/events", headers=person.headers, trust_env=False) as response:
        lines = response.iter_lines()
        assert [line for line, _ in zip((line for line in lines if line == ":"), range(3), strict=False)] == [":"] * 3


def test_a_reader_that_takes_nothing_is_cut_and_can_come_again(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SLOWEST_SEND_SECONDS", 0.3)
    streams, talks = desk.app.state.conversing.streams, desk.app.state.conversing.talks
    address = urlsplit(person.address)
    with socket.create_connection((address.hostname, address.port)) as line:
        path = f"/api/conversations/{person.id}/events"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {person.token}\r\n\r\n".encode())
        until(lambda: streams.open.get(person.id) == 1)
        entries: list[Entry] = [(Author.SYSTEM, Notice("长" * 200_000))] * 10
        with desk.service.database.transaction() as tx:
            written = talks._log.append(tx, person.id, entries, desk.service.now())
        talks.fanout.appended(person.id, written)
        until(lambda: not streams.open.get(person.id))
    assert kinds(person.listen("notice", times=10)) == ["remembered", *["notice"] * 10]


def test_a_stream_ends_when_its_conversation_is_deleted(person: Person) -> None:
    with person.stream() as events:
        assert next(events).kind == "remembered"
        person.call("DELETE", "")
        assert list(events) == []


def test_a_stream_ends_with_its_session_and_goes_on_with_a_new_token(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_for(monkeypatch, desk.service, session_minutes=1)
    app = create_app(desk.service)
    lifetime = app.state.conversing.talks._sessions._lifetime
    object.__setattr__(lifetime, "usable", lifetime.usable / 60 * 1.5)  # whole seconds are cut off
    with serving(app) as address:
        person = begin(address, region="青禾市")
        began = time.monotonic()
        with person.stream() as events:
            assert kinds(list(events)) == ["remembered"]
        assert time.monotonic() - began < 5
        assert problem(person.call("GET", "/history"), 401)["title"] == "会话令牌过期，可以换新的"
        person.token = person.call("POST", "/token").json()["token"]
        assert kinds(person.ask(QUESTION))[-1] == "done"


def test_stopping_lets_the_answer_reach_its_reader_and_ends_the_streams(desk: Desk) -> None:
    desk.will_say(SLOW)
    with ExitStack() as stack:
        server = ExitStack()
        address = server.enter_context(serving(create_app(desk.service)))
        person = begin(address, region="青禾市")
        events = stack.enter_context(person.stream())
        person.say(QUESTION)
        heard = [next(events) for _ in range(4)]
        stopping = threading.Thread(target=server.close)
        began = time.monotonic()
        stopping.start()
        heard += list(events)
        stopping.join(20)
        assert time.monotonic() - began < 8
    assert kinds(heard) == ["remembered", "message", "typing", "delta", "delta", "reply", "done"]
