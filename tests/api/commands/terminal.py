"""A terminal for tests: an installation of its own, and what a command left behind in it."""

import json
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.command_line import run

QUESTION = "青禾市开业补贴有多少钱"
RULES = "documents/03-qinghe-chuangye-fuchi-2025.md"


def squeezed(text: str) -> str:
    """Without the blanks and lines of tables, which cut sentences anywhere."""
    return re.sub(r"[\s─-╿]+", "", text)


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        return squeezed(self.out + self.err)

    @property
    def json(self) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self.out)
        return values


Xiaoer = Callable[..., Said]


def settle_in(patch: pytest.MonkeyPatch, home: Path) -> None:
    """An installation of its own: offline, no weights, no .env, nothing from the environment."""
    for name in [name for name in os.environ if name.startswith("XIAOER_")]:
        patch.delenv(name)
    home.mkdir(parents=True, exist_ok=True)
    patch.chdir(home)
    patch.setenv("XIAOER_HOME", str(home / "data"))
    patch.setenv("XIAOER_CACHE", str(home / "cache"))
    patch.setenv("XIAOER_OFFLINE", "true")


def runner(capsys: pytest.CaptureFixture[str]) -> Xiaoer:
    def command(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return command


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
