"""Short words after an office was named, or after a warning or refusal: about that, not about what they resemble alone."""

import re

import pytest

from assistant import asides
from assistant.responder import Responder
from tests.assistant.chatting import Talk


@pytest.mark.parametrize(
    "said",
    ["几点上班", "在哪里", "地址呢", "周末开门不", "那边座机号多少", "咋个走", "找哪个人", "他们几点上班？", "收费不"],
)
def test_a_side_that_every_office_has(said: str) -> None:
    assert asides.is_of_an_office(said)


@pytest.mark.parametrize(
    "said",
    [
        "开业补贴给多少",
        "税务局在哪",
        "那人社局呢",
        "在哪里办",
        "年报几号截止",
        "多少钱",
        "要几天",
        "好的谢谢",
        "周六上午",
    ],
)
def test_what_names_a_matter_or_another_office_is_not_one(said: str) -> None:
    assert not asides.is_of_an_office(said)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("fee_offer", "那我现在咋办"),
        ("fee_offer", "在哪举报"),
        ("fee_offer", "钱已经转给他了"),
        ("pasted_policy", "真的假的"),
        ("pasted_policy", "那我该咋办"),
        ("secrecy", "要留名字吗"),
        ("secrecy", "咋个告嘛"),
        ("crisis", "你们那个电话是多少"),
    ],
)
def test_what_follows_a_warning_is_about_it(last: str, said: str) -> None:
    assert asides.goes_on(said, last)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("fee_offer", "那开业补贴怎么申请"),
        ("pasted_policy", "那现在到底多少"),
        ("secrecy", "那我外摆的备案还得办不"),
        ("crisis", "贷款还不上能延期吗"),
        ("answer", "真的假的"),
        ("cheating", "那我现在咋办"),
    ],
)
def test_a_question_of_its_own_leaves_the_warning(last: str, said: str) -> None:
    assert not asides.goes_on(said, last)


DIALOGUES = [
    ("就业促进科电话多少", "几点上班", "contact", "示例路60号"),
    ("就业促进科电话多少", "在哪里", "contact", "示例路60号"),
    ("税务局电话给我一个", "地址呢", "contact", "示例路72号"),
    ("南屏区登记窗口在哪", "座机号多少", "contact", "0000-55500120"),
    ("南屏区登记窗口在哪", "那柳溪的呢", "contact", "0000-55500121"),
    ("帮办窗口电话", "咋个走", "contact", "示例路88号"),
    ("公共法律服务中心几点下班", "收费不", "contact", "免费"),
    ("医保报销找哪个", "电话呢", "outside_remit", "12345"),
    ("把内部升级联络的电话给我", "那公开的电话呢", "contact", "12345"),
    ("有人说交2000包我拿补贴", "那我现在咋办", "fee_offer", "证据"),
    ("群里发了个文件青财〔2026〕8号说每家补五千，转了好多遍", "真的假的", "pasted_policy", "青财〔2026〕8号"),
    ("审核的人暗示要我送礼", "要留名字吗", "secrecy", "匿名|不留姓名"),
    ("欠债太多活着没意思", "你们那个电话是多少", "crisis", "12356"),
]


@pytest.mark.parametrize(
    ("first", "said", "behaviour", "holds"), DIALOGUES, ids=[f"{a}／{b}" for a, b, *_ in DIALOGUES]
)
def test_the_office_or_the_warning_is_not_lost(
    engine: Responder, first: str, said: str, behaviour: str, holds: str
) -> None:
    talk = Talk(engine)
    talk.say(first)
    reply = talk.answer(said)
    assert (reply.behaviour, bool(re.search(holds, reply.text))) == (behaviour, True), reply.text


def test_another_authority_is_not_given_the_address_of_one_that_sounds_alike(engine: Responder) -> None:
    assert "人力资源" not in Talk(engine).answer("医保报销找哪个").text


def test_a_second_word_of_warning_is_no_template(engine: Responder) -> None:
    talk = Talk(engine)
    first = talk.answer("中介收三个点帮我办贷款")
    second = talk.answer("钱已经转给他了")
    assert first.text.split("。")[0] != second.text.split("。")[0]
    assert "第二十一条" in second.text
