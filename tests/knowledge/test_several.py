"""Messages with several questions, as people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.several import MOST_PARTS, points, split_questions

SEVERAL = {
    "小餐饮许可证有效期几年？延续提前多久？丢了怎么补？": [
        "小餐饮许可证有效期几年？",
        "小餐饮许可证延续提前多久？",
        "小餐饮许可证丢了怎么补？",
    ],
    "创业担保贷款最高多少，哪家银行利息最低": ["创业担保贷款最高多少", "哪家银行利息最低"],
    "开业补贴怎么申请？要什么材料？": ["开业补贴怎么申请？", "开业补贴要什么材料？"],
    "我想开个奶茶店 要办啥证 还有房租能补不 另外招人有没有钱": [
        "我想开个奶茶店 要办啥证",
        "房租能补不",
        "招人有没有钱",
    ],
    "贷款最高能贷多少，利息谁出": ["贷款最高能贷多少", "利息谁出"],
    "开业补贴多少钱，场租补贴多少钱，怎么申请": ["开业补贴多少钱", "场租补贴多少钱", "场租补贴怎么申请"],
    "1.开业补贴标准是多少 2.场租补贴怎么算 3.去哪里办": [
        "开业补贴标准是多少",
        "场租补贴怎么算",
        "场租补贴去哪里办",
    ],
    "（1）年报时间（2）忘了报的后果": ["年报时间", "忘了报的后果"],
    "①年报什么时候报②注销要多久": ["年报什么时候报", "注销要多久"],
    "请问：一、歇业怎么办理？二、歇业期间要不要报税？": ["请问：一、歇业怎么办理？", "歇业期间要不要报税？"],
    "能领补贴吗要带什么材料": ["能领补贴吗", "补贴要带什么材料"],
    "办营业执照需要什么材料，多少天办结，收不收费": [
        "办营业执照需要什么材料",
        "营业执照多少天办结",
        "营业执照收不收费",
    ],
    "小餐饮许可证要年检吗；备案证还能不能用；健康证过期罚多少": [
        "小餐饮许可证要年检吗",
        "备案证还能不能用",
        "健康证过期罚多少",
    ],
    "年报什么时候报？顺便问一下，忘了报会怎么样？": ["年报什么时候报？", "年报忘了报会怎么样？"],
    "租金补贴比例是多少？最高多少？能领几个月？": [
        "租金补贴比例是多少？",
        "租金补贴比例最高多少？",
        "租金补贴比例能领几个月？",
    ],
    "房租补贴怎么算呢还有社保补贴呢": ["房租补贴怎么算呢还有社保补贴呢"],
    "房租补贴怎么算？还有社保补贴呢？": ["房租补贴怎么算？", "社保补贴呢？"],
    "合作社登记要钱吗，多少天办好": ["合作社登记要钱吗", "合作社登记多少天办好"],
    "外摆备案要拍照片吗 材料递给谁": ["外摆备案要拍照片吗", "材料递给谁"],
    "《青禾市个体工商户创业扶持办法》第六条怎么说？第七条呢？": [
        "《青禾市个体工商户创业扶持办法》第六条怎么说？",
        "《青禾市个体工商户创业扶持办法》第七条呢？",
    ],
    "开业补贴多少？对了，今天天气怎么样？": ["开业补贴多少？", "今天天气怎么样？"],
}
ONE = (
    "青禾市一次性开业补贴给多少钱？",
    "我是残疾人。开业补贴能多领吗？",
    "开业补贴能多领吗？我是残疾人。",
    "还有没有开店补贴",
    "还有多少天到期",
    "材料有执照还有身份证够不够",
    "是8000还是5000？",
    "个体户和公司有什么区别，我应该选哪个",
    "您好，我想咨询一下开业补贴的事情，我去年十月开的店，今年能不能申请？",
    "顺便问一下年报什么时候报",
    "我在1.5公里外租了店 能领补贴吗",
    "开店补贴还有贷款贴息怎么申请",
    "为什么我的补贴没批，是不是因为我没交社保",
    "几家砂石场串着涨价被查，要罚多少",
    "没说合伙多久，能不能随时退",
    "公司被人告着呢，能不能简易注销赶紧关了",
    "厂里叫中介帮着招二十个人，中介要我拿营业执照啥的，都要哪些",
    "老板手机关机人都找不着，欠我们十几个人工资，公安管不管",
    "俺去注册人家说不行也不说为啥，这能这样吗",
    "我的补贴没有批，怎么办？",
    "青政规[2025]2号第6条怎么说",
    "第五条第（一）项和第（二）项都要符合吗",
    "补贴",
    "？？",
)


@pytest.mark.parametrize("message", [message for message, parts in SEVERAL.items() if len(parts) > 1])
def test_several_questions_are_taken_apart(message: str) -> None:
    assert split_questions(message) == SEVERAL[message]


@pytest.mark.parametrize("message", [*ONE, *(message for message, parts in SEVERAL.items() if len(parts) == 1)])
def test_one_question_stays_whole(message: str) -> None:
    assert split_questions(message) == [message]


def test_what_only_asks_on_goes_with_its_question() -> None:
    parts = split_questions("开业补贴标准是多少？为什么？场租补贴怎么算？")
    assert parts == ["开业补贴标准是多少？为什么？", "场租补贴怎么算？"]


def test_a_long_list_ends_with_one_part_that_holds_the_rest() -> None:
    message = "".join(f"第{number}种补贴多少钱？" for number in "甲乙丙丁戊己庚")
    parts = split_questions(message)
    assert len(parts) == MOST_PARTS
    assert parts[-1] == "第戊种补贴多少钱？第己种补贴多少钱？第庚种补贴多少钱？"


_PIECES = st.sampled_from(
    [
        *("开业补贴", "营业执照", "怎么申请", "多少钱", "能补不", "吗", "呢", "为什么", "要什么材料", "我是残疾人", "8000元"),
        *("？", "?", "。", "，", " ", "；", "\n", "1.", "2.", "3、", "一、", "二、", "另外", "还有", "再问一下", "顺便问", "第二个问题"),
    ]
)  # fmt: skip
_SEPARATORS = re.compile(r"另外|还有|再问一下|顺便问|第二个问题|再问|问一下|[\s，,、；;。：:！!.]|[1-3一二]")


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_nothing_of_a_message_is_lost(message: str) -> None:
    said = iter("".join(split_questions(message)))
    assert all(char in said for char in _SEPARATORS.sub("", message))


@given(st.text(max_size=60))
def test_any_text_gives_at_least_one_part(message: str) -> None:
    assert 1 <= len(split_questions(message)) <= MOST_PARTS


@pytest.mark.parametrize(
    "message", ["办健康证要多久？几天之内？", "申请补贴多久到账，大概几天？", "要多久下来？几天之内能办好？"]
)
def test_asking_once_more_for_the_time_is_no_question_of_its_own(message: str) -> None:
    assert split_questions(message) == [message]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "场租补贴怎么算，我在宜昌，政策公布后几天上平台",
            ["场租补贴怎么算", "我在宜昌，政策公布后几天上平台"],
        ),
        ("普通注销几天办完？我还有贷款没还，能走简易不", ["普通注销几天办完？", "我还有贷款没还，能走简易不"]),
    ],
)
def test_what_is_told_between_two_questions_goes_with_the_second(message: str, parts: list[str]) -> None:
    assert split_questions(message) == parts


@pytest.mark.parametrize("message", ["开业补贴多少钱，我在青禾", "补贴能领多少，我开理发店的，行不行"])
def test_what_is_told_behind_the_only_question_stays_with_it(message: str) -> None:
    assert split_questions(message) == [message]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("问三件事：招牌怎么备案，要哪些材料，收费吗", ["招牌怎么备案", "招牌要哪些材料", "招牌收费吗"]),
        ("俩问题哈，年报几号截止；歇业能歇几年", ["年报几号截止", "歇业能歇几年"]),
        (
            "请告知：外摆的时间、收摊的要求、是否收费",
            ["外摆的时间", "外摆收摊的要求", "外摆是否收费"],
        ),
        (
            "健康证快到期了，请说明：去哪里续、是否收费",
            ["健康证快到期了，去哪里续", "健康证是否收费"],
        ),
        ("執照要唔要年審，招牌邊度備案", ["執照要唔要年審", "招牌邊度備案"]),
        ("执照要不要换新的，许可证跟着变更就行还是要重新办", ["执照要不要换新的", "许可证跟着变更就行还是要重新办"]),
        ("场租补贴百分之几 带动就业补贴一个人几多", ["场租补贴百分之几", "带动就业补贴一个人几多"]),
        (
            "孵化基地的房租补贴，比例是百分之几，封顶多少",
            ["孵化基地的房租补贴，比例是百分之几", "孵化基地的房租补贴封顶多少"],
        ),
        ("我要转成公司，几天办完，要哪些材料", ["我要转成公司，几天办完", "转成公司要哪些材料"]),
    ],
)
def test_listed_questions_share_what_was_said_before_them(message: str, parts: list[str]) -> None:
    assert split_questions(message) == parts


@pytest.mark.parametrize(
    "message",
    ["出了两件事，我都不满意", "前几年贴息是全贴，如今咋变了", "请说明理由", "我有两个店，都在一个区，年报报几次"],
)
def test_what_announces_no_questions_divides_nothing(message: str) -> None:
    assert split_questions(message) == [message]


def test_a_part_without_a_subject_depends_on_the_ones_before_it() -> None:
    assert [point.depends for point in points("开业补贴怎么申请？要什么材料？年报什么时候报？")] == [False, True, False]


def test_what_was_told_first_is_known_to_all_further_parts() -> None:
    assert [point.situation for point in points("我要歇业，最长几年？贷款怎么办？")] == ["", "歇业"]
