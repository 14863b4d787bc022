"""The measurement of masking: every kind is there, a piece that remains counts, and the bar is met."""

import re

import pytest

from evals.personal_data import Secret, Typed, evaluate, judge, law_passages, load
from evals.personal_made import EACH, MAKERS, made
from knowledge.privacy import bank_card_valid


def test_the_bar_is_met_by_what_was_written_and_by_what_is_made() -> None:
    values = evaluate([*load(), *made()]).to_json()
    assert values["recall"]["share"] >= 0.99
    assert values["worst_kind"]["share"] >= 0.98
    assert values["false_alarms_typed"]["count"] == 0


def test_the_set_is_large_enough_and_knows_every_kind() -> None:
    written = load()
    assert len(written) >= 200
    assert len(made()) == EACH * len(MAKERS) >= 400
    assert {secret.kind for typed in written for secret in typed.secrets} == set(MAKERS)
    assert all(secret.value in typed.text for typed in (*written, *made()) for secret in typed.secrets)


def test_the_same_seed_makes_the_same_data() -> None:
    assert made(seed=7, each=3) == made(seed=7, each=3) != made(seed=8, each=3)


@pytest.mark.parametrize("seed", range(5))
def test_other_draws_are_masked_as_well(seed: int) -> None:
    assert evaluate(made(seed=seed)).to_json()["recall"]["share"] >= 0.99


def test_all_numbers_are_recognisably_fictional() -> None:
    kinds = {"手机号": r"199(?:0000|0000)", "身份证号": r"9901"}
    for typed in (*load(), *made()):
        for secret in typed.secrets:
            plain = re.sub(r"\D", "", secret.value)
            if secret.kind in kinds and secret.value.isascii() and plain:
                assert re.match(rf"(?:86)?{kinds[secret.kind]}", plain), secret


def test_a_piece_that_remains_counts_as_read() -> None:
    judged = judge(
        Typed("x", "卡 77770000 和 19900001234", (Secret("银行卡号", "77770000"), Secret("手机号", "19900001234")))
    )
    assert judged.left == (Secret("银行卡号", "77770000"),)


def test_what_is_masked_without_need_is_counted() -> None:
    values = evaluate([Typed("x", "打 19900001234", ())], ["第一条 为了", "手机19900001234"]).to_json()
    assert values["false_alarms_typed"]["share"] == 1.0
    assert values["false_alarms_laws"] == {**values["false_alarms_laws"], "count": 1, "of": 2}
    assert values["masked_in_laws"] == ["手机19900001234"]


def test_laws_are_read_where_they_are() -> None:
    assert all(passage.strip() for passage in law_passages())


def test_a_card_number_has_its_check_digit() -> None:
    assert bank_card_valid("6200000000000000000")
    assert not bank_card_valid("6200000000000000001")
