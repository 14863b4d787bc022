"""Times of repeated work: how long each part took, and what half and nineteen of twenty stayed within."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

_NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Quantiles:
    p50: float
    p95: float
    """Milliseconds."""

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> "Quantiles":
        half, most = np.percentile(milliseconds, (50, 95))
        return cls(float(half), float(most))

    def to_json(self) -> dict[str, float]:
        return {"p50_ms": round(self.p50, 2), "p95_ms": round(self.p95, 2)}


@dataclass(slots=True)
class Stopwatch:
    taken: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds, by part."""

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = time.perf_counter_ns()
        yield
        self.add(name, (time.perf_counter_ns() - started) / _NS_PER_MS)

    def add(self, name: str, milliseconds: float) -> None:
        self.taken.setdefault(name, []).append(milliseconds)

    def quantiles(self) -> Mapping[str, Quantiles]:
        return {name: Quantiles.of(taken) for name, taken in self.taken.items()}
