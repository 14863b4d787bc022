"""The encoder computes only what its vectors are made of, and no padding that costs more than it saves."""

from itertools import chain
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from knowledge import first_token
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
def test_the_cut_graph_gives_the_vectors_of_the_whole_one_bit_by_bit() -> None:
    assert isinstance(first_token.model_of(built_in() / "model_optimized.onnx"), bytes)
    found = OnnxEmbedding(built_in()).encode(TEXTS)
    assert all(np.array_equal(vector, whole(text)) for vector, text in zip(found, TEXTS, strict=True))


def test_a_graph_that_is_none_of_ours_is_opened_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"/encoder/layer.3/attention/self/Reshape_3_output_0" * 2)
    assert first_token.model_of(other) == str(other)


def test_a_short_text_is_not_filled_up_to_a_long_one() -> None:
    assert list(batches([40, 6, 8, 7], wasted=10)) == [[1, 3, 2], [0]]
    assert list(batches([40, 6, 8, 7])) == [[1, 3, 2, 0]]


def test_every_text_is_in_one_batch_and_none_is_too_large() -> None:
    lengths = [3, 512, 90, 90, 91, 12, 512, 511, 512, 512, 40] * 3
    found = list(batches(lengths, wasted=10))
    assert sorted(chain.from_iterable(found)) == list(range(len(lengths)))
    assert all(len(rows) * max(lengths[row] for row in rows) <= BATCH_TOKENS for rows in found)
