"""The arithmetic of likeness against the plain way of computing it."""

import numpy as np
import pytest

from assistant.likeness import STRIP, Meanings, Words, diagonal_of_inverse, solved
from knowledge.embedding import Vectors

TEXTS = ["场租补贴怎么申请", "场租补贴多少钱", "我要投诉物业", "投诉物业乱收费", "转人工"]


def test_likeness_is_the_same_both_ways_and_greater_with_more_in_common() -> None:
    kernel = Words(TEXTS).kernel()
    assert kernel == pytest.approx(kernel.T)
    assert kernel[0, 1] > kernel[0, 2] >= kernel[0, 4]
    assert kernel[2, 3] > kernel[1, 3]


def test_words_summed_up_by_their_pieces_are_the_likeness_to_the_sentences() -> None:
    words = Words(TEXTS)
    votes = np.eye(len(TEXTS), dtype=np.float32)
    scores = np.stack([words.scores(text, words.folded_in(votes)) for text in TEXTS])
    assert scores == pytest.approx(words.kernel(), abs=1e-5)


def test_far_meanings_never_count_against() -> None:
    vectors = np.array([[1, 0], [-1, 0], [0, 1]], dtype=np.float32)
    kernel = np.zeros((3, 3), dtype=np.float32)
    meanings = Meanings(vectors)
    meanings.add_to(kernel, 0.5)
    assert (kernel > 0).all()
    assert 0.5 * meanings.likeness(vectors) == pytest.approx(kernel)


def test_a_table_of_many_strips_is_compared_whole() -> None:
    drawn = np.random.default_rng(3).normal(size=(2 * STRIP + 7, 16)).astype(np.float32)
    kernel = np.zeros((len(drawn), len(drawn)), dtype=np.float32)
    meanings = Meanings(drawn)
    meanings.add_to(kernel, 1.0)
    assert meanings.likeness(drawn[-3:]) == pytest.approx(kernel[-3:], abs=1e-5)


def test_the_system_is_solved_as_elimination_would() -> None:
    drawn = np.random.default_rng(7).normal(size=(60, 20)).astype(np.float32)
    system = drawn @ drawn.T + np.eye(60, dtype=np.float32)
    wanted = np.eye(60, dtype=np.float32)[:, :3]
    assert solved(system, wanted) == pytest.approx(np.linalg.solve(system, wanted), abs=0.1)


@pytest.mark.parametrize("size", [1, 5, 256, 257, 700])
def test_the_diagonal_is_the_one_of_the_whole_inverse(size: int) -> None:
    half: Vectors = np.random.default_rng(size).standard_normal((size, size)).astype(np.float32)
    system: Vectors = (half @ half.T / size + np.eye(size)).astype(np.float32)
    assert diagonal_of_inverse(system) == pytest.approx(np.diag(np.linalg.inv(system)), abs=1e-4)


def test_a_class_that_nobody_wants_has_no_votes() -> None:
    assert not solved(np.eye(2, dtype=np.float32), np.array([[1, 0], [1, 0]], dtype=np.float32))[:, 1].any()
