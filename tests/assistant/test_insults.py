"""Words of abuse are taken out, and the matter is left; plain words that look like them stay."""

import pytest

from assistant import insults


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("tmd 信用修复要几天", "信用修复要几天"),
        ("你们一群吃干饭的！年报到底哪天截止！", "年报到底哪天截止"),
        ("草 外摆几点收", "外摆几点收"),
        ("气死人了，场租补贴要啥材料", "场租补贴要啥材料"),
        ("什么破规定，外摆到底几点收", "外摆到底几点收"),
        ("垃圾系统", ""),
        ("你这个废物", ""),
    ],
)
def test_the_matter_is_left(said: str, left: str) -> None:
    assert insults.is_insult(said)
    assert insults.calmed(said) == left


@pytest.mark.parametrize(
    "said",
    ["垃圾分类商户要怎么做", "垃圾费怎么交", "卖草莓要办证吗", "夜里有人叫我去死", "他家是骗子不", "滚筒洗衣机坏了"],
)
def test_plain_words_are_none(said: str) -> None:
    assert insults.calmed(said) == said
