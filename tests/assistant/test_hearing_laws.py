"""What holds for every sentence from which facts are heard: what takes it back, and what changes nothing."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.fact_pickup import pick_up
from assistant.hearing.picked import to_text
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


TURNED_ROUND = (
    ("annual_report_filed", "年报及时报了", "年报没有及时报", "没有按时年报", "忘了报年报"),
    ("taxes_settled", "税都结清了", "没把税结清", "税还没有结清", "还有税没交清"),
    ("taxes_settled", "没有拖欠税款", "还欠着税"),
    ("debts_handled", "债务处理好了", "债务没处理好", "没把账还清", "还欠供货商货款"),
    ("other_loans", "贷款没有还清", "贷款还清了", "没有未结清的贷款", "没有贷款"),
    ("family_premises", "门面在我老婆名下", "门面不在我老婆名下", "门面租的别人的"),
    ("operating_normally", "一直正常经营", "没有正常经营", "停业了"),
    ("operating_normally", "没有停业", "已经停业了"),
    ("insured_as_unit", "以单位名义交社保", "不以单位名义交社保", "社保没有用单位名义交"),
    ("small_enterprise", "我们是小微企业", "我们不是小微企业", "没被认定为小微企业"),
    ("labour_dispatch", "我们是劳务派遣公司", "我们不是劳务派遣公司"),
    ("contract_one_year", "员工合同签了两年", "员工合同没签", "员工合同只签半年"),
    ("working_age", "我还没退休", "我已经退休了"),
    ("penalty_fulfilled", "罚款交了", "罚款还没交"),
)


@pytest.mark.parametrize(
    ("fact", "one_way", "the_other"), [(fact, one, other) for fact, one, *others in TURNED_ROUND for other in others]
)
def test_what_is_turned_round_is_never_heard_the_same(fact: str, one_way: str, the_other: str) -> None:
    assert fact in heard(one_way)
    assert heard(the_other).get(fact) != heard(one_way)[fact]


@pytest.mark.parametrize(
    "question",
    [
        "退役军人首次开店，一次性补贴标准是多少？",
        "小规模纳税人按季申报，季度销售额30万免不免税",
        "开小餐饮店需要什么证",
        "个体户信用修复要几天",
        "招用人员并缴社保满12个月，每人补贴多少？",
        "初次违法且后果轻微，可以不处罚吗？",
        "申请材料不齐全时，窗口人员怎么办？",
        "一般纳税人放弃优惠后，多久不能再享受？",
    ],
)
def test_a_question_about_people_in_general_tells_nothing(question: str) -> None:
    assert heard(question) == {}


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("我招了两个人能补多少", {"new_hires": "2"}),
        ("我去年七月开的店能申请开业补贴吗", {"opened_on": "2025-07-01"}),
        ("我是退伍军人开店能减税吗", {"founder_category": "退役军人"}),
        ("我招两个人能补多少", {}),
    ],
)
def test_what_a_question_takes_for_granted_about_us_is_told(message: str, told: dict[str, str]) -> None:
    assert heard(message) == told


def test_of_two_figures_beside_a_cue_each_goes_to_its_own() -> None:
    found = heard("我们公司去年营业额一千八百万资产六百万")
    assert (found["annual_revenue"], found["total_assets"]) == ("18000000", "6000000")
    assert heard("执照是3月8号发的，我看看，是3月18号，2025年的")["registered_on"] == "2025-03-18"
