"""Retrieval on any set in the form of STARD: a corpus of articles, questions, relevant articles.

Uses the parts of the product: the keyword index, the embedding model, the fusion.
"""

import csv
import gzip
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from evals.errors import BadDataset
from evals.metrics import Quality, measure
from knowledge import synonyms
from knowledge.documents import Audience
from knowledge.embedding import Vectors
from knowledge.fusion import CANDIDATES, fuse
from knowledge.keyword_index import KeywordEntry, KeywordIndex
from knowledge.regions import COUNTRY
from knowledge.rewriting import rewrite
from knowledge.scope import Hit, Scope
from knowledge.vector_cache import CachedEmbedding

_DAY = date(2000, 1, 1)
_SCOPE = Scope((COUNTRY,), (Audience.PUBLIC,), _DAY, _DAY)
QUESTIONS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    law: str
    headings: tuple[str, ...]
    text: str

    @property
    def indexed_text(self) -> str:
        """For the words: law and all headings, as Passage.indexed_text."""
        return " ".join((self.law, *self.headings)) + f"\n{self.text}"

    @property
    def embedded_text(self) -> str:
        """For the meaning: the nearest heading says enough."""
        return " ".join(filter(None, (self.law, *self.headings[-1:]))) + f"\n{self.text}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    articles: Sequence[Article]
    questions: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def load(corpus: Path, queries: Path, qrels: Path) -> Benchmark:
    """Raises BadDataset naming file and line."""
    articles = [_article(row, corpus, number) for number, row in _json_lines(corpus)]
    questions = dict(_pairs(queries))
    relevant: dict[str, set[str]] = {}
    for question, article in _pairs(qrels):
        relevant.setdefault(question, set()).add(article)
    known = {article.id for article in articles}
    asked = {question: frozenset(relevant.get(question, ())) & known for question in questions}
    return Benchmark(articles, questions, asked)


