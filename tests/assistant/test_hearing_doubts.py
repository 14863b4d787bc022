"""What was said with doubt, of somebody else, of another time or only of a part gives no fact: asking is better than taking."""

from datetime import date

import pytest

from assistant.fact_pickup import pick_up
from assistant.hearing.picked import to_text
from knowledge.rules.engine import shipped

TODAY = date(2026, 11, 27)


def heard(text: str, *asked: str) -> dict[str, str]:
    return {one.name: to_text(one.value) for one in pick_up(text, shipped(), today=TODAY, asked=asked).picked}


@pytest.mark.parametrize(
    "text",
    [
        "上一个租客在这里开饭店，请了六个人",
        "供货的那家公司资产有两千万",
        "会计那边是一般纳税人公司",
        "对方公司是小型微利企业",
        "我对象有残疾证，我没有",
    ],
)
def test_what_the_other_side_of_a_deal_is_tells_nothing_of_us(text: str) -> None:
    assert heard(text) == {}


def test_who_owes_us_is_told_of_the_other_side() -> None:
    assert heard("对方是个大公司，货款欠我们八万六")["payer"] == "大型企业"


@pytest.mark.parametrize(
    "text",
    ["早知道去年就注册公司了", "但凡有个残疾员工，也不至于交这么多", "要真是小规模纳税人，就免了"],
)
def test_what_would_have_been_is_not(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "并不是说我没报年报",
        "我可没说过我是个体户",
        "我没有说不愿意转企业",
        "没有哪个员工没签合同",
        "我这把年纪还退伍军人呢",
    ],
)
def test_what_somebody_denies_having_said_is_not_said(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "办事指南写的是月租金的百分之五十，最多三千",
        "条件是首次创业、正常经营半年",
        "人社局公告说退役军人、大学生都可以",
        "中介说这铺子月租四千五",
        "代办的人告诉我说我是小规模",
    ],
)
def test_what_a_rule_or_somebody_in_between_says_is_no_fact(text: str) -> None:
    assert heard(text) == {}


def test_a_rule_reaches_on_until_we_speak_of_ourselves() -> None:
    found = heard("条件是首次创业、正常经营半年，我们店里三个人干活")
    assert found == {"employees": "3"}


@pytest.mark.parametrize("text", ["今年比去年多招了两个", "我们比隔壁少三个人", "营业额一年翻了一番多做了五十万"])
def test_a_difference_is_no_figure(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("看情况，有时候三个有时候五个", "employees"),
        ("最多的时候十个", "employees"),
        ("十个八个工人吧", "employees"),
        ("不记得了，可能是五月", "opened_on"),
        ("没有吧", "other_loans"),
        ("年把两年", "own_unemployment_months"),
    ],
)
def test_an_answer_in_doubt_is_none(text: str, asked: str) -> None:
    assert heard(text, asked) == {}


def test_not_one_is_none() -> None:
    assert heard("没有，一个都没有", "disabled_employees") == {"disabled_employees": "0"}
    assert heard("歇业以前没办过，一个月都没歇").get("dormant_months", "0") == "0"


def test_true_of_some_is_not_true_of_all() -> None:
    assert heard("不是所有人都有健康证").get("health_certificates") != "是"
    assert "penalty_fulfilled" not in heard("罚款交了一部分", "penalty_fulfilled")


@pytest.mark.parametrize("text", ["想着年底前把罚款交了", "我想当个体户，不想开公司"])
def test_what_is_wanted_or_not_wanted_is_not_done(text: str) -> None:
    assert heard(text) == {}


def test_another_year_is_not_last_year() -> None:
    assert heard("疫情那年裁了六个人") == {}


def test_how_it_is_now_takes_the_place_of_how_it_was() -> None:
    assert heard("去年还欠着税，今年税补清了")["taxes_settled"] == "是"
    assert heard("房租一个月两千四，现在一个月两千九了")["monthly_rent"] == "2900"


def test_the_truth_takes_the_place_of_what_was_said() -> None:
    assert heard("前面我说年报报了，其实没报")["annual_report_filed"] == "否"
    assert heard("我是小规模，啊不，一般纳税人")["vat_taxpayer"] == "一般纳税人"


def test_what_is_called_off_is_gone() -> None:
    assert heard("贷十五万，再想想，算了不贷了") == {}


def test_those_who_left_since_leave_the_number_open() -> None:
    assert "employees" not in heard("店里请了五个人，后来走了两个")


def test_a_word_that_only_ends_like_a_supposition_supposes_nothing() -> None:
    assert heard("主要是没生意，没遭什么灾")["hardship_cause"] == "否"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("大专去年毕的业", "founder_category", "毕业2年内的高校毕业生"),
        ("上个礼拜刚停的业", "operating_normally", "否"),
        ("厂里有四个小工", "employees", "4"),
        ("决定书我十月二十六收到的", "decision_known_on", "2026-10-26"),
        ("罚款还没交完就想注销", "fine_unpaid", "是"),
        ("注销不需要审批", "approval_needed", "否"),
        ("我还挂在原来那家公司交着社保", "insured_elsewhere", "是"),
        ("把店转给我外甥，税也缴清了", "taxes_settled", "是"),
        ("她离退休还有三年", "near_retirement", "是"),
        ("利息没约", "interest_rate_agreed", "否"),
        ("股权没被冻结", "frozen_or_invested", "否"),
        ("跟员工都谈妥了怎么安排", "staff_agreed", "是"),
    ],
)
def test_it_is_heard_however_it_is_put(text: str, fact: str, value: str) -> None:
    assert heard(text)[fact] == value


