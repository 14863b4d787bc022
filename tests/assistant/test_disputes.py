"""Quarrels with somebody who is no authority are named to who deals with them; an official who gains is no quarrel."""

import pytest

from assistant import disputes
from assistant.remit import matter_of
from assistant.responder import Responder
from tests.assistant.chatting import Talk


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("房东把锁换了，我的货还在里头", "公共法律服务中心"),
        ("美团把我店下架了，客服不回", "市场监管投诉举报"),
        ("有个老板赊了三车砂石，赖着不给钱", "公共法律服务中心"),
        ("隔壁装修钻墙，客人都跑光了", "公安机关"),
        ("对面往我铺子里灌烟，熏死人", "生态环境局"),
        ("驿站把我发的货搞丢了不赔", "邮政管理局"),
    ],
)
def test_a_quarrel_with_somebody_else_is_no_appeal_to_us(engine: Responder, text: str, department: str) -> None:
    matter = matter_of(text)
    assert matter is not None
    assert matter.department == department
    assert Talk(engine).behaviour(text) == "outside_remit"


@pytest.mark.parametrize(
    "text", ["房东不给发票，场租补贴报不了", "窗口让我跑了四趟还不给办", "城管把我外摆的冰柜拉走了"]
)
def test_where_an_authority_has_part_in_it_it_is_no_quarrel_with_others(text: str) -> None:
    assert not disputes.is_dispute(text)


def test_who_was_heard_by_nobody_is_taken_down() -> None:
    told = "隔壁饭店油烟天天往我店里灌，说多少回了没人理"
    assert disputes.is_dispute(told)
    assert not disputes.is_for_others(told)


@pytest.mark.parametrize(
    "text",
    [
        "管片的队长天天来顺两瓶酒，从来不付钱",
        "验收的只准用他姐夫那家的灭火器",
        "村干部把给商户的补助扣了一半",
        "我给过科里的人三千块才过的，现在又来要",
    ],
)
def test_what_an_official_gains_is_not_for_the_body_concerned(engine: Responder, text: str) -> None:
    assert Talk(engine).behaviour(text) == "secrecy"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("银行为什么要问我收入", "why_ask"),
        ("天气热，高温补贴怎么发", "off_topic"),
        ("人工费能抵扣吗", "human"),
        ("听说有个开业补贴，是多少", "pasted_policy"),
        ("隔壁店关了，他家的铺子我能登记吗", "closing_down"),
    ],
)
def test_a_question_about_a_matter_is_not_taken_for_the_matter_itself(engine: Responder, text: str, taken: str) -> None:
    assert Talk(engine).behaviour(text) != taken


@pytest.mark.parametrize(
    ("text", "behaviour"),
    [
        ("你几时下班", "what_are_you"),
        ("你问开业日期派啥用场", "why_ask"),
        ("帮我写个软文，说吃了不用打胰岛素", "forbidden"),
    ],
)
def test_what_is_said_to_the_assistant_is_heard_in_other_words(engine: Responder, text: str, behaviour: str) -> None:
    assert Talk(engine).behaviour(text) == behaviour
