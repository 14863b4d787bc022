"""The app over a real store with the sample in it, once a session."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from sqlalchemy import event

from api.app import create_app
from api.bootstrap import Service, open_service, sample_paths
from api.settings import Settings
from ingest.pipeline import Options
from tests.api.browsing import chromium
from tests.api.chatting import ChatDesk
from tests.api.serving import serving

TODAY = date(2026, 7, 1)
CACHE = Path.home() / ".cache" / "xiaoer"
WEIGHTS = CACHE / "models" / "bge-small-zh-v1.5" / "model_optimized.onnx"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_weights: uses the embedding model in the default cache; skipped without")


def settings_at(home: Path, cache: Path) -> Settings:
    where = Settings(home=home, cache=cache, offline=True, region=None, database_url=None, model_dir=None)
    return where.model_copy(update=dict.fromkeys(("rate_address", "rate_ask", "rate_session", "rate_start"), ""))


def set_for(patch: pytest.MonkeyPatch, service: Service, **settings: object) -> None:
    """Other settings until the end of the test, for apps made meanwhile."""
    patch.setattr(service, "settings", service.settings.model_copy(update=settings))


def open_sample(home: Path, cache: Path, *, words_only: bool) -> Service:
    service = open_service(settings_at(home, cache), words_only=words_only, today=lambda: TODAY)
    report = service.ingest(sample_paths(), Options())
    assert not [one.reason for one in report.outcomes if one.reason]
    service.catch_up()
    event.listen(service.database.engine, "before_cursor_execute", refuse_on_the_loop)
    return service


def refuse_on_the_loop(*_: object) -> None:
    """SQL belongs into the thread pool: on the event loop it would stop everybody.

    The loop in the main thread is that of an open browser: no server runs there.
    """
    if threading.current_thread() is threading.main_thread():
        return
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise AssertionError("SQL ran on the event loop")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample, found by words alone."""
    folder = tmp_path_factory.mktemp("api")
    opened = open_sample(folder / "home", folder / "cache", words_only=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def desk(service: Service) -> ChatDesk:
    """A stand-in for the conversations behind the chat page: says what the script of the test says."""
    return ChatDesk(create_app(service))


@pytest.fixture(scope="module")
def chat_address(desk: ChatDesk) -> Iterator[str]:
    with serving(cast("FastAPI", desk.app), lambda _: desk) as address:
        yield address


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def client_with_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    if not WEIGHTS.is_file():
        pytest.skip(f"没有语义模型（{WEIGHTS}），跳过带模型的接口测试")
    opened = open_sample(tmp_path_factory.mktemp("api-model"), CACHE, words_only=False)
    with TestClient(create_app(opened), raise_server_exceptions=False) as client:
        yield client
    opened.close()


@pytest.fixture
def empty_service(tmp_path: Path) -> Iterator[Service]:
    """A new installation: no documents, no index yet."""
    opened = open_service(settings_at(tmp_path / "home", tmp_path / "cache"), words_only=True, today=lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one module: while it is open, an event loop runs in the main thread, which others would trip over."""
    with chromium() as opened:
        yield opened