def test_a_part_that_is_named_in_its_measure_is_not_parted() -> None:
    assert heard("我开了家小吃店")["industry"] == "餐饮业"


def test_the_size_of_the_sign_is_not_the_size_of_the_shop() -> None:
    assert "premises_area" not in heard("灯箱伸出去墙外头半米，面积三个平方")


def test_one_of_the_staff_is_not_all_of_them() -> None:
    assert "employees" not in heard("有一个员工健康证过期了")


def test_a_loan_beside_nobody_s_house_says_nothing_of_the_house() -> None:
    assert "family_premises" not in heard("我和爱人名下都没有贷款")


def test_whose_subsidy_it_is_does_not_tell_where_we_are() -> None:
    assert "region" not in heard("青禾市的一次性开业补贴我还没有享受过")


def test_nothing_left_to_carry_out_is_not_something_not_carried_out() -> None:
    assert "penalty_fulfilled" not in heard("也没有未执行完的罚款")


@pytest.mark.parametrize(
    "text",
    [
        "前面那个老板欠着税没交，我接手了",
        "我房东有退伍证",
        "我们镇上那家纸箱厂去年裁了四十个人",
        "咱们这条街都是个体户",
        "客人说我店里才二十平",
        "我儿媳妇在零就业家庭名单里",
        "雇我的那家店，老板请了六个人",
    ],
)
def test_whoever_stands_around_us_is_not_us(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "就当我是一般纳税人来算，税是多少",
        "申请表上写着：正常经营满六个月",
        "根据条例，歇业最长三年",
        "小时候家里是零就业家庭",
        "春节那几天请了四个临时工",
        "昨天之前我还没员工",
        "三年前我欠过税，早没那回事了",
    ],
)
def test_what_is_only_supposed_or_written_or_long_ago_is_not_so_now(text: str) -> None:
    assert heard(text) == {}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("员工六个……呃七个……算了我回去数数", "employees"),
        ("房租一个月三千，等等，三千是含水电的", "monthly_rent"),
        ("我是三月开的业，不对不对，三月是拿执照", "opened_on"),
        ("去年裁了三个，哦不是裁，是自己走的", "layoffs"),
        ("员工宿舍租了两间，一个月一千二", "monthly_rent"),
        ("店面一百八十平方尺", "premises_area"),
    ],
)
def test_what_is_taken_back_or_belongs_elsewhere_is_gone(text: str, fact: str) -> None:
    assert fact not in heard(text)


def test_miscounting_is_a_correction() -> None:
    assert heard("店里三个员工，我数漏了，四个")["employees"] == "4"


@pytest.mark.parametrize("text", ["店开在老城区", "店在东区", "铺子在城北区"])
def test_a_part_of_town_that_every_town_has_is_no_place(text: str) -> None:
    assert "region" not in heard(text)
    assert heard("老城区", "region") == {}


def test_what_one_was_asked_needs_no_words_around_it() -> None:
    assert heard("离退休不到五年了", "near_retirement") == {"near_retirement": "是"}
    assert "near_retirement" not in heard("我离退休还有二十年")


def test_what_is_told_of_somebody_hired_goes_on_in_the_next_clause() -> None:
    assert "founder_category" not in heard("招的那位失业快一年了，登记失业十个月")


@pytest.mark.parametrize(
    "text",
    [
        "店里常来的那个老师傅退休了",
        "老板欠我三个月工资，一共一万八",
        "我打工的火锅店请了三十个人",
        "说我没交罚款，那是冤枉我",
        "小规模早不是了",
    ],
)
def test_where_one_works_who_comes_by_and_what_is_no_more_tell_nothing(text: str) -> None:
    assert heard(text) == {}


def test_fewer_are_left_than_there_were() -> None:
    assert "employees" not in heard("上个月还有六个员工，这个月只剩俩")


def test_an_answer_that_is_put_off_or_corrected_is_not_the_first_one() -> None:
    assert heard("六个，不，我得问问我老婆", "employees") == {}
    assert heard("三个，不对，五个", "employees") == {"employees": "5"}
    assert heard("不是", "labour_dispatch") == {"labour_dispatch": "否"}


def test_the_year_that_was_named_goes_on_and_is_to_be_confirmed() -> None:
    found = pick_up("执照2024年9月3号批下来的，10月8号开的业", shipped(), today=TODAY).picked
    (opened,) = [one for one in found if one.name == "opened_on"]
    assert (opened.shown, opened.rough) == ("2024年10月8日", True)


def test_a_list_that_is_denied_after_it_is_denied_whole() -> None:
    assert heard("生鱼片、裱花蛋糕、自家酿的酒，统统不做")["forbidden_food"] == "否"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("单位这头养老医疗失业三样，一个月替她交一千一百二", "hired_unemployed_half_year"),
        ("我是被厂子辞退的，不是自己走的", "family_premises"),
        ("停了，九月份就备案歇业了", "permit_withdrawn_on"),
        ("电视上那个老板招了二十个残疾人，真了不起", "disabled_employees"),
        ("第二次了，头回前年在青禾开的粉店", "industry"),
        ("招几个人起补，签一年合同和签两年有区别没", "contract_one_year"),
    ],
)
def test_a_word_that_is_shared_with_another_matter_tells_nothing(text: str, fact: str) -> None:
    assert fact not in heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "我二姨家的超市被罚过，罚款也没交",
        "我前夫名下有两笔贷款，跟我没关系",
        "媒体报道某公司拖欠货款八千万",
        "也不是没有残疾员工，只是没登记",
        "去年收入五十万，哦那是前年的",
    ],
)
def test_kin_of_any_degree_the_papers_and_another_year_tell_nothing(text: str) -> None:
    assert heard(text) == {}
