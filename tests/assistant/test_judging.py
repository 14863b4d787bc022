"""A language model chooses among clauses by number, and anything else that it says is no choice."""

import pytest

from assistant.judging import LONGEST, Judge, Verdict, judge_of, verdict
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.assistant.chatting import says_always

CLAUSES = [
    ("《甲办法》第一条", "开业补贴5000元。"),
    ("《甲办法》第二条", "三十日内申请。"),
    ("《乙办法》第一条", "租金补贴。"),
]


@pytest.mark.parametrize(
    ("line", "rows", "is_partly"),
    [
        ("2", (1,), False),
        ("2,1", (1, 0), False),
        ("3、1", (2, 0), False),
        ("2，2", (1,), False),
        ("部分 3", (2,), True),
        ("部分：1,2", (0, 1), True),
        ("无", (), False),
        ("“无”。", (), False),
    ],
)
def test_a_reply_names_clauses_or_none(line: str, rows: tuple[int, ...], is_partly: bool) -> None:
    assert verdict(line, 3) == Verdict(rows, is_partly)


@pytest.mark.parametrize("line", ["", "4", "0", "第二条", "2 因为写着", "无法判断", "1,9", "-1"])
def test_anything_else_is_no_verdict(line: str) -> None:
    assert verdict(line, 3) is None


def test_the_model_is_shown_names_and_beginnings_of_the_clauses() -> None:
    with says_always("2") as (client, model):
        long = ("《丙办法》第一条", "补" * LONGEST + "尾")
        assert Judge(client).judge("补多少", [*CLAUSES, long]) == Verdict((1,))
        shown = str(model.requests[0])
    assert "《甲办法》第二条" in shown
    assert "补" * LONGEST in shown
    assert "补尾" not in shown


def test_nobody_is_asked_about_no_clauses() -> None:
    with says_always("1") as (client, model):
        assert Judge(client).judge("补多少", []) is None
        assert model.requests == []


def test_a_model_that_cannot_be_reached_gives_no_verdict() -> None:
    dead = ChatModel(ModelSettings("http://127.0.0.1:9/v1", "dead", timeout_seconds=1, retries=0))
    assert Judge(dead).judge("补多少", CLAUSES) is None


def test_only_a_model_that_may_read_is_made_a_judge() -> None:
    plain, reading = (ChatModel(ModelSettings("http://127.0.0.1:9/v1", "m", reads=reads)) for reads in (False, True))
    assert judge_of(None) is None
    assert judge_of(plain) is None
    assert judge_of(reading) is not None
