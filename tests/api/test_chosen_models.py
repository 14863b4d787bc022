"""An installation with an embedding model and a re-ranker of its own choice."""

import importlib.util
import sys
from pathlib import Path

import pytest

from api.bootstrap import Service, open_service, sample_paths
from api.settings import Settings
from ingest.pipeline import Options
from knowledge.errors import ModelUnusable
from knowledge.library import Question
from tests.api.commands.terminal import squeezed
from tests.api.conftest import TODAY
from tests.knowledge.small_models import needs_models, tiny_embedding, tiny_reranker


def opened(folder: Path, **chosen: object) -> Service:
    settings = Settings.model_validate(
        {"home": folder / "home", "cache": folder / "cache", "offline": True, "vector_index": "numpy", **chosen}
    )
    return open_service(settings, today=lambda: TODAY)


@needs_models
def test_the_chosen_models_find_and_rank(tmp_path: Path) -> None:
    embedding, judge = tiny_embedding(tmp_path / "embedding"), tiny_reranker(tmp_path / "judge")
    service = opened(tmp_path, embedding_model=str(embedding), reranker_model=str(judge), rerank_top=5)
    service.ingest(sample_paths()[:1], Options())
    service.catch_up()
    assert service.embedding is not None
    assert (service.embedding.name, service.embedding.dimension) == (str(embedding), 32)
    found = service.library.find(Question("开业补贴有多少钱", "990100", TODAY))
    assert not found.by_words_alone
    assert service.library._reranker is not None
    first = [one.passage.indexed_text for one in found.results[:5]]
    scores = service.library._reranker.score("开业补贴有多少钱", first)
    assert scores == sorted(scores, reverse=True)
    service.close()


@needs_models
def test_a_model_that_cannot_be_used_stops_the_start_and_leaves_nothing_open(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="没有这个文件夹"):
        opened(tmp_path, reranker_model="/nowhere/model")
    judge = tiny_reranker(tmp_path / "judge")
    with pytest.raises(ModelUnusable, match="是重排模型"):
        opened(tmp_path, embedding_model=str(judge))


@pytest.mark.parametrize("setting", ["XIAOER_EMBEDDING_MODEL", "XIAOER_RERANKER_MODEL"])
def test_without_the_extra_one_line_says_how_to_get_it(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from api.command_line import run
    from tests.api.commands.terminal import settle_in

    settle_in(monkeypatch, tmp_path / "installation")
    monkeypatch.setenv(setting, "org/some-model")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert importlib.util.find_spec("sentence_transformers") is None
    assert run(["ask", "开业补贴"]) == 1
    said = squeezed(capsys.readouterr().err)
    assert "模型“org/some-model”要用sentence-transformers运行，这里没有安装。请运行pipinstall'xiaoer[models]'" in said
    assert run(["doctor"]) == 1
    assert "xiaoer[models]" in squeezed(capsys.readouterr().out)
