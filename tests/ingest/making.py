"""Files made for the tests of the parsers, and what was read from them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ingest.blocks import BlockKind, Prose, Sheet
from ingest.parsers import Limits, read

LAW = "第一条 为了促进个体工商户发展，制定本条例。"

Put = Callable[[str, bytes | str], Path]


def prose(path: Path, limits: Limits | None = None) -> Prose:
    parsed = read(path, limits or Limits())
    assert isinstance(parsed, Prose)
    return parsed


def sheet(path: Path, limits: Limits | None = None) -> Sheet:
    parsed = read(path, limits or Limits())
    assert isinstance(parsed, Sheet)
    return parsed


def texts(parsed: Prose) -> list[str]:
    return [block.text for block in parsed.blocks]


def cells(parsed: Prose) -> list[tuple[str, ...]]:
    return [block.cells for block in parsed.blocks if block.kind is BlockKind.ROW]


def pdf(path: Path, *pages: str | bytes, encrypt: str | None = None) -> Path:
    """A page is text, or the picture of one."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), encrypt=encrypt)
    for page in pages:
        canvas.setFont("STSong-Light", 14)
        if isinstance(page, bytes):
            canvas.drawImage(ImageReader(BytesIO(page)), 60, 600, 470, 100)
        else:
            for place, line in enumerate(page.split("\n")):
                canvas.drawString(60, 750 - 24 * place, line)
        canvas.showPage()
    canvas.save()
    return path


def xlsx(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        worksheet = workbook.create_sheet(name)
        for row in rows:
            worksheet.append(list(row))
    workbook.save(path)
    workbook.close()
    return path
