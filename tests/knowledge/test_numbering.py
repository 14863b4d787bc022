"""Chinese numerals, clause numbers and 文号 in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbering import canonical_clause, normalise_number, to_chinese, to_int


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@given(st.integers(0, 10**6))
def test_a_number_in_figures_is_read(number: int) -> None:
    assert to_int(str(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (23, "二十三"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (118, "一百一十八"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1260, "一千二百六十"),
        (2024, "二千零二十四"),
    ],
)
def test_a_number_is_written_as_in_laws(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize(("written", "number"), [("两百", 200), ("一百十八", 118), ("〇", 0), ("一百零二", 102)])
def test_other_spellings_are_read(written: str, number: int) -> None:
    assert to_int(written) == number


@pytest.mark.parametrize("written", ["甲", "第一", "一点五", "-1", "1.5", "1 2"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=written):
        to_int(written)


def test_no_digits_at_all_are_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it has nothing to say
        to_int("")


@pytest.mark.parametrize(
    ("written", "clause"),
    [
        ("第20条", "第二十条"),
        ("第二十条", "第二十条"),
        ("第6条第（一）项", "第六条第（一）项"),
        ("第102条", "第一百零二条"),
    ],
)
def test_a_clause_number_has_one_form(written: str, clause: str) -> None:
    assert canonical_clause(written) == clause


@pytest.mark.parametrize(
    "written", ["青政办[2025]3号", "青政办（2025）3号", "青政办〔2025〕第3号", "青政办 【2025】 3 号"]
)
def test_a_document_number_has_one_form(written: str) -> None:
    assert normalise_number(written) == "青政办〔2025〕3号"


@pytest.mark.parametrize("text", ["（2025）3号", "报告[2025]年3号", "编号[1825]3号", "见第[3]号"])
def test_what_is_no_document_number_stays(text: str) -> None:
    assert normalise_number(text) == text


@given(st.text("青政办[]（）〔〕2025第3号 ", max_size=30))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normalise_number(normalise_number(text)) == normalise_number(text)
