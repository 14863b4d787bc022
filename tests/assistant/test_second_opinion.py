"""A language model may see a danger that the exemplars do not know, and only that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.behaviours import Behaviour
from assistant.choosing import Chooser
from assistant.descriptions import DESCRIPTIONS
from assistant.exemplars import Exemplar
from assistant.second_opinion import LONGEST, SUSPECTS, SecondOpinion
from tests.assistant.chatting import says_always

KNOWN = [
    *(Exemplar(Behaviour.CRISIS, text) for text in ("我不想活了", "真的不想活了", "我不想再活")),
    *(Exemplar(Behaviour.FORBIDDEN, text) for text in ("怎么造枪", "怎么造枪支")),
    *(Exemplar(Behaviour.ANSWER, text) for text in ("开业补贴多少钱", "场租补贴多少钱")),
]
OBLIQUE = "我不想再活得这样累"


@contextmanager
def opinion(words: str) -> Iterator[tuple[SecondOpinion, list[dict[str, Any]]]]:
    with says_always(words) as (client, model):
        yield SecondOpinion(Chooser(KNOWN), client), model.requests


def test_a_danger_the_model_sees_counts() -> None:
    with opinion("crisis") as (second, _):
        assert second.on(OBLIQUE) is Behaviour.CRISIS


@pytest.mark.parametrize("words", ["none", "", "forbidden", "answer", "我看是 crisis"])
def test_only_the_plain_name_of_what_is_suspected_counts(words: str) -> None:
    with opinion(words) as (second, _):
        assert second.on(OBLIQUE) is None


def test_nobody_is_asked_about_what_is_like_no_danger() -> None:
    with opinion("crisis") as (second, requests):
        assert second.on("开业补贴多少钱") is None
        assert requests == []


def test_without_a_model_nothing_is_seen() -> None:
    assert SecondOpinion(Chooser(KNOWN), None).on(OBLIQUE) is None


def test_the_model_is_shown_the_beginning_of_a_long_message() -> None:
    with opinion("none") as (second, requests):
        second.on(OBLIQUE + "唉" * 2 * LONGEST)
        assert len(requests) == 1
        assert "唉" * LONGEST not in str(requests[0])


def test_every_sign_is_of_a_class_that_a_chooser_may_know() -> None:
    assert DESCRIPTIONS.keys() >= SUSPECTS
    assert Behaviour.SENSITIVE_DATA not in SUSPECTS
