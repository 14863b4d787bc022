"""Sentences that show what belongs to a class: data of the installation, editable without a programmer."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.behaviours import Behaviour
from knowledge import links

SHIPPED = Path(__file__).with_name("exemplars.csv")
BACKGROUND = 600
"""Shipped questions that stand for questions about the rules."""
_COLUMNS = ("类别", "说法")


class BadExemplars(Exception):
    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"示例句 {file} 第 {line} 行有误：{reason}")
        self.file, self.line = file, line


@dataclass(frozen=True, slots=True)
class Exemplar:
    behaviour: Behaviour
    text: str


def load(*files: Path) -> list[Exemplar]:
    """Of all files that exist; a sentence that a later file gives to another class belongs to that one.

    Raises BadExemplars with the line.
    """
    table: dict[str, Behaviour] = {}
    for file in files:
        if file.exists():
            table.update(_read(file))
    return [Exemplar(behaviour, text) for text, behaviour in table.items()]


def _read(file: Path) -> Iterator[tuple[str, Behaviour]]:
    known = {one.value for one in Behaviour}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not set(_COLUMNS) <= set(rows.fieldnames or ()):
            raise BadExemplars(file.name, 1, f"表头应有 {'、'.join(_COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            name, text = (row["类别"] or "").strip(), (row["说法"] or "").strip()
            if name not in known:
                raise BadExemplars(file.name, line, f"没有“{name}”这一类")
            if not text:
                raise BadExemplars(file.name, line, "说法是空的")
            yield text, Behaviour(name)


def background() -> list[str]:
    """Questions about the rules of all sorts, the same ones on every machine."""
    every = sorted({link.question for link in links.shipped()})
    return every[:: max(1, len(every) // BACKGROUND)][:BACKGROUND]
