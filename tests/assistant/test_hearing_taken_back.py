"""What is said afterwards, or beforehand, of a whole message: not meant, not of us, not sure, somebody else's words."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up
from assistant.hearing.picked import to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)
TELLING = ("我是个体户", "店里三个人干活", "房租一个月三千五", "年报早就报了", "执照是2025年9月1号拿的", "税都结清了")


def heard(text: str, *asked: str) -> dict[str, str]:
    return {one.name: to_text(one.value) for one in pick_up(text, shipped(), today=TODAY, asked=asked).picked}


@pytest.mark.parametrize("sentence", TELLING)
@pytest.mark.parametrize(
    "after",
    [
        "开玩笑的",
        "随口说的",
        "不是我，是我弟",
        "说的是我同学",
        "那是我哥的情况",
        "帮我表哥问的",
        "我不太确定",
        "记不清了",
        "是吧",
        "那是以前的事了",
    ],
)
def test_what_is_taken_back_or_doubted_afterwards_is_not_heard(sentence: str, after: str) -> None:
    assert heard(f"{sentence}，{after}") == {}


@pytest.mark.parametrize("sentence", TELLING)
@pytest.mark.parametrize(
    "before",
    [
        "客户回我：",
        "我邻居：",
        "他跟我说：",
        "有个客户跟我讲，",
        "模板：",
        "填写示例：",
        "群里有人问：",
        "广告上写",
        "难道",
        "差点",
    ],
)
def test_words_that_are_not_our_own_tell_nothing_of_us(sentence: str, before: str) -> None:
    assert heard(before + sentence) == {}


def test_whose_house_it_is_takes_nothing_back() -> None:
    assert heard("店面不大，是我爸的房子") == {"family_premises": "是"}


@pytest.mark.parametrize(
    "text",
    [
        "我师傅当年也是残疾人，开店一分钱税没交过",
        "我的货都走快递",
        "2024年10月开始装修",
        "我住的小区物业不让摆",
        "来我这儿买东西的多半是开餐馆的",
        "我是公司的业务员",
        "我有个客户是上市公司",
        "我代账的客户都是小规模",
        "前公司裁员裁了两百人",
        "我家没人当过兵",
        "那家欠我钱的公司自己欠着税",
        "机子租的一个月三百",
        "车是自己的",
        "按季还是按月报的我真不清楚，都是代账弄的",
    ],
)
def test_what_is_only_spoken_of_is_not_ours(text: str) -> None:
    assert heard(text) == {}


def test_when_still_employed_it_was_the_employer_who_paid() -> None:
    assert heard("公司上班的时候单位给交了六年社保") == {}


def test_a_family_matter_does_not_make_the_shop_theirs() -> None:
    assert heard("媳妇生孩子，店停了两个月了") == {"operating_normally": "否"}


def test_what_is_asked_back_is_what_the_answer_is_about() -> None:
    assert heard("贷款？没有") == {"other_loans": "否"}
    assert heard("年报？早报了") == {"annual_report_filed": "是"}


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("taxes_settled", "没欠", None),
        ("on_abnormal_list", "没问题", None),
        ("contract_one_year", "去年", None),
        ("asked_for_permit", "还行", None),
        ("credit_good", "没有", None),
        ("first_time", "没有", None),
        ("health_certificates", "有一些", None),
        ("family_premises", "是，丈母娘的", None),
        ("other_loans", "没有", "否"),
        ("operating_normally", "没问题", "是"),
        ("annual_report_filed", "报了报了", "是"),
        ("paying_insurance", "交着呢", "是"),
    ],
)
def test_an_answer_that_could_mean_either_is_none(asked: str, text: str, value: str | None) -> None:
    assert heard(text, asked).get(asked) == value


@pytest.mark.parametrize(
    "text", ["房租三千", "我今年45", "百分之二十", "13800138000", "一天两百", "一个正式的，两个零工"]
)
def test_a_figure_of_something_else_answers_no_question_about_heads(text: str) -> None:
    assert "employees" not in heard(text, "employees")


def test_parts_that_add_up_leave_the_whole() -> None:
    assert heard("四个，洗菜的两个，洗碗的两个", "wash_sinks") == {"wash_sinks": "4"}
