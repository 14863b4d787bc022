"""What kind of thing is asked for, and whether the clauses say it."""

import pytest

from assistant.sought import lacks_the_day, missing

TRAINING = "参加定点机构组织的创业能力培训并取得合格证书的，按每人1200元给予培训补贴。同一人员只享受一次。"
YEARLY = "从业人员应当每年进行一次健康检查，取得健康证明后方可从事接触直接入口食品的工作。"
OPENING = "取得营业执照后正常经营满6个月的，给予一次性开业补贴8000元。"


@pytest.mark.parametrize(
    ("asked", "clause", "what"),
    [
        ("创业培训要上几课时", TRAINING, "课时"),
        ("定点培训机构有哪些", TRAINING, "具体是哪几家、叫什么"),
        ("定点机构在哪条路上", TRAINING, "门牌地址"),
        ("培训班几号开班", TRAINING, "具体日期"),
        ("健康证体检好多钱", YEARLY, "金额"),
        ("开业补贴要交多少税", OPENING, "金额"),
        ("开业补贴去年发了多少户", OPENING, "户数"),
        ("专员叫啥名字", TRAINING, "人的姓名"),
        ("冷藏柜要几台", YEARLY, "台数"),
    ],
)
def test_what_is_asked_for_by_name_and_stands_in_no_clause_is_missing(asked: str, clause: str, what: str) -> None:
    assert missing(asked, [clause]) == what


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("创业培训补贴几多钱", TRAINING),
        ("健康证多久检一次", YEARLY),
        ("要干满几个月才给", OPENING),
        ("岗前培训要几课时", "参加不少于40课时岗前培训并合格，每人500元"),
        ("审核要多少天", "自受理之日起5个工作日内完成初审"),
        ("没报年报罚多少", "首次未按期报送，在责令改正期限内补报的，可以不予行政处罚"),
        ("见习要几岁到几岁", "接收16至24岁失业青年"),
        ("办这个要多少费用", "登记机关办理登记不收取任何费用"),
    ],
)
def test_what_a_clause_says_in_its_own_words_is_not_missing(asked: str, clause: str) -> None:
    assert missing(asked, [clause]) == ""


@pytest.mark.parametrize(
    "asked",
    ["到期怎么办", "什么时候要反担保", "费用谁出", "店名能不能改", "培训机构要交材料吗", "孵化基地和自己租有什么不同"],
)
def test_what_needs_no_figure_and_no_name_lacks_none(asked: str) -> None:
    assert missing(asked, [TRAINING]) == ""


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("企业名称由哪几部分组成", "企业名称由行政区划名称、字号、行业、组织形式组成。"),
        ("罚款太多一下子拿不出能不能分几回交", "经申请可以暂缓或者分期缴纳。"),
        ("加盟要有几家直营店", "从事特许经营活动应当拥有至少2个直营店，并且经营时间超过1年。"),
        ("多送的货代保管费用由谁承担", "买受人可以请求出卖人负担代为保管期间的合理费用。"),
        ("没有直营店就收加盟费 罚得了几多", "没收违法所得，处10万元以上50万元以下的罚款。"),
        ("滞纳金每天多少", "从滞纳税款之日起，按日加收滞纳税款万分之五的滞纳金。"),
        ("房东收了我定金又不租给我了要退多少", "收受定金的一方不履行债务的，应当双倍返还定金。"),
    ],
)
def test_parts_instalments_and_shares_of_a_sum_are_not_missing(asked: str, clause: str) -> None:
    assert not missing(asked, [clause])


@pytest.mark.parametrize(
    ("asked", "clause", "what"),
    [
        ("公示满一年，一年从哪天起算", "公示满1年方可申请修复。", "从哪一天起算"),
        ("审核的人病了顺延几天", "自受理之日起10个工作日内审核。", "能顺延、延长多久"),
        ("一年期贷款市场报价利率现在是多少", "一年期贷款市场报价利率减150个基点以下的部分由借款人承担。", "现在的数值"),
        ("明年补贴会不会涨", OPENING, "以后会怎么变"),
        ("摆摊一个月要交多少管理费", OPENING, "收费的金额"),
        ("评审费谁出", TRAINING, "收费的金额"),
        ("那发票章也送吗", "首套公章由政府免费提供。", "“发票章”"),
        ("一照多址能备几个", "同一区、县范围内增设经营场所的，可以办理备案。", "个数"),
    ],
)
def test_a_side_that_no_clause_has_is_missing(asked: str, clause: str, what: str) -> None:
    assert missing(asked, [clause]) == what


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ("从哪天起算", "自受理之日起10个工作日内审核。"),
        ("手续费要交多少", "受理、审核不收取任何费用。"),
        ("白榆这边也是吗", OPENING),
        ("电费补多少", "首年按实际用电费用的20%给予补贴。"),
        ("要干满几个月才给", OPENING),
    ],
)
def test_a_side_that_a_clause_has_is_not_missing(asked: str, clause: str) -> None:
    assert missing(asked, [clause]) == ""


def test_an_order_of_the_day_is_told_from_any_other_time() -> None:
    assert lacks_the_day("租金补贴啥时候报", "每月再给予200元，期限最长12个月。")
    assert not lacks_the_day("租金补贴啥时候报", "每年1月、7月受理。")
    assert not lacks_the_day("租金补贴给几个月", "每月再给予200元，期限最长12个月。")
