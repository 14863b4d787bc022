"""What documents held here did to the clauses a self-test rests on: then it computes nothing, and says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from knowledge.rules.model import Basis
from knowledge.rules.values import day
from knowledge.succession import named

NOT_JUDGED = "自测规则还没有更新，不能据此判断"


class Change(StrEnum):
    """The worst first: where several clauses of an edition changed, the first of these is told."""

    REPEALED = "repealed"
    REPLACED = "replaced"
    AMENDED = "amended"
    REWORDED = "reworded"
    """The words that the rule quotes do not stand in the version in force."""
    EXPIRED = "expired"


_DONE = {Change.REPEALED: "废止", Change.REPLACED: "代替", Change.AMENDED: "修改"}
_WHOLE = frozenset({Change.REPEALED, Change.REPLACED, Change.EXPIRED})
"""What befell the document, not only the clause."""


@dataclass(frozen=True, slots=True)
class Newer:
    """The document to read now, which the public may see."""

    document: str
    title: str
    doc_number: str | None

    @property
    def name(self) -> str:
        return named(self.title, self.doc_number)

    @property
    def link(self) -> str:
        return f"/documents/{quote(self.document)}"


@dataclass(frozen=True, slots=True)
class OutdatedBasis:
    """From this day to that, an edition has a basis that no longer holds."""

    basis: Basis
    change: Change
    by: Newer | None
    """None where nothing took its place, or what did may not be shown."""
    since: date
    until: date | None = None
    is_pending: bool = False
    """The start of what took its place is 待核."""

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def cited(self) -> str:
        """《办法》（文号）, with the clause where only that was touched."""
        number = self.basis.number if self.basis.number != self.basis.document else None
        clause = "" if self.change in _WHOLE else self.basis.clause or ""
        return f"{named(self.basis.document, number)}{clause}"

    def told(self) -> str:
        """One sentence without its full stop."""
        return f"这项自测所依据的{self.cited}{self._happened()}，{NOT_JUDGED}"

    def _happened(self) -> str:
        by = self.by.name if self.by else "后来的文件"
        if self.change is Change.REWORDED:
            return f"，现在收录的版本（{by}）里没有自测规则所引的原文"
        if self.change is Change.EXPIRED:
            return f"自{day(self.since)}起已经失效"
        when = "" if self.is_pending else f"自{day(self.since)}起"
        return f"已被{by}{when}{_DONE[self.change]}"

    def to_json(self) -> dict[str, Any]:
        by = self.by
        return {
            "document": self.basis.document,
            "number": self.basis.number,
            "clause": self.basis.clause,
            "change": self.change.value,
            "since": None if self.since == date.min else self.since.isoformat(),
            "by": by and {"document": by.document, "title": by.title, "doc_number": by.doc_number, "link": by.link},
            "says": f"{self.told()}。",
        }


Outdated = Mapping[str, tuple[OutdatedBasis, ...]]
"""By policy; of each day at most the first that holds is told."""
