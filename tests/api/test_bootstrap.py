"""How an installation is put together when nobody changes a setting."""

from pathlib import Path

from api.settings import Settings
from knowledge.chroma_index import ChromaVectorIndex
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.sample import open_sample


def test_chroma_is_the_vector_index_by_default() -> None:
    assert Settings.model_fields["vector_index"].default == "chroma"


def test_chroma_is_what_answers_by_default(tmp_path: Path) -> None:
    embedding = CachedEmbedding(HashEmbedding(), tmp_path / "vectors.db")
    with open_sample(tmp_path, embedding) as opened, opened.keeper.searching() as indexes:
        assert isinstance(indexes.vectors, ChromaVectorIndex)
    embedding.close()
