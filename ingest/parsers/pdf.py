"""PDF: the text of each page line by line; a page that is only a picture goes to character recognition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.blocks import Block, BlockKind, Prose
from ingest.errors import CorruptFile, EncryptedFile, NoText, NoTextInScan, TooManyPages
from ingest.parsers import ocr
from ingest.parsers.source import Source, collect

_PDFIUM = Lock()
"""PDFium may be in one thread at a time; character recognition, which is slow, runs outside."""
_LOCKED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})
_TAIL = 2048
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
"""Fonts without a table of characters give these instead of words."""
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\u00ad]")
_DPI = 200
_LONGEST_SIDE = 2600


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    is_picture: bool
    """Something stands on it, but no words that can be read."""
    picture: ocr.Picture | None


@dataclass(slots=True)
class _Missing:
    """Pages of which nothing was read, for the warnings."""

    scanned: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)


def parse(source: Source) -> Prose:
    document, pages = _open(source)
    missing = _Missing()
    try:
        blocks = collect(_blocks(document, pages, missing), source)
    except NoText as error:
        if missing.scanned:
            raise NoTextInScan(source.name, pages) from error
        if missing.broken:
            raise CorruptFile(source.name, "PDF", f"{len(missing.broken)} 页都打不开") from error
        raise
    finally:
        with _PDFIUM:
            document.close()
    return Prose(blocks, format="pdf", warnings=tuple(_warnings(source.data, missing)))


def _open(source: Source) -> tuple[Any, int]:
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(source.data)
        except pdfium.PdfiumError as error:
            # PDFium may still hold the code of an earlier file, so the file itself must name encryption too
            if error.err_code in _LOCKED and b"/Encrypt" in source.data:
                raise EncryptedFile(source.name) from error
            raise CorruptFile(source.name, "PDF", "结构不完整") from error
        pages = len(document)
        if 0 < pages <= source.limits.max_pages:
            return document, pages
        document.close()
    if pages <= 0:
        raise CorruptFile(source.name, "PDF", "一页也没有")
    raise TooManyPages(source.name, pages, source.limits.max_pages)


def _blocks(document: Any, pages: int, missing: _Missing) -> Iterator[Block]:
    for number in range(1, pages + 1):
        for line in _lines(document, number, missing):
            yield Block(BlockKind.LINE, line, page=number)


def _lines(document: Any, number: int, missing: _Missing) -> Sequence[str]:
    try:
        page = _read_page(document, number - 1)
    except pdfium.PdfiumError:
        missing.broken.append(number)
        return ()
    if page.picture is not None:
        missing.recognised.append(number)
        return ocr.recognise(page.picture)
    if page.is_picture:
        missing.scanned.append(number)
    return page.text.splitlines()


def _read_page(document: Any, index: int) -> _Page:
    with _PDFIUM:
        page = document[index]
        try:
            text_page = page.get_textpage()
            try:
                text = _cleaned(text_page.get_text_range())
            finally:
                text_page.close()
            is_picture = raw.FPDFPage_CountObjects(page) > 0 and not _is_readable(text)
            return _Page(text, is_picture, _render(page) if is_picture and ocr.is_installed() else None)
        finally:
            page.close()


def _cleaned(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _is_readable(text: str) -> bool:
    words = "".join(text.split())
    return bool(words) and len(_UNREADABLE.findall(words)) <= 0.3 * len(words)


def _render(page: Any) -> ocr.Picture:
    width, height = page.get_size()
    scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1))
    bitmap = page.render(scale=scale, rev_byteorder=True, maybe_alpha=False)
    try:
        picture: ocr.Picture = bitmap.to_numpy()[:, :, :3].copy()
        return picture
    finally:
        bitmap.close()


def _warnings(data: bytes, missing: _Missing) -> Iterator[str]:
    if b"%%EOF" not in data[-_TAIL:]:
        yield "文件结尾不完整，可能缺页，请与原件核对"
    if missing.broken:
        yield f"{_named(missing.broken)}已损坏，没有读入"
    if missing.scanned:
        yield f"{_named(missing.scanned)}没有文字层（扫描件或图片），没有读全；要识别请先运行 pip install 'xiaoer[ocr]'"
    if missing.recognised:
        yield f"{_named(missing.recognised)}是扫描件，文字由识别得来，请人工核对"


def _named(pages: Sequence[int]) -> str:
    shown = "、".join(map(str, pages[:10]))
    return f"第 {shown} 页" if len(pages) <= 10 else f"第 {shown} 等 {len(pages)} 页"
