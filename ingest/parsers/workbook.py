"""Excel workbooks row by row, without loading them whole; merged cells and formulas from the sheet's own markup."""

import re
import warnings as python_warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import CorruptFile
from ingest.parsers import archive
from ingest.parsers.sheet import Row, Table, keep
from ingest.parsers.source import Source

_MAX_COLUMNS = 200
_LAST_ROW = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_WITHOUT_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^<>]{0,200}/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CHUNK = 1 << 20
_OVERLAP = 300
"""Longer than what the two patterns match, so that nothing is missed between chunks."""


def read_workbook(source: Source) -> tuple[list[Table], list[str]]:
    archive.check(source, "Excel 表格")
    try:
        # openpyxl warns of whatever it does not keep (styles, drop-down lists); we only read values
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            return _read(source)
    except (
        InvalidFileException,
        BadZipFile,
        zlib.error,
        LxmlError,
        EOFError,
        SyntaxError,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
    ) as error:  # openpyxl says KeyError, TypeError or AttributeError for parts missing or malformed; ParseError is a SyntaxError
        raise CorruptFile(source.name, "Excel 表格", "内部结构不完整") from error


def _read(source: Source) -> tuple[list[Table], list[str]]:
    warnings: list[str] = []
    tables: list[Table] = []
    workbook: Any = load_workbook(BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                warnings.append(f"隐藏的工作表“{sheet.title}”没有读入")
                continue
            tables.append(Table(sheet.title, _rows(sheet, source, warnings)))
    finally:
        workbook.close()
    with ZipFile(BytesIO(source.data)) as package:
        if any(name.endswith("vbaProject.bin") for name in package.namelist()):
            warnings.append("文件里带有宏；只读取了数据，宏没有运行")
    return tables, warnings


def _rows(sheet: Any, source: Source, warnings: list[str]) -> list[Row]:
    """The size a sheet declares is often wrong (a million rows, or one): it is not believed."""
    sheet.reset_dimensions()
    markup = _Markup(sheet)
    if markup.formulas_without_value:
        warnings.append(
            f"工作表“{sheet.title}”有 {markup.formulas_without_value} 个公式没有算好的值，已按空白读入；请用 Excel 或 WPS 打开后保存一次"
        )
    return list(keep(markup.filled(sheet.iter_rows(max_col=_MAX_COLUMNS + 1, values_only=True), warnings), source))


class _Markup:
    """What openpyxl does not tell when it reads row by row."""

    def __init__(self, sheet: Any) -> None:
        self.formulas_without_value = 0
        self._merged: dict[int, dict[int, int]] = {}
        """First row → first column → last row of the cells merged downwards."""
        with sheet._get_source() as part:  # noqa: SLF001 - the one way to the sheet's own file in the package
            for chunk, old in _chunks(part):
                self.formulas_without_value += sum(match.end() > old for match in _WITHOUT_VALUE.finditer(chunk))
                for match in _MERGED.finditer(chunk):
                    self._add(match[1].decode("ascii"))

    def _add(self, reference: str) -> None:
        left, top, _, bottom = (edge or 0 for edge in range_boundaries(reference))
        if 0 < top < bottom and 0 < left <= _MAX_COLUMNS:
            self._merged.setdefault(top, {})[left - 1] = bottom

    def filled(self, rows: Iterator[tuple[Any, ...]], warnings: list[str]) -> Iterator[Row]:
        """Cells merged downwards repeat their text in every row; those merged to the right do not (titles)."""
        hanging: dict[int, tuple[int, str]] = {}
        too_wide = False
        for number, values in enumerate(rows, start=1):
            if number > _LAST_ROW:
                raise ValueError("no Excel sheet has so many rows")
            if values.count(None) == len(values):
                continue  # there may be a million
            cells = [_text(value) for value in values]
            too_wide = too_wide or any(cells[_MAX_COLUMNS:])
            for column, (bottom, text) in hanging.items():
                if number <= bottom and column < len(cells):
                    cells[column] = cells[column] or text
            for column, bottom in self._merged.get(number, {}).items():
                if column < len(cells):
                    hanging[column] = (bottom, cells[column])
            width = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
            yield tuple(cells[: min(width, _MAX_COLUMNS)])
        if too_wide:
            warnings.append(f"超过 {_MAX_COLUMNS} 列的部分没有读入")


def _chunks(part: Any) -> Iterator[tuple[bytes, int]]:
    """Each chunk led by the end of the one before, and how much of it is old."""
    before = b""
    while piece := part.read(_CHUNK):
        yield before + piece, len(before)
        before = (before + piece)[-_OVERLAP:]


def _text(value: object) -> str:
    """As a person would write it: whole numbers without .0, dates without a midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
