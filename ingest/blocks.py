"""What every parser hands on: a sequence of blocks, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    LINE = "line"
    """A line as it stands in the file (txt, PDF, OCR): a paragraph may be wrapped over several."""
    PARAGRAPH = "paragraph"
    """A whole paragraph (docx, html, md): never joined with the next."""
    ROW = "row"
    """One table row, its cells in `cells`."""


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str
    page: int | None = None
    """1-based page, for formats that have pages."""
    cells: tuple[str, ...] = ()
    heading: bool = False
    """The format itself marks it as a heading (h1…, Word heading style)."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A document to be split into clauses."""

    blocks: Sequence[Block]
    format: str
    title_hint: str | None = None
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of FAQ, directory or service items: the first row's names, then the rows as text."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    format: str
    name: str = ""
    warnings: Sequence[str] = ()


Parsed = Prose | Sheet
