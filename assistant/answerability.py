"""Whether what was found answers the question: a decision of its own, with a calibrated score.

A logistic regression over what the sources say and over how these go together, not the ranking score alone: that
tells off-topic apart, but not a question whose answer is just not there (design.md 4, issue 3). A likeness means
something else for a long question than for a short one, so each sign is weighed beside each other (wrongly answered
at 5 % refused .34 → .27, five folds over the questions of development). The weights come from `xiaoer evals
calibrate` (questions of development, and links with and without their clauses).
Where the score leaves a doubt, rules of other places are looked at too: one that fits better there
speaks for a matter that nothing here settles.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.sought import offered, sought
from knowledge.documents import ClauseKind
from knowledge.library import Finding, Found
from knowledge.regions import COUNTRY

FILE = Path(__file__).with_name("answerability.json")
AS_SHIPPED, TRAINED = "as_shipped", "trained_encoder"
_NOT_WORDS = re.compile(r"[\W_]+")
LONG_QUESTION = 60
"""Characters; what is longer counts as this long."""
SHORT_QUESTION, FULL_QUESTION = 16, 24
"""What is shorter or longer counts as this long: 打印要不要钱 is a part of a message, and no less sure for it, and a
story of sixty characters is no surer."""
NEAR = 3
"""Clauses that may hold the answer."""


FOLLOWING = 5
"""The clause that the first is held against, counted from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Of each sign, and of each two together."""

    signs: tuple[str, ...]
    """The first is the constant."""
    together: NDArray[np.float64]
    """Upper triangular: a sign and the constant, a sign and itself, two signs."""

    @classmethod
    def read(cls, stored: Mapping[str, Sequence[float]]) -> "Weights":
        """`stored`: of each sign the weights with itself and with those that follow."""
        together = np.zeros((len(stored), len(stored)))
        for row, weights in enumerate(stored.values()):
            together[row, row:] = weights
        return cls(tuple(stored), together)

    def likely(self, signs: Mapping[str, float]) -> float:
        values = np.array([signs[name] for name in self.signs])
        return sigmoid(float(values @ self.together @ values))


@dataclass(frozen=True, slots=True)
class Answerability:
    weights: Weights
    doubting: Weights
    """Weights where what is found elsewhere counts too."""
    threshold: float
    """Confidence from which the question counts as answerable."""
    sure: float
    """Confidence from which the answer does not say that it shows the nearest rules."""
    doubt: float
    """Confidence below which rules of other places are looked at."""

    def confidence(self, finding: Finding, elsewhere: Callable[[], Finding] = Finding) -> float | None:
        """Between 0 and 1, higher where the answer is more likely in the knowledge base.

        None where it cannot be told: no model of meaning, or hardly any question with a known answer.
        """
        if finding.by_words_alone or finding.signals.near is None:
            return None
        if not finding.results:
            return 0.0
        if finding.names_first:
            return 1.0
        signs = features(finding)
        sure = self.weights.likely(signs)
        if sure >= self.doubt:
            return sure
        return self.doubting.likely({**signs, **features_elsewhere(finding, elsewhere())})


def features(finding: Finding) -> dict[str, float]:
    """What speaks for and against, each between about 0 and 1."""
    first, signals = finding.results[0], finding.signals
    asked = _NOT_WORDS.sub("", finding.asked.original)
    length = max(1, min(len(asked), LONG_QUESTION))
    near = finding.results[:NEAR]
    kinds = sought(finding.asked.meant)
    # the passage of a FAQ is its question: what its answer offers is not looked up for this
    published = any(one.passage.clause_kind == ClauseKind.FAQ for one in near)
    lacking = kinds - offered(kinds, "\n".join(one.passage.body for one in near)) if not published else ()
    return {
        "constant": 1.0,
        "meaning": max(one.why.meaning or 0.0 for one in near),
        "meaning_of_first": first.why.meaning or 0.0,
        "remembered": _remembered(first),
        "remembered_near": max(map(_remembered, near)),
        "nearest_question": signals.near.nearest if signals.near else 0.0,
        "near_questions": signals.near.five if signals.near else 0.0,
        "votes": signals.near.votes if signals.near else 0.0,
        "words": signals.words / length / 3,
        "words_of_first": first.why.words or 0.0,
        "matched": min(1.0, sum(map(len, first.why.matched)) / length),
        "covered": signals.covered,
        "covered_near": signals.covered_near,
        "margin": min(1.0, signals.margin * 4),
        "alone": signals.alone,
        "above": min(1.0, (first.score - finding.results[: FOLLOWING + 1][-1].score) * 2),
        "local": float(first.passage.region != COUNTRY),
        "published": float(first.passage.clause_kind == ClauseKind.FAQ),
        "length": min(max(length, SHORT_QUESTION), FULL_QUESTION) / LONG_QUESTION,
        "sought": float(bool(kinds)),
        "lacking": float(bool(lacking)),
    }


def _remembered(found: Found) -> float:
    """A published entry is the known question itself: its cosine is that of the nearest one it answers."""
    known = found.why.remembered or 0.0
    return max(known, found.why.meaning or 0.0) if found.passage.clause_kind == ClauseKind.FAQ else known


def features_elsewhere(finding: Finding, elsewhere: Finding) -> dict[str, float]:
    """How much better the rules of other places fit; nothing where there are none."""
    here = max(one.why.meaning or 0.0 for one in finding.results[:NEAR])
    remembered = max(map(_remembered, finding.results[:NEAR]))
    there = max((one.why.meaning or 0.0 for one in elsewhere.results[:NEAR]), default=0.0)
    return {
        "elsewhere": there,
        "fits_better_elsewhere": there - here if there else -0.3,
        "remembered_elsewhere": max((one.why.remembered or 0.0 for one in elsewhere.results[:NEAR]), default=0.0)
        - remembered,
    }


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def load(file: Path = FILE, *, trained_encoder: bool = False) -> Answerability:
    """As calibrated with the encoder as shipped, or with a trained one: their cosines have another scale."""
    stored = json.loads(file.read_text(encoding="utf-8"))[TRAINED if trained_encoder else AS_SHIPPED]
    weights, doubting = (Weights.read(stored[name]) for name in ("weights", "doubting"))
    return Answerability(weights, doubting, stored["threshold"], stored["sure"], stored["doubt"])
