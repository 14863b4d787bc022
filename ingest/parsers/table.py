"""Tables with merged cells, laid out so that every row has all its cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind

SEPARATOR = " | "
_MAX_COLUMNS = 500
"""A page may claim colspan=65534; no table for people is that wide."""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1


def rows(table: Iterable[Sequence[Cell]], page: int | None = None) -> Iterator[Block]:
    """A merged cell's text stands in every place it covers; in `text`, once a row."""
    hanging: dict[int, tuple[Cell, int]] = {}
    """Column → the cell that reaches down into it, and for how many more rows."""
    for cells in table:
        row, hanging = _fill(cells, hanging)
        if any(cell.text for cell in row):
            yield _block(row, page)


def _fill(
    cells: Sequence[Cell], hanging: dict[int, tuple[Cell, int]]
) -> tuple[list[Cell], dict[int, tuple[Cell, int]]]:
    row: list[Cell] = []
    below: dict[int, tuple[Cell, int]] = {}
    waiting = list(reversed(cells))
    while len(row) < _MAX_COLUMNS and (waiting or len(row) in hanging):
        column = len(row)
        if column in hanging:
            cell, left = hanging[column]
            row.append(cell)
            if left > 1:
                below[column] = (cell, left - 1)
            continue
        cell = waiting.pop()
        width = min(cell.columns, _MAX_COLUMNS - column)
        row.extend([cell] * width)
        if cell.rows > 1:
            below.update({column + step: (cell, cell.rows - 1) for step in range(width)})
    return row, below


def _block(row: Sequence[Cell], page: int | None) -> Block:
    distinct = [cell for place, cell in enumerate(row) if place == 0 or cell is not row[place - 1]]
    text = SEPARATOR.join(cell.text for cell in distinct)
    return Block(BlockKind.ROW, text, page, cells=tuple(cell.text for cell in row))
