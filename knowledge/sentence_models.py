"""Embedding models and re-rankers of one's own choice, run by sentence-transformers (the extra [models]).

Models come as folders (hub_models.py), so nothing here reaches for the network. The library is imported
with the first model: it takes seconds, and most installations do not have it.
"""

import contextlib
import hashlib
import importlib.util
import json
import pickle
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from knowledge.embedding import BATCH_TOKENS, Vectors, batches
from knowledge.errors import ModelsNotInstalled, ModelUnusable

Pooling = Literal["cls", "mean"]

_LOADING: dict[str, Any] = {"local_files_only": True, "model_kwargs": {"dtype": "float32"}}
"""fp32 whatever the file holds: it does not depend on the batch (design.md 4)."""
_DECIDING = {".json", ".txt", ".model", ".safetensors", ".bin", ".jinja"}
"""Kinds of files that decide what a model computes."""
_VOCABULARIES, _PIECES = {"tokenizer.json", "vocab.txt", "vocab.json"}, {".model", ".spm", ".tiktoken"}
_RERANKS = ("ForSequenceClassification", "ForCausalLM")


class SentenceTransformersEmbedding:
    """Any embedding model in a folder. One instance may be used from several threads."""

    dimension: int

    def __init__(self, folder: Path, *, name: str = "", pooling: Pooling = "cls", threads: int = 1) -> None:
        """`pooling` counts where the folder does not say: only modules.json tells CLS from mean."""
        self.name = name or folder.name
        with _opening(self.name, threads):
            if any(kind.endswith("ForSequenceClassification") for kind in _architectures(folder)):
                raise ModelUnusable(self.name, "是重排模型，不是语义模型")
            self._model = _embedding_model(folder, pooling)
            self._model.max_seq_length = min(self._model.max_seq_length or BATCH_TOKENS, BATCH_TOKENS)
            self.dimension = int(self._model.get_embedding_dimension())
            self.fingerprint = _fingerprint(folder, "" if _says_how(folder) else pooling)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        with self._lock:  # its tokenizer takes one at a time
            for rows in batches([_tokens(text, self._model.max_seq_length) for text in texts]):
                vectors[rows] = self._model.encode(
                    [texts[row] for row in rows],
                    batch_size=len(rows),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        return vectors


class CrossEncoderReranker:
    """Any model in a folder that gives one number for a question and a passage read together."""

    def __init__(self, folder: Path, *, name: str = "", top: int = 20, threads: int = 1) -> None:
        self.name = name or folder.name
        self.top = top
        with _opening(self.name, threads):
            kinds = _architectures(folder)
            if not any(kind.endswith(_RERANKS) for kind in kinds):
                raise ModelUnusable(self.name, f"不是重排模型（config.json 里是 {'、'.join(kinds) or '空的'}）")
            self._model = _library().CrossEncoder(str(folder), **_LOADING)
            if self._model.num_labels != 1:
                raise ModelUnusable(self.name, f"不是重排模型（每段给出 {self._model.num_labels} 个数，应是一个）")
            self._model.max_seq_length = min(self._model.max_seq_length or BATCH_TOKENS, BATCH_TOKENS)
        self._lock = threading.Lock()

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        scores = [0.0] * len(passages)
        with self._lock:
            for rows in batches([_tokens(question + passage, self._model.max_seq_length) for passage in passages]):
                pairs = [(question, passages[row]) for row in rows]
                found = self._model.predict(pairs, batch_size=len(rows), show_progress_bar=False)
                for row, score in zip(rows, found, strict=True):
                    scores[row] = float(score)
        return scores


def require_installed(model: str) -> None:
    """Raise ModelsNotInstalled before this model is fetched for nothing."""
    if importlib.util.find_spec("sentence_transformers") is None:
        raise ModelsNotInstalled(model, "这里没有安装")


def _library() -> Any:
    import sentence_transformers

    return sentence_transformers


@contextlib.contextmanager
def _opening(model: str, threads: int) -> Iterator[None]:
    """Import and load; whatever the libraries raise becomes one sentence with the way out."""
    require_installed(model)
    try:
        _import(threads)
    except (ImportError, OSError) as error:  # OSError: torch without the libraries of its accelerator
        raise ModelsNotInstalled(model, f"它启动不了（{_first_line(error)}）") from error
    from safetensors import SafetensorError

    mistakes = (OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError, ImportError)
    try:
        yield
    except (*mistakes, SafetensorError, pickle.UnpicklingError) as error:
        raise ModelUnusable(model, f"文件夹里的模型读不了（{_first_line(error)}）") from error


def _import(threads: int) -> None:
    import torch
    from transformers.utils import logging

    _library()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    torch.set_num_threads(threads)


def _embedding_model(folder: Path, pooling: Pooling) -> Any:
    library = _library()
    if _says_how(folder):
        return library.SentenceTransformer(str(folder), **_LOADING)
    from sentence_transformers.sentence_transformer import modules

    words = modules.Transformer(str(folder), model_kwargs={**_LOADING["model_kwargs"], "local_files_only": True})
    pooled = modules.Pooling(words.get_embedding_dimension(), pooling_mode=pooling)
    return library.SentenceTransformer(modules=[words, pooled])


def _says_how(folder: Path) -> bool:
    return (folder / "modules.json").is_file()


def _architectures(folder: Path) -> list[str]:
    """What the folder says it is; ModelUnusable when it says nothing, or lacks its words.

    transformers makes an empty tokenizer where there is none, and vectors of nothing come out.
    """
    if not any(file.name in _VOCABULARIES or file.suffix in _PIECES for file in folder.rglob("*")):
        raise ModelUnusable(folder.name, "文件夹里没有分词文件（tokenizer.json 等），不是完整的模型")
    try:
        kinds = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("architectures")
    except FileNotFoundError:
        if _says_how(folder):
            return []
        raise ModelUnusable(folder.name, "文件夹里没有 config.json，不是模型") from None
    return list(kinds or [])


def _tokens(text: str, most: int) -> int:
    """At most so many: a Chinese character is one token, a foreign word fewer than its letters."""
    return min(len(text) + 3, most)


def _fingerprint(folder: Path, pooling: str) -> str:
    digest = hashlib.sha256(f"sentence-transformers,{pooling},l2,{BATCH_TOKENS}".encode())
    for file in sorted(folder.rglob("*")):
        place = file.relative_to(folder)
        if file.suffix in _DECIDING and file.is_file() and not place.parts[0].startswith((".", "onnx", "openvino")):
            digest.update(str(place).encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
