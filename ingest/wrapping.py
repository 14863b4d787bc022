"""Whether a line of a file runs on into the next one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TERMINAL = re.compile(r"[。！？；：…!?;:]['\"”’）)】」]*\s*$")
_SENTENCE_INSIDE = re.compile(r"[。；]\S{1,12}$")
"""A sentence ended and another began: whatever its length, such a line is cut."""
_TITLE_END = re.compile(
    r"(?:通知|办法|方案|意见|规定|细则|条例|规范|制度|公告|决定|批复|解读|指南|措施|清单|名单|总则|附则|（试行）|\(试行\)|〕\s*\d+\s*号)》?\s*$"
)
_DATE = re.compile(r"^\s*(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月")
_ORGANISATION = re.compile(
    r"^(?:\S{2,30}(?:局|厅|部|委员会|委|办公室|中心|政府|院|银行|公司|管理部|大队|支队|协会|总队)\s*){1,4}$"
)
_OPENING = re.compile(r"^\s*(?:[（(]此件|抄送|附件|联系人|主题词|关于|现将|说明[：:]|各[^。]{1,40}[:：]\s*$)")
_INDENT = re.compile(r"^(?:\s{2,}|　+)\S")
LONG_LINE = 30
"""A line this long that ends in the middle of a sentence was cut by a page or a wrap."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How one file breaks its lines."""

    width: int
    """Characters of a full line; 0 when the lines show no common width."""
    indented: bool
    """Paragraphs begin with an indent, so a line without one runs on."""

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Wrapping":
        filled = [line for line in lines if line.strip()]
        if len(filled) < 8:
            return cls(width=0, indented=False)
        lengths = sorted(len(line.strip()) for line in filled)
        width = lengths[int(len(lengths) * 0.9)]
        near_full = sum(1 for length in lengths if 0.85 * width <= length <= 1.1 * width)
        share = sum(1 for line in filled if _INDENT.match(line)) / len(filled)
        wraps = width <= 60 and near_full / len(lengths) >= 0.3
        return cls(width if wraps else 0, indented=share >= 0.15 and (share >= 0.5 or wraps))

    def continues(self, before: str, after: str, *, blank_between: bool) -> bool:
        """Whether `after` is the rest of the paragraph that `before` began."""
        if _DATE.match(after) or _OPENING.match(after) or after.startswith("\t"):
            return False
        if self.indented and _INDENT.match(after):
            return False
        stripped = before.strip()
        if self.width and not blank_between and len(stripped) >= 0.85 * self.width:
            return not _stands_alone(stripped, after) or not _TITLE_END.search(stripped)
        if _TERMINAL.search(stripped) or _stands_alone(stripped, after):
            return False
        if _SENTENCE_INSIDE.search(stripped):
            return True
        return len(stripped) >= (0.8 * self.width if self.width else LONG_LINE)


def _stands_alone(before: str, after: str) -> bool:
    is_title = len(before) <= 80 and _TITLE_END.search(before) is not None
    return is_title or _ORGANISATION.match(before) is not None or _ORGANISATION.match(after.strip()) is not None
