"""Numerals in one form: what is a number, and what only looks like one."""

import pytest

from evals.numerals import arabic, value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("三十日内", "30日内"),
        ("百分之五", "5%"),
        ("三分之二", "2/3"),
        ("1,000元", "1000元"),
        ("10万元", "100000元"),
        ("1.5万元", "15000元"),
        ("八千元", "8000元"),
        ("第一千零七十九条", "第1079条"),
        ("第二款第（三）项", "第2款第(3)项"),
        ("二〇二五年六月三十日", "2025年6月30日"),
        ("两年", "2年"),
        ("３ 个工作日", "3个工作日"),
    ],
)
def test_a_number_reads_the_same_however_it_is_written(written: str, meant: str) -> None:
    assert arabic(written) == meant


@pytest.mark.parametrize("words", ["一般情况", "万一", "统一办理", "进一步", "一次性补贴", "千万不要", "第三方"[1:]])
def test_words_that_look_like_numbers_stay(words: str) -> None:
    assert arabic(words) == words


@pytest.mark.parametrize("run", ["一万二", "万", "三五", "百"])
def test_what_is_not_written_out_is_not_guessed(run: str) -> None:
    assert value(run) is None
