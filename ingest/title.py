"""Where the document proper begins: the notice that carries it, its title, its body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.clean import Line
from ingest.marks import parse_mark
from ingest.punctuation import fold_title

_ISSUED_WITHIN = re.compile(
    r"(?:关于)?(?:印发|发布|公布|转发)(?P<quote>《)?(?P<title>.+?)(?(quote)》)的(?:通知|公告)(?:（.*）)?$"
)
_TITLE_LIKE = re.compile(
    r".{2,80}(?:通知|办法|方案|意见|规定|细则|条例|规范|制度|公告|决定|批复|解读|指南|措施|清单|标准|规程|守则|须知|命令|法|解释|若干问题)"
    r"(?:（[^（）]{1,20}）)*》?"
)
_ADDRESSEE = re.compile(r"[^。；]{2,120}：")
_LETTERHEAD = re.compile(
    r"\S{2,40}(?:文件|令)|（?第\s*\d{1,5}\s*号）?|[（(]?\S{2,30}〔\d{4}〕\d+号[）)]?|\S{2,30}(?:公告|令)(?:\d{4}年)?第?\d{1,5}号"
)
_NUMBER_ALONE = re.compile(r"\S{2,30}〔\d{4}〕\d+号")
_PART = re.compile(r"[\u4e00-\u9fff]{2,8}编|总则|附则")
_ISSUER_PREFIX = re.compile(r"[\u4e00-\u9fff]{2,16}(?<!关于)")
_SUFFIX = re.compile(r"（(?:试行|暂行|修订|修正|草案|征求意见稿|\d{4}年.{0,6})）")
LOOK_AHEAD = 60
LONGEST_TITLE = 200
TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """Lines [start, end) hold the title; what stands before is the letterhead and the notice."""

    title: str
    notice_title: str | None
    start: int
    end: int
    part: str | None = None
    """人格权编 — the file holds one part of a law."""


def find_title(lines: Sequence[Line], hint: str | None = None) -> Heading:
    """Title of the document proper. For 关于印发《X》的通知 with X following it is X."""
    heading = _find(lines, hint)
    return replace(heading, title=heading.title[:LONGEST_TITLE])


def _find(lines: Sequence[Line], hint: str | None) -> Heading:
    notice = _find_notice(lines)
    if notice is not None:
        inner, notice_title, after = notice
        place = _find_lines(lines, inner, after)
        if place is not None:
            title = fold_title("".join(line.text for line in lines[place[0] : place[1]]))
            return Heading(title, notice_title, *place)
        return Heading(fold_title(inner), notice_title, *_span_of(lines, notice_title))
    return _plain_title(lines, hint)


def _find_notice(lines: Sequence[Line]) -> tuple[str, str, int] | None:
    """(X, the notice's own title, line after it) for the last heading 关于印发X的通知 near the top."""
    found = None
    for start in range(min(len(lines), LOOK_AHEAD)):
        if parse_mark(lines[start].text):
            break
        for count in (1, 2, 3):
            text = fold_title("".join(line.text for line in lines[start : start + count]))
            match = _ISSUED_WITHIN.search(text)
            if match and len(text) <= 160 and "。" not in text and "，" not in text.split("关于")[0]:
                found = (match["title"], re.sub(r"（[^（）]*号）$", "", text), start + count)
                break
    return found


def _find_lines(lines: Sequence[Line], title: str, start: int) -> tuple[int, int] | None:
    """Lines [first, end) that read as the title, also over several lines or with the issuer put before it."""
    wanted = _SUFFIX.sub("", fold_title(title))
    for same in (_equal, _with_issuer):
        for first in range(start, min(len(lines), start + LOOK_AHEAD)):
            for count in range(1, TITLE_LINES + 1):
                parts = [fold_title(line.text) for line in lines[first : first + count]]
                if same(parts, wanted):
                    end = first + count
                    while end < len(lines) and _SUFFIX.fullmatch(lines[end].text):
                        end += 1
                    return first, end
    return None


def _equal(parts: Sequence[str], wanted: str) -> bool:
    return _SUFFIX.sub("", "".join(parts)) == wanted


def _with_issuer(parts: Sequence[str], wanted: str) -> bool:
    """省市场监管局…实施方案: the issuer stands before the title, on its first line."""
    text = _SUFFIX.sub("", "".join(parts))
    prefix = text.removesuffix(wanted)
    return text.endswith(wanted) and len(prefix) < len(parts[0]) and _ISSUER_PREFIX.fullmatch(prefix) is not None


def _span_of(lines: Sequence[Line], title: str) -> tuple[int, int]:
    return _find_lines(lines, title, 0) or (0, min(1, len(lines)))


def _plain_title(lines: Sequence[Line], hint: str | None) -> Heading:
    if hint and (place := _find_lines(lines, hint, 0)):
        return _with_suffix(lines, *place)
    for start, line in enumerate(lines[:LOOK_AHEAD]):
        if parse_mark(line.text) or _ADDRESSEE.fullmatch(line.text):
            break
        if line.heading and not _NUMBER_ALONE.fullmatch(line.text):
            return _with_suffix(lines, start, start + 1)
        if _LETTERHEAD.fullmatch(line.text.replace(" ", "")):
            continue
        for count in range(1, TITLE_LINES + 1):
            text = fold_title("".join(part.text for part in lines[start : start + count]))
            if _TITLE_LIKE.fullmatch(text) and not _NUMBER_ALONE.fullmatch(text) and "。" not in text:
                return _with_suffix(lines, start, start + count)
    if hint:
        return Heading(fold_title(hint), None, 0, 0)
    return Heading(fold_title(lines[0].text)[:120] if lines else "", None, 0, min(1, len(lines)))


def _with_suffix(lines: Sequence[Line], start: int, end: int) -> Heading:
    while end < len(lines) and _SUFFIX.fullmatch(lines[end].text):
        end += 1
    title = fold_title("".join(line.text for line in lines[start:end]))
    if end < len(lines) and lines[end].heading and _PART.fullmatch(lines[end].text):
        return Heading(title, None, start, end + 1, lines[end].text)
    return Heading(title, None, start, end)
