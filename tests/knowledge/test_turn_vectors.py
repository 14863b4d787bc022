"""Within one turn a text is encoded once; no vector outlives its turn, and none is another one for it."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from knowledge import embedding
from knowledge.embedding import OnnxEmbedding, Vectors
from tests.knowledge.small_models import built_in, needs_models

pytestmark = needs_models

ASKED, OTHER = "铺子不搞了怎么销户", "开业补贴有多少钱"


class Counting(OnnxEmbedding):
    """The real model, and what it had to encode."""

    def __init__(self) -> None:
        super().__init__(built_in())
        self.encoded: list[str] = []

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return super()._encoded(texts)


@pytest.fixture(scope="module")
def of_model() -> Counting:
    return Counting()


@pytest.fixture
def model(of_model: Counting) -> Counting:
    of_model.encoded.clear()
    return of_model


def test_a_turn_encodes_a_text_once_and_the_vector_is_the_same(model: Counting) -> None:
    with embedding.one_turn():
        first = model.encode([ASKED])
        again = model.encode([OTHER, ASKED, ASKED])
    assert model.encoded == [ASKED, OTHER]
    bare = model.encode([OTHER, ASKED, ASKED])
    assert np.abs(again - bare).max() < 1e-6
    assert np.array_equal(first[0], again[1])


def test_nothing_is_kept_after_a_turn_or_outside_of_one(model: Counting) -> None:
    for _ in range(2):
        with embedding.one_turn():
            model.encode([ASKED])
        model.encode([OTHER])
    assert model.encoded == [ASKED, OTHER, ASKED, OTHER]


def test_turns_of_other_threads_have_vectors_of_their_own(model: Counting) -> None:
    def elsewhere() -> None:
        with embedding.one_turn():
            model.encode([ASKED])

    with embedding.one_turn():
        model.encode([ASKED])
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        model.encode([ASKED])
    assert model.encoded == [ASKED, ASKED]


def test_no_text_gives_no_vector(model: Counting) -> None:
    with embedding.one_turn():
        assert model.encode([]).shape == (0, model.dimension)
