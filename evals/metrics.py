"""Measures of a ranking against what is relevant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

RECALL_AT = (5, 10, 20, 100)
MRR_AT = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over all questions; recall is the share of a question's relevant items found."""

    questions: int
    recall: Mapping[int, float]
    mrr: float

    def to_json(self) -> dict[str, float | int]:
        recalls = {f"recall@{k}": round(value, 4) for k, value in self.recall.items()}
        return {"questions": self.questions, **recalls, f"mrr@{MRR_AT}": round(self.mrr, 4)}


def recall_at(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    return sum(1 for found in ranking[:k] if found in relevant) / len(relevant)


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int = MRR_AT) -> float:
    return next((1 / place for place, found in enumerate(ranking[:k], start=1) if found in relevant), 0.0)


def measure(rankings: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]) -> Quality:
    """Over the questions that have relevant items; one that was not ranked counts as nothing found."""
    asked = [question for question, items in relevant.items() if items]
    return Quality(
        questions=len(asked),
        recall={
            k: fmean(recall_at(rankings.get(question, ()), relevant[question], k) for question in asked)
            for k in RECALL_AT
        },
        mrr=fmean(reciprocal_rank(rankings.get(question, ()), relevant[question]) for question in asked),
    )
