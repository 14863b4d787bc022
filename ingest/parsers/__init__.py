"""Files read into blocks or a sheet: one parser per format, chosen by suffix and checked against the bytes."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.blocks import Parsed
from ingest.errors import (
    EncryptedFile,
    NeedsConversion,
    UnknownFormat,
    WrongSuffix,
    is_printable,
    shown,
)
from ingest.parsers import magic
from ingest.parsers.source import Limits, Source, load, size_of

__all__ = ["SUFFIXES", "Limits", "read"]

_DEFAULT_LIMITS = Limits()
_MODULES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "sheet",
    ".csv": "sheet",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".bmp": "image",
}
SUFFIXES: tuple[str, ...] = tuple(sorted(_MODULES))

_AS_DOCUMENT = "请用 WPS 或 Word 打开，另存为 docx 或 PDF 后再试"
_AS_SHEET = "请用 WPS 或 Excel 打开，另存为 xlsx 后再试"
_UNPACK = "请先解压，再逐个导入里面的文件"
_CONVERSIONS: dict[str, tuple[str, str]] = {
    **{suffix: (f"文字处理文件（{suffix}）", _AS_DOCUMENT) for suffix in (".doc", ".docm", ".wps", ".odt", ".rtf")},
    **{suffix: (f"表格文件（{suffix}）", _AS_SHEET) for suffix in (".xls", ".xlsm", ".xlsb", ".et", ".ods")},
    **{
        suffix: (f"幻灯片（{suffix}）", "请用 WPS 或 PowerPoint 打开，另存为 PDF 后再试")
        for suffix in (".ppt", ".pptx", ".dps", ".odp")
    },
    ".ofd": ("OFD 版式文件（.ofd）", "请用 OFD 阅读器打开，导出（另存）为 PDF 后再试"),
    ".caj": ("CAJ 文件（.caj）", "请用 CAJ 阅读器打开，另存为 PDF 后再试"),
    **{suffix: (f"压缩包（{suffix}）", _UNPACK) for suffix in (".zip", ".rar", ".7z", ".gz", ".tar")},
    **{suffix: (f"图片（{suffix}）", "请另存为 PNG 或 JPEG 后再试") for suffix in (".gif", ".webp", ".heic")},
}
_TEXTUAL = frozenset({".txt", ".md", ".html", ".htm", ".csv"})


def read(path: Path, limits: Limits = _DEFAULT_LIMITS) -> Parsed:
    """Raises an IngestError, and nothing else, where the file cannot be taken in."""
    size_of(path)
    suffix = path.suffix.lower()
    if suffix in _CONVERSIONS:
        raise NeedsConversion(path.name, *_CONVERSIONS[suffix])
    if suffix not in _MODULES:
        raise UnknownFormat(shown(suffix))
    source = load(path, limits)
    _check_kind(source)
    module = import_module(f"ingest.parsers.{_MODULES[suffix]}")
    parse = cast(Callable[[Source], Parsed], module.parse)
    return _with_name_checked(parse(source), path.name)


def _check_kind(source: Source) -> None:
    kind = magic.sniff(source.data)
    if kind is None:
        if source.suffix not in _TEXTUAL and _looks_like_text(source.data):
            raise WrongSuffix(source.name, "纯文本", "请改后缀为 .txt，或找到原来的文件")
        return
    if source.suffix in kind.suffixes:
        return
    if kind is magic.ENCRYPTED and source.suffix in {".docx", ".xlsx"}:
        raise EncryptedFile(source.name)
    if kind.suffixes:
        raise WrongSuffix(source.name, kind.what, f"请改后缀为 {kind.suffixes[0]}")
    raise WrongSuffix(source.name, kind.what, "请用原软件打开，另存为 docx、xlsx 或 PDF")


def _looks_like_text(data: bytes) -> bool:
    start = data[:1000]
    return not any(byte < 9 for byte in start) and _decodes(start)


def _decodes(start: bytes) -> bool:
    """Cut at 1000 bytes, so the last character may be half."""
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                start[: len(start) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _with_name_checked(parsed: Parsed, name: str) -> Parsed:
    if is_printable(name):
        return parsed
    warning = f"文件名里有不可见或改变文字方向的字符：{shown(name)}"
    return replace(parsed, warnings=(*parsed.warnings, warning))
