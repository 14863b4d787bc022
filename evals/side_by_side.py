"""Cases worked through several at a time where a language model is waited for; results in the order of the cases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from prompts.client import ChatModel

Case = TypeVar("Case")
Result = TypeVar("Result")
WITH_MODEL = 16
"""As many as the server answers at once (assistant.turns.Limits)."""


def at_once(model: ChatModel | None) -> int:
    return WITH_MODEL if model else 1


def side_by_side(
    work: Callable[[Case], Result],
    cases: Sequence[Case],
    *,
    most: int = 1,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Result]:
    """The first failure is raised when its turn comes; what had not begun then is not begun."""
    results: list[Result] = []
    with ThreadPoolExecutor(most) as pool:
        for result in pool.map(work, cases):
            results.append(result)
            on_progress(len(results), len(cases))
    return results
