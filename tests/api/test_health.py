"""Alive, ready, and the indexes kept in step by the app itself."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bootstrap import Service, sample_paths
from api.upkeep import Upkeep
from assistant import conversations
from assistant.conversations import ConversationLog
from assistant.sealing import open_keyring
from ingest.pipeline import Options
from knowledge.database import Database
from knowledge.errors import StoreNotReady
from knowledge.index_keeper import IndexKeeper
from knowledge.index_state import StateKind

PATIENCE_SECONDS = 30.0


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_fresh(service: Service) -> bool:
    assert isinstance(service.indexes, IndexKeeper)
    return service.indexes.state().kind is StateKind.FRESH


def test_the_process_says_it_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "message": "服务在运行。"}


def test_words_alone_is_degraded_but_ready(client: TestClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "degraded"
    assert "仅字词检索" in body["message"]
    assert {check["name"]: check["ok"] for check in body["checks"]} == {
        "数据库": True,
        "检索": True,
        "语义模型": False,
        "索引": True,
        "语言模型": True,
    }


@pytest.mark.needs_weights
def test_with_the_model_everything_is_ready(client_with_model: TestClient) -> None:
    assert client_with_model.get("/readyz").json()["status"] == "ready"


def test_a_new_installation_becomes_ready_by_itself_and_takes_in_what_comes(empty_service: Service) -> None:
    with TestClient(create_app(empty_service)) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        assert "还没有文件" in client.get("/readyz").text
        empty_service.ingest(sample_paths()[:1], Options())
        until(lambda: is_fresh(empty_service))
        asked = {"question": "《青禾市个体工商户创业扶持办法》第五条", "region": "青禾市"}
        assert client.post("/api/ask", json=asked).json()["answered"]


def test_without_an_index_it_cannot_answer_and_says_so(empty_service: Service) -> None:
    app = create_app(empty_service)
    app.state.upkeep = Upkeep(empty_service)  # no lifespan: nobody builds the index
    client = TestClient(app)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert "不能作答" in response.json()["detail"]
    asked = client.post("/api/ask", json={"question": "补贴"})
    assert (asked.status_code, asked.json()["title"]) == (503, "索引还没有准备好")


def test_a_lost_database_is_told_without_its_address(empty_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Database) -> None:
        raise StoreNotReady("connection to server at 10.9.8.7 failed for user xiaoer")

    monkeypatch.setattr(Database, "check", refuse)
    app = create_app(empty_service)
    app.state.upkeep = Upkeep(empty_service)
    response = TestClient(app).get("/readyz")
    assert response.status_code == 503
    assert "10.9.8.7" not in response.text
    assert response.json()["checks"] == [{"name": "数据库", "ok": False, "message": "数据库连不上，不能作答。"}]


def test_a_failure_of_the_upkeep_is_logged_and_tried_again(
    empty_service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[int] = []
    catch_up = Service.catch_up

    def fail_twice(service: Service, on_progress: Callable[[int, int], None] | None = None) -> None:
        rounds.append(1)
        if len(rounds) <= 2:
            raise OSError("磁盘满了")
        catch_up(service, on_progress)

    monkeypatch.setattr(Service, "catch_up", fail_twice)
    upkeep = Upkeep(empty_service, every_seconds=0.01)
    upkeep.start()
    until(lambda: is_fresh(empty_service))
    until(lambda: upkeep.failures == 0)
    upkeep.stop()
    assert "磁盘满了" in caplog.text
    assert "连续第 2 次" in caplog.text


def test_stopping_does_not_wait_for_a_rebuild(empty_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def endless(_: Service, on_progress: Callable[[int, int], None] | None = None) -> None:
        assert on_progress is not None
        while True:
            begun.append(1)
            on_progress(1, 100)
            time.sleep(0.01)

    monkeypatch.setattr(Service, "catch_up", endless)
    upkeep = Upkeep(empty_service)
    upkeep.start()
    until(lambda: bool(begun))
    started = time.monotonic()
    upkeep.stop()
    assert time.monotonic() - started < 2
    assert upkeep.failures == 0


def test_conversations_that_are_too_old_go_by_themselves(empty_service: Service) -> None:
    keyring = open_keyring("", empty_service.settings.home)
    with empty_service.database.transaction() as tx:
        conversations.fit(tx, keyring)
        old = empty_service.now() - timedelta(days=empty_service.settings.retention_days + 1)
        ConversationLog(keyring).start(tx, old)
        ConversationLog(keyring).start(tx, empty_service.now())
    upkeep = Upkeep(empty_service)
    upkeep.start()
    until(lambda: counted(empty_service) == (1, 1))
    upkeep.stop()


def counted(service: Service) -> tuple[int, int]:
    with service.database.reading() as tx:
        return conversations.count(tx)
