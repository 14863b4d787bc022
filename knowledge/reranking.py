"""A second look at the best of a ranking, by a model that reads question and clause together."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from knowledge.catalogue import StoredPassage


class Reranker(Protocol):
    @property
    def top(self) -> int:
        """How many of the best are looked at again; those behind keep their places."""
        ...

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """One number a passage, higher is better; numbers of different questions do not compare."""
        ...


class HoldsPassage(Protocol):
    @property
    def passage(self) -> StoredPassage: ...


Result = TypeVar("Result", bound=HoldsPassage)


def rerank(reranker: Reranker | None, question: str, results: Iterable[Result]) -> Iterator[Result]:
    """The same results in another order; equal scores keep the order they came in."""
    remaining = iter(results)
    if reranker is not None:
        best = list(itertools.islice(remaining, reranker.top))
        scores = reranker.score(question, [result.passage.indexed_text for result in best])
        order = sorted(range(len(best)), key=lambda place: -scores[place])
        yield from (best[place] for place in order)
    yield from remaining
