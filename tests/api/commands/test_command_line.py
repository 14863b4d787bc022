"""The edge of the `xiaoer` command: help, mistakes, settings, accidents."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api.bootstrap import SAMPLE
from ingest import pipeline
from tests.api.commands.terminal import QUESTION, RULES, Xiaoer


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", QUESTION, "--region", "青和市"], "认不出地区“青和市”"),
        (["ask", QUESTION, "--region", "鼓楼区"], "有多个同名地区"),
        (["ask", QUESTION, "--on", "2025-02-30"], "“2025-02-30”不是日期"),
        (["ask", QUESTION, "--audience", "all"], "不在可选的值里"),
        (["ask"], "请写一个问题"),
        (["ask", " "], "问题是空的"),
        (["ask", QUESTION, "--file", "q.txt"], "两者只用一个"),
        (["ask", "--file", "nowhere.txt"], "没有文件nowhere.txt"),
        (["ask", "开业", "补贴"], "多出来的参数"),
        (["ingest"], "缺少参数'路径'"),
        (["ingest", ".", "--regoin", "武汉市"], "没有选项--regoin，是不是--region"),
        (["serve", "--port", "0"], "不能小于1"),
        (["serve", "--port", "http"], "应是整数"),
        (["sevre"], "没有命令'sevre'，是不是'serve'"),
        (["evals", "retrieval"], "缺少选项'--corpus'"),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_chinese(xiaoer: Xiaoer, arguments: list[str], words: str) -> None:
    said = xiaoer(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert words in said.words
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("XIAOER_PORT", "http", "XIAOER_PORT应是整数"),
        ("XIAOER_THREADS", "0", "XIAOER_THREADS不能小于1"),
        ("XIAOER_MODEL_BASE_URL", "model.example/v1", "XIAOER_MODEL_BASE_URL应是http://或https://开头的网址"),
        ("XIAOER_MODEL_PRICE_IN", "两元", "XIAOER_MODEL_PRICE_IN应是数"),
        ("XIAOER_MODEL_TIMEOUT_SECONDS", "0", "XIAOER_MODEL_TIMEOUT_SECONDS要大于0"),
        ("XIAOER_VECTOR_INDEX", "faiss", "XIAOER_VECTOR_INDEX应是'chroma'或'numpy'之一"),
        ("XIAOER_REGION", "青和市", "XIAOER_REGION：认不出地区“青和市”"),
    ],
)
def test_a_wrong_setting_is_named(
    xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    said = xiaoer("doctor")
    assert said.code == 1
    assert words in said.words
    assert len(said.err.splitlines()) == 1


def test_a_port_in_use_is_told_before_anything_is_loaded(xiaoer: Xiaoer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = xiaoer("serve", "--port", str(server.getsockname()[1]))
    assert said.code == 1
    assert "端口已被占用" in said.err


def test_an_interrupted_command_ends_with_130(xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "ingest", interrupted)
    said = xiaoer("ingest", SAMPLE / RULES)
    assert said.code == 130
    assert "Traceback" not in said.err


def test_what_nobody_expected_goes_to_the_log_and_the_screen_says_where(
    xiaoer: Xiaoer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "ingest", failing)
    said = xiaoer("ingest", SAMPLE / RULES)
    log = tmp_path / "installation" / "data" / "logs" / "xiaoer.log"
    assert said.code == 1
    assert str(log) in said.err
    assert "Traceback" not in said.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "start",
        "serve",
        "ask",
        "ingest",
        "reindex",
        "remove",
        "doctor",
        "model",
        "model status",
        "model try",
        "evals",
        "evals retrieval",
        "bench",
    ],
)
def test_all_help_is_in_chinese(xiaoer: Xiaoer, command: str) -> None:
    said = xiaoer(*command.split(), "--help")
    assert said.code == 0
    assert "用法：xiaoer" in said.out
    assert "显示这段说明" in said.out
    for english in ("Usage", "Options", "Commands", "Arguments", "Show", "required", "default:"):
        assert english not in said.out


def test_help_waits_for_no_library() -> None:
    slow = "chromadb onnxruntime sqlalchemy numpy pydantic_settings fastapi uvicorn lxml langchain_core"
    script = (
        "import sys; from api.command_line import run; run(['--help']);"
        f"print([name for name in '{slow}'.split() if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "小二" in done.stdout
