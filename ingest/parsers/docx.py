"""Word documents: paragraphs and tables in their order, with the numbers Word adds; headers and footers left out."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from ingest.blocks import Block, BlockKind, Prose
from ingest.errors import CorruptFile
from ingest.parsers import archive
from ingest.parsers.numbering import Numbering, read_numbering
from ingest.parsers.source import Source, collect
from ingest.parsers.table import Cell, rows
from ingest.parsers.word_styles import Styles, read_styles
from ingest.parsers.word_text import boxes, parts_in, text_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(f"{_W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_NOTES = ((RELATIONSHIP_TYPE.FOOTNOTES, "脚注"), (RELATIONSHIP_TYPE.ENDNOTES, "尾注"))


def parse(source: Source) -> Prose:
    archive.check(source, "Word 文档")
    try:
        document = Document(BytesIO(source.data))
        reader = _Reader(document)
        blocks = collect(reader.blocks(document.element.body), source)
        warnings = (*reader.warnings(), *_notes(document))
    except (
        PythonDocxError,
        OpcError,
        LxmlError,
        BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:  # python-docx says KeyError, ValueError or AttributeError where a part is missing or not what it must be
        raise CorruptFile(source.name, "Word 文档", "内部结构不完整") from error
    return Prose(blocks, format="docx", title_hint=reader.title, warnings=warnings)


def _part_root(document: WordDocument, relationship: str) -> Any | None:
    for related in document.part.rels.values():
        if related.reltype == relationship and not related.is_external:
            return getattr(related.target_part, "element", None)
    return None


def _notes(document: WordDocument) -> Iterator[str]:
    types = {related.reltype for related in document.part.rels.values()}
    for relationship, what in _NOTES:
        if relationship in types and document.element.body.find(f".//{_W}{_tag(relationship)}Reference") is not None:
            yield f"文档里的{what}没有读入，如与条文有关请人工补录"


def _tag(relationship: str) -> str:
    return relationship.rsplit("/", 1)[1].rstrip("s")


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._styles: Styles = read_styles(_part_root(document, RELATIONSHIP_TYPE.STYLES))
        self._numbering: Numbering = read_numbering(_part_root(document, RELATIONSHIP_TYPE.NUMBERING))
        self.title: str | None = None

    def warnings(self) -> Iterator[str]:
        if self._numbering.unknown_formats:
            names = "、".join(sorted(self._numbering.unknown_formats))
            yield f"有自动编号的样式不认识（{names}），已按 1、2、3 显示，请核对编号"

    def blocks(self, container: Any) -> Iterator[Block]:
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style = self._styles.of(paragraph)
        text = self._text(paragraph)
        if style.is_title and text and self.title is None:
            self.title = text
        for line in text.split("\n"):  # a line break inside a paragraph: authors mean a new one
            if line.strip():
                yield Block(BlockKind.PARAGRAPH, line.strip(" \t"), heading=style.is_heading)
        for box in boxes(paragraph):
            yield from self.blocks(box)

    def _text(self, paragraph: Any) -> str:
        text = text_of(paragraph)
        if not text.strip():
            return ""
        number = self._styles.number_of(paragraph)
        return f"{self._numbering.next(*number)}{text.lstrip()}" if number else text

    def _table(self, table: Any) -> Iterator[Block]:
        yield from rows(self._rows(table))

    def _rows(self, table: Any) -> Iterator[list[Cell]]:
        """Word says of each cell that it goes on from above; so the text above is carried down by column."""
        above: dict[int, Cell] = {}
        for row in parts_in(table, "tr"):
            cells: list[Cell] = []
            column = _integer(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            cells.extend(Cell("") for _ in range(column))
            for cell in parts_in(row, "tc"):
                properties = cell.find(f"{_W}tcPr")
                width = max(_integer(None if properties is None else properties.find(f"{_W}gridSpan"), 1), 1)
                merged = None if properties is None else properties.find(f"{_W}vMerge")
                goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
                filled = above[column] if goes_on and column in above else Cell(self._cell(cell), width)
                above[column] = filled
                cells.append(filled)
                column += width
            yield cells

    def _cell(self, cell: Any) -> str:
        return "\n".join(block.text for block in self.blocks(cell))


def _integer(element: Any | None, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return min(int(value), 500) if value.isascii() and value.isdigit() and len(value) < 8 else otherwise
