"""A link that wants a password is a fraud, money gone is stopped first; grief is heard before anything else."""

import re

import pytest

from assistant.flows.safe import is_grief
from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies


@pytest.mark.parametrize(
    "said",
    [
        "有个官网 http://qinghe-bt.example.net 让我填银行卡密码领补贴",
        "收到短信，点 https://lq.example.com/x 要输验证码才给补贴",
        "电话里自称人社的叫我念卡号和验证码，说补贴马上到账",
        "网站要我填取款密码，说是退补贴",
    ],
)
def test_a_link_that_wants_a_password_is_a_fraud(engine: Responder, said: str) -> None:
    (reply, *_) = replies(Talk(engine).say(said))
    assert reply.behaviour == "fee_offer"
    assert re.search("诈骗|骗局", reply.text)
    assert "110" in reply.text


@pytest.mark.parametrize(
    "said", ["我被人骗了三万块，说是补贴保证金，刚转过去", "按那个网页填了卡号和验证码，钱被刷走了"]
)
def test_money_that_is_gone_is_stopped_first(engine: Responder, said: str) -> None:
    (reply, *_) = replies(Talk(engine).say(said))
    assert reply.behaviour == "fee_offer"
    first = reply.text.split("\n")[0]
    assert first.startswith("先止损")
    assert "110" in first
    assert "银行" in first


@pytest.mark.parametrize("said", ["asdfghjkl", "qwerty", "都对", "xyz123"])
def test_words_that_say_nothing_are_no_anger(engine: Responder, said: str) -> None:
    assert "着急" not in replies(Talk(engine).say(said))[0].text


def test_a_greeting_after_small_talk_is_greeted(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("今天天气怎么样")
    assert replies(talk.say("你好"))[0].text.startswith("您好")


@pytest.mark.parametrize("said", ["我妈刚走，店要不要马上注销", "我老公上个月走了，店是他的名字，我想接着开"])
def test_grief_is_heard_first(engine: Responder, said: str) -> None:
    assert is_grief(said)
    (reply, *_) = replies(Talk(engine).say(said))
    assert "节哀" in reply.text


def test_words_of_a_loss_are_never_read_back_as_a_complaint(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我老公上个月走了，店是他的名字，我想接着开")
    for said in ("转人工", "什么破玩意，气死我了", "气死我了，你们这帮骗子", "垃圾系统，狗屁"):
        for reply in replies(talk.say(said)):
            assert "老公" not in reply.text
