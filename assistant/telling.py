"""What a reader is told while an answer is being made, in this order: Opening, any number of Said and Waiting, Final."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer


@dataclass(frozen=True, slots=True)
class Opening:
    """Something was found or not; the answer follows."""

    notices: tuple[str, ...]
    """What must stand beside the sentences that follow."""


@dataclass(frozen=True, slots=True)
class Said:
    """One checked sentence of a language model."""

    text: str
    """With its citations: [1][2]。"""
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The model writes, and nothing of it may be shown yet: a moment at which a reader can leave."""


@dataclass(frozen=True, slots=True)
class Final:
    """The whole answer; it replaces all that was said before."""

    answer: Answer


Event = Opening | Said | Waiting | Final


def answer_of(events: Iterable[Event]) -> Answer:
    """For readers who wait for the end."""
    return next(event.answer for event in events if isinstance(event, Final))
