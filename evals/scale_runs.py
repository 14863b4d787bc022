"""Stores are built, and several compared, each in a process of its own: memory is then that of asking alone."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.errors import Missing
from evals.scale import Shape

CHAIN = 16_000
"""Passages of the person's own chain where other regions are added to it."""
COMMAND = (sys.executable, "-m", "api.command_line", "bench")


def build(shape: Shape, articles: Path, command: Sequence[str] = COMMAND) -> None:
    """Make the store of this shape if it is not there."""
    _run([*command, "store", *_options(shape, articles)])


def by_regions(
    shapes: Sequence[Shape],
    articles: Path,
    questions: int,
    on_store: Callable[[int], None],
    command: Sequence[str] = COMMAND,
) -> dict[str, Any]:
    """What `xiaoer bench questions` says of each, by the number of regions."""
    found = {}
    for done, shape in enumerate(shapes, start=1):
        asked = [*command, "questions", *_options(shape, articles), "--questions", str(questions), "--json"]
        found[str(shape.regions)] = json.loads(_run(asked))
        on_store(done)
    return {"by_regions": found}


def _options(shape: Shape, articles: Path) -> list[str]:
    given = {"passages": shape.passages, "chain": shape.chain, "regions": shape.regions, "articles": articles}
    return [part for name, value in given.items() for part in (f"--{name}", str(value))]


def _run(command: Sequence[str]) -> str:
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603  our own command
    if ended.returncode:
        raise Missing("测速的子进程没有做完", f"单独运行看看报错：{' '.join(command[1:])}")
    return ended.stdout
