"""What holds for every sentence from which facts are heard: what takes it back, and what changes nothing."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.fact_pickup import pick_up, to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)
TELLING = (
    "我是个体户",
    "我们公司有25个员工",
    "店是去年七月开的",
    "执照是2025年9月1号拿的",
    "店里三个人干活",
    "年报早就报了",
    "年报还没报",
    "房租一个月三千五",
    "去年一年营业额八十万",
    "我是退伍军人",
    "我是小规模纳税人",
    "门面是我爸的房子",
    "今年招了四个人",
    "还有一笔贷款没还清",
    "税都结清了",
    "以前没享受过贴息",
    "公司总资产一千二百万",
    "去年裁了三个人",
    "我们不是劳务派遣单位",
    "我在青禾市南屏区开了家小吃店",
)
UNTOLD_BEFORE = (
    "听说",
    "要是",
    "如果",
    "假如",
    "据说",
    "我朋友说",
    "可能",
    "好像",
    "我想着将来",
    "比如",
    "隔壁老王说",
    "万一",
)
QUESTIONS = ("吗", "吗？", "？", "是不是？", "对不对")
IRRELEVANT = (
    "今天天气不错",
    "打电话打了半天没人接",
    "麻烦您了",
    "我看你们的网页做得挺好",
    "早上进了300斤菜",
    "这条街有40家店",
    "我今年45岁",
    "装修花了8万",
    "去年利润大概10万",
    "押金交了两万",
    "每天能来一百个客人",
    "周末要去趟武汉",
    "您好",
)


def heard(text: str) -> dict[str, str]:
    return {one.name: to_text(one.value) for one in pick_up(text, shipped(), today=TODAY).picked}


@pytest.mark.parametrize("sentence", TELLING)
def test_every_telling_sentence_tells_something(sentence: str) -> None:
    assert heard(sentence)


@given(st.sampled_from(UNTOLD_BEFORE), st.sampled_from(TELLING))
def test_hearsay_supposition_and_doubt_tell_nothing(opening: str, sentence: str) -> None:
    assert heard(opening + sentence) == {}


@given(st.sampled_from(TELLING), st.sampled_from(QUESTIONS))
def test_a_question_tells_nothing(sentence: str, ending: str) -> None:
    assert heard(sentence + ending) == {}


@given(st.sampled_from(TELLING), st.sampled_from(IRRELEVANT), st.booleans(), st.sampled_from("，。；"))
def test_an_irrelevant_clause_changes_nothing(sentence: str, clause: str, first: bool, sign: str) -> None:
    told = f"{clause}{sign}{sentence}" if first else f"{sentence}{sign}{clause}"
    assert heard(told) == heard(sentence)


@given(st.permutations(TELLING), st.integers(2, 4))
def test_the_order_of_sentences_does_not_matter(sentences: list[str], count: int) -> None:
    chosen = sentences[:count]
    assert heard("。".join(chosen)) == heard("。".join(reversed(chosen)))


@given(st.permutations(TELLING))
def test_sentences_together_tell_what_each_of_them_tells(sentences: list[str]) -> None:
    first, second = sentences[:2]
    mine, its = heard(first), heard(second)
    assume(not mine.keys() & its.keys())
    assert heard(f"{first}。{second}").items() >= (mine | its).items()


@given(st.integers(1, 99), st.sampled_from(("多", "来", "几")))
def test_a_vague_figure_is_no_figure(count: int, vague: str) -> None:
    assert "employees" not in heard(f"店里{count}{vague}个人干活")
    assert "monthly_rent" not in heard(f"房租一个月{count}{vague}万")


@given(st.integers(1, 99), st.sampled_from(("不到", "超过", "至少", "快", "将近", "最多", "不止")))
def test_a_bound_is_no_figure(count: int, bound: str) -> None:
    assert "employees" not in heard(f"店里{bound}{count}个人干活")
    assert "annual_revenue" not in heard(f"去年一年营业额{bound}{count}万")


@given(st.integers(1, 9999), st.sampled_from(("一年", "每年", "一个季度", "半年", "一天")))
def test_a_sum_of_another_period_is_not_the_monthly_one(amount: int, period: str) -> None:
    assert "monthly_rent" not in heard(f"房租{period}{amount}块")


@given(st.sampled_from(("我朋友", "隔壁老王", "我表弟", "我老公的公司", "我同学")), st.integers(1, 99))
def test_what_others_have_tells_nothing(who: str, count: int) -> None:
    assert heard(f"{who}店里有{count}个员工，去年七月开的业") == {}


@given(st.integers(2, 60), st.integers(2, 60))
def test_a_correction_takes_the_place_of_what_it_corrects(first: int, second: int) -> None:
    assert heard(f"店里{first}个人干活，不对，是{second}个人")["employees"] == str(second)
