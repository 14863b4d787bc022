"""A real server process, killed in the middle of an answer and started again: answered exactly once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.commands.terminal import free_port
from tests.api.desk import FIRST
from tests.api.reader import Event, begin, kinds
from tests.scripted_model import Reply, ScriptedModel, scripted_model

ROOT = Path(__file__).parents[2]
QUESTION = "青禾市个体工商户创业扶持办法第六条"
MOBILE = "13800000000"
SLOW = Reply(pieces=[FIRST, *FIRST], between_seconds=0.2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the sample."""
    folder = tmp_path_factory.mktemp("kill")
    sample = ROOT / "knowledge" / "sample" / "documents"
    command = [sys.executable, "-m", "api.command_line", "ingest", str(sample)]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("XIAOER_")},
        "XIAOER_HOME": str(folder / "data"),
        "XIAOER_CACHE": str(folder / "cache"),
        "XIAOER_OFFLINE": "1",
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def server(folder: Path, model: ScriptedModel, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    settings = environment(
        folder, XIAOER_MODEL_BASE_URL=model.base_url, XIAOER_MODEL_NAME="scripted", XIAOER_PORT=str(port)
    )
    command = [sys.executable, "-m", "api.command_line", "serve"]
    process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def test_an_answer_cut_by_kill_9_is_given_once_after_the_next_start(home: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with scripted_model(SLOW) as model:
        with server(home, model, port) as process:
            person = begin(address, region="青禾市")
            person.say(f"{QUESTION}，电话{MOBILE}", key="once")
            before = person.listen("delta")
            process.kill()
            process.wait(30)
        model.script = (Reply(FIRST),)
        with server(home, model, port):
            assert person.say(f"{QUESTION}，电话{MOBILE}", key="once") == 2  # sent again: taken once
            after = person.listen()
            whole = type(person)(address, person.id, person.token).listen()
        assert MOBILE not in str(model.requests)
    assert kinds(before) == ["remembered", "message", "notice", "typing", "delta"]
    assert kinds(kept(after)) == ["reply", "done"]
    assert kept(whole) == kept([*before, *after])
    assert [event.id for event in kept(whole)] == [1, 2, 3, 4, 5]
    assert len(model.requests) == 2
    for file in (file for file in (home / "data").rglob("*") if file.is_file()):
        assert MOBILE.encode() not in file.read_bytes(), file


def test_a_server_told_to_stop_finishes_the_answer_first(home: Path) -> None:
    port = free_port()
    with scripted_model(Reply(pieces=[FIRST, "申请", FIRST[2:]], between_seconds=0.5)) as model:
        with server(home, model, port) as process:
            person = begin(f"http://127.0.0.1:{port}", region="青禾市")
            person.say(QUESTION)
            with person.stream() as events:
                heard = [next(events)]
                while heard[-1].kind != "delta":
                    heard.append(next(events))
                process.send_signal(signal.SIGTERM)
                heard += list(events)
            process.wait(30)
        assert kinds(heard)[-2:] == ["reply", "done"]
        assert len(model.requests) == 1


def test_a_server_with_another_key_says_so_and_does_not_start(home: Path) -> None:
    settings = environment(home, XIAOER_SECRET="a-made-up-secret-" * 3, XIAOER_PORT=str(free_port()))
    command = [sys.executable, "-m", "api.command_line", "serve"]
    done = subprocess.run(command, cwd=home, env=settings, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "xiaoer conversations abandon" in done.stderr.replace("\n", "")


def kept(events: list[Event]) -> list[Event]:
    return [event for event in events if event.id]
