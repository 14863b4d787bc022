"""The encoder of questions, where one was trained beside that of the passages."""

from pathlib import Path

from knowledge.embedding import OnnxEmbedding, TwofoldEmbedding
from knowledge.ranking import Ranking
from knowledge.vector_cache import CachedEmbedding


def asking(passages: CachedEmbedding, trained: Ranking | None, vector_cache: Path, threads: int) -> CachedEmbedding:
    """The model of the passages itself, while nothing else was trained."""
    if trained is None or not trained.encoder or not isinstance(passages.model, OnnxEmbedding):
        return passages
    tuned = OnnxEmbedding(passages.model.folder, threads=threads, tuned=trained.encoder)
    return CachedEmbedding(TwofoldEmbedding(passages.model, tuned), vector_cache)
