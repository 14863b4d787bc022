"""Retrieval on a small set in the form of STARD, through the real keyword index."""

import gzip
import json
from pathlib import Path

import pytest

from evals import retrieval
from evals.errors import BadDataset
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding

ARTICLES = [
    {
        "id": 0,
        "law": "中华人民共和国广告法",
        "art": "第九条",
        "sec": ["第二章 广告内容准则"],
        "content": "广告不得使用“国家级”“最高级”等用语。",
    },
    {
        "id": 1,
        "law": "促进个体工商户发展条例",
        "art": "第十三条",
        "sec": [],
        "content": "个体工商户可以自愿变更经营者。",
    },
    {
        "id": 2,
        "law": "中华人民共和国劳动法",
        "art": "第四十四条",
        "sec": ["第四章 工作时间"],
        "content": "休息日安排工作又不能安排补休的，支付不低于工资的百分之二百的报酬。",
    },
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    corpus, queries, qrels = tmp_path / "c.jsonl.gz", tmp_path / "q.tsv", tmp_path / "r.tsv"
    with gzip.open(corpus, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    queries.write_text("7\t个体工商户能不能换经营者？\n8\t休息日上班工资怎么算\n", encoding="utf-8")
    qrels.write_text("7\t1\n8\t2\n", encoding="utf-8")
    return corpus, queries, qrels


def test_the_right_articles_are_found_by_their_words(files: tuple[Path, Path, Path]) -> None:
    report = retrieval.evaluate(retrieval.load(*files), None).to_json()
    assert (report["recall@5"], report["mrr@10"]) == (1.0, 1.0)


def test_without_a_model_the_report_says_so(files: tuple[Path, Path, Path]) -> None:
    assert retrieval.evaluate(retrieval.load(*files), None).to_json()["model"] is None


def test_with_a_model_each_source_is_reported_apart(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    embedding = CachedEmbedding(HashEmbedding(), tmp_path / "vectors.db")
    report = retrieval.evaluate(retrieval.load(*files), embedding)
    embedding.close()
    assert set(report.qualities) == {"字词", "语义", "融合", "融合（无同义词）"}


def test_a_line_without_its_columns_is_named(files: tuple[Path, Path, Path]) -> None:
    files[2].write_text("7\t1\n8 2\n", encoding="utf-8")
    with pytest.raises(BadDataset, match="第 2 行"):
        retrieval.load(*files)


def test_an_article_without_text_is_named(files: tuple[Path, Path, Path]) -> None:
    with gzip.open(files[0], "wt", encoding="utf-8") as stream:
        stream.write('{"id": 1, "law": "某法"}\n')
    with pytest.raises(BadDataset, match="content"):
        retrieval.load(*files)


def test_a_file_that_is_no_gzip_is_named(files: tuple[Path, Path, Path]) -> None:
    files[0].write_bytes(b"not gzip")
    with pytest.raises(BadDataset, match=r"c\.jsonl\.gz"):
        retrieval.load(*files)
