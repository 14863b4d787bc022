"""Personal data and internal addresses in text: found by form, checked where a check digit exists."""

import re
from collections.abc import Iterator, Sequence

from knowledge.documents import Span, SpanKind

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
LANDLINE = re.compile(
    r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?:-\d{1,5})?(?!\d)|[（(]0\d{2,3}[）)][ -]?\d{7,8}(?!\d)",
)
LANDLINE_AFTER_WORD = re.compile(r"(?<=电话)(?:号码)?[：: ]*\d{7,8}(?!\d)")
_PATTERNS = (
    (SpanKind.INTERNAL_URL, re.compile(r"(?:https?://)?(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?(?:/[\w\-./?%&=#~]*)?")),
    (
        SpanKind.INTERNAL_URL,
        re.compile(
            r"https?://[\w\-.]+(?::\d{2,5})?/[\w\-./?%&=#~]*(?:admin|login|manage)[\w\-./?%&=#~]*", re.IGNORECASE
        ),
    ),
    (SpanKind.EMAIL, EMAIL),
    (SpanKind.ID_CARD, re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")),
    (SpanKind.MOBILE, re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    (SpanKind.LANDLINE, LANDLINE),
    (SpanKind.LANDLINE, LANDLINE_AFTER_WORD),
    (SpanKind.PERSON_CONTACT, re.compile(r"[^。\n]{0,20}联系人[：:][^。\n]{2,200}[。\n]?")),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PERSON_COLUMNS = re.compile(r"联系人|负责人|经办人|姓名|联系电话|电话|手机|联系方式")
NAMES = {
    SpanKind.MOBILE: "手机号码",
    SpanKind.LANDLINE: "座机号码（目录核验前不对外）",
    SpanKind.EMAIL: "电子邮箱",
    SpanKind.ID_CARD: "身份证号码",
    SpanKind.INTERNAL_URL: "内部系统地址",
    SpanKind.PERSON_CONTACT: "联系人信息",
}


def id_card_valid(number: str) -> bool:
    """Whether the check digit of an 18-digit identity number fits (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK[total % 11] == number[17].upper()


def bank_card_valid(number: str) -> bool:
    """Whether the check digit of a card number fits (Luhn, GB/T 17552)."""
    doubled = (int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def find_spans(text: str) -> list[Span]:
    """Everything the public must not see in a document's text; overlapping finds become one span."""
    return merge([*_by_pattern(text), *_in_tables(text)])


def _by_pattern(text: str) -> Iterator[Span]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind is SpanKind.ID_CARD and not id_card_valid(match[0]):
                continue
            if kind is SpanKind.INTERNAL_URL and not _is_address(match[0]):
                continue
            yield Span(match.start(), match.end(), kind)


def _is_address(found: str) -> bool:
    parts = re.findall(r"\d+", found)[:4]
    return not found[0].isdigit() or all(int(part) < 256 for part in parts)


def _in_tables(text: str) -> Iterator[Span]:
    """Cells under 联系人, 负责人, 电话 of a table whose rows are lines of cells."""
    columns: list[int] = []
    position = 0
    for line in text.splitlines(keepends=True):
        cells = line.rstrip("\n").split("|")
        if len(cells) < 3:
            columns = []
        elif found := [column for column, cell in enumerate(cells) if _PERSON_COLUMNS.fullmatch(cell.strip())]:
            columns = found
        else:
            offset = position
            for column, cell in enumerate(cells):
                if column in columns and cell.strip():
                    lead = len(cell) - len(cell.lstrip())
                    yield Span(offset + lead, offset + lead + len(cell.strip()), SpanKind.PERSON_CONTACT)
                offset += len(cell) + 1
        position += len(line)


def merge(spans: Sequence[Span]) -> list[Span]:
    """Spans in order without overlaps; the widest kind names the merged one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged
