"""A chain of somebody else's over the knowledge base: as documented, it reads the right clauses and tells nobody."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from api.bootstrap import open_service, sample_paths
from ingest.pipeline import Options
from tests.api.conftest import settings_at
from tests.scripted_model import Reply, scripted_model

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
WRITTEN = "开业补贴增加2000元[1]。"
TRACED = "from langchain_core.runnables import RunnableLambda as R; R(len).invoke('开业补贴')"
FLUSHED = "\nfrom langchain_core.tracers.langchain import wait_for_all_tracers\nwait_for_all_tracers()\n"


@contextmanager
def tracing() -> Iterator[tuple[dict[str, str], list[str]]]:
    """An environment that asks LangChain to trace everything, and the paths that were called."""
    called: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_POST = do_PATCH = do_GET  # noqa: N815  the names are given

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is given
            """Tests speak for themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    wanted = {
        "LANGSMITH_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
        "LANGSMITH_API_KEY": "test",
        "LANGSMITH_TRACING_V2": "true",
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
    }
    try:
        yield wanted, called
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(script: str, environment: dict[str, str]) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIAOER_", "LANG", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-c", script + FLUSHED],
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chains")
    service = open_service(settings_at(folder / "home", folder / "cache"), words_only=True)
    service.ingest(sample_paths(), Options())
    service.catch_up()
    service.close()
    return folder


def test_the_example_of_the_manual_runs_and_is_not_traced(home: Path) -> None:
    examples = EXAMPLE.findall((ROOT / "docs" / "integrators.md").read_text(encoding="utf-8"))
    (example,) = (one for one in examples if "langchain" in one)
    with scripted_model(Reply(WRITTEN)) as model, tracing() as (traced, called):
        installed = {
            "XIAOER_HOME": str(home / "home"),
            "XIAOER_CACHE": str(home / "cache"),
            "XIAOER_OFFLINE": "1",
            "XIAOER_MODEL_BASE_URL": model.base_url,
            "XIAOER_MODEL_NAME": "scripted-1",
            "XIAOER_MODEL_API_KEY": "test",
        }
        printed = run(example, {**installed, **traced})
    assert WRITTEN in printed
    (asked,) = model.requests
    said = asked["messages"][-1]["content"]
    assert "[1]《" in said
    assert "增加2000元" in said
    assert said.endswith("问题：残疾人开业补贴增加多少")
    assert "白榆市" not in said
    assert called == []


def test_what_listens_in_the_test_above_would_hear_a_trace() -> None:
    with tracing() as (traced, called):
        run(TRACED, traced)
    assert called
