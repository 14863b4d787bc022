"""Tables for FAQ, directory and service items: workbooks and comma-separated text, as a header and rows of text."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from ingest.blocks import Sheet
from ingest.errors import CorruptFile, NoText, TextTooLong, TooManyRows
from ingest.parsers.decoding import decode
from ingest.parsers.source import Source

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLED = 20
_MAX_FIELD = 1_000_000
_RUNAWAY = 20
"""Line breaks in one cell: more of them, and it is rather a quotation mark that was never closed."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet, or a csv file, as it stands."""

    name: str
    rows: Sequence[Row]


def parse(source: Source) -> Sheet:
    if source.suffix == ".csv":
        decoded = decode(source)
        table = Table("", _csv_rows(source, decoded.text))
        return to_sheet([table], source, list(decoded.warnings))
    from ingest.parsers.workbook import read_workbook  # noqa: PLC0415 - openpyxl costs half a second

    tables, warnings = read_workbook(source)
    return to_sheet(tables, source, warnings)


def _csv_rows(source: Source, text: str) -> Sequence[Row]:
    csv.field_size_limit(_MAX_FIELD)
    try:
        delimiter = max(_DELIMITERS, key=lambda each: _evenness(text, each))
        return keep(csv.reader(StringIO(text, newline=""), delimiter=delimiter), source)
    except csv.Error as error:
        raise CorruptFile(source.name, "CSV 表格", "引号没有配对，或一格过长") from error


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the usual number of cells, where that is more than one."""
    sample = islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _SAMPLED)
    widths = [len(row) for row in sample if any(row)]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    several = max((width for width in widths), default=1)
    return (widths.count(usual) if usual > 1 else 0, several)


def keep(rows: Iterable[Sequence[str]], source: Source) -> Sequence[Row]:
    """Rows with something in them, within the limits."""
    kept: list[Row] = []
    characters = 0
    for row in rows:
        cells = tuple(cell.strip() for cell in row)
        if not any(cells):
            continue
        characters += sum(map(len, cells)) + len(cells)
        if len(kept) > source.limits.max_rows:  # the header is not counted
            raise TooManyRows(source.name, source.limits.max_rows)
        if characters > source.limits.max_characters:
            raise TextTooLong(source.name, source.limits.max_characters)
        kept.append(cells)
    return kept


def to_sheet(tables: Sequence[Table], source: Source, warnings: list[str]) -> Sheet:
    """Worksheets with the same header are one table; of the others only the first is taken."""
    filled = [_split(table, warnings) for table in tables if table.rows]
    if not filled:
        raise NoText(source.name)
    name, header, _ = filled[0]
    same = [rows for _, other, rows in filled if other == header]
    rest = [other_name for other_name, other, _ in filled if other != header]
    if rest:
        warnings.append(f"只读入了工作表“{name}”；表头不同的工作表没有读入：{'、'.join(rest)}，请另存为单独的文件")
    rows = [row for part in same for row in part]
    if len(rows) > source.limits.max_rows:
        raise TooManyRows(source.name, source.limits.max_rows)
    header, evened = _evened(header, rows, warnings)
    return Sheet(
        header, evened, format=source.suffix.lstrip("."), name=name, warnings=(*warnings, *_doubts(header, evened))
    )


def _split(table: Table, warnings: list[str]) -> tuple[str, Row, Sequence[Row]]:
    """The header is the first row with two filled cells: a title above it has one."""
    place = next((place for place, row in enumerate(table.rows) if sum(map(bool, row)) >= 2), 0)
    if place:
        above = "；".join(" ".join(filter(None, row)) for row in table.rows[:place])
        warnings.append(f"表头之上的文字没有作为数据读入：{above[:100]}")
    header = table.rows[place]
    width = max((at for at, cell in enumerate(header, start=1) if cell), default=0)
    return table.name, header[:width], table.rows[place + 1 :]


def _evened(header: Row, rows: Sequence[Row], warnings: list[str]) -> tuple[Row, Sequence[Row]]:
    """Every row as wide as the widest that says something; columns without a name get an empty one."""
    widths = [max((at for at, cell in enumerate(row, start=1) if cell), default=0) for row in rows]
    wide = [at for at, width in enumerate(widths, start=1) if width > len(header)]
    if wide:
        warnings.append(f"有 {len(wide)} 行的格数比表头多（如第 {wide[0]} 条数据），多出的格没有列名，请核对分隔符")
    short = sum(1 for row in rows if len(row) < len(header))
    if short:
        warnings.append(f"有 {short} 行的格数比表头少，缺的格按空白处理，请核对")
    width = max([len(header), *widths])
    return _to_width(header, width), [_to_width(row, width) for row in rows]


def _to_width(row: Row, width: int) -> Row:
    return row[:width] + ("",) * (width - len(row))


def _doubts(header: Row, rows: Sequence[Row]) -> Iterable[str]:
    if not rows:
        yield "只有表头，没有数据"
    if len(header) == 1:
        yield "只有一列，可能不是表格，或者分隔符不是逗号、分号、制表符和竖线"
    named = [name for name in header if name]
    if doubled := sorted({name for name in named if named.count(name) > 1}):
        yield f"有重名的列：{'、'.join(doubled)}"
    if any(cell.count("\n") > _RUNAWAY for row in rows for cell in row):
        yield "有的格里换行很多，可能有引号没有配对，请核对"
