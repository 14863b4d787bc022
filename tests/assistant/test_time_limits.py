"""How long an authority takes, apart from how long something is valid."""

import pytest

from assistant import time_limits
from assistant.responder import Responder
from tests.assistant.chatting import QINGHE, Talk


@pytest.mark.parametrize(
    "question", ["食品证几天批", "执照多久能下来", "信用修复要几天", "办好要多少个工作日", "好久才拿得到证"]
)
def test_how_long_it_takes_is_asked(question: str) -> None:
    assert time_limits.asked(question)


@pytest.mark.parametrize(
    "question", ["食品证管几年", "歇业最长多久", "几天之内要变更", "补贴发几个月", "批发市场几点开门"]
)
def test_other_times_are_not(question: str) -> None:
    assert not time_limits.asked(question)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("自受理之日起8个工作日内作出是否准予许可的决定", True),
        ("材料齐全的当场登记", True),
        ("许可证有效期为5年", False),
        ("应当在期满前30日内申请延续", False),
    ],
)
def test_a_clause_tells_how_long_the_authority_takes(text: str, is_told: bool) -> None:
    assert time_limits.told(text) is is_told


def test_of_two_clauses_on_a_licence_the_one_with_the_time_it_takes_comes_first(engine: Responder) -> None:
    reply = Talk(engine, region=QINGHE).answer("食品证几天批")
    assert reply.answer is not None
    assert reply.answer["sources"][0]["clause"] in {"第十条", "S-12", "FAQ-046"}
