"""The figures of the fast subset as they were, so that a change that makes them worse is noticed.

The subset is the sample that the project ships, with every frozen question that it can answer:
the same on every machine, once with the embedding model and once by words alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bars import Values, at, plain
from evals.errors import Missing

FILE = Path(__file__).with_name("baseline.json")
BY_WORDS = "words"
SMALL = 0.02
"""How much a share may get worse: two of the ninety questions."""
WIDE = 0.04
"""Where a share is of few cases, or rests on a threshold."""


@dataclass(frozen=True, slots=True)
class _Tracked:
    path: str
    tolerance: float = SMALL
    lower_is_better: bool = False


TRACKED = (
    _Tracked("questions/first@1"),
    _Tracked("questions/first@3"),
    _Tracked("questions/first@10"),
    _Tracked("scopes/as_of", WIDE),
    _Tracked("scopes/regions"),
    _Tracked("scopes/wrongly_binding", 0.0, lower_is_better=True),
    _Tracked("refusal/auroc"),
    _Tracked("refusal/product/wrongly_refused", lower_is_better=True),
    _Tracked("refusal/product/wrongly_answered", WIDE, lower_is_better=True),
    _Tracked("grounding/particulars_caught", 0.002),
    _Tracked("grounding/meaning_caught"),
    _Tracked("grounding/faithful_rejected", lower_is_better=True),
)


@dataclass(frozen=True, slots=True)
class Compared:
    name: str
    was: float
    is_now: float
    tolerance: float
    is_regression: bool

    def __str__(self) -> str:
        return f"{self.name} 原来 {self.was:g}，现在 {self.is_now:g}（容许变差 {self.tolerance:g}）"

    def to_json(self) -> dict[str, Any]:
        return {
            "was": self.was,
            "now": self.is_now,
            "tolerance": self.tolerance,
            "regression": self.is_regression,
        }


def figures(values: Values) -> dict[str, float]:
    return {one.path: round(plain(at(values, one.path)), 4) for one in TRACKED}


def compare(values: Values, known: Mapping[str, float]) -> Sequence[Compared]:
    """A figure that was not known then is no regression."""
    now = figures(values)
    return [_compare(one, known[one.path], now[one.path]) for one in TRACKED if one.path in known]


def _compare(tracked: _Tracked, was: float, is_now: float) -> Compared:
    worse = is_now - was if tracked.lower_is_better else was - is_now
    return Compared(tracked.path, was, is_now, tracked.tolerance, worse > tracked.tolerance + 1e-9)


def read(values: Values, file: Path = FILE) -> Mapping[str, float]:
    """Those of the same embedding model, or of none."""
    known: Mapping[str, Mapping[str, float]] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if (model := model_of(values)) not in known:
        raise Missing(f"没有 {model} 的基线", "先运行 xiaoer evals baseline --update")
    return known[model]


def write(values: Values, file: Path = FILE) -> None:
    """Beside those of other models."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known[model_of(values)] = figures(values)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def model_of(values: Values) -> str:
    return str(at(values, "about/model") or BY_WORDS)
