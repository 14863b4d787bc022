"""Bytes to text: marks, then UTF-8, then the encodings Chinese offices have used, judged by how common the result is."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.errors import NotText, TextTooLong
from ingest.parsers.source import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
_SAMPLE = 1 << 16
_PLAUSIBLE = 0.9
"""Real text scores above .97 in its own encoding; the wrong one, or noise, below .7."""
_LOST = "�"
_MAX_LOST = 0.05
_LONG_LINE = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROL = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    warnings: Sequence[str] = ()


def decode(source: Source, declared: str | None = None) -> Decoded:
    """`declared` is what the file says of itself; it is believed only where the result reads well."""
    text, encoding, warnings = _decode(source.data, declared, source.name)
    if len(text) > source.limits.max_characters:
        raise TextTooLong(source.name, source.limits.max_characters)
    if text.count(_LOST) > _MAX_LOST * len(text):
        raise NotText(source.name)
    cleaned, controls = _CONTROL.subn("", text)
    if controls > max(20, _MAX_CONTROL * len(text)):
        raise NotText(source.name)
    if controls:
        warnings.append(f"去掉了 {controls} 个控制字符（如 NUL），请人工核对")
    return Decoded(cleaned, encoding, (*warnings, *_lost(cleaned, encoding), *_long_lines(cleaned)))


def _decode(data: bytes, declared: str | None, name: str) -> tuple[str, str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding, []
    if _is_utf8(data):
        return data.decode("utf-8"), "utf-8", []
    share = _utf8_share(data)
    if share > 0.5:  # a few broken characters in what is otherwise UTF-8
        return _decode_lines(data)
    if best := _best(data, declared):
        return data.decode(best, errors="replace"), best, []
    return _decode_lines(data) if share > 0.3 else _last_resort(data, name)


def _is_utf8(data: bytes) -> bool:
    if data.count(0) > 0.1 * len(data):
        return False  # UTF-16 of ASCII is valid UTF-8 too, full of NULs
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _best(data: bytes, declared: str | None) -> str | None:
    candidates = list(_CANDIDATES)
    if declared and (known := _known(declared)):
        candidates.insert(0, known)
    sample = data[:_SAMPLE]
    scores = {encoding: _plausibility(sample.decode(encoding, errors="replace"), rare=0.6) for encoding in candidates}
    best = max(candidates, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _PLAUSIBLE else None


def _known(declared: str) -> str | None:
    try:
        return _ALIASES.get(declared.lower(), codecs.lookup(declared).name)
    except LookupError:
        return None


@cache
def _everyday_signs() -> frozenset[str]:
    """The characters of GB 2312 and the first level of Big5, with ASCII and full-width punctuation."""
    signs = {chr(code) for code in range(0x20, 0x7F)} | set("\t\r\n\f\u3000—…·“”‘’ °")
    signs |= {chr(code) for code in (*range(0x3001, 0x3020), *range(0xFF01, 0xFF5F), *range(0x2460, 0x2474))}
    for encoding, first, last in (("gb2312", 0xB0, 0xF7), ("big5", 0xA4, 0xC6)):
        for lead in range(first, last + 1):
            for trail in range(0x40, 0xFF):
                signs.update(bytes((lead, trail)).decode(encoding, errors="ignore"))
    return frozenset(signs)


def _plausibility(text: str, *, rare: float = 0.0) -> float:
    """The share of common characters; `rare` is what any other Chinese character counts."""
    common = _everyday_signs()
    return sum(1.0 if sign in common else rare * _is_chinese(sign) for sign in text) / len(text) if text else 0.0


def _is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000"


def _utf8_share(data: bytes) -> float:
    """How much of what is not ASCII is valid UTF-8."""
    high = sum(byte > 0x7F for byte in data[:_SAMPLE])
    if not high:
        return 0.0
    read = data[:_SAMPLE].decode("utf-8", errors="ignore")
    return sum(len(sign.encode()) for sign in read if sign > "\x7f") / high


def _decode_lines(data: bytes) -> tuple[str, str, list[str]]:
    """A file pasted together from several encodings: each line in the first that fits."""
    lines: list[str] = []
    foreign: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            text = line.decode("gb18030", errors="replace")
            fits = _plausibility(text) >= 0.97
            lines.append(text if fits else line.decode("utf-8", errors="replace"))
            if fits:
                foreign.append(number)
    warnings: list[str] = []
    if foreign:
        where = "、".join(map(str, foreign[:10]))
        warnings.append(f"文件里混有两种文字编码：第 {where} 行等共 {len(foreign)} 行按 GB18030 读取，请人工核对")
    return "\n".join(lines), "utf-8", warnings


def _last_resort(data: bytes, name: str) -> tuple[str, str, list[str]]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - half a second, and hardly ever needed

    match = from_bytes(data[:_SAMPLE], threshold=0.1).best()
    if match is None or _CONTROL.search(str(match)) or _garbled(str(match)):
        raise NotText(name)
    text = data.decode(match.encoding, errors="replace")
    return text, match.encoding, [f"文字编码不能确定，按 {match.encoding} 读取，请人工核对"]


def _garbled(text: str) -> bool:
    """Code pages of one byte a letter read anything: noise shows as letters no Chinese office would use."""
    letters = [sign for sign in text if not sign.isascii()]
    return len(letters) > 0.3 * len(text) and _plausibility("".join(letters)) < 0.5


def _lost(text: str, encoding: str) -> Iterator[str]:
    if count := text.count(_LOST):
        line = text.count("\n", 0, text.index(_LOST)) + 1
        yield f"有 {count} 处不能按 {encoding} 解码，已用 {_LOST} 代替（最先在第 {line} 行），请人工核对"


def _long_lines(text: str) -> Iterator[str]:
    longest = max(map(len, text.splitlines()), default=0)
    if longest > _LONG_LINE:
        yield f"最长的一行有 {longest} 字，可能没有分段，请人工核对"
