"""What a variant loses against its plain question."""

from dataclasses import replace

from evals import pairs
from evals.questions import Result
from tests.evals.cases import CASE


def pair(number: int, plain: int | None, variant: int | None, style: str = "typo") -> list[Result]:
    first, second = f"l{number:03}", f"l{number:03}t"
    return [
        Result(replace(CASE, id=first, pair=second), plain, ()),
        Result(replace(CASE, id=second, pair=first, style=style), variant, ()),
    ]


def test_a_variant_loses_what_only_the_plain_question_finds() -> None:
    results = [*pair(1, 1, 1), *pair(2, 1, 2), *pair(3, 2, None), *pair(4, None, 1)]
    lost = pairs.report(results).lost
    assert (lost["typo", 1].plain.value, lost["typo", 1].variant.value) == (0.5, 0.5)
    assert (lost["typo", 3].plain.value, lost["typo", 3].variant.value) == (0.75, 0.75)
    assert lost["typo", 1].lost.value == 0.0


def test_styles_are_reported_apart() -> None:
    lost = pairs.report([*pair(1, 1, 1), *pair(2, 1, None, "colloquial")]).lost
    assert lost["typo", 1].lost.value == 0.0
    assert lost["colloquial", 1].lost.value == 1.0


def test_every_part_of_a_question_must_be_found() -> None:
    parted = [Result(CASE, 1, (), parts) for parts in ((1, 3), (1, 5), (2, None))]
    shares = pairs.report(parted).all_parts
    assert (shares[3].count, shares[5].count, shares[5].of) == (1, 2, 3)
