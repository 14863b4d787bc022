"""The store of a measurement, built once and kept: everything through the product, only the vectors are made up."""

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from evals import scale
from evals.errors import Missing
from evals.scale import Shape
from evals.workspace import Service, Workspace
from knowledge import store, words
from knowledge.database import Database
from knowledge.documents import Document
from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.index_stamp import FORMAT
from knowledge.vector_cache import text_key

READY = "ready.json"
"""Written last: what the store was made of, so that a half-built or outdated one is made again."""
_VECTORS = "made-up.db"

OnProgress = Callable[[str, int, int], None]


class MadeUpVectors:
    """Random unit vectors, by text: encoding 150,000 passages takes an hour and changes no search time.

    Goes by the name of the real model, so that the product opens the index with that one.
    """

    def __init__(self, real: EmbeddingModel) -> None:
        self.name, self.fingerprint, self.dimension = real.name, real.fingerprint, real.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vector = np.random.default_rng(list(text_key(text))).standard_normal(self.dimension)
            vectors[row] = vector / np.linalg.norm(vector)
        return vectors


def home(workspace: Workspace, shape: Shape) -> Path:
    return workspace.cache / "evals" / "scale" / shape.name


def prepare(workspace: Workspace, shape: Shape, articles: Path, on_progress: OnProgress) -> Path:
    """Home of a store of this shape, built if it is not there; minutes for 150,000 passages."""
    folder = home(workspace, shape)
    embedding = workspace.open_embedding()
    if embedding is None:
        raise Missing("没有语义模型", "先运行 xiaoer doctor 看看原因")
    try:
        made_of = _made_of(embedding)
        if not _is_ready(folder, made_of):
            shutil.rmtree(folder, ignore_errors=True)
            _build(
                workspace,
                folder,
                MadeUpVectors(embedding),
                scale.documents(scale.read_laws(articles), shape),
                on_progress,
            )
            (folder / READY).write_text(json.dumps(made_of), encoding="utf-8")
    finally:
        embedding.close()
    return folder


def _made_of(model: EmbeddingModel) -> dict[str, str | int]:
    return {"format": FORMAT, "model": model.fingerprint, "words": words.segmenter_name(), "seed": scale.SEED}


def _is_ready(folder: Path, made_of: dict[str, str | int]) -> bool:
    file = folder / READY
    return file.is_file() and json.loads(file.read_text(encoding="utf-8")) == made_of


def _build(
    workspace: Workspace,
    folder: Path,
    encoder: EmbeddingModel,
    documents: Iterable[Document],
    on_progress: OnProgress,
) -> None:
    vectors = folder / _VECTORS
    service = workspace.open(folder, vector_cache=vectors, encoder=encoder)
    try:
        _save(service.database, documents, on_progress)
        _index(service, on_progress)
    finally:
        service.close()
    vectors.unlink()


def _save(database: Database, documents: Iterable[Document], on_progress: OnProgress) -> None:
    for saved, document in enumerate(documents, start=1):
        with database.transaction() as tx:
            store.save(tx, document, at=datetime.now(UTC))
        on_progress("收入文件", saved, saved)


def _index(service: Service, on_progress: OnProgress) -> None:
    service.catch_up(lambda done, total: on_progress("建索引", done, total))
