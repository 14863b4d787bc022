"""Fits the weights of the check that answers are grounded, to faithful and false answers of development.

A false answer is wrong in one of its sentences, nobody says in which: the one that is doubted most stands for it.
Every figure is cross-validated, with all answers of a passage in one fold.
"""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.grounding import Checker
from evals.grounding_cases import DEVELOPMENT, Case, cases
from evals.quadratic import newton
from knowledge.embedding import EmbeddingModel

FOLDS = 5
DAMPING = 1.0
ROUNDS = 4
MOST_REFUSED = 0.05
"""Share of the faithful answers of development that the weights may refuse: fewer would be kinder, but a false one that passes is believed."""
MEANING = frozenset({"主体", "情态", "否定", "漏例外", "漏条件", "扩大"})
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Example:
    case: Case
    sentences: Sequence[dict[str, float]]

    @property
    def fold(self) -> int:
        return zlib.crc32(self.case.passages[0].encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Table:
    """All sentences as rows; `of` says to which example each belongs."""

    rows: NDArray[np.float64]
    of: NDArray[np.int64]
    false: NDArray[np.bool_]

    def of_examples(self, chosen: NDArray[np.bool_]) -> "Table":
        numbers = np.cumsum(chosen) - 1
        kept = chosen[self.of]
        return Table(self.rows[kept], numbers[self.of[kept]], self.false[chosen])

    def worst(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The highest doubt of each example."""
        found = np.full(len(self.false), -np.inf)
        np.maximum.at(found, self.of, self.rows @ weights)
        return found


def examples(embedding: EmbeddingModel | None, on_progress: OnProgress) -> list[Example]:
    """Those that the weights decide: not refused for certain, not copied whole."""
    own = [case for case in cases() if not case.kind or case.kind in MEANING]
    found = []
    for done, case in enumerate(own, start=1):
        checker = Checker(case.passages, case.question, embedding.encode if embedding else None)
        if sentences := checker.weighed(case.answer):
            found.append(Example(case, sentences))
        on_progress(done, len(own))
    return found


def fit(given: Sequence[Example]) -> dict[str, Any]:
    names = sorted({name for one in given for sentence in one.sentences for name in sentence} - {"constant"})
    table = _table(given, ["constant", *names])
    folds = np.array([one.fold for one in given])
    doubts = np.empty(len(given))
    for fold in range(FOLDS):
        weights = _weights(table.of_examples(folds != fold))
        doubts[folds == fold] = table.of_examples(folds == fold).worst(weights)
    faithful = np.sort(doubts[~table.false])[::-1]
    threshold = float(faithful[int(MOST_REFUSED * faithful.size)]) + 1e-6
    solved = _weights(table)
    return {
        "weights": {
            name: round(float(value), 4) for name, value in zip(["constant", *names], solved, strict=True) if value
        },
        "threshold": round(threshold, 4),
        "cross_validated": {
            "faithful_refused": round(float((doubts[~table.false] >= threshold).mean()), 4),
            "false_caught": round(float((doubts[table.false] >= threshold).mean()), 4),
        },
        "examples": len(given),
    }


def fingerprint() -> str:
    """Of the answers the weights were fitted to."""
    digest = hashlib.sha256()
    for file in sorted(DEVELOPMENT.glob("*.txt")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _table(given: Sequence[Example], names: Sequence[str]) -> Table:
    rows = [[sentence.get(name, 0.0) for name in names] for one in given for sentence in one.sentences]
    of = [number for number, one in enumerate(given) for _ in one.sentences]
    false = [bool(one.case.kind) for one in given]
    return Table(np.array(rows), np.array(of), np.array(false))


def _weights(table: Table) -> NDArray[np.float64]:
    """Signals that would speak for a sentence are left out, the worst first, until none does."""
    kept = np.arange(table.rows.shape[1])
    while True:
        solved = _fitted(Table(table.rows[:, kept], table.of, table.false))
        if (solved[1:] >= 0).all():
            weights = np.zeros(table.rows.shape[1])
            weights[kept] = solved
            return weights
        kept = np.delete(kept, 1 + int(np.argmin(solved[1:])))


def _fitted(table: Table) -> NDArray[np.float64]:
    used = np.ones(len(table.of), dtype=bool)
    solved = np.zeros(table.rows.shape[1])
    for _ in range(ROUNDS):
        labels = table.false[table.of].astype(np.float64)
        solved = newton(table.rows[used], labels[used], np.ones(int(used.sum())), DAMPING)
        used = ~table.false[table.of]
        doubts = table.rows @ solved
        order = np.argsort(doubts, kind="stable")
        most = dict(zip(table.of[order].tolist(), order.tolist(), strict=True))
        used[[row for number, row in most.items() if table.false[number]]] = True
    return solved
