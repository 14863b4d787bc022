"""Five folds over a retrieval benchmark: what tuned weights, a trained map and the memory of links are worth.

Everything that is learned for the questions of a fold (weights, map, memory) comes from the other four.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.intervals import Estimate, mean_estimate
from evals.metrics import recall_at, reciprocal_rank
from evals.ranker import FOLDS, fold_of
from evals.retrieval import Benchmark, nearest, rank_by_words, vectors_of
from knowledge.embedding import Vectors
from knowledge.fusion import FusionWeights, fuse
from knowledge.memory import Memory, Recalled
from knowledge.ranking import fit, mapped
from knowledge.scope import Hit
from knowledge.vector_cache import CachedEmbedding

WORDS = (0.0015, 0.002, 0.0025, 0.003)
DAMPINGS = (0.03, 0.1, 0.3, 1.0)
MEMORY = (0.1, 0.2, 0.3, 0.4)
CHOOSING = 300
"""Questions of the other folds that the weights are chosen on; maps and memories use all of them."""
FIRST = 10
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Vectorised:
    """A benchmark with everything that training needs; rows of `asked` follow `questions`."""

    benchmark: Benchmark
    questions: Sequence[str]
    """Those that have relevant articles."""
    asked: Vectors
    articles: Vectors
    ids: Sequence[str]
    words: Mapping[str, Sequence[Hit]]

    @property
    def folds(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return np.array([fold_of(question) for question in self.questions])

    def relevant(self, row: int) -> frozenset[str]:
        return self.benchmark.relevant[self.questions[row]]


@dataclass(frozen=True, slots=True)
class Method:
    """What is chosen on the other folds; one value each: nothing is chosen."""

    words: Sequence[float] = WORDS
    dampings: Sequence[float | None] = (None,)
    memory: Sequence[float] = (0.0,)


SIMPLE = "出厂权重"
METHODS: Mapping[str, Method] = {
    SIMPLE: Method(words=(FusionWeights().words,)),
    "调权重": Method(),
    "调权重＋问题映射": Method(dampings=DAMPINGS),
    "调权重＋记忆": Method(memory=MEMORY),
    "调权重＋问题映射＋记忆": Method(dampings=DAMPINGS, memory=MEMORY),
}


@dataclass(frozen=True, slots=True)
class Figures:
    recall: Estimate
    mrr: Estimate
    recall_gain: Estimate
    """Over the weights as shipped, question by question."""
    mrr_gain: Estimate
    chosen: Sequence[tuple[float, float | None, float]]
    """By fold: weight of the words, damping of the map, weight of the memory."""

    def to_json(self) -> dict[str, Any]:
        return {
            f"recall@{FIRST}": self.recall.to_json(),
            f"mrr@{FIRST}": self.mrr.to_json(),
            "recall_gain": self.recall_gain.to_json(),
            "mrr_gain": self.mrr_gain.to_json(),
            "chosen": [list(one) for one in self.chosen],
        }


def prepare(benchmark: Benchmark, embedding: CachedEmbedding, on_progress: Progress) -> dict[str, Vectorised]:
    """With and without the synonyms."""
    plain, expanded = rank_by_words(benchmark, on_progress)
    articles, asked = vectors_of(benchmark, embedding, on_progress)
    rows = [row for row, question in enumerate(benchmark.questions) if benchmark.relevant[question]]
    names = list(benchmark.questions)
    ids = [article.id for article in benchmark.articles]
    return {
        name: Vectorised(benchmark, [names[row] for row in rows], asked[rows], articles, ids, words)
        for name, words in (("同义词", expanded), ("无同义词", plain))
    }


def evaluate(data: Vectorised, on_progress: Progress = lambda step, done, total: None) -> dict[str, Figures]:
    scores: dict[str, np.ndarray[Any, np.dtype[np.float64]]] = {}
    choices: dict[str, list[tuple[float, float | None, float]]] = {name: [] for name in METHODS}
    for name in METHODS:
        scores[name] = np.zeros((len(data.questions), 2))
    for fold in range(FOLDS):
        here = _Fold(data, fold)
        for done, (name, method) in enumerate(METHODS.items()):
            chosen = here.choose(method)
            choices[name].append(chosen)
            for row, both in here.tried(chosen):
                scores[name][row] = both
            on_progress("五折", fold * len(METHODS) + done + 1, FOLDS * len(METHODS))
    return {name: _figures(scores[name], scores[SIMPLE], choices[name]) for name in METHODS}


def _figures(
    scores: "np.ndarray[Any, np.dtype[np.float64]]",
    simple: "np.ndarray[Any, np.dtype[np.float64]]",
    chosen: Sequence[tuple[float, float | None, float]],
) -> Figures:
    recall, mrr = (mean_estimate(list(column)) for column in scores.T)
    recall_gain, mrr_gain = (mean_estimate(list(column)) for column in (scores - simple).T)
    return Figures(recall, mrr, recall_gain, mrr_gain, chosen)


class _Fold:
    """One fold against the other four."""

    def __init__(self, data: Vectorised, fold: int) -> None:
        self._data, self._fold = data, fold
        self._of = data.folds
        self._maps: dict[tuple[int, float], Vectors] = {}
        self._row_of = {identity: row for row, identity in enumerate(data.ids)}
        self._answers = np.stack([self._vectors(data.relevant(row)).mean(0) for row in range(len(data.questions))])
        self._meaning: dict[float | None, dict[int, list[Hit]]] = {}
        self._memories = {other: self._memory(leaving=other) for other in range(FOLDS)}

    def choose(self, method: Method) -> tuple[float, float | None, float]:
        """By MRR on the other folds, each asked with what the remaining three teach."""
        options = [(w, d, m) for d in method.dampings for w in method.words for m in method.memory]
        if len(options) == 1:
            return options[0]
        others = np.flatnonzero(self._of != self._fold)
        rows = others[:: max(1, len(others) // CHOOSING)]
        return max(options, key=lambda option: float(np.mean([self._inner(int(row), option)[1] for row in rows])))

    def tried(self, chosen: tuple[float, float | None, float]) -> Iterable[tuple[int, tuple[float, float]]]:
        words, damping, memory = chosen
        rows = np.flatnonzero(self._of == self._fold)
        meant = self._meant(rows, self._fold, damping)
        found = nearest(meant, self._data.articles, self._data.ids)
        for row, vector, hits in zip(rows, meant, found, strict=True):
            yield int(row), self._score(int(row), hits, vector, self._fold, words, memory)

    def _inner(self, row: int, option: tuple[float, float | None, float]) -> tuple[float, float]:
        words, damping, memory = option
        hits, vector = self._pool(row, damping)
        return self._score(row, hits, vector, int(self._of[row]), words, memory)

    def _pool(self, row: int, damping: float | None) -> tuple[list[Hit], Vectors]:
        """Of a question in training: the candidates without a map, under the map of the remaining folds."""
        if None not in self._meaning:
            rows = np.flatnonzero(self._of != self._fold)
            hits = nearest(self._data.asked[rows], self._data.articles, self._data.ids)
            self._meaning[None] = dict(zip(map(int, rows), hits, strict=True))
        known = self._meaning.setdefault(damping, {})
        vector: Vectors = self._meant(np.array([row]), int(self._of[row]), damping)[0]
        if row not in known:
            ids = [hit.id for hit in self._meaning[None][row]]
            cosines = self._vectors(ids) @ vector
            known[row] = [Hit(identity, float(cosine)) for identity, cosine in zip(ids, cosines, strict=True)]
        return known[row], vector

    def _score(
        self, row: int, hits: Sequence[Hit], meant: Vectors, leaving: int, words: float, memory: float
    ) -> tuple[float, float]:
        question = self._data.questions[row]
        recalled = self._recalled(row, meant, leaving) if memory else []
        ranked = [one.id for one in fuse(self._data.words[question], hits, recalled, FusionWeights(words, memory))]
        relevant = self._data.relevant(row)
        return recall_at(ranked, relevant, FIRST), reciprocal_rank(ranked, relevant)

    def _recalled(self, row: int, meant: Vectors, leaving: int) -> list[Recalled]:
        known = self._memories[leaving]
        return known.recall(known.likeness(self._data.asked[row]), meant)

    def _meant(self, rows: "np.ndarray[Any, np.dtype[np.int64]]", leaving: int, damping: float | None) -> Vectors:
        asked: Vectors = self._data.asked[rows]
        return asked if damping is None else mapped(asked, self._map(leaving, damping))

    def _map(self, leaving: int, damping: float) -> Vectors:
        if (leaving, damping) not in self._maps:
            rows = self._training(leaving)
            self._maps[leaving, damping] = fit(self._data.asked[rows], self._answers[rows], damping=damping)
        return self._maps[leaving, damping]

    def _training(self, leaving: int) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        known: np.ndarray[Any, np.dtype[np.bool_]] = (self._of != self._fold) & (self._of != leaving)
        return known

    def _memory(self, *, leaving: int) -> Memory:
        rows = np.flatnonzero(self._training(leaving))
        linked = sorted({identity for row in rows for identity in self._data.relevant(int(row))})
        place = {identity: row for row, identity in enumerate(linked)}
        return Memory(
            tuple(self._data.questions[int(row)] for row in rows),
            self._data.asked[rows],
            tuple(tuple(place[identity] for identity in sorted(self._data.relevant(int(row)))) for row in rows),
            tuple(linked),
            self._vectors(linked),
        )

    def _vectors(self, ids: Iterable[str]) -> Vectors:
        found: Vectors = self._data.articles[[self._row_of[identity] for identity in ids]]
        return found
