"""How sure a measured figure is: shares with Wilson intervals, AUROC and differences with bootstrap intervals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Z95 = 1.96
SEED = 20261122
DRAWS = 1000
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    count: int
    of: int

    @classmethod
    def among(cls, truths: Iterable[bool]) -> "Share":
        listed = list(truths)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson, 95 %; everything where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        spread = Z95 * sqrt(self.value * (1 - self.value) / self.of + Z95**2 / (4 * self.of**2))
        middle = self.value + Z95**2 / (2 * self.of)
        whole = 1 + Z95**2 / self.of
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)

    def to_json(self) -> dict[str, float | int]:
        low, high = self.interval
        return {
            "share": round(self.value, 4),
            "count": self.count,
            "of": self.of,
            "low": round(low, 4),
            "high": round(high, 4),
        }


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its bootstrap interval, 95 %."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def auroc(positive: Sequence[float] | Floats, negative: Sequence[float] | Floats) -> float:
    """Chance that a positive scores above a negative; a tie counts half. 0.5 where one side is empty."""
    high, low = np.asarray(positive, dtype=np.float64), np.sort(np.asarray(negative, dtype=np.float64))
    if not high.size or not low.size:
        return 0.5
    below, up_to = np.searchsorted(low, high, "left"), np.searchsorted(low, high, "right")
    return float((below + up_to).sum() / 2 / (high.size * low.size))


def auroc_estimate(positive: Sequence[float], negative: Sequence[float]) -> Estimate:
    high, low = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)

    def drawn(chance: np.random.Generator) -> float:
        return auroc(chance.choice(high, high.size), chance.choice(low, low.size))

    return _estimate(auroc(high, low), drawn if high.size and low.size else None)


def auroc_of_pairs(positive: Sequence[float], negative: Sequence[float]) -> Estimate:
    """The same where the i-th of both belong to one question, which is drawn as a whole."""
    high, low = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)

    def drawn(chance: np.random.Generator) -> float:
        rows = chance.integers(0, high.size, high.size)
        return auroc(high[rows], low[rows])

    return _estimate(auroc(high, low), drawn if high.size else None)


def mean_estimate(values: Sequence[float]) -> Estimate:
    numbers = np.asarray(values, dtype=np.float64)
    if not numbers.size:
        return Estimate(0.0, 0.0, 0.0)
    return _estimate(float(numbers.mean()), lambda chance: float(chance.choice(numbers, numbers.size).mean()))


def _estimate(value: float, drawn: Callable[[np.random.Generator], float] | None) -> Estimate:
    if drawn is None:
        return Estimate(value, 0.0, 1.0)
    chance = np.random.default_rng(SEED)
    values = np.array([drawn(chance) for _ in range(DRAWS)])
    low, high = np.quantile(values, (0.025, 0.975))
    return Estimate(value, float(low), float(high))
