"""A question that comes with giving up the shop is answered; what is hard is asked for behind it, not instead."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import Talk


@pytest.mark.parametrize("said", ["我不想开了，想问简易注销要不要公示", "我要注销，简易注销无需公示是吗"])
def test_a_question_beside_the_wish_is_answered_first(engine: Responder, said: str) -> None:
    reply = Talk(engine).answer(said)
    assert reply.answer is not None
    assert reply.answer["sources"]
    assert "先问一句" not in reply.text


@pytest.mark.parametrize("said", ["我要注销怎么弄", "我不想干了，咋办", "我要关店了"])
def test_who_only_wants_out_is_asked_what_is_hard(engine: Responder, said: str) -> None:
    assert "先问一句" in Talk(engine).answer(said).text


def test_a_question_is_answered_alone_where_the_trouble_was_asked_for(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("我不想干了")
    told = talk.answer("个体工商户简易注销要公示吗").text
    assert "三条路" not in told
    talk = Talk(engine)
    talk.say("我不想干了")
    assert "三条路" in talk.answer("房租太贵").text
