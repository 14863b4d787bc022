"""Answering only what the documents settle: answerable against unanswerable questions, by confidence."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.asking import Asked
from evals.intervals import SEED, Estimate, Share, auroc_estimate
from evals.questions import is_within
from knowledge import regions

UNANSWERABLE = "unanswerable"
MOST_REFUSED = 0.05
"""Of answerable questions; the threshold is the highest that keeps to it."""
FIRST = 3

Confidence = Callable[[Asked], float]


def confidence(asked: Asked) -> float:
    """The answer's own; where it has none, how near the first clause is in meaning; without a model, how many rare words it shares."""
    if asked.answer.confidence is not None:
        return asked.answer.confidence
    found = asked.finding.results
    if not found:
        return 0.0
    if asked.finding.names_first:
        return 1.0
    if asked.finding.by_words_alone:
        return asked.finding.signals.words
    return found[0].why.meaning or max((one.why.meaning or 0.0 for one in found), default=0.0)


def is_first_half(asked: Asked) -> bool:
    """A question and its variants always fall into the same half."""
    digest = hashlib.blake2b(f"{SEED}:{asked.case.root}".encode(), digest_size=1).digest()
    return digest[0] % 2 == 0


def highest_threshold(answerable: Sequence[float], most_refused: float = MOST_REFUSED) -> float:
    """The highest below which at most this share of the answerable questions lies."""
    ordered = np.sort(np.asarray(answerable, dtype=np.float64))
    return float(ordered[int(most_refused * ordered.size)]) if ordered.size else 0.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a threshold (or the product itself) does to a number of questions."""

    wrongly_refused: Share
    wrongly_answered: Share
    by_class: Mapping[str, Share]
    """Answered although they should not have been."""
    threshold: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "threshold": None if self.threshold is None else round(self.threshold, 4),
            "wrongly_refused": self.wrongly_refused.to_json(),
            "wrongly_answered": self.wrongly_answered.to_json(),
            "wrongly_answered_by_class": {name: share.to_json() for name, share in self.by_class.items()},
        }


def decide(asked: Sequence[Asked], answers: Callable[[Asked], bool], *, threshold: float | None = None) -> Decided:
    unanswerable = [one for one in asked if is_unanswerable(one)]
    classes = dict.fromkeys(one.case.kind for one in unanswerable)
    return Decided(
        Share.among(not answers(one) for one in asked if not is_unanswerable(one)),
        Share.among(map(answers, unanswerable)),
        {name: Share.among(answers(one) for one in unanswerable if one.case.kind == name) for name in classes},
        threshold,
    )


def is_unanswerable(asked: Asked) -> bool:
    return asked.case.source == UNANSWERABLE


@dataclass(frozen=True, slots=True)
class RefusalReport:
    other_half: Decided
    """Threshold chosen on the first half, reported on the second."""
    first_half: Decided
    """The other way round."""
    product: Decided
    """What the product itself answers and refuses, on all of them."""
    auroc: Estimate
    auroc_by_class: Mapping[str, Estimate]
    auroc_right: Estimate
    """Of answerable questions: does the confidence tell a right first clause from a wrong one?"""
    asked: Sequence[Asked]
    score: Confidence

    def scores(self, *, unanswerable: bool) -> list[float]:
        return [self.score(one) for one in self.asked if is_unanswerable(one) == unanswerable]

    def to_json(self) -> dict[str, Any]:
        return {
            **self.other_half.to_json(),
            "auroc": self.auroc.to_json(),
            "auroc_by_class": {name: one.to_json() for name, one in self.auroc_by_class.items()},
            "auroc_right_clause": self.auroc_right.to_json(),
            "halves_swapped": self.first_half.to_json(),
            "product": self.product.to_json(),
            "answered_unanswerable": [
                _worst(one, self.score) for one in _by(self.score, self.asked) if one.answer.answered
            ],
            "refused_answerable": [
                _worst(one, self.score)
                for one in reversed(_by(self.score, self.asked, unanswerable=False))
                if not one.answer.answered
            ],
            "scores": {
                "answerable": [round(score, 4) for score in self.scores(unanswerable=False)],
                "unanswerable": [round(score, 4) for score in self.scores(unanswerable=True)],
            },
        }


def _by(score: Confidence, asked: Iterable[Asked], *, unanswerable: bool = True) -> list[Asked]:
    return sorted((one for one in asked if is_unanswerable(one) == unanswerable), key=score, reverse=True)


def _worst(asked: Asked, score: Confidence) -> dict[str, Any]:
    return {
        "id": asked.case.id,
        "class": asked.case.kind,
        "question": asked.case.question,
        "region": regions.name(asked.case.region),
        "confidence": round(score(asked), 4),
        "found": list(asked.shown),
    }


def report(asked: Sequence[Asked], *, score: Confidence = confidence) -> RefusalReport:
    """Over answerable and unanswerable questions together."""
    first = [one for one in asked if is_first_half(one)]
    second = [one for one in asked if not is_first_half(one)]
    unanswerable = [one for one in asked if is_unanswerable(one)]
    answerable = [one for one in asked if not is_unanswerable(one)]
    classes = dict.fromkeys(one.case.kind for one in unanswerable)
    good = [score(one) for one in answerable]
    return RefusalReport(
        other_half=_across(first, second, score),
        first_half=_across(second, first, score),
        product=decide(asked, lambda one: one.answer.answered),
        auroc=auroc_estimate(good, [score(one) for one in unanswerable]),
        auroc_by_class={
            name: auroc_estimate(good, [score(one) for one in unanswerable if one.case.kind == name])
            for name in classes
        },
        auroc_right=auroc_estimate(
            [score(one) for one in answerable if is_within(one.rank, 1)],
            [score(one) for one in answerable if not is_within(one.rank, 1)],
        ),
        asked=asked,
        score=score,
    )


def _across(chosen_on: Sequence[Asked], reported_on: Sequence[Asked], score: Confidence) -> Decided:
    threshold = highest_threshold([score(one) for one in chosen_on if not is_unanswerable(one)])
    return decide(reported_on, lambda one: score(one) >= threshold, threshold=threshold)
