"""Where the nearest clauses all hold everywhere, the person's own place has its say, too."""

from dataclasses import replace

from assistant.flows.nearest import with_local
from assistant.flows.other_places import Evidence
from knowledge import regions
from knowledge.library import Found, Why
from tests.evals.cases import PASSAGE

EVIDENCE = Evidence(near=0.1, most_sources=3)
WHY = Why(meaning=0.7, words=0.5, matched=(), named=False)
YICHANG = "420500"


def found(score: float, region: str = regions.COUNTRY) -> Found:
    return Found(replace(PASSAGE, id=f"{region}/{score}", region=region), score, WHY)


GENERAL = [found(0.80), found(0.79), found(0.78), found(0.775)]


def test_the_first_few_are_enough_where_one_of_them_is_of_the_place() -> None:
    near = [found(0.80), found(0.79, YICHANG), found(0.78), found(0.77, "420000")]
    assert with_local(near, EVIDENCE) == near[:3]


def test_a_clause_of_the_place_that_is_close_is_added() -> None:
    local = found(0.76, YICHANG)
    assert with_local([*GENERAL, local], EVIDENCE) == [*GENERAL[:3], local]


def test_one_that_is_far_is_not() -> None:
    assert with_local([*GENERAL, found(0.72, YICHANG)], EVIDENCE) == GENERAL[:3]


def test_without_any_nothing_is_added() -> None:
    assert with_local(GENERAL, EVIDENCE) == GENERAL[:3]
