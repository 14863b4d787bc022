"""Whether a message sets two rules against each other, and which."""

import pytest

from assistant.parties import clash, parties

CITY = "990100"


@pytest.mark.parametrize(
    "text",
    [
        "省里说最多3个工作日，市里说还能延，到底听谁的",
        "为什么我们市的场租补贴比省里规定的少",
        "公告和解读说的不一样信哪个",
        "省里讲最少五千，市里又八千，我蒙了",
        "网上两个版本 一个说补一年 一个说补两年 哪个真的",
        "国家的办法跟省里的条例对不上，按哪个",
        "诉求十五日是省的规定 市里能加时长吗 以那个为准",
    ],
)
def test_two_sides_and_the_question_who_is_right_make_a_clash(text: str) -> None:
    assert clash(text, CITY)


@pytest.mark.parametrize(
    "text",
    [
        "市里补8000，县里叠加2000，能一起拿吗",
        "生存型和成长型有什么区别",
        "扶持办法最终由谁来解释",
        "开业补贴多少钱",
        "地方小吃没有国家标准按什么标准",
        "省里的补贴和市里的能同时领吗",
    ],
)
def test_what_may_be_had_together_and_plain_questions_are_none(text: str) -> None:
    assert not clash(text, CITY)


def test_sides_are_counted_in_the_order_in_which_they_are_named() -> None:
    assert len(parties("省里的办法和市里的解读", CITY).sides) >= 3
    assert not parties("开业补贴多少钱", CITY).sides


@pytest.mark.parametrize(
    "text",
    [
        "省里的电话和市里的电话哪个对，我想咨询开业补贴",
        "市里的热线跟区里的热线打哪个管用",
        "市里的补贴和省里的补贴用什么材料申请",
    ],
)
def test_which_office_to_reach_and_what_to_bring_is_no_clash(text: str) -> None:
    assert not clash(text, CITY)
