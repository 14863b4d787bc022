"""A file brought into memory, after everything that can be refused without reading it."""

import errno
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import Block
from ingest.errors import (
    EmptyFile,
    FileMissing,
    FileTooLarge,
    NotAFile,
    NoText,
    TextTooLong,
    TooManyRows,
    Unreadable,
)

_MAX_BLOCKS = 500_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of this machine."""

    max_bytes: int = 50 * 2**20
    max_pages: int = 2000
    max_unzipped_bytes: int = 300 * 2**20
    max_ratio: int = 200
    max_rows: int = 50_000
    max_characters: int = 5_000_000
    max_pixels: int = 100_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """What a parser gets: bytes, so that no parser can leave a file open."""

    name: str
    suffix: str
    data: bytes
    limits: Limits = Limits()


_KINDS = (
    (stat.S_ISDIR, "文件夹"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
    (stat.S_ISSOCK, "套接字"),
)
_REASONS: dict[int | None, str] = {
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.ELOOP: "链接成环",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EIO: "磁盘读取出错",
}


def size_of(path: Path) -> int:
    """The size of a regular file; anything else is refused here, since opening a pipe would wait for ever."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise FileMissing(path.name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Unreadable(path.name, _reason(error)) from error
    for is_kind, what in _KINDS:
        if is_kind(status.st_mode):
            raise NotAFile(path.name, what)
    return status.st_size


def load(path: Path, limits: Limits) -> Source:
    size = size_of(path)
    if size > limits.max_bytes:
        raise FileTooLarge(path.name, size, limits.max_bytes)
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)  # it may have grown since
    except OSError as error:
        raise Unreadable(path.name, _reason(error)) from error
    if len(data) > limits.max_bytes:
        raise FileTooLarge(path.name, len(data), limits.max_bytes)
    if not data:
        raise EmptyFile(path.name)
    return Source(path.name, path.suffix.lower(), data, limits)


def _reason(error: Exception) -> str:
    """The system's own words are English."""
    code = error.errno if isinstance(error, OSError) else None
    return _REASONS.get(code, "路径不合法" if code is None else f"系统错误 {errno.errorcode.get(code, code)}")


def collect(blocks: Iterable[Block], source: Source) -> tuple[Block, ...]:
    """The blocks, stopping as soon as they are too much: a parser yields, it does not pile up."""
    kept: list[Block] = []
    characters = 0
    for block in blocks:
        characters += len(block.text) + len(block.cells)
        if len(kept) >= _MAX_BLOCKS:
            raise TooManyRows(source.name, _MAX_BLOCKS)
        if characters > source.limits.max_characters:
            raise TextTooLong(source.name, source.limits.max_characters)
        kept.append(block)
    if not any(block.text.strip() for block in kept):
        raise NoText(source.name)
    return tuple(kept)
