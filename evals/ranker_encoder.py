"""Training of the ranking with an encoder of its own for the questions; measured on clauses that it never saw."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from sqlalchemy import select

from evals import encoder_training
from evals.errors import Missing
from evals.ranker import draw, quality, trials
from evals.workspace import Service
from knowledge.embedding import OnnxEmbedding, TwofoldEmbedding, Vectors, second_half
from knowledge.fusion import UNDER_TRAINED_ENCODER, FusionWeights
from knowledge.memory import Memory
from knowledge.ranking import Ranking, data_hash
from knowledge.schema import passages
from knowledge.scope import in_force

HELD_OUT = 10
"""One clause in so many is kept back: the ranking is measured on the questions it answers."""
Progress = Callable[[str, int, int], None]


def train(service: Service, memory: Memory, *, questions: int, on_progress: Progress) -> Ranking:
    """Raises Missing where the embedding model is not the built-in one."""
    model = service.embedding.model if service.embedding else None
    if not isinstance(model, OnnxEmbedding):
        raise Missing("只有自带的语义模型可以训练", "去掉 XIAOER_EMBEDDING_MODEL，或者用 --no-encoder 只训练映射")
    held_out = [row for row in range(len(memory.questions)) if _is_held_out(memory, row)]
    lesson = _lesson(service, memory, set(held_out))
    tuned = encoder_training.train(
        model.folder, lesson, on_progress=lambda done, total: on_progress("训练", done, total)
    )
    asking = TwofoldEmbedding(model, OnnxEmbedding(model.folder, tuned=tuned))
    twofold = replace(memory, vectors=asking.encode(memory.questions))
    chosen = sorted(held_out, key=lambda row: draw(memory.questions[row]))[:questions]
    before = trials(service, memory, chosen, on_progress)
    after = trials(service, twofold, chosen, on_progress, meant=second_half)
    trained, untrained = UNDER_TRAINED_ENCODER, FusionWeights()
    return Ranking(
        trained,
        np.zeros((model.dimension,) * 2, np.float32),
        model.fingerprint,
        data_hash(list(memory.questions), [tuple(memory.passages[row] for row in rows) for rows in memory.targets]),
        {
            "questions": len(memory.questions),
            "held_out": len(held_out),
            "tried": len(chosen),
            "mrr@10": round(quality(after, None, trained.words, trained.memory), 4),
            "mrr@10_untrained": round(quality(before, None, untrained.words, untrained.memory), 4),
        },
        tuned,
    )


def _is_held_out(memory: Memory, row: int) -> bool:
    return draw(memory.passages[memory.targets[row][0]]) % HELD_OUT == 0


def _lesson(service: Service, memory: Memory, without: set[int]) -> encoder_training.Lesson:
    ids, vectors = _everything(service)
    place = {identity: row for row, identity in enumerate(ids)}
    known = [
        (
            memory.questions[row],
            [place[memory.passages[target]] for target in targets if memory.passages[target] in place],
        )
        for row, targets in enumerate(memory.targets)
        if row not in without
    ]
    known = [(question, rows) for question, rows in known if rows]
    return encoder_training.Lesson([question for question, _ in known], [rows for _, rows in known], vectors)


def _everything(service: Service) -> tuple[list[str], Vectors]:
    """Of all that is in force today: ids and vectors."""
    with service.database.reading() as tx:
        rows = [
            row for row in tx.execute(select(passages)) if in_force(row.valid_from, row.valid_to, on=service.today())
        ]
    texts = [f"{row.context}\n{row.body}".strip() for row in rows]  # as documents.Passage.embedded_text
    if service.embedding is None:
        raise Missing("没有语义模型，无从训练排序", "先运行 xiaoer doctor 看看原因")
    return [row.id for row in rows], service.embedding.encode(texts)
