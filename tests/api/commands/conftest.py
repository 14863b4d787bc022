"""Installations for the commands: one with the sample, filled once, and empty ones."""

import io
import sys
from pathlib import Path

import pytest

from api import app
from api.bootstrap import Service
from api.command_line import run
from tests.api.commands.terminal import Xiaoer, free_port, runner, settle_in, squeezed


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home that `xiaoer start` has filled with the sample, and what it said; only the port is left out."""
    home, screen = tmp_path_factory.mktemp("started"), io.StringIO()
    served: list[bool] = []

    def serve(service: Service) -> None:
        served.append(service.owns_indexes)

    with pytest.MonkeyPatch.context() as patch:
        settle_in(patch, home)
        patch.setattr(app, "run", serve)
        patch.setattr(sys, "stdout", screen)
        patch.setattr(sys, "stderr", screen)
        assert run(["start", "--port", str(free_port())]) == 0
    assert served == [True]
    return home, squeezed(screen.getvalue())


@pytest.fixture
def xiaoer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Xiaoer:
    """Run a command in an empty installation."""
    settle_in(monkeypatch, tmp_path / "installation")
    return runner(capsys)


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch, started: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> Xiaoer:
    """Run a command in the installation with the sample; tests leave it as it was."""
    settle_in(monkeypatch, started[0])
    return runner(capsys)
