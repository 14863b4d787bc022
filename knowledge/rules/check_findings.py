"""What a check of the rulebook reports: findings with lines, and for each policy what was run."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.rules.errors import Complaint


class Weight(StrEnum):
    ERROR = "error"
    REMARK = "remark"
    """To be looked at, nothing is wrong yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    weight: Weight
    complaint: Complaint


class QuoteState(StrEnum):
    VERIFIED = "verified"
    ABSENT = "absent"
    """The document is not in this knowledge base."""
    MISMATCHED = "mismatched"
    RETOLD = "retold"
    """There is no quote: nobody saw the original words."""


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    policy: str
    title: str
    cases: int
    failed: int
    quotes: dict[QuoteState, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RulebookCheck:
    policies: tuple[PolicyCheck, ...]
    unreadable: tuple[Complaint, ...]
    """Files that do not have the form of a policy."""

    @property
    def errors(self) -> Sequence[Complaint]:
        found = [one.complaint for each in self.policies for one in each.findings if one.weight is Weight.ERROR]
        return [*self.unreadable, *found]

    def total(self, state: QuoteState) -> int:
        return sum(each.quotes.get(state, 0) for each in self.policies)
