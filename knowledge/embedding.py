"""Text to unit vectors with bge-small-zh-v1.5 on onnxruntime (design.md 4).

CLS token, L2-normalised, no query instruction. fp32 is deterministic and does not
depend on the batch, so vectors can be cached and compared between machines.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

MAX_TOKENS = 512
BATCH_TOKENS = 2048
"""Padded tokens of one batch: 4 × 512 keeps the process under 400 MB (design.md 4)."""
WASTED_TOKENS = 10
"""Of padding, from which a batch of its own is sooner done: the weights are read once more (3 ms), a token takes .27."""


class EmbeddingModel(Protocol):
    """Anything that turns texts into unit vectors of one dimension."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Hash over everything that decides the vectors: weights, tokenizer, pooling."""
        ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""
        ...


Weights = Mapping[str, NDArray[np.float16]]
"""Trained weights of the encoder by their names in the ONNX file."""


@dataclass(slots=True)
class _Turn:
    vectors: dict[tuple[str, str], Vectors] = field(default_factory=dict)
    """By model and text."""
    is_over: bool = False


_own = threading.local()


@contextmanager
def one_turn() -> Iterator[None]:
    """Within it, this thread encodes a text once: choosing a flow and looking up ask alike. Nothing is kept after it.

    A turn that is carried on by another thread only encodes again.
    """
    turn = _own.turn = _Turn()
    try:
        yield
    finally:
        turn.is_over = True
        turn.vectors.clear()


class OnnxEmbedding:
    """The default model. One instance may be used from several threads."""

    name = "bge-small-zh-v1.5"
    dimension = 512

    def __init__(self, folder: Path, *, threads: int = 1, tuned: Weights | None = None) -> None:
        """`tuned` weights take the place of those in the file."""
        self.folder = folder
        weights, vocabulary = folder / "model_optimized.onnx", folder / "tokenizer.json"
        self.fingerprint = _fingerprint(weights, vocabulary, tuned=tuned or {})
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # a second thread sleeps between operators: spinning there it takes as long again of a core that others need
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._tuned = {  # the session reads them, but does not keep them
            name: onnxruntime.OrtValue.ortvalue_from_numpy(value.astype(np.float32))
            for name, value in (tuned or {}).items()
        }
        for name, value in self._tuned.items():
            options.add_initializer(name, value)
        self._session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        turn: _Turn | None = getattr(_own, "turn", None)
        if turn is None or turn.is_over or not texts:
            return self._encoded(texts)
        known = turn.vectors
        if missing := [text for text in dict.fromkeys(texts) if (self.fingerprint, text) not in known]:
            found = zip(missing, self._encoded(missing), strict=True)
            known.update(((self.fingerprint, text), vector) for text, vector in found)
        return np.stack([known[self.fingerprint, text] for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows in batches([len(ids) for ids in tokens], wasted=WASTED_TOKENS):
            vectors[rows] = self._run([tokens[row] for row in rows])
        return vectors

    def _run(self, batch: list[list[int]]) -> Vectors:
        width = max(map(len, batch))
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: value for name, value in feed.items() if name in self._inputs})[0]
        cls = np.asarray(hidden, dtype=np.float32)[:, 0, :]
        unit: Vectors = cls / np.linalg.norm(cls, axis=1, keepdims=True)
        return unit


class TwofoldEmbedding:
    """Questions as two models of one dimension see them: a vector of both halves, still of length one.

    The cosine of two such vectors is the mean of the cosines under either model.
    """

    name = "twofold"

    def __init__(self, first: EmbeddingModel, second: EmbeddingModel) -> None:
        self._first, self._second = first, second
        self.fingerprint = hashlib.sha256(f"{first.fingerprint}+{second.fingerprint}".encode()).hexdigest()[:16]
        self.dimension = first.dimension + second.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        both = np.concatenate([self._first.encode(texts), self._second.encode(texts)], axis=1)
        unit: Vectors = both / np.sqrt(np.float32(2))
        return unit


def second_half(vectors: Vectors) -> Vectors:
    """What the second model of a TwofoldEmbedding says, of length one again."""
    half: Vectors = vectors[..., vectors.shape[-1] // 2 :] * np.sqrt(np.float32(2))
    return half


def batches(lengths: Sequence[int], *, wasted: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Rows grouped by similar length, each group within BATCH_TOKENS when padded.

    One that makes those before it longer by more than `wasted` tokens in all begins a new group.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        padding = (lengths[row] - lengths[batch[-1]]) * len(batch) if batch else 0
        if batch and (padding > wasted or lengths[row] * (len(batch) + 1) > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _fingerprint(*files: Path, tuned: Weights) -> str:
    digest = hashlib.sha256(b"cls,l2")
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    for name in sorted(tuned):
        digest.update(name.encode() + np.ascontiguousarray(tuned[name]).tobytes())
    return digest.hexdigest()[:16]
