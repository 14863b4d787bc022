"""Batches of the encoder: no padding that costs more than it saves, and the vectors of one text at a time."""

from itertools import chain

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from knowledge.embedding import BATCH_TOKENS, OnnxEmbedding, Vectors, batches
from tests.knowledge.small_models import built_in, needs_models

TEXTS = ["歇业", "个体工商户最长可以歇业多久？", "外摆要不要另外办许可，占用人行道的要注意什么？" * 6, "", "A&B 2026年"]


def whole(text: str) -> Vectors:
    """By the file as it is published."""
    file = built_in() / "model_optimized.onnx"
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    ids = np.array([Tokenizer.from_file(str(file.with_name("tokenizer.json"))).encode(text).ids], dtype=np.int64)
    asked = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    first = np.asarray(session.run(None, asked)[0])[:, 0]
    unit: Vectors = (first / np.linalg.norm(first, axis=1, keepdims=True))[0]
    return unit


@needs_models
def test_texts_of_any_lengths_together_have_the_vectors_of_each_alone_bit_by_bit() -> None:
    found = OnnxEmbedding(built_in()).encode(TEXTS)
    assert all(np.array_equal(vector, whole(text)) for vector, text in zip(found, TEXTS, strict=True))


def test_a_short_text_is_not_filled_up_to_a_long_one() -> None:
    assert list(batches([40, 6, 8, 7], wasted=10)) == [[1, 3, 2], [0]]
    assert list(batches([40, 6, 8, 7])) == [[1, 3, 2, 0]]


def test_every_text_is_in_one_batch_and_none_is_too_large() -> None:
    lengths = [3, 512, 90, 90, 91, 12, 512, 511, 512, 512, 40] * 3
    found = list(batches(lengths, wasted=10))
    assert sorted(chain.from_iterable(found)) == list(range(len(lengths)))
    assert all(len(rows) * max(lengths[row] for row in rows) <= BATCH_TOKENS for rows in found)
