"""The grammar of dialects in the words of the standard language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spoken_grammar import plain, standard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("邊度領、要唔要錢", "哪里领、要不要钱"),
        ("幾時開始受理", "何时开始受理"),
        ("補貼話要滿一年，你哋又話半年", "补贴说要满一年，你们又说半年"),
        ("招牌过期哪能办", "招牌过期怎么办"),
        ("外地人好办伐", "外地人好办吗"),
        ("补贴啷个领，有好多钱", "补贴怎么领，有多少钱"),
        ("证丢了么样补", "证丢了怎样补"),
    ],
)
def test_words_of_grammar_are_said_plainly(said: str, meant: str) -> None:
    assert plain(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "什么时候申报",
        "打电话问问",
        "关系到补贴",
        "好久没交了",
        "仲裁要几天",
        "请勿忘记",
        "这么样的店",
        "重点解决",
        "资格个体户有没有",
        "哪个办公室",
        "没得到",
        "这么高",
    ],
)
def test_words_that_only_look_like_a_dialect_stay(said: str) -> None:
    assert plain(said) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("幾時開門", "什么时候开门"),
        ("侬晓得伐", "你知道吗"),
        ("俺几号去交中不中", "我几号去交行吗"),
        ("会咋样", "会怎么"),
    ],
)
def test_what_is_asked_is_said_in_full(said: str, meant: str) -> None:
    assert standard(said) == meant


@given(st.text(alphabet=st.sampled_from("唔邊度幾時哪能好多補貼话伐么什，。？ 一二係"), max_size=20))
def test_every_place_stays_where_it_was(said: str) -> None:
    assert len(plain(said)) == len(said)
