"""What a trained installation ranks by: how a question becomes a vector, and the weights of the sources.

Either the encoder of the questions is trained (with the extra [models]), or its vector is turned by a map
fitted in closed form (ridge regression), which takes seconds. Both move a question towards the clauses that
answered questions like it; the vectors of the passages stay. Off until trained by `xiaoer evals train-ranker`.
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedding import Vectors, Weights, second_half
from knowledge.fusion import UNDER_TRAINED_ENCODER, FusionWeights

FILE = "ranking.npz"
FORMAT = 2
_ENCODER = "encoder/"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    weights: FusionWeights
    map: Vectors
    """Shape (dimension, dimension)."""
    model: str
    """Fingerprint of the embedding model it belongs to."""
    data: str
    """Hash of the questions and clauses it was trained on."""
    measured: dict[str, Any] = field(default_factory=dict)
    """Cross-validated, at the time of training."""
    encoder: Weights = field(default_factory=dict)
    """Weights of a second encoder, for questions only; empty: there is none.

    Its vectors are compared with the passages; known questions are compared under both encoders
    (first in place .832 against .796 with the second alone, on half of the questions of development).
    """

    def meant(self, asked: Vectors) -> Vectors:
        """What the question means in the words of the clauses: unit vectors in, unit vectors out.

        With a trained encoder `asked` comes from a TwofoldEmbedding.
        """
        return second_half(asked) if self.encoder else mapped(asked, self.map)


def mapped(asked: Vectors, turn: Vectors) -> Vectors:
    turned = asked + asked @ turn
    unit: Vectors = turned / np.linalg.norm(turned, axis=-1, keepdims=True)
    return unit


def fit(asked: Vectors, answers: Vectors, *, damping: float) -> Vectors:
    """The map that takes questions nearest to the mean vectors of their clauses; rows correspond."""
    square = asked.T @ asked + damping * np.eye(asked.shape[1], dtype=np.float32)
    turn: Vectors = np.linalg.solve(square, asked.T @ (answers - asked)).astype(np.float32)
    return turn


def data_hash(questions: list[str], answers: list[tuple[str, ...]]) -> str:
    rows = sorted(zip(questions, answers, strict=True))
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:16]


def write(folder: Path, ranking: Ranking) -> None:
    """Whole or not at all: a running service may be reading it."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "format": FORMAT,
        "weights": asdict(ranking.weights),
        "model": ranking.model,
        "data": ranking.data,
        "measured": ranking.measured,
    }
    partial = folder / f"{FILE}.partial"
    with partial.open("wb") as stream:
        encoder: dict[str, Any] = {_ENCODER + name: value for name, value in ranking.encoder.items()}
        np.savez(stream, map=ranking.map, about=np.array(json.dumps(about, ensure_ascii=False)), **encoder)
    partial.replace(folder / FILE)


def read(folder: Path, model: str) -> Ranking | None:
    """None when nothing was trained, or it was trained for another embedding model."""
    try:
        with np.load(folder / FILE, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            turn = stored["map"].astype(np.float32)
            encoder = {name.removeprefix(_ENCODER): stored[name] for name in stored if name.startswith(_ENCODER)}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        log.warning("排序模型读不出来，先不用它；可重新运行 xiaoer evals train-ranker（%s）", error)
        return None
    if about.get("format") != FORMAT or about["model"] != model:
        log.warning("排序模型是为另一个语义模型训练的，先不用它；请重新运行 xiaoer evals train-ranker")
        return None
    weights = UNDER_TRAINED_ENCODER if encoder else FusionWeights(**about["weights"])
    return Ranking(weights, turn, about["model"], about["data"], about["measured"], encoder)


def forget(folder: Path) -> bool:
    """Back to the untrained ranking; False when there was none."""
    existed = (folder / FILE).exists()
    (folder / FILE).unlink(missing_ok=True)
    return existed
