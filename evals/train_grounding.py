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
from evals.calibrate import newton
from evals.grounding_cases import DEVELOPMENT, Case, cases, read_file
from evals.rewording import reworded
from knowledge.embedding import EmbeddingModel

FOLDS = 5
ROUNDS = 4
BY_SCRIPT = 0.3
"""What an answer made wrong by script counts: some of them are not wrong."""
MET = 0.3
"""And one of the older files, which the rules were written against: there they look better than they are."""
NEWEST = "varied.txt"
MOST_REFUSED = 0.04
"""Share of the faithful answers of the newest file that the weights may refuse."""
MEANING = frozenset({"主体", "情态", "否定", "漏例外", "漏条件", "扩大"})
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Example:
    case: Case
    by_script: bool
    is_newest: bool
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
    weight: NDArray[np.float64]

    def of_examples(self, chosen: NDArray[np.bool_]) -> "Table":
        numbers = np.cumsum(chosen) - 1
        kept = chosen[self.of]
        return Table(self.rows[kept], numbers[self.of[kept]], self.false[chosen], self.weight[chosen])

    def worst(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The highest doubt of each example."""
        found = np.full(len(self.false), -np.inf)
        np.maximum.at(found, self.of, self.rows @ weights)
        return found


def examples(embedding: EmbeddingModel | None, on_progress: OnProgress) -> list[Example]:
    """Those that the weights decide: not refused for certain, not copied whole."""
    own = [case for case in cases() if not case.kind or case.kind in MEANING]
    newest = {case.passages for case in read_file(DEVELOPMENT / NEWEST)}
    made = [wrong for case in own if not case.kind for wrong in reworded(case)]
    found = []
    for done, (case, by_script) in enumerate([*((one, False) for one in own), *((one, True) for one in made)], start=1):
        checker = Checker(case.passages, case.question, embedding.encode if embedding else None)
        if sentences := checker.weighed(case.answer):
            found.append(Example(case, by_script, case.passages in newest, sentences))
        on_progress(done, len(own) + len(made))
    return found


def fit(given: Sequence[Example]) -> dict[str, Any]:
    names = sorted({name for one in given for sentence in one.sentences for name in sentence} - {"constant"})
    table = _table(given, ["constant", *names])
    folds = np.array([one.fold for one in given])
    doubts = np.empty(len(given))
    for fold in range(FOLDS):
        weights = _weights(table.of_examples(folds != fold))
        doubts[folds == fold] = table.of_examples(folds == fold).worst(weights)
    own = np.array([one.is_newest and not one.by_script for one in given])
    faithful = np.sort(doubts[~table.false & own])[::-1]
    threshold = float(faithful[int(MOST_REFUSED * faithful.size)]) + 1e-6
    solved = _weights(table)
    return {
        "weights": {
            name: round(float(value), 4) for name, value in zip(["constant", *names], solved, strict=True) if value
        },
        "threshold": round(threshold, 4),
        "cross_validated": {
            "faithful_refused": round(float((doubts[~table.false & own] >= threshold).mean()), 4),
            "false_caught": round(float((doubts[table.false & own] >= threshold).mean()), 4),
            "false_by_script_caught": round(float((doubts[table.false & ~own] >= threshold).mean()), 4),
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
    weight = [(BY_SCRIPT if one.by_script else 1.0) * (1.0 if one.is_newest else MET) for one in given]
    return Table(np.array(rows), np.array(of), np.array(false), np.array(weight))


def _weights(table: Table) -> NDArray[np.float64]:
    """Signals that would speak for a sentence are left out, the worst first, until none does."""
    kept = np.arange(table.rows.shape[1])
    while True:
        solved = _fitted(Table(table.rows[:, kept], table.of, table.false, table.weight))
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
        solved = newton(table.rows[used], labels[used], table.weight[table.of][used])
        used = ~table.false[table.of]
        doubts = table.rows @ solved
        order = np.argsort(doubts, kind="stable")
        most = dict(zip(table.of[order].tolist(), order.tolist(), strict=True))
        used[[row for number, row in most.items() if table.false[number]]] = True
    return solved
