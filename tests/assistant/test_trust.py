"""The weighing of what speaks against a sentence."""

import json

import pytest

from assistant import alignment, grounding, trust
from assistant.wording import official
from evals import train_grounding
from evals.grounding_cases import DEVELOPMENT, HELD_OUT, cases, read_file

PASSAGE = "某条例第九条\n任何人有权向查处部门举报。对实名举报的，查处部门应当告知处理结果，并为举报人保密。"
QUESTION = "能举报吗"


@pytest.mark.parametrize("with_meaning", [True, False])
def test_no_signal_speaks_for_a_sentence(with_meaning: bool) -> None:
    weights = trust.load(with_meaning=with_meaning).weights
    assert all(value >= 0 for name, value in weights.items() if name != "constant")


def test_the_weights_are_those_of_the_answers_of_development() -> None:
    assert json.loads(trust.FILE.read_text("utf-8"))["data"] == train_grounding.fingerprint()


def test_what_is_held_out_shares_no_passage_with_the_file_it_was_taken_from() -> None:
    held_out = {case.passages[0] for case in cases(HELD_OUT)}
    assert len(held_out) >= 30
    assert not held_out & {case.passages[0] for case in read_file(DEVELOPMENT / "varied.txt")}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("实名举报的，查处部门应当告知您处理结果，并替举报人保密[1]。", True),
        ("对实名举报的，举报人应当告知查处部门处理结果，并为其保密[1]。", False),
        ("任何人无权向查处部门举报[1]。", False),
    ],
)
def test_who_acts_and_what_is_denied_is_weighed(said: str, kept: bool) -> None:
    assert grounding.check(said, [PASSAGE], QUESTION).accepted is kept


def test_a_conclusion_is_a_piece_of_its_own_without_a_comma() -> None:
    found = [one.text for one in alignment.pieces(official("患有某种疾病的人员不得直接从事生产"))]
    assert found == ["患有某种疾病的人员", "不得直接从事生产"]


def test_the_name_of_a_problem_is_the_one_that_weighs_most() -> None:
    weights = trust.Trust({"constant": -1.0, "actor": 2.0, "parity": 1.0}, 0.5)
    signals = {"constant": 1.0, "actor": 1.0, "parity": 1.0}
    assert weights.refuses(signals)
    assert weights.kind(signals) == "SWAPPED"
