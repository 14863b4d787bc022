"""A text that comes in pieces is cut as if it had come whole, and no thought gets through."""

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding import split
from assistant.sentences import sentences, without_thoughts

PARTS = (
    "可以申请",
    "逾期",
    "[1]",
    "[",
    "]",
    "1",
    "2",
    ",",
    "，",
    " ",
    "\n",
    "。",
    "！",
    ";",
    "［2］",
    "【1,2】",
    "1. ",
    "- ",
)
TAGS = ("<think>", "</think>", "<", "<th", "think>", "</", "可以")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def texts(parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), max_size=14).map("".join)


@given(texts(PARTS), st.integers(1, 6))
def test_however_a_text_is_cut_its_sentences_are_the_same(text: str, size: int) -> None:
    assert [one for one in sentences(pieces(text, size)) if one] == list(split(text))


def test_a_sentence_is_given_when_the_next_one_begins() -> None:
    read: list[str] = []

    def watched() -> Iterator[str]:
        for piece in ("甲可以申请", "。", "[1]", "[2]", "乙", "不行[1]。"):
            read.append(piece)
            yield piece

    first = next(one for one in sentences(watched()) if one)
    assert (first.text, first.citations) == ("甲可以申请。", (1, 2))
    assert read[-1] == "乙"


def test_every_piece_gives_a_chance_to_stop() -> None:
    given = list(sentences(without_thoughts(["<think>", "甲", "</think>", "乙", "可以"])))
    assert given == [None] * 5 + list(split("乙可以"))


@given(texts(TAGS), st.integers(1, 9))
def test_thoughts_are_left_out_however_they_are_cut(text: str, size: int) -> None:
    assert "".join(without_thoughts(pieces(text, size))) == _THOUGHTS.sub("", text)
