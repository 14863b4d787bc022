"""Why a file could not be taken in. Each message names the thing and the way out."""

import unicodedata
from collections.abc import Sequence

_LONGEST_NAME = 80
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control, format (direction overrides), lone surrogates, line separators: unsafe in a log or on a screen."""
_JOINER = "\u200d"  # inside many emoji


def _is_seen(sign: str) -> bool:
    return sign == _JOINER or unicodedata.category(sign) not in _UNSEEN


def is_printable(name: str) -> bool:
    return all(map(_is_seen, name))


def shown(name: str) -> str:
    """A file name that can be printed: a name on disk may turn the line around, or break it."""
    safe = "".join(sign if _is_seen(sign) else "�" for sign in name)
    return safe if len(safe) <= _LONGEST_NAME else f"{safe[:60]}…{safe[-19:]}"


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


class IngestError(Exception):
    """Base of all errors of this package: one file failed, the rest goes on."""


class UnknownFormat(IngestError):
    def __init__(self, suffix: str) -> None:
        super().__init__(f"没有能读取 {suffix or '无后缀文件'} 的解析器；支持的格式见 xiaoer ingest --help")
        self.suffix = suffix


class BadLabels(IngestError):
    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"标签文件 {file} 有误：{reason}")
        self.file = file


class UnreadableFile(IngestError):
    """The file itself cannot be taken in, whatever code reads it. Carries its name."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{shown(name)}：{message}")
        self.name = name


class FileMissing(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "文件不存在，或者是指向别处的失效链接；请核对路径")


class NotAFile(UnreadableFile):
    def __init__(self, name: str, what: str) -> None:
        super().__init__(name, f"这是{what}，不是普通文件；请给出文件本身的路径")
        self.what = what


class Unreadable(UnreadableFile):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, f"打不开（{reason}）；请检查路径和读取权限")
        self.reason = reason


class EmptyFile(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "文件是空的；请确认上传或下载已经完成")


class NoText(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "没有读到任何文字；请打开文件确认里面有正文")


class FileTooLarge(UnreadableFile):
    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            name, f"文件有 {_megabytes(size)}，超过上限 {_megabytes(limit)}；请拆成几个文件，或压缩其中的图片"
        )
        self.size, self.limit = size, limit


class TextTooLong(UnreadableFile):
    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name, f"文字超过上限 {limit} 字；请拆成几个文件")
        self.limit = limit


class TooManyPages(UnreadableFile):
    def __init__(self, name: str, pages: int, limit: int) -> None:
        super().__init__(name, f"共 {pages} 页，超过上限 {limit} 页；请拆成几个文件")
        self.pages, self.limit = pages, limit


class TooManyRows(UnreadableFile):
    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name, f"内容超过上限 {limit} 行；请拆成几个文件")
        self.limit = limit


class ImageTooLarge(UnreadableFile):
    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name, f"图片超过上限 {limit // 10_000} 万像素；请缩小或裁成几张")
        self.limit = limit


class ZipBomb(UnreadableFile):
    def __init__(self, name: str, unzipped: int, limit: int) -> None:
        super().__init__(
            name,
            f"解压后有 {_megabytes(unzipped)}，超过上限 {_megabytes(limit)}，疑似压缩炸弹；请核对来源，或另存后再试",
        )
        self.unzipped, self.limit = unzipped, limit


class UnsafeXml(UnreadableFile):
    def __init__(self, name: str, part: str) -> None:
        super().__init__(
            name, f"内部的 {shown(part)} 带有 DTD 声明，正常的 Office 文件不会有；请核对来源，或用办公软件另存后再试"
        )
        self.part = part


class EncryptedFile(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "文件设有打开密码；请用原软件去掉密码、另存后再试")


class CorruptFile(UnreadableFile):
    def __init__(self, name: str, what: str, reason: str) -> None:
        super().__init__(name, f"{what}已损坏（{reason}）；请重新下载，或用原软件打开后另存")
        self.what, self.reason = what, reason


class WrongSuffix(UnreadableFile):
    def __init__(self, name: str, really: str, way_out: str) -> None:
        super().__init__(name, f"后缀与内容不符，实际是{really}；{way_out}")
        self.really = really


class NeedsConversion(UnreadableFile):
    def __init__(self, name: str, what: str, way_out: str) -> None:
        super().__init__(name, f"不能直接读取{what}；{way_out}")
        self.what = what


class NotText(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "不是文本，或者用了认不出的文字编码；请用记事本打开确认，另存为 UTF-8 编码后再试")


class NoTextInScan(UnreadableFile):
    def __init__(self, name: str, pages: int) -> None:
        super().__init__(
            name, f"共 {pages} 页，都是没有文字层的扫描件；要识别其中的文字，请先运行 pip install 'xiaoer[ocr]'"
        )
        self.pages = pages


class OcrMissing(UnreadableFile):
    def __init__(self, name: str) -> None:
        super().__init__(name, "这是图片，需要文字识别；请先运行 pip install 'xiaoer[ocr]'")


class NoContent(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{shown(name)}：没有读到任何正文；请打开原文件确认不是空白页")
        self.name = name


class UnknownSheet(IngestError):
    """A table whose header row belongs to none of the known kinds."""

    def __init__(self, name: str, header: Sequence[str], known: Sequence[Sequence[str]]) -> None:
        forms = "；".join("、".join(required) for required in known)
        super().__init__(f"{shown(name)}：表头“{'、'.join(header)[:60]}”认不出是哪种表。至少要有这些列之一组：{forms}")
        self.name = name
        self.header = tuple(header)
