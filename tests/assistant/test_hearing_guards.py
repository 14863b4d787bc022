"""What keeps something from being heard: whose it is, when it was, what the figure counts, what kind of statement it is."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up
from assistant.hearing.picked import to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)


def heard(text: str) -> dict[str, str]:
    return {one.name: to_text(one.value) for one in pick_up(text, shipped(), today=TODAY).picked}


@pytest.mark.parametrize("text", ["我这款月饼一年能卖三万盒", "一年卖两千箱水果", "一年卖五千把椅子"])
def test_a_figure_that_counts_goods_is_no_sum(text: str) -> None:
    assert "annual_revenue" not in heard(text)


def test_a_lowest_price_is_no_price() -> None:
    assert "monthly_rent" not in heard("中介说这条街的房租一个月5000起")


def test_what_somebody_was_heard_saying_is_hearsay_whoever_said_it() -> None:
    assert heard("听工商所的人讲年报没报要罚一万") == {}


def test_what_was_so_at_the_busiest_is_not_so_now() -> None:
    assert "employees" not in heard("我那个厂最多的时候有八十个工人")
    assert heard("旺季的时候八九个，平时店里三个人")["employees"] == "3"


def test_a_company_that_dismissed_us_is_not_ours() -> None:
    assert "entity" not in heard("公司去年裁了我")
    assert "entity" not in heard("公司去年把我辞退了")


def test_what_was_never_done_is_no_matter_of_the_past() -> None:
    assert heard("没招过残疾人")["disabled_employees"] == "0"
    assert heard("没裁过员")["layoffs"] == "0"
    assert heard("去年没辞过人")["layoffs"] == "0"


def test_not_wanting_is_no_wish() -> None:
    assert heard("自己不想干了辞的职")["left_involuntarily"] == "否"


def test_a_new_line_of_business_is_no_opening() -> None:
    assert "opened_on" not in heard("今年7月才开始做外卖")


def test_one_that_is_not_said_is_one_all_the_same() -> None:
    assert heard("请了个阿姨洗碗")["employees"] == "1"
    assert heard("今年就招了个小妹")["new_hires"] == "1"


def test_a_place_rented_of_a_cousin_is_rented() -> None:
    assert heard("租的是我表哥的铺面")["family_premises"] == "否"


def test_a_loan_that_is_asked_for_is_our_own_without_saying_so() -> None:
    assert heard("想申请20万的创业贷，行吗")["loan_amount"] == "200000"


def test_the_figure_of_the_clause_before_is_not_joined_to_the_next_word() -> None:
    assert "dormant_months" not in heard("店门已经关了两个月了，歇业备案没去办")


def test_a_thousand_eight_hundred_said_in_one_breath_is_vague_and_ten_thousand_and_eight_is_not() -> None:
    assert "monthly_rent" not in heard("房租一个月千八百的")
    assert "monthly_rent" not in heard("房租一个月万儿八千")
    assert heard("房租万八一个月")["monthly_rent"] == "18000"


def test_what_is_told_of_somebody_hired_is_not_told_of_the_founder() -> None:
    assert "flexible_group" not in heard("请的那个大姐是认定过的就业困难人员")
    assert "founder_category" not in heard("请的那个大姐，她是退伍军人")


def test_what_is_told_of_somebody_hired_is_told_of_our_staff() -> None:
    assert heard("请的那个大姐四十八了，她的社保交了七个月")["hires_insured_months"] == "7"


def test_people_who_all_left_since_are_not_there() -> None:
    assert "employees" not in heard("往年我店里请了六个人的")
    assert "employees" not in heard("店里请了六个人，后来都走光了")


def test_a_half_after_the_unit_is_not_left_out() -> None:
    assert "sign_area" not in heard("招牌十一平米五")


@pytest.mark.parametrize("again", ["算了，还是申请", "等哈，是", "算错了，要贷"])
def test_thinking_better_of_it_takes_the_place_of_what_was_said(again: str) -> None:
    assert heard(f"想贷十万，{again}二十五万吧")["loan_amount"] == "250000"


def test_looking_it_up_takes_the_place_of_what_was_said() -> None:
    assert heard("执照四月份发的，等哈，我看一下照片，五月十二号发的")["registered_on"] == "2026-05-12"


def test_what_was_had_once_does_not_put_what_follows_into_the_past() -> None:
    found = heard("创业贷以前贴息贴过一次，征信好得很，这回想贷十五万")
    assert found.items() >= {"subsidised_loans": "1", "credit_good": "是", "loan_amount": "150000"}.items()
    assert "employees" not in heard("以前开过饭馆，店里请了五个人")


def test_a_word_that_was_named_with_yes_or_no_still_carries_the_figure_that_follows() -> None:
    assert heard("自己交的灵活就业社保，每个月九百八十六")["own_premium"] == "986"


def test_a_figure_behind_a_word_is_nearer_than_one_before_it_that_belongs_elsewhere() -> None:
    assert heard("新招了三个人合同签的两年社保都交了八个月了")["hires_insured_months"] == "8"


def test_what_was_not_written_is_no_question() -> None:
    assert heard("镇政府欠我工程款十八万六，合同没写几时给钱")["payment_term_agreed"] == "否"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("伙计有十二个拉", "employees", "12"),
        ("整间公司廿八个人", "employees", "28"),
        ("去年总资产220个w", "total_assets", "2200000"),
        ("去年裁脱四个", "layoffs", "4"),
        ("执照昨儿个刚拿到手", "registered_on", "2026-11-26"),
        ("单位一个月帮佢交三险一千一百六十蚊", "employer_premium", "1160"),
    ],
)
def test_a_figure_is_read_in_dialect(text: str, fact: str, value: str) -> None:
    assert heard(text)[fact] == value


def test_a_question_with_a_day_or_a_place_of_our_own_is_about_us() -> None:
    found = heard("招的人社保是七月一号开始给缴的，几时能领钱")
    assert found["hire_insured_from"] == "2026-07-01"
    assert heard("公司注册在青禾市，员工十五人，能享受稳岗返还吗")["employees"] == "15"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("危害已经消除了，罚款也交了", "harm_removed", "是"),
        ("查到了以后立马就撤下来了", "corrected_promptly", "是"),
        ("他的社保补贴领了三个月", "insurance_subsidy_months", "3"),
        ("跟几个伙计把工资的事都说清楚了", "staff_agreed", "是"),
        ("想注销，还欠员工工资", "debts_cleared", "否"),
        ("注销不用谁批准", "approval_needed", "否"),
    ],
)
def test_words_that_only_look_like_a_turn_or_a_wish_keep_nothing_out(text: str, fact: str, value: str) -> None:
    assert heard(text)[fact] == value


def test_a_word_that_sounds_like_another_is_left_alone() -> None:
    assert heard("上年度年报已报")["annual_report_filed"] == "是"
    assert heard("公司注册在青禾市")["region"] == "990100"
    assert "operating_normally" not in heard("从没办过歇业")
