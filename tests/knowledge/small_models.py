"""Model folders for tests of the extra [models]: bge-small out of its ONNX file, and tiny ones with random weights."""

import functools
import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.errors import WeightsUnavailable
from knowledge.weights import WeightsSettings, find_or_fetch

CACHE = Path.home() / ".cache" / "xiaoer"
IN_CI = os.environ.get("CI") == "true"

needs_models = pytest.mark.skipif(
    not IN_CI and not all(importlib.util.find_spec(name) for name in ("sentence_transformers", "torch")),
    reason="没有安装 xiaoer[models]，跳过；CI 里必须有",
)

Weights = Mapping[str, NDArray[np.float32]]

BGE_SMALL = {"hidden_size": 512, "num_hidden_layers": 4, "num_attention_heads": 8, "intermediate_size": 2048}
TINY = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


@functools.cache
def built_in() -> Path:
    """The folder of the weights that the default runtime uses; CI fetches them when they are not there."""
    try:
        return find_or_fetch(WeightsSettings(CACHE, offline=not IN_CI))
    except WeightsUnavailable as error:
        if IN_CI:
            pytest.fail(str(error))
        pytest.skip(str(error))


def convert(onnx_folder: Path, folder: Path) -> Path:
    """The same weights as a folder that transformers reads.

    The ONNX file was optimised: FastGelu is GELU's tanh form, and one matrix holds query, key and value.
    """
    from transformers import BertModel

    model = BertModel(_configuration(**BGE_SMALL, hidden_act="gelu_pytorch_tanh"))
    missing, unexpected = model.load_state_dict(_tensors(_read(onnx_folder / "model_optimized.onnx")), strict=False)
    assert not unexpected
    assert all(name.startswith("pooler.") for name in missing), missing
    return _save(model, onnx_folder / "tokenizer.json", folder)


def tiny_embedding(folder: Path, *, seed: int = 7) -> Path:
    import torch
    from transformers import BertModel

    torch.manual_seed(seed)
    return _save(BertModel(_configuration(**TINY)), built_in() / "tokenizer.json", folder)


def tiny_reranker(folder: Path, *, labels: int = 1) -> Path:
    """A real cross-encoder that has learned nothing; the same at every call."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(7)
    model = BertForSequenceClassification(_configuration(**TINY, num_labels=labels))
    return _save(model, built_in() / "tokenizer.json", folder)


def _configuration(**shape: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(**{"vocab_size": 21128, "max_position_embeddings": 512, **shape})


def _save(model: Any, tokenizer: Path, folder: Path) -> Path:
    from transformers import PreTrainedTokenizerFast

    special = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")}
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_file=str(tokenizer), model_max_length=512, **special).save_pretrained(folder)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    return folder


def _read(file: Path) -> Weights:
    import onnx

    tensors = onnx.load(str(file)).graph.initializer
    return {tensor.name: onnx.numpy_helper.to_array(tensor).copy() for tensor in tensors}


def _tensors(weights: Weights) -> dict[str, Any]:
    import torch

    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in _named(weights)}


def _named(weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """As BertModel calls them; a linear layer there holds the transposed matrix."""
    yield from ((name, value) for name, value in weights.items() if name.startswith(("embeddings.", "encoder.")))
    nameless = iter(value for name, value in weights.items() if name.startswith("onnx::MatMul_"))
    for number in range(BGE_SMALL["num_hidden_layers"]):
        layer = f"encoder.layer.{number}"
        for dense in ("attention.output", "intermediate", "output"):
            yield f"{layer}.{dense}.dense.weight", next(nameless).T
        for kind in ("weight", "bias"):
            parts = np.split(weights[f"Attention_{number}_qkv_{kind}"], 3, axis=-1)
            for part, value in zip(("query", "key", "value"), parts, strict=True):
                yield f"{layer}.attention.self.{part}.{kind}", value.T
