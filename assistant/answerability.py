"""Whether what was found answers the question: a decision of its own, with a calibrated score.

A logistic regression over what the sources say, not the ranking score alone: that tells off-topic apart,
but not a question whose answer is just not there (design.md 4, issue 3). The weights come from
`xiaoer evals calibrate` (questions of development, and links with and without their clauses).
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.library import Finding

FILE = Path(__file__).with_name("answerability.json")
_NOT_WORDS = re.compile(r"[\W_]+")
LONG_QUESTION = 60
"""Characters; what is longer counts as this long."""


@dataclass(frozen=True, slots=True)
class Answerability:
    weights: Mapping[str, float]
    threshold: float
    """Confidence from which the question counts as answerable."""
    sure: float
    """Confidence from which the answer does not say that it shows the nearest rules."""

    def confidence(self, finding: Finding) -> float | None:
        """Between 0 and 1, higher where the answer is more likely in the knowledge base.

        None where it cannot be told: no model of meaning, or hardly any question with a known answer.
        """
        if finding.by_words_alone or finding.signals.nearest_question is None:
            return None
        if not finding.results:
            return 0.0
        if finding.results[0].why.named and finding.reference.clause:
            return 1.0
        signs = features(finding)
        return sigmoid(sum(self.weights[name] * value for name, value in signs.items()))


def features(finding: Finding) -> dict[str, float]:
    """What speaks for and against, each between about 0 and 1."""
    first = finding.results[0]
    asked = _NOT_WORDS.sub("", finding.asked.original)
    length = max(1, min(len(asked), LONG_QUESTION))
    near = finding.results[:3]
    return {
        "constant": 1.0,
        "meaning": max(one.why.meaning or 0.0 for one in near),
        "meaning_of_first": first.why.meaning or 0.0,
        "remembered": first.why.remembered or 0.0,
        "remembered_near": max(one.why.remembered or 0.0 for one in near),
        "nearest_question": finding.signals.nearest_question or 0.0,
        "words": finding.signals.words / length / 3,
        "words_of_first": first.why.words or 0.0,
        "covered": min(1.0, sum(map(len, first.why.matched)) / length),
        "margin": min(1.0, finding.signals.margin * 4),
    }


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def load(file: Path = FILE) -> Answerability:
    stored = json.loads(file.read_text(encoding="utf-8"))
    return Answerability(stored["weights"], stored["threshold"], stored["sure"])
