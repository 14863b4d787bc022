"""Two rules are held against each other only where both speak of the matter; one edition and the next are told apart."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies


def test_a_clause_that_leaves_room_for_everything_is_no_side(engine: Responder) -> None:
    for reply in replies(Talk(engine).say("市里说小餐饮许可证管五年，省里又说三年，听谁的")):
        assert "七（一）" not in str(reply.answer)
        assert "第二十五条" not in str(reply.answer)


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [("两份同名的扶持办法，老办法写开业补贴5000元，新办法写8000元，照哪份", "青政规〔2022〕5号", "青政规〔2025〕2号")],
)
def test_two_editions_of_one_title_are_told_apart(engine: Responder, said: str, old: str, new: str) -> None:
    (reply,) = replies(Talk(engine).say(said))
    assert (reply.behaviour, old in reply.text, new in reply.text) == ("conflict", True, True)


def test_where_one_side_only_is_found_the_answer_says_so_and_promises_no_two_texts(engine: Responder) -> None:
    for reply in replies(Talk(engine).say("国家说歇业最多几年，市里又说三年，哪个算")):
        sources = reply.answer["sources"] if reply.answer else []
        assert "两边的原文" not in reply.text or len({one["title"] for one in sources}) > 1
