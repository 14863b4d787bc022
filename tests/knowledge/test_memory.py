"""The memory: like questions lead to the clauses that answered them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from knowledge.embedding import Vectors
from knowledge.linked_places import Place, covers, resolve
from knowledge.links import Link
from knowledge.memory import TELLING, Memory, Recalled

MEMORY = Memory(
    questions=("开店要办什么", "店不开了怎么注销"),
    vectors=np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32),
    targets=((0,), (0, 1)),
    passages=("p0", "p1"),
    passage_vectors=np.array([[0.6, 0.8], [0.8, 0.6]], dtype=np.float32),
)
ASKED = np.array([0.8, 0.6], dtype=np.float32)
PLACES = {
    "办法(试行)": [Place("a", "d1", "990100", "第六条第（一）项", ""), Place("b", "d2", "990200", "第六十条", "")]
}


def recalled(asked: Vectors, without: Sequence[int] = ()) -> list[Recalled]:
    return MEMORY.recall(MEMORY.likeness(asked, without=without), asked)


def test_a_like_question_recalls_its_clause() -> None:
    (first, *_) = recalled(ASKED)
    assert first.id == "p0"
    assert first.similarity == pytest.approx(0.8)
    assert first.meaning == pytest.approx(0.96)


def test_an_unlike_question_recalls_nothing() -> None:
    assert recalled(np.array([-1.0, 0.0], dtype=np.float32)) == []


def test_what_is_left_out_is_not_recalled() -> None:
    near_the_first = np.array([0.96, 0.28], dtype=np.float32)
    assert [one.id for one in recalled(near_the_first)] == ["p0"]
    assert recalled(near_the_first, without=[0]) == []


def test_the_nearest_questions_tell_how_known_a_matter_is_and_what_answers_it() -> None:
    many = replace(MEMORY, questions=("问",) * TELLING)
    near = many.near(many.likeness(ASKED), ["p1"])
    assert near is not None
    assert near.nearest == pytest.approx(0.8)
    assert near.five == pytest.approx(0.7)
    assert 0 < near.votes < 0.01  # the nearer question is answered by p0 alone
    assert many.near(many.likeness(ASKED), ["p0"]) == replace(near, votes=1.0)


def test_few_known_questions_tell_nothing() -> None:
    assert MEMORY.near(MEMORY.likeness(ASKED), ["p0"]) is None


@pytest.mark.parametrize(
    ("clause", "path", "fits"),
    [
        ("第六条", "第六条", True),
        ("第六条", "第六条第（一）项", True),
        ("第六条", "第六十条", False),
        ("三（二）", "三（二）1", True),
        ("附件2", "附件", False),
    ],
)
def test_a_clause_covers_its_parts_and_no_other(clause: str, path: str, *, fits: bool) -> None:
    assert covers(clause, path) is fits


def test_brackets_of_either_kind_name_the_same_document() -> None:
    assert [place.id for place in resolve(Link("怎么办", "办法（试行）", "第六条"), PLACES)] == ["a"]


def test_a_link_of_one_city_means_no_document_of_another() -> None:
    assert resolve(Link("怎么办", "办法（试行）", "第六十条", "990100"), PLACES) == []
