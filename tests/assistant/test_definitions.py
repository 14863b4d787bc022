"""What a word means is answered only where a clause says so."""

import pytest

from assistant.definitions import asked, explained, unexplained


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("免申即享是啥意思", "免申即享"),
        ("请问“歇业”是什么意思？", "歇业"),
        ("文件里说的联席会议到底是什么意思", "联席会议"),
        ("什么叫个体工商户？", "个体工商户"),
        ("这是啥意思", ""),
        ("你这话什么意思", ""),
        ("第五条是什么意思", ""),
        ("免申即享怎么办", ""),
        ("红标件啥意思 多久内得打给承办的", ""),
    ],
)
def test_the_word_whose_meaning_is_asked_for(question: str, word: str) -> None:
    assert asked(question) == word


@pytest.mark.parametrize(
    "text",
    [
        "本办法所称歇业，是指暂时停止经营。",
        "歇业是指在一定时期内停止经营活动。",
        "“歇业”，指停止经营。",
        "问：什么是歇业？答：暂时停业。",
        "歇业：暂时停止经营。",
    ],
)
def test_a_clause_that_says_what_it_is_explains_it(text: str) -> None:
    assert explained("歇业", text)


@pytest.mark.parametrize(
    "text", ["歇业期限最长不得超过3年。", "推动更多政策实现“免申即享”。", "歇业是否收费由市里决定。"]
)
def test_a_clause_that_only_uses_the_word_does_not(text: str) -> None:
    assert not explained("歇业", text)


def test_the_answer_names_what_stands_nowhere() -> None:
    assert unexplained("免申即享是啥意思", "推动更多政策实现“免申即享”。") == "“免申即享”的意思"
    assert unexplained("免申即享是啥意思", "免申即享是指无需申报直接兑付。") == ""
