"""Teaches the encoder of questions which clauses answer them: gradient descent on the links, passages as they are.

Only the side of the question changes: the vectors of the passages stay, so nothing has to be encoded anew.
Needs the extra [models].
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from knowledge.embedding import Vectors, Weights

LAYERS, HEADS, WIDTH, NARROW = 4, 8, 512, 1e-12
LONGEST_QUESTION = 128
"""Tokens."""
BATCH = 48
EPOCHS = 3
RATE = 5e-5
WARM_UP = 60
TEMPERATURE = 0.03
STAY = 0.5
"""How much a question's vector is held to where it was: what the links do not touch must not get lost."""
SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    questions: Sequence[str]
    answers: Sequence[Sequence[int]]
    """Rows of `passages` that answer each question."""
    passages: Vectors
    """Of everything in force; what does not answer a question is what it is told apart from."""


def train(
    folder: Path, lesson: Lesson, *, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> Weights:
    """The changed weights by their names in the ONNX file, for OnnxEmbedding(tuned=…)."""
    torch.manual_seed(SEED)
    encoder, before = Encoder(folder), Encoder(folder)
    tokens = _tokens(folder, lesson.questions)
    passages = torch.from_numpy(np.ascontiguousarray(lesson.passages))
    learning = [weight for weight in encoder.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=RATE, weight_decay=0.01)
    steps = max(1, EPOCHS * (len(tokens) // BATCH))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    for done, rows in enumerate(_batches(len(tokens)), start=1):
        loss = _loss(encoder, before, [tokens[row] for row in rows], [lesson.answers[row] for row in rows], passages)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        rate.step()
        on_progress(done, steps)
    return encoder.changed()


def _batches(count: int) -> Sequence[list[int]]:
    chance = random.Random(SEED)
    found = []
    for _ in range(EPOCHS):
        rows = list(range(count))
        chance.shuffle(rows)
        found += [rows[start : start + BATCH] for start in range(0, count - BATCH + 1, BATCH)]
    return found


def _loss(
    encoder: "Encoder",
    before: "Encoder",
    tokens: Sequence[Sequence[int]],
    answers: Sequence[Sequence[int]],
    passages: Any,
) -> Any:
    """Cross entropy over all passages, any right one counting, and the distance from the untrained vectors."""
    ids, mask = _padded(tokens)
    vectors = encoder(ids, mask)
    with torch.no_grad():
        untrained = before(ids, mask)
    likely = functional.log_softmax(vectors @ passages.T / TEMPERATURE, dim=-1)
    right = [torch.logsumexp(row[list(rows)], 0) for row, rows in zip(likely, answers, strict=True)]
    moved = 1 - (vectors * untrained).sum(-1)
    return -torch.stack(right).mean() + STAY * moved.mean()


def _tokens(folder: Path, questions: Sequence[str]) -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST_QUESTION)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(questions))]


def _padded(tokens: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    width = max(map(len, tokens))
    ids = torch.zeros(len(tokens), width, dtype=torch.long)
    mask = torch.zeros(len(tokens), width, dtype=torch.bool)
    for row, its in enumerate(tokens):
        ids[row, : len(its)] = torch.tensor(its)
        mask[row, : len(its)] = True
    return ids, mask


class Encoder(nn.Module):  # type: ignore[misc]  # torch is not there for mypy
    """bge-small as its optimised ONNX file has it: same names, same results (see the test of parity)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        file = onnx.load(str(folder / "model_optimized.onnx"))
        weights: Mapping[str, Any] = {one.name: onnx.numpy_helper.to_array(one) for one in file.graph.initializer}
        self._names = [name for name, value in weights.items() if value.dtype == np.float32]
        self._weights = nn.ParameterList(
            nn.Parameter(torch.from_numpy(weights[name].copy()), requires_grad=not name.startswith("embeddings."))
            for name in self._names
        )
        self._places = {name: place for place, name in enumerate(self._names)}
        self._matrices = [name for name in self._names if name.startswith("onnx::MatMul_")]

    def changed(self) -> Weights:
        return {
            name: weight.detach().numpy().astype(np.float16)
            for name, weight in zip(self._names, self._weights, strict=True)
            if weight.requires_grad
        }

    def forward(self, ids: Any, mask: Any) -> Any:
        """Unit vectors of the CLS tokens, shape (questions, dimension)."""
        states = (
            self._of("embeddings.word_embeddings.weight")[ids]
            + self._of("embeddings.token_type_embeddings.weight")[0]
            + self._of("embeddings.position_embeddings.weight")[: ids.shape[1]]
        )
        states = self._normal(states, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            states = self._layer(states, mask, layer)
        return functional.normalize(states[:, 0], dim=-1)

    def _layer(self, states: Any, mask: Any, layer: int) -> Any:
        name = f"encoder.layer.{layer}"
        out, wide, back = self._matrices[3 * layer : 3 * layer + 3]
        together = states @ self._of(f"Attention_{layer}_qkv_weight") + self._of(f"Attention_{layer}_qkv_bias")
        query, key, value = (self._heads(part) for part in together.split(WIDTH, -1))
        if layer == LAYERS - 1:  # only CLS is read
            query, states = query[:, :, :1], states[:, :1]
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        seen = seen.transpose(1, 2).flatten(2) @ self._of(out) + self._of(f"{name}.attention.output.dense.bias")
        states = self._normal(states + seen, f"{name}.attention.output.LayerNorm")
        thought = states @ self._of(wide) + self._of(f"{name}.intermediate.dense.bias")
        thought = functional.gelu(thought, approximate="tanh") @ self._of(back)
        return self._normal(states + thought + self._of(f"{name}.output.dense.bias"), f"{name}.output.LayerNorm")

    def _heads(self, part: Any) -> Any:
        return part.unflatten(-1, (HEADS, -1)).transpose(1, 2)

    def _normal(self, states: Any, name: str) -> Any:
        return functional.layer_norm(states, (WIDTH,), self._of(f"{name}.weight"), self._of(f"{name}.bias"), NARROW)

    def _of(self, name: str) -> Any:
        return self._weights[self._places[name]]
