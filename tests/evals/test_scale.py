"""Stores of a chosen size: exact numbers, the same chain however many other regions, and questions timed in them."""

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from api.bootstrap import open_service
from api.settings import Settings
from evals import question_speed, scale, scale_store
from evals.errors import BadDataset, Missing
from evals.scale import PERSON, Shape, growing
from evals.workspace import Service, Workspace
from knowledge import regions
from knowledge.schema import passages
from knowledge.vector_cache import CachedEmbedding
from prompts.accounting import Price
from tests.fakes import HashEmbedding

SMALL = Shape(passages=100, chain=60, regions=3)
PARTS = {"bare_encoder", "bare_query", "find", "answer", "before_model", "rewrite", "encode", "words", "vectors"}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for law in range(6):
            for number in range(7):
                row = {
                    "law": f"办法{law}", "path": f"{law}.md", "date": "2020-01-01" if law else None, "art": f"第{number}条",
                    "sec": ["第一章 总则"], "text": f"个体工商户可以申请第{law}种补贴{number}元。",
                }  # fmt: skip
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache", offline=True)

    def open_at(home: Path, **given: Any) -> Service:
        own = settings.model_copy(update={"home": home})
        encoder = given.get("encoder") or HashEmbedding()
        return open_service(own, own_indexes=True, vector_cache=given.get("vector_cache"), encoder=encoder)

    def own() -> Service:
        raise AssertionError("a measurement of a store of its own opens no other")

    def with_model(home: Path, on_written: object, **given: object) -> Service:
        raise AssertionError("no language model is measured here")

    def embedding() -> CachedEmbedding:
        return CachedEmbedding(HashEmbedding(), tmp_path / "vectors.db")

    return Workspace(settings.cache, open_at, embedding, list, settings.home, own, with_model, Price())


def untold(step: str, done: int, total: int) -> None:
    """Nobody is told how far it is."""


def test_every_place_gets_exactly_its_passages(articles: Path) -> None:
    made = list(scale.documents(scale.read_laws(articles), SMALL))
    held = Counter(passage.region for document in made for passage in document.passages)
    own = regions.chain(PERSON)
    assert sum(held.values()) == 100
    assert sum(count for place, count in held.items() if place in own) == 60
    assert [count for place, count in held.items() if place not in own] == [20, 20]


def test_the_own_chain_is_the_same_however_many_other_regions(articles: Path) -> None:
    laws = scale.read_laws(articles)

    def chain(shape: Shape) -> list[tuple[str, str, str]]:
        made = (passage for document in scale.documents(laws, shape) for passage in document.passages)
        return [(one.id, one.region, one.body) for one in made if one.region in regions.chain(PERSON)]

    assert chain(Shape(60, 60, 1)) == chain(SMALL)


def test_cities_of_one_size_are_added_until_the_most_have_all_passages() -> None:
    assert growing(150_000, 16_000, [1, 10, 100]) == [
        Shape(16_000, 16_000, 1),
        Shape(16_000 + 9 * 1353, 16_000, 10),
        Shape(150_000, 16_000, 100),
    ]


def test_words_of_a_passage_are_those_of_its_document(articles: Path) -> None:
    for document in scale.documents(scale.read_laws(articles), SMALL):
        for passage in document.passages:
            assert document.text[passage.start : passage.end].strip() == passage.body


def test_a_file_that_is_missing_or_no_corpus_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="没有"):
        scale.read_laws(tmp_path / "nowhere.gz")
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"not gzip")
    with pytest.raises(BadDataset, match="读不了"):
        scale.read_laws(broken)


def test_made_up_vectors_depend_on_the_text_alone() -> None:
    made_up = scale_store.MadeUpVectors(HashEmbedding(dimension=64))
    first, second, again = made_up.encode(["甲", "乙", "甲"])
    assert np.array_equal(first, again)
    assert abs(float(first @ second)) < 0.5
    assert np.linalg.norm(first) == pytest.approx(1)


def test_a_store_is_built_once_through_the_product(workspace: Workspace, articles: Path) -> None:
    home = scale_store.prepare(workspace, SMALL, articles, untold)
    built = (home / scale_store.READY).stat().st_mtime_ns
    assert scale_store.prepare(workspace, SMALL, articles, untold) == home
    assert (home / scale_store.READY).stat().st_mtime_ns == built
    service = workspace.open(home)
    with service.database.reading() as tx, service.indexes.searching() as indexes:
        assert len(tx.execute(select(passages.c.id)).all()) == indexes.words.count() == 100
        assert indexes.vectors is not None
        assert indexes.vectors.count() == 100
    service.close()


def test_a_store_made_otherwise_is_built_again(workspace: Workspace, articles: Path) -> None:
    home = scale_store.prepare(workspace, SMALL, articles, untold)
    (home / scale_store.READY).write_text("{}", encoding="utf-8")
    scale_store.prepare(workspace, SMALL, articles, untold)
    assert (home / scale_store.READY).read_text(encoding="utf-8") != "{}"


def test_every_part_of_a_question_is_timed(workspace: Workspace, articles: Path) -> None:
    home = scale_store.prepare(workspace, SMALL, articles, untold)
    texts = ["个体工商户可以申请什么补贴", "办法3第2条", "补贴多少元"]
    report = question_speed.measure(workspace, home, SMALL, texts).to_json()
    assert set(report["parts"]) >= PARTS
    assert all(0 < part["p50_ms"] <= part["p95_ms"] for part in report["parts"].values())
    assert (report["passages"], report["questions"], report["regions"]) == (100, 3, 3)
    assert report["resident_mb"] > 0


def test_questions_of_the_development_sets_are_enough_and_different() -> None:
    texts = question_speed.asked()
    assert len(texts) == len(set(texts)) >= 300
    assert all(isinstance(day, date) for _, day in question_speed.dated())
