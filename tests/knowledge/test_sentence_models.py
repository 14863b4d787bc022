"""The extra [models]: the same weights give the same vectors, other ones are told apart, mistakes are named."""

import shutil
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.database import Database
from knowledge.embedding import BATCH_TOKENS, OnnxEmbedding, Vectors
from knowledge.errors import KnowledgeError, ModelUnusable
from knowledge.index_state import StateKind
from knowledge.sentence_models import CrossEncoderReranker, SentenceTransformersEmbedding
from knowledge.vector_cache import CachedEmbedding
from tests.knowledge.kept import LOAN, RENT, TAX, Open
from tests.knowledge.shelf import put
from tests.knowledge.small_models import built_in, convert, needs_models, tiny_embedding, tiny_reranker
from tests.sample import FOLDER

pytestmark = needs_models

QUESTION = "开个小店要办什么手续"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model in a folder asks nobody anything."""

    def refuse(*_: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Questions and clauses of every length, beyond what the model reads too."""
    lines = [line for file in sorted(FOLDER.glob("documents/*.md")) for line in file.read_text("utf-8").splitlines()]
    found = sorted({line.strip() for line in lines if line.strip()}, key=lambda line: (len(line), line))
    return [
        *found[:: max(len(found) // 45, 1)][:45],
        "",
        "贷" * 700,
        "loan 2026-07-01 ¥3,000.00 № ①",
        "𠮷野家",
        "a" * 90,
    ]


@pytest.fixture(scope="module")
def bge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of the default runtime, as a bare folder for transformers."""
    return convert(built_in(), tmp_path_factory.mktemp("bge") / "model")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_embedding(tmp_path_factory.mktemp("small") / "model")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_reranker(tmp_path_factory.mktemp("judge") / "model")


def cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    products: Vectors = (ours * theirs).sum(axis=1)
    return products


def test_the_same_weights_give_the_same_vectors_in_both_runtimes(bge: Path, texts: list[str]) -> None:
    assert len(texts) == 50
    ours, theirs = OnnxEmbedding(built_in()).encode(texts), SentenceTransformersEmbedding(bge).encode(texts)
    assert ours.shape == theirs.shape == (50, 512)
    assert np.abs(ours - theirs).max() < 1e-4
    assert cosines(ours, theirs).min() > 0.9999


def test_a_bare_folder_pooled_by_the_librarys_default_would_give_other_vectors(bge: Path, texts: list[str]) -> None:
    from sentence_transformers import SentenceTransformer

    silent = SentenceTransformer(str(bge), local_files_only=True).encode(texts[:45], normalize_embeddings=True)
    mean = SentenceTransformersEmbedding(bge, pooling="mean").encode(texts[:45])
    assert np.abs(silent - mean).max() < 1e-4
    assert cosines(SentenceTransformersEmbedding(bge).encode(texts[:45]), mean).max() < 0.99


def test_what_the_folder_says_of_pooling_counts_more_than_the_setting(small: Path, tmp_path: Path) -> None:
    SentenceTransformersEmbedding(small, pooling="mean")._model.save(str(tmp_path / "model"))
    said = SentenceTransformersEmbedding(tmp_path / "model", pooling="cls")
    expected = SentenceTransformersEmbedding(small, pooling="mean").encode([LOAN])
    assert np.abs(said.encode([LOAN]) - expected).max() < 1e-6
    assert said.fingerprint == SentenceTransformersEmbedding(tmp_path / "model", pooling="mean").fingerprint


def test_a_vector_does_not_depend_on_its_neighbours(small: Path, texts: list[str]) -> None:
    model = SentenceTransformersEmbedding(small)
    together = model.encode(texts)
    assert np.abs(together - np.concatenate([model.encode([text]) for text in texts])).max() < 1e-6
    assert np.abs(np.linalg.norm(together, axis=1) - 1).max() < 1e-6
    assert model.encode([]).shape == (0, 32)


def test_no_batch_holds_more_tokens_than_allowed(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, seen = SentenceTransformersEmbedding(small), []
    forward = model._model[0].forward

    def measured(features: dict[str, np.ndarray], **options: object) -> object:
        seen.append(features["input_ids"].shape[0] * features["input_ids"].shape[1])
        return forward(features, **options)

    monkeypatch.setattr(model._model[0], "forward", measured)
    model.encode(["贷款" * 400] * 10 + ["补贴"] * 300)
    assert len(seen) > 3
    assert max(seen) <= BATCH_TOKENS


def test_several_threads_may_ask_at_once(small: Path, texts: list[str]) -> None:
    model = SentenceTransformersEmbedding(small)
    expected = model.encode(texts)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(model.encode, [texts] * 8):
            assert np.abs(found - expected).max() < 1e-6


def test_weights_and_pooling_make_another_model_but_not_the_place(small: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(small, tmp_path / "elsewhere")
    (moved / "README.md").write_text("说明", encoding="utf-8")
    other = tiny_embedding(tmp_path / "other", seed=8)
    first = SentenceTransformersEmbedding(small)
    assert SentenceTransformersEmbedding(moved).fingerprint == first.fingerprint
    assert SentenceTransformersEmbedding(other).fingerprint != first.fingerprint
    assert SentenceTransformersEmbedding(small, pooling="mean").fingerprint != first.fingerprint


def test_another_model_forces_a_rebuild_of_the_index(
    small: Path, store: Database, embedding: CachedEmbedding, opened: Open, tmp_path: Path
) -> None:
    put(store, "d1", LOAN, TAX, RENT)
    opened().catch_up()
    other = CachedEmbedding(SentenceTransformersEmbedding(small, name="自选"), tmp_path / "vectors.db")
    keeper = opened(other)
    assert keeper.state().kind is StateKind.OTHER_MODEL
    assert "自选" in keeper.state().sentence
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert opened(embedding).state().kind is StateKind.OTHER_MODEL
    other.close()


def test_a_reranker_gives_every_passage_the_same_number_at_any_place(judge: Path, texts: list[str]) -> None:
    first, second = CrossEncoderReranker(judge), CrossEncoderReranker(judge)
    scores = first.score(QUESTION, texts)
    assert scores == second.score(QUESTION, texts)
    assert np.allclose(scores[::-1], first.score(QUESTION, texts[::-1]), atol=1e-6)
    assert np.allclose(scores[:5], [first.score(QUESTION, [text])[0] for text in texts[:5]], atol=1e-6)
    assert len(set(scores)) > 40
    assert first.score(QUESTION, []) == []


def put_pickled_code(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'true'\ntR.")


Spoil = Callable[[Path], object]
SPOILED: dict[str, tuple[Spoil, str]] = {
    "no configuration": (lambda folder: (folder / "config.json").unlink(), "没有 config.json"),
    "no words": (lambda folder: (folder / "tokenizer.json").unlink(), "没有分词文件"),
    "no weights": (lambda folder: (folder / "model.safetensors").unlink(), "读不了"),
    "half a download": (lambda folder: (folder / "model.safetensors").write_bytes(b"\x10" * 99), "读不了"),
    "a page instead of JSON": (lambda folder: (folder / "config.json").write_text("<html>"), "读不了"),
    "unheard of": (lambda folder: (folder / "config.json").write_text('{"model_type": "x"}'), "读不了"),
    "a list": (lambda folder: (folder / "config.json").write_text("[]"), "读不了"),
    "foreign code": (
        lambda folder: (folder / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "os.nice"}]'),
        "读不了",
    ),
    "pickled code": (put_pickled_code, "读不了"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_folder_that_is_no_model_is_named_with_the_way_out(case: str, small: Path, tmp_path: Path) -> None:
    spoil, reason = SPOILED[case]
    folder = shutil.copytree(small, tmp_path / "model")
    spoil(folder)
    with pytest.raises(ModelUnusable, match=reason) as raised:
        SentenceTransformersEmbedding(folder, name="自选")
    assert "XIAOER_EMBEDDING_MODEL" in str(raised.value)


def test_models_of_the_other_kind_are_refused(small: Path, judge: Path, tmp_path: Path) -> None:
    """Transformers would give them a random last layer, or none, and say nothing."""
    with pytest.raises(ModelUnusable, match="是重排模型，不是语义模型"):
        SentenceTransformersEmbedding(judge)
    with pytest.raises(ModelUnusable, match=r"不是重排模型（config\.json 里是 BertModel）"):
        CrossEncoderReranker(small)
    with pytest.raises(ModelUnusable, match="每段给出 3 个数"):
        CrossEncoderReranker(tiny_reranker(tmp_path / "classes", labels=3))


def test_an_extra_that_does_not_start_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge import sentence_models

    def broken(threads: int) -> None:
        raise OSError("libcudart.so.13: cannot open shared object file")

    monkeypatch.setattr(sentence_models, "_import", broken)
    with pytest.raises(KnowledgeError, match=r"启动不了（libcudart.*pip install 'xiaoer\[models\]'"):
        SentenceTransformersEmbedding(small)
