"""What is found for a day that is past or ahead: nothing that began later, and the rule of the place before the general one."""

import re
from collections.abc import Container
from dataclasses import replace

from knowledge import regions
from knowledge.documents import TABLE_ROWS, Level
from knowledge.library import Finding, Found

_MONEY = re.compile(r"补贴|补助|奖励|奖补|贴息|贷款|扶持|资助|减免|返还")
_LOCAL = frozenset({Level.CITY, Level.COUNTY})
LEAST_OF_BEST, LEAST_BY_WORDS = 0.7, 0.5
"""Share of the best score from which a rule of the place that held then stands before one of the province; by words alone."""


def of_that_day(asked: str, finding: Finding, not_yet: Container[str]) -> Finding:
    """`not_yet`: clauses of items that could not be applied for on that day."""
    kept = [one for one in finding.results if one.passage.clause_id not in not_yet]
    if kept and not finding.names_first and _MONEY.search(asked) and not _is_local(kept[0]):
        least = LEAST_BY_WORDS if finding.by_words_alone else LEAST_OF_BEST
        own = next((one for one in kept if _held_here(one) and one.score >= least * kept[0].score), None)
        if own is not None:
            kept = [replace(own, score=kept[0].score), *(one for one in kept if one is not own)]
    return replace(finding, results=tuple(kept))


def _is_local(found: Found) -> bool:
    return regions.level(found.passage.region) in _LOCAL


def _held_here(found: Found) -> bool:
    """A rule of the place whose time is over."""
    one = found.passage
    return (
        _is_local(found) and one.valid_to is not None and one.clause_kind not in TABLE_ROWS and one.ended_by is not None
    )
