"""The deciding sentences of a passage: whole sentences, short enough, and the ones that say what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flows.quoting import LONGEST_QUOTE, deciding_range

FILLER = "各区应当加强组织领导，明确责任分工，健全工作机制，做好宣传引导，定期开展督促检查。"
DECIDING = "符合条件的个体工商户，一次性创业补贴标准为5000元。"
LONG = FILLER * 6 + DECIDING + FILLER * 6


def quoted(question: str, passage: str) -> str:
    start, end = deciding_range(question, passage)
    return passage[start:end]


def test_a_short_passage_is_quoted_whole() -> None:
    assert quoted("补贴多少", "第五条 补贴标准为5000元。") == "第五条 补贴标准为5000元。"


def test_of_a_long_passage_the_sentence_that_says_it_is_quoted() -> None:
    assert DECIDING in quoted("创业补贴标准是多少", LONG)


@pytest.mark.parametrize("passage", [DECIDING + FILLER * 12, FILLER * 12 + DECIDING, LONG])
def test_it_does_not_matter_where_the_sentence_stands(passage: str) -> None:
    assert DECIDING in quoted("创业补贴标准是多少", passage)


def test_a_quotation_is_no_longer_than_the_limit() -> None:
    assert len(quoted("创业补贴标准是多少", LONG)) <= LONGEST_QUOTE


def test_a_quotation_uses_the_room_it_has() -> None:
    assert len(quoted("创业补贴标准是多少", LONG)) > LONGEST_QUOTE - len(FILLER)


def test_a_single_sentence_longer_than_the_limit_is_quoted_whole() -> None:
    sentence = "各区，" * 100 + "。"
    assert quoted("各区", sentence) == sentence


def test_a_question_that_matches_nothing_gets_the_beginning() -> None:
    assert deciding_range("xyz", LONG)[0] == 0


def test_items_on_their_own_lines_are_sentences() -> None:
    passage = (
        "条件如下：\n"
        + "\n".join(f"（{n}）{FILLER[:-1]}" for n in "一二三四五六七八")
        + "\n（九）持有残疾证的，额外补贴2000元"
    )
    assert quoted("持有残疾证额外补贴", passage).endswith("（九）持有残疾证的，额外补贴2000元")


def test_a_passage_without_any_sentence_is_quoted_whole() -> None:
    assert deciding_range("补贴", "。" * 300) == (0, 300)


PASSAGES = st.lists(
    st.text("各区补贴标准，、 １", min_size=1, max_size=120).map(lambda words: f"{words}。"), max_size=8
).map("".join)


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_a_quotation_lies_within_its_passage(question: str, passage: str) -> None:
    start, end = deciding_range(question, passage)
    assert 0 <= start <= end <= len(passage)


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_a_quotation_begins_and_ends_with_whole_sentences(question: str, passage: str) -> None:
    start, end = deciding_range(question, passage)
    assert start == 0 or passage[start - 1] == "。"
    assert end == len(passage) or passage[end - 1] == "。"


@given(st.text("补贴标准多少？", max_size=12), PASSAGES)
def test_asking_again_gives_the_same_quotation(question: str, passage: str) -> None:
    assert deciding_range(question, passage) == deciding_range(question, passage)