def _json_lines(file: Path) -> list[tuple[int, dict[str, object]]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as stream:
            return [(number, json.loads(line)) for number, line in enumerate(stream, start=1) if line.strip()]
    except (OSError, ValueError, EOFError) as error:
        raise BadDataset(file, str(error)) from error


def _article(row: dict[str, object], file: Path, line: int) -> Article:
    try:
        sections = row.get("sec") or []
        headings = tuple(map(str, sections)) if isinstance(sections, list) else ()
        return Article(str(row["id"]), str(row.get("law", "")), headings, str(row["content"]))
    except KeyError as error:
        raise BadDataset(file, f"第 {line} 行缺少字段 {error}") from error


def _pairs(file: Path) -> list[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise BadDataset(file, str(error)) from error
    for number, row in enumerate(rows, start=1):
        if len(row) < 2:
            raise BadDataset(file, f"第 {number} 行应有两列，用制表符分开")
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Rankings:
    """Hits of both sources for every question; what fusion and re-ranking are tried on."""

    words: Mapping[str, Sequence[Hit]]
    words_and_synonyms: Mapping[str, Sequence[Hit]]
    """With the legal terms for colloquial words added, as the product asks."""
    meaning: Mapping[str, Sequence[Hit]]


def rank(
    benchmark: Benchmark,
    embedding: CachedEmbedding | None,
    *,
    on_progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> Rankings:
    plain, expanded = rank_by_words(benchmark, on_progress)
    meaning = _rank_by_meaning(benchmark, embedding, on_progress) if embedding else {}
    return Rankings(plain, expanded, meaning)


def rank_by_words(
    benchmark: Benchmark, on_progress: Callable[[str, int, int], None]
) -> tuple[dict[str, list[Hit]], dict[str, list[Hit]]]:
    """Without and with synonyms."""
    table = synonyms.load(synonyms.SHIPPED)
    with tempfile.TemporaryDirectory(prefix="xiaoer-evals-") as folder:
        index = KeywordIndex.create(Path(folder) / "words")
        entries = [
            KeywordEntry(article.id, COUNTRY, Audience.PUBLIC, None, None, article.indexed_text)
            for article in benchmark.articles
        ]
        index.replace("corpus", entries)
        index.commit()
        plain, expanded = {}, {}
        for done, (question, text) in enumerate(benchmark.questions.items(), start=1):
            plain[question] = index.search(text, _SCOPE, CANDIDATES)
            asked = rewrite(text, table, None)
            expanded[question] = index.search(asked.for_words, _SCOPE, CANDIDATES) if asked.added else plain[question]
            on_progress("字词", done, len(benchmark.questions))
        index.close()
    return plain, expanded


def _rank_by_meaning(
    benchmark: Benchmark, embedding: CachedEmbedding, on_progress: Callable[[str, int, int], None]
) -> dict[str, list[Hit]]:
    matrix, asked = vectors_of(benchmark, embedding, on_progress)
    ids = [article.id for article in benchmark.articles]
    found: dict[str, list[Hit]] = {}
    for start in range(0, len(asked), QUESTIONS_AT_ONCE):
        names = list(benchmark.questions)[start : start + QUESTIONS_AT_ONCE]
        found.update(zip(names, nearest(asked[start : start + QUESTIONS_AT_ONCE], matrix, ids), strict=True))
    return found


def vectors_of(
    benchmark: Benchmark, embedding: CachedEmbedding, on_progress: Callable[[str, int, int], None]
) -> tuple[Vectors, Vectors]:
    """Of the articles and of the questions, in their order."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        on_progress("条文向量", done, len(benchmark.articles))

    matrix = embedding.encode([article.embedded_text for article in benchmark.articles], on_progress=count)
    return matrix, embedding.encode(list(benchmark.questions.values()))


def nearest(questions: Vectors, matrix: Vectors, ids: Sequence[str], k: int = CANDIDATES) -> list[list[Hit]]:
    """The k nearest rows of the matrix for every question, by cosine."""
    scores = questions @ matrix.T
    k = min(k, matrix.shape[0])
    best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    hits = []
    for row, columns in enumerate(best):
        ordered = columns[np.argsort(-scores[row, columns], kind="stable")]
        hits.append([Hit(ids[column], float(scores[row, column])) for column in ordered])
    return hits


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    qualities: Mapping[str, Quality]
    """By source; 融合 is what the product does, 融合（无同义词） the same without the synonyms."""
    articles: int
    model: str | None
    seconds: float

    def to_json(self) -> dict[str, object]:
        best = self.qualities["融合"]
        return {
            **best.to_json(),
            "articles": self.articles,
            "model": self.model,
            "seconds": round(self.seconds, 1),
            "by_source": {name: quality.to_json() for name, quality in self.qualities.items()},
        }


def evaluate(
    benchmark: Benchmark,
    embedding: CachedEmbedding | None,
    *,
    on_progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> RetrievalReport:
    started = time.monotonic()
    rankings = rank(benchmark, embedding, on_progress=on_progress)
    model = embedding.name if embedding else None
    return report(benchmark, rankings, model, time.monotonic() - started)


def report(benchmark: Benchmark, rankings: Rankings, model: str | None, seconds: float) -> RetrievalReport:
    sources = {
        "字词": _ids(rankings.words),
        "语义": _ids(rankings.meaning),
        "融合（无同义词）": _fused(rankings.words, rankings.meaning),
        "融合": _fused(rankings.words_and_synonyms, rankings.meaning),
    }
    qualities = {name: measure(ranking, benchmark.relevant) for name, ranking in sources.items() if ranking}
    return RetrievalReport(qualities, len(benchmark.articles), model, seconds)


def _fused(words: Mapping[str, Sequence[Hit]], meaning: Mapping[str, Sequence[Hit]]) -> dict[str, list[str]]:
    return {question: [one.id for one in fuse(hits, meaning.get(question, ()))] for question, hits in words.items()}


def _ids(hits: Mapping[str, Sequence[Hit]]) -> dict[str, list[str]]:
    return {question: [hit.id for hit in found] for question, found in hits.items()}
