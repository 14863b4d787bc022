"""Dated arrangements and lasting rules, in the wording of real documents."""

from datetime import date

import pytest

from assistant.one_off import of_its_year, one_off

TODAY = date(2026, 7, 1)
PAST = {
    "（二）申报阶段。2024年9月21日至10月31日，受理首批“名特优新”自愿申报并完成初审。": (2024, date(2024, 10, 31)),
    "（一）准备阶段。2024年9月20日前，各区、县完成摸底，公布申报条件和程序。": (2024, date(2024, 9, 20)),
    "（三）认定阶段。2024年11月底前，完成首批联合评审、公示、认定和入库。": (2024, date(2024, 11, 30)),
    "自2024年3月1日至2024年6月30日，在全市开展专项整治。": (2024, date(2024, 6, 30)),
    "自2023年1月1日至2024年12月31日，对月销售额10万元以下的小规模纳税人免征增值税。": (2023, date(2024, 12, 31)),
    "请各单位于2022年5月20日前将联系人报送我局。": (2022, date(2022, 5, 20)),
    "申报截止时间为2025年3月31日。": (2025, date(2025, 3, 31)),
    "2024年度申报工作于2024年底前完成。": (2024, date(2024, 12, 31)),
    "活动时间：2025.04.01至2025.04.30。": (2025, date(2025, 4, 30)),
    "二〇二四年三月一日至六月三十日办理。": (2024, date(2024, 6, 30)),
    "2026年5月1日至5月31日集中受理。": (2026, date(2026, 5, 31)),
}
LASTING = (
    "本办法自2024年3月1日起施行，有效期5年。",
    "本办法自2024年3月1日起施行，有效期至2025年12月31日。",
    "《管理办法》（市政规〔2022〕5号）自2025年7月1日起废止。",
    "每年1月1日至6月30日报送上一年度年度报告。",
    "登记机关应当在每年3月和6月分别开展一次年度报告提醒。",
    "2020年12月31日前登记的个体工商户，可以申请名称变更。",
    "2025年7月1日前已经受理、尚未办结的申请，按照原办法规定的标准办理。",
    "2021年以后成立的企业按照本办法执行。",
    "中国个体劳动者协会成立于1986年12月5日。",
    "截至2024年底，全市实有个体工商户18.6万户。",
    "以2023年为基数计算增长率。",
    "自2027年1月1日起停止使用。",
    "自2024年1月1日至2027年12月31日，减半征收个人所得税。",
    "2024年9月21日至10月31日受理首批，第二批于2027年5月1日前受理。",
    "举例来说，2025年8月1日领取营业执照并开始经营，应当在2027年2月1日前提出申请。",
    "（2024年3月1日市人民政府第5次常务会议通过）",
    "受理机关应当自收到申请之日起15日内办结。",
    "《食品安全法》（2021年修正）第三十五条",
    "",
)


@pytest.mark.parametrize("text", PAST)
def test_an_arrangement_whose_time_is_over_is_recognised(text: str) -> None:
    found = one_off(text, TODAY)
    assert found is not None
    assert (found.first_year, found.last) == PAST[text]


@pytest.mark.parametrize("text", LASTING)
def test_a_lasting_rule_stays_a_rule(text: str) -> None:
    assert one_off(text, TODAY) is None


def test_an_arrangement_is_current_until_its_last_day() -> None:
    text = "2024年9月21日至10月31日，受理自愿申报。"
    assert one_off(text, date(2024, 10, 31)) is None
    assert one_off(text, date(2024, 11, 1)) is not None


def test_the_year_may_stand_in_the_heading_alone() -> None:
    found = one_off("（一）摸底阶段。各区完成摸底。", TODAY, heading="实施方案\n五、2024年首批工作安排")
    assert found is not None
    assert found.last == date(2024, 12, 31)


def test_a_heading_without_a_plan_makes_nothing_pass() -> None:
    assert one_off("各区完成摸底。", TODAY, heading="食品安全法（2021年修正）\n第一章 总则") is None


def test_a_past_year_is_named_and_this_year_left_open() -> None:
    found = one_off("2024年9月21日至10月31日受理。", TODAY)
    assert found is not None
    assert found.told(TODAY) == "这是2024年的一次性安排，已经过期；今年是否继续，文件没有说。"


PLAN = "武汉市个体工商户分型分类精准帮扶提升发展质量工作实施方案"
SIGNED = date(2024, 9, 2)


@pytest.mark.parametrize(
    ("text", "heading", "told"),
    [
        (
            "（三）首批分类阶段。各地于11月底前完成申报、推荐、认定、公示等各项程序。",
            "三、时间步骤",
            "这是2024年的安排：“11月底前”指的是2024年；今年怎么安排，文件没有说。",
        ),
        (
            "（二）首批分型阶段。年度报告结束后（7月1日），集中统一进行划型。",
            "三、时间步骤",
            "这是2024年首批的安排；今年怎么安排，文件没有说。",
        ),
        ("各区于3月底前报送总结。", "", "这是2025年的安排：“3月底前”指的是2025年；今年怎么安排，文件没有说。"),
        ("成立工作专班，统筹协调。（各市负责，12月底前完成）", "", "文中的“12月底前”指的是2024年，已经过了。"),
    ],
)
def test_a_month_in_a_plan_is_one_of_the_year_of_the_plan(text: str, heading: str, told: str) -> None:
    found = of_its_year(text, TODAY, title=PLAN, heading=heading, issued=SIGNED)
    assert found is not None
    assert found.told(TODAY) == told


def test_the_year_in_the_title_of_a_plan_comes_before_the_day_it_was_signed() -> None:
    found = of_its_year("于2月底前报名。", TODAY, title="2025年度服务月活动方案", issued=date(2024, 12, 20))
    assert found is not None
    assert found.last == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "title", "issued"),
    [
        ("每年第三季度启动复核，于9月30日前重新判定。", PLAN, SIGNED),
        ("应当于6月30日前报送上一年度年度报告。", "登记管理办法", SIGNED),
        ("于11月底前完成申报。", PLAN, None),
        ("于11月底前完成申报。", PLAN, date(2026, 3, 1)),
        ("12月底前完成阶段性工作；持续推进。", PLAN, SIGNED),
        ("（二）构建政策体系。汇总形成帮扶政策库。", PLAN, SIGNED),
    ],
)
def test_what_comes_again_or_has_no_year_stays_as_it_is(text: str, title: str, issued: date | None) -> None:
    assert of_its_year(text, TODAY, title=title, issued=issued) is None


def test_an_arrangement_of_several_years_names_them() -> None:
    found = one_off("自2023年1月1日至2024年12月31日，免征增值税。", TODAY)
    assert found is not None
    assert found.told(TODAY).startswith("这是2023年至2024年的一次性安排")


def test_a_time_of_this_year_that_is_over_is_not_called_last_years() -> None:
    found = one_off("2026年5月1日至5月31日集中受理。", TODAY)
    assert found is not None
    assert found.told(TODAY) == "这里的时间到2026年5月31日为止，已经过了；以后是否还有，文件没有说。"


def test_a_transition_is_called_one() -> None:
    text = "依照原规定取得的小餐饮备案证，在2025年12月31日前继续有效；应当在2025年12月31日前换领食品经营许可证。"
    found = one_off(text, TODAY)
    assert found is not None
    assert found.told(TODAY) == "这是过渡安排，期限到2025年12月31日，已经过期。"
