"""What a file really is, from its first bytes, whatever its suffix says."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS = (
    ("WordDocument", "旧版 Word 文档（.doc）"),
    ("Workbook", "旧版 Excel 表格（.xls）"),
    ("PowerPoint Document", "旧版幻灯片（.ppt）"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Kind:
    """`suffixes` are those under which it can be read, the usual one first; none where it cannot be."""

    what: str
    suffixes: tuple[str, ...] = ()


def _kind(what: str, *suffixes: str) -> Kind:
    return Kind(what, suffixes)


HTML = _kind("网页（HTML）", ".html", ".htm", ".md")
ENCRYPTED = _kind("加密的 Office 文件")
PLAIN_ZIP = _kind("压缩包（.zip）")
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", _kind("PNG 图片", ".png")),
    (b"\xff\xd8\xff", _kind("JPEG 图片", ".jpg", ".jpeg")),
    (b"II*\x00", _kind("TIFF 图片", ".tif", ".tiff")),
    (b"MM\x00*", _kind("TIFF 图片", ".tif", ".tiff")),
    (b"GIF8", _kind("GIF 图片")),
    (b"Rar!\x1a\x07", _kind("压缩包（.rar）")),
    (b"7z\xbc\xaf\x27\x1c", _kind("压缩包（.7z）")),
    (b"\x1f\x8b\x08", _kind("压缩包（.gz）")),
    (b"\x7fELF", _kind("程序")),
    (b"MZ\x90\x00", _kind("程序（.exe）")),
    (b"{\\rtf", _kind("RTF 文档")),
)
_BITMAP = _kind("BMP 图片", ".bmp")
_ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", _kind("Word 文档（.docx）", ".docx")),
    ("xl/workbook.xml", _kind("Excel 表格（.xlsx）", ".xlsx")),
    ("ppt/presentation.xml", _kind("幻灯片（.pptx）")),
    ("OFD.xml", _kind("OFD 版式文件")),
    ("content.xml", _kind("OpenDocument 文件（.odt/.ods）")),
)


def sniff(data: bytes) -> Kind | None:
    """None where no signature fits: text, or something broken."""
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    # "BM" and 16 reserved bits that are always zero: two letters alone may begin a text
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return _BITMAP
    if b"%PDF-" in data[:1024]:  # PDF allows junk before it
        return _kind("PDF", ".pdf")
    if _HTML.match(data[:4096]):
        return HTML
    return None


def _sniff_zip(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None  # broken: the parser that the suffix names will say so
    for member, kind in _ZIP_MEMBERS:
        if member in names:
            return kind
    return PLAIN_ZIP


def _sniff_ole(data: bytes) -> Kind:
    if _ENCRYPTED_PACKAGE in data:
        return ENCRYPTED
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return Kind(what)
    return Kind("旧版 Office 或 WPS 文件（.doc/.xls/.wps）")
