"""Quarrels of a business with somebody who is no authority: who they are with and what was done say who deals with it.

A landlord, a platform, a customer who does not pay, a neighbour, a thief: a 诉求 about them would only seem accepted.
"""

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("disputes.csv")
_TO_US = re.compile(
    r"没(?:得)?人[理管]|[说讲](?:了)?(?:过)?多少[回次遍]|(?:我|俺|咱)?(?:要|想|来)(?:投诉|反[映应]|举报)|(?:反[映应]|投诉)(?:给|到|了)|都不理|诉求|望予"
)
"""Wants it passed on, or has tried in vain: to be taken down, whoever deals with it."""
_OFFICE = re.compile(
    r"[局所厅](?:里|的|说|不|让|来)|窗口|大厅|城管|执法|街道(?:办|的|不)|社区(?:不|说|也)|政府|市监|税务|干部|科长|领导|工作人员|补[贴助]|减免|贷款|执照|许可"
)
"""An authority, or a benefit of one, has to do with it."""


@dataclass(frozen=True, slots=True)
class Dispute:
    with_whom: re.Pattern[str]
    deed: re.Pattern[str]
    row: Mapping[str, str]
    """Department, its words in the directory and the number, as remit.csv has them."""

    def is_told(self, text: str) -> bool:
        return self.with_whom.search(text) is not None and self.deed.search(text) is not None


def row_of(text: str) -> Mapping[str, str] | None:
    """What the file says of the quarrel that is told; None where it is none, or an authority has part in it."""
    plain = re.sub(r"\s+", "", text)
    if _OFFICE.search(plain):
        return None
    return next((one.row for one in _disputes() if one.is_told(plain)), None)


def is_dispute(text: str) -> bool:
    return row_of(text) is not None


def is_for_others(text: str) -> bool:
    """A quarrel that nobody has asked us to pass on."""
    return is_dispute(text) and _TO_US.search(re.sub(r"\s+", "", text)) is None


@functools.cache
def _disputes() -> tuple[Dispute, ...]:
    return tuple(_read(FILE))


def _read(file: Path) -> Iterator[Dispute]:
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Dispute(re.compile(row["对方"]), re.compile(row["做了什么"]), row)
