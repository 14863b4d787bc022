"""Training of the ranking on the links of a knowledge base, each question asked as if it were not yet known.

Cross-validated: the map that a question is tried with was fitted on the other folds, and the memory
leaves the question itself out.
"""

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evals.errors import Missing
from evals.workspace import Service
from knowledge import catalogue
from knowledge.embedding import Vectors
from knowledge.fusion import CANDIDATES, FusionWeights, fuse
from knowledge.library import Question
from knowledge.memory import Memory, Recalled
from knowledge.ranking import Ranking, data_hash, fit, mapped
from knowledge.scope import Hit

FOLDS = 5
DAMPINGS = (1.0, 10.0, 100.0)
"""Strength of the ridge; no map is tried too."""
STRENGTH = 0.5
"""Half of the way that the map points: it knows the clauses of the links, not all of them
(first in the first three .911 against .905 on the questions of development)."""
WORDS = (0.001, 0.002, 0.003, 0.004)
MEMORY = (0.4, 0.8, 1.2, 1.6)
LEAST_QUESTIONS = 200
"""With fewer, what is learned is chance."""
FIRST = 10
Progress = Callable[[str, int, int], None]
_NO_MAP: Mapping[float | None, Vectors | None] = {None: None}


@dataclass(frozen=True, slots=True)
class Trial:
    """One known question, with what the two indexes find for it under each map."""

    answers: frozenset[str]
    """Passages."""
    words: Sequence[Hit]
    meaning: Mapping[float | None, Sequence[Hit]]
    """By damping; None: without a map."""
    recalled: Mapping[float | None, Sequence[Recalled]]
    """Likewise; the question itself is left out."""


def known_questions(service: Service) -> Memory:
    """The memory with questions as the untrained model encodes them. Raises Missing without model or enough links."""
    memory = service.memory.memory
    if memory is None or service.embedding is None:
        raise Missing("没有语义模型，无从训练排序", "先运行 xiaoer doctor 看看原因")
    if len(memory.questions) < LEAST_QUESTIONS:
        raise Missing(
            f"与现有文件对得上的问答链接只有 {len(memory.questions)} 条",
            f"至少要 {LEAST_QUESTIONS} 条；可以增加常见问答，或用 xiaoer links import 导入",
        )
    return replace(memory, vectors=service.embedding.encode(memory.questions))


def train(service: Service, memory: Memory, *, questions: int = 1500, on_progress: Progress) -> Ranking:
    """With a map of the question's vector."""
    answers = np.stack([memory.passage_vectors[list(rows)].mean(0) for rows in memory.targets])
    chosen = sorted(range(len(memory.questions)), key=lambda row: draw(memory.questions[row]))[:questions]
    tried = trials(service, memory, chosen, on_progress, _maps(memory, answers))
    scores = {choice: quality(tried, *choice) for choice in itertools.product((None, *DAMPINGS), WORDS, MEMORY)}
    damping, words, remembered = max(scores, key=lambda choice: scores[choice])
    untrained = scores[None, FusionWeights().words, FusionWeights().memory]
    turn = np.zeros((answers.shape[1],) * 2, np.float32)
    if damping:
        turn = STRENGTH * fit(memory.vectors, answers, damping=damping)
    return Ranking(
        FusionWeights(words, remembered),
        turn,
        service.embedding.fingerprint if service.embedding else "",
        data_hash(list(memory.questions), [tuple(memory.passages[row] for row in rows) for rows in memory.targets]),
        {
            "questions": len(memory.questions),
            "tried": len(chosen),
            "damping": damping,
            "mrr@10": round(scores[damping, words, remembered], 4),
            "mrr@10_untrained": round(untrained, 4),
        },
    )


def _maps(memory: Memory, answers: Vectors) -> dict[int, dict[float | None, Vectors | None]]:
    """By fold: the maps that the other folds teach."""
    folds = np.array([fold_of(question) for question in memory.questions])
    return {
        fold: {
            None: None,
            **{d: STRENGTH * fit(memory.vectors[folds != fold], answers[folds != fold], damping=d) for d in DAMPINGS},
        }
        for fold in range(FOLDS)
    }


def trials(
    service: Service,
    memory: Memory,
    rows: Sequence[int],
    on_progress: Progress,
    maps: Mapping[int, Mapping[float | None, Vectors | None]] | None = None,
    *,
    meant: Callable[[Vectors], Vectors] = lambda asked: asked,
) -> list[Trial]:
    """Each of these questions asked as if it were not known, under the maps of its fold.

    `meant` makes of the vector of a question the one that is compared with passages.
    """
    found = []
    for done, row in enumerate(rows, start=1):
        turns = maps[fold_of(memory.questions[row])] if maps else _NO_MAP
        found.append(_trial(service, memory, row, turns, meant))
        on_progress("提问", done, len(rows))
    return found


def _trial(
    service: Service,
    memory: Memory,
    row: int,
    maps: Mapping[float | None, Vectors | None],
    meant: Callable[[Vectors], Vectors],
) -> Trial:
    targets = frozenset(memory.passages[target] for target in memory.targets[row])
    asked = memory.vectors[row]
    turned = {damping: _turned(meant(asked), turn) for damping, turn in maps.items()}
    with service.indexes.searching() as indexes, service.database.reading() as tx:
        stored = catalogue.passages_by_id(tx, sorted(targets)[:1])[0]
        question = Question(memory.questions[row], stored.region, service.today(), stored.audience)
        scope = service.library.scope(question)
        words = indexes.words.search(service.library.rewritten(question.text).for_words, scope, CANDIDATES)
        vectors = indexes.vectors
        meaning = (
            {
                damping: vectors.search(vector, scope, CANDIDATES, lambda: catalogue.ids_within(tx, scope))
                for damping, vector in turned.items()
            }
            if vectors
            else {}
        )
    alike = memory.likeness(asked, without=[row])
    recalled = {damping: memory.recall(alike, vector) for damping, vector in turned.items()}
    return Trial(targets, words, meaning, recalled)


def _turned(asked: Vectors, turn: Vectors | None) -> Vectors:
    return asked if turn is None else mapped(asked, turn)


def quality(tried: Sequence[Trial], damping: float | None, words: float, remembered: float) -> float:
    """MRR@10 over passages."""
    weights = FusionWeights(words, remembered)
    return float(np.mean([_reciprocal(trial, damping, weights) for trial in tried]))


def _reciprocal(trial: Trial, damping: float | None, weights: FusionWeights) -> float:
    ranked = fuse(trial.words, trial.meaning[damping], trial.recalled[damping], weights)[:FIRST]
    place = next((place for place, one in enumerate(ranked, start=1) if one.id in trial.answers), None)
    return 1 / place if place else 0.0


def fold_of(question: str) -> int:
    return draw(question) % FOLDS


def draw(question: str) -> int:
    """Chance that does not change between runs and machines."""
    return int.from_bytes(hashlib.blake2b(question.encode(), digest_size=8).digest(), "big")
