"""Blocks of a file to normalised text: furniture out, wrapped lines joined, tables recovered.

The normalised text has one paragraph, heading or table row a line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind, Prose
from ingest.furniture import is_furniture, strip_markup
from ingest.marks import starts_structure
from ingest.punctuation import tidy
from ingest.wrapping import Wrapping

CELL_SEPARATOR = " | "
_ENDS_WITHOUT_SPACE = re.compile(r"[^\x00-\x7f]$")
_BEGINS_WITHOUT_SPACE = re.compile(r"[^\x00-\x7f]")
_URL_TAIL = re.compile(r"https?://\S*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the normalised text: text[start:end], without its line break."""

    text: str
    start: int
    end: int
    page: int | None = None
    is_row: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Normalised:
    text: str
    lines: Sequence[Line]
    residue: Sequence[str] = ()
    """Lines taken out as page furniture or web residue, for the report."""
    warnings: Sequence[str] = ()


def normalise(prose: Prose) -> Normalised:
    kept: list[Block] = []
    residue: list[str] = []
    for block in prose.blocks:
        stripped = strip_markup(block.text)
        if stripped.strip() and block.kind is not BlockKind.ROW and is_furniture(stripped):
            residue.append(stripped.strip())
            continue
        kept.append(Block(block.kind, stripped, block.page, block.cells, block.heading or block.text.startswith("#")))
    warnings = list(prose.warnings)
    paragraphs = [block for block in _join(_tables(kept, warnings)) if block.text]
    return _lay_out(paragraphs, residue, warnings)


def _lay_out(paragraphs: Sequence[Block], residue: Sequence[str], warnings: Sequence[str]) -> Normalised:
    lines: list[Line] = []
    position = 0
    for block in paragraphs:
        end = position + len(block.text)
        lines.append(Line(block.text, position, end, block.page, block.kind is BlockKind.ROW, block.heading))
        position = end + 1
    text = "".join(f"{block.text}\n" for block in paragraphs)
    return Normalised(text, lines, residue, warnings)


def _tables(blocks: Sequence[Block], warnings: list[str]) -> Iterator[Block]:
    """Rows as one line each; tables flattened to one tab-led cell a line are put together again."""
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if block.kind is BlockKind.ROW:
            yield _row([tidy(cell.replace("\n", " ")) for cell in block.cells], block.page)
            position += 1
        elif block.kind is BlockKind.LINE and block.text.startswith("\t"):
            end = position
            while end < len(blocks) and (blocks[end].text.startswith("\t") or not blocks[end].text.strip()):
                end += 1
            yield from _flattened(blocks[position:end], warnings)
            position = end
        else:
            yield block
            position += 1


def _flattened(blocks: Sequence[Block], warnings: list[str]) -> Iterator[Block]:
    groups: list[list[str]] = [[]]
    for block in blocks:
        if block.text.startswith("\t"):
            groups[-1].append(tidy(block.text))
        elif groups[-1]:
            groups.append([])
    rows = [group for group in groups if group]
    if len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
        yield from (_row(row, blocks[0].page) for row in rows)
        return
    warnings.append(f"有一处表格的行列不能还原（开头是“{rows[0][0][:12]}”），已按原有顺序保留，请人工核对")
    yield from (Block(BlockKind.PARAGRAPH, cell, blocks[0].page) for row in rows for cell in row if cell)


def _row(cells: Sequence[str], page: int | None) -> Block:
    text = CELL_SEPARATOR.join(cells) if any(cells) else ""
    return Block(BlockKind.ROW, text, page, tuple(cells))


def _join(blocks: Iterator[Block]) -> Iterator[Block]:
    """Hard-wrapped lines, and words cut by a page break, become one paragraph again."""
    sequence = list(blocks)
    wrapping = Wrapping.of([block.text for block in sequence if block.kind is BlockKind.LINE])
    pending: Block | None = None
    blank = False
    for block in sequence:
        if block.kind is BlockKind.LINE and not block.text.strip():
            blank = True
            continue
        joins = (
            pending is not None
            and pending.kind is block.kind is BlockKind.LINE
            and not pending.heading
            and not block.heading
            and not starts_structure(tidy(block.text))
            and wrapping.continues(pending.text, block.text, blank_between=blank)
        )
        if pending is not None and joins:
            pending = Block(pending.kind, _glue(pending.text, block.text), pending.page)
        else:
            if pending is not None:
                yield _tidied(pending)
            pending = block
        blank = False
    if pending is not None:
        yield _tidied(pending)


def _tidied(block: Block) -> Block:
    text = block.text if block.kind is BlockKind.ROW else tidy(block.text.replace("\n", " "))
    return Block(block.kind, text, block.page, block.cells, block.heading)


def _glue(before: str, after: str) -> str:
    left, right = before.rstrip(), after.strip()
    if _URL_TAIL.search(left) or _ENDS_WITHOUT_SPACE.search(left) or _BEGINS_WITHOUT_SPACE.match(right):
        return left + right
    return f"{left} {right}"
