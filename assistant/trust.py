"""Whether the signals against a sentence weigh more than it can bear: a logistic model, fitted and not thought out.

The weights come from `xiaoer evals train-grounding` (answers of development, faithful and false). One set is for
where an embedding helps, one for words alone. No signal can speak for a sentence: weights are never negative.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("grounding.json")
_KINDS = {
    "REVERSED": "rule_reversed rule_differs rule_elsewhere denied undenied parity turned may_for_must must_for_may must_new case_turned edit_denied copy_denied",
    "DROPPED": "rule_dropped dropped_far unasked before exception",
    "SWAPPED": "rule_swapped displaced role_new role_order actor exchanged edit_role copy_role",
    "WIDENED": "rule_widened wide",
}


@dataclass(frozen=True, slots=True)
class Trust:
    weights: Mapping[str, float]
    threshold: float

    def doubt(self, signals: Mapping[str, float]) -> float:
        """The higher, the less it says what its passages say; from the threshold on it is refused."""
        return sum(self.weights.get(name, 0.0) * value for name, value in signals.items())

    def refuses(self, signals: Mapping[str, float]) -> bool:
        return self.doubt(signals) >= self.threshold

    def kind(self, signals: Mapping[str, float]) -> str:
        """The name of the problem that weighs most."""
        return max(_KINDS, key=lambda kind: self.doubt({name: signals.get(name, 0.0) for name in _KINDS[kind].split()}))


@functools.cache
def load(*, with_meaning: bool, file: Path = FILE) -> Trust:
    stored = json.loads(file.read_text(encoding="utf-8"))["with_meaning" if with_meaning else "words_alone"]
    return Trust(stored["weights"], stored["threshold"])
