"""Quotes are looked up in the knowledge base: verified, absent, mismatched."""

import pytest

from knowledge.database import Database
from knowledge.rules.check_findings import QuoteState
from knowledge.rules.model import Basis, Grade
from knowledge.rules.quotes import state_of
from tests.knowledge.rules.sampled import sample_database

TITLE = "青禾市个体工商户创业扶持办法"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return sample_database(tmp_path_factory.mktemp("sample"))


def state(sample: Database, quote: str, clause: str = "第五条", number: str | None = "青政规〔2025〕2号") -> QuoteState:
    basis = Basis(document=TITLE, number=number, clause=clause, quote=quote, grade=Grade.SAMPLE)
    with sample.reading() as tx:
        return state_of(tx, basis)


def test_the_words_of_the_clause_are_verified(sample: Database) -> None:
    assert state(sample, "正常经营满6个月的，给予一次性开业补贴8000元") is QuoteState.VERIFIED


def test_spaces_and_the_shape_of_brackets_do_not_count(sample: Database) -> None:
    assert state(sample, "正常经营 满６个月的,给予一次性开业补贴8000元") is QuoteState.VERIFIED
    assert state(sample, "（青政规【2022】5号）", "第二十八条") is QuoteState.VERIFIED


def test_words_left_out_are_marked(sample: Database) -> None:
    assert state(sample, "下列人员首次创办……给予一次性开业补贴8000元") is QuoteState.VERIFIED
    assert state(sample, "给予一次性开业补贴8000元……下列人员首次创办") is QuoteState.MISMATCHED


@pytest.mark.parametrize(
    ("quote", "clause"), [("给予一次性开业补贴9000元", "第五条"), ("给予一次性开业补贴8000元", "第六条")]
)
def test_a_changed_word_or_another_clause_is_a_mismatch(sample: Database, quote: str, clause: str) -> None:
    assert state(sample, quote, clause) is QuoteState.MISMATCHED


def test_each_version_is_asked_for_its_own_words(sample: Database) -> None:
    assert state(sample, "给予一次性开业补贴5000元", "第四条", "青政规〔2022〕5号") is QuoteState.VERIFIED
    assert state(sample, "给予一次性开业补贴5000元", "第四条") is QuoteState.MISMATCHED


def test_a_document_that_is_not_here_is_absent(sample: Database) -> None:
    basis = Basis(document="没有收入的办法", clause="第一条", quote="随便什么话", grade=Grade.LAW_READ)
    with sample.reading() as tx:
        assert state_of(tx, basis) is QuoteState.ABSENT
