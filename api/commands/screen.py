"""What commands put on the screen: results to stdout, everything said about them to stderr."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

_PLAIN_WIDTH = 120
"""Of what goes into a file or a pipe."""

OnProgress = Callable[[int, int], None]
"""Told (done, in all)."""


def results() -> Console:
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)


def messages() -> Console:
    width = None if sys.stderr.isatty() else _PLAIN_WIDTH
    return Console(stderr=True, highlight=False, markup=False, width=width)


def say(message: str, style: str = "") -> None:
    messages().print(Text(message, style=style), soft_wrap=True)


def complain(message: str) -> None:
    """One red line: what is wrong and the way out."""
    say(message, "red")


def put_json(value: Mapping[str, Any]) -> None:
    """One object, one line, at once: others read it while we go on."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class _Rate(ProgressColumn):
    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.1f} {self._unit}/秒", style="progress.data.speed")


class Bar:
    """A progress bar that appears with the first news; quiet, it never does."""

    def __init__(self, description: str, *columns: ProgressColumn, quiet: bool = False) -> None:
        self._description = description
        shown = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *columns)
        self._progress = Progress(*shown, TextColumn("剩余"), TimeRemainingColumn(), console=messages(), disable=quiet)
        self._task = self._progress.add_task(description, total=None)
        self._started = False

    def __call__(self, done: int, total: int, description: str | None = None) -> None:
        if not self._started:
            self._started = True
            self._progress.start()
        words = self._description if description is None else description
        self._progress.update(self._task, completed=done, total=total, description=words)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._started:
            self._progress.stop()


@contextmanager
def counting(description: str, unit: str, *, quiet: bool = False) -> Iterator[Bar]:
    """A bar with count, rate and time left."""
    with Bar(description, MofNCompleteColumn(), _Rate(unit), quiet=quiet) as bar:
        yield bar


@contextmanager
def downloading(description: str, *, quiet: bool = False) -> Iterator[Bar]:
    """A bar in bytes."""
    with Bar(description, DownloadColumn(), TransferSpeedColumn(), quiet=quiet) as bar:
        yield bar
