"""How far the vector index agrees with exact search: the first ten on many questions."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from evals.workspace import Service
from knowledge import catalogue
from knowledge.documents import Audience
from knowledge.library import Question
from knowledge.scope import Scope
from knowledge.vector_index import VectorIndex

FIRST = 10
SEED = 20261122


@dataclass(frozen=True, slots=True)
class OverlapReport:
    questions: int
    mean: float
    worst: float
    worst_question: str
    worst_region: str
    share_identical: float
    backend: str

    def to_json(self) -> dict[str, Any]:
        return {
            "questions": self.questions,
            "overlap@10": round(self.mean, 4),
            "worst": round(self.worst, 2),
            "worst_question": self.worst_question,
            "worst_region": self.worst_region,
            "identical": round(self.share_identical, 4),
            "backend": self.backend,
        }


def draw(texts: Sequence[str], regions: Sequence[str], count: int) -> list[tuple[str, str]]:
    """(question, region) pairs at random, the same ones every time."""
    chance = random.Random(SEED)
    return [(chance.choice(texts), chance.choice(regions)) for _ in range(count)]


def compare(
    pairs: Sequence[tuple[str, str]],
    service: Service,
    index: VectorIndex,
    exact: VectorIndex,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> OverlapReport:
    """`index` against `exact`, over the same passages."""
    if service.embedding is None:
        raise ValueError("overlap of vectors needs an embedding model")
    vectors = service.embedding.encode([text for text, _ in pairs])
    shares = []
    for done, ((text, region), vector) in enumerate(zip(pairs, vectors, strict=True), start=1):
        scope = service.library.scope(Question(text, region, service.today(), Audience.PUBLIC))
        known = _ids(service, scope)
        wanted = {hit.id for hit in exact.search(vector, scope, FIRST, known)}
        got = {hit.id for hit in index.search(vector, scope, FIRST, known)}
        shares.append(len(wanted & got) / len(wanted) if wanted else 1.0)
        on_progress(done, len(pairs))
    worst = min(range(len(shares)), key=shares.__getitem__)
    return OverlapReport(
        len(pairs),
        fmean(shares),
        shares[worst],
        pairs[worst][0],
        pairs[worst][1],
        fmean(share == 1.0 for share in shares),
        type(index).__name__,
    )


def _ids(service: Service, scope: Scope) -> Callable[[], list[str]]:
    def ids() -> list[str]:
        with service.database.reading() as tx:
            return catalogue.ids_within(tx, scope)

    return ids
