"""What keeps something from being heard: whose it is, when it was, what the figure counts, what kind of statement it is."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up, to_text
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
