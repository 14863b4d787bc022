"""Of the clauses found those that are shown: the nearest, the one of the person's place, the one with the figure asked about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.comparable_figures import figures
from assistant.flows.other_places import Evidence
from knowledge import regions
from knowledge.library import Found

_CONFIRMS = re.compile(r"[是对错]吧|对不对|是不是|对[吗么嘛]|是[^，。？?]{1,14}[吗么不]|没错|[吗吧噻嘛]")
CONFIRMED_OF_BEST = 0.7


def within(results: Sequence[Found], near: float) -> list[Found]:
    """Those that score hardly less than the first."""
    return [found for found in results if results[0].score - found.score <= near]


def with_local(near: Sequence[Found], evidence: Evidence) -> list[Found]:
    """The first few; and where all of them hold everywhere, the nearest one of the person's own place, too.

    A general rule leaves the sum or the time to the places: without theirs the answer would be half.
    """
    chosen, others = list(near[: evidence.most_sources]), near[evidence.most_sources :]
    if any(map(_is_local, chosen)):
        return chosen
    nearest = next(filter(_is_local, others), None)
    is_close = nearest is not None and near[0].score - nearest.score <= evidence.near / 2
    return [*chosen, nearest] if nearest and is_close else chosen


def _is_local(found: Found) -> bool:
    return found.passage.region != regions.COUNTRY


def confirmed_first(asked: str, results: Sequence[Found]) -> list[Found]:
    """Of clauses that fit nearly as well the one with the figure that somebody wants confirmed stands first."""
    said = figures(asked) if _CONFIRMS.search(asked) else {}
    first = results[0]
    if not said or said.keys() & figures(first.passage.body).keys():
        return list(results)
    near = (one for one in results if one.score >= CONFIRMED_OF_BEST * first.score)
    confirmed = next((one for one in near if said.keys() & figures(one.passage.body).keys()), None)
    if confirmed is None:
        return list(results)
    return [replace(confirmed, score=first.score), *(one for one in results if one is not confirmed)]
