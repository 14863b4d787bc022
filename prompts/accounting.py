"""What talking to the language model cost: one Call a reply, and its price."""

from dataclasses import dataclass
from enum import StrEnum

TOKENS_PRICED = 1_000_000
"""Prices are for so many tokens."""


class Outcome(StrEnum):
    COMPLETE = "complete"
    STOPPED = "stopped"
    """We stopped reading: what came was wrong, or the reader had left."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Call:
    model: str
    prompt: str
    prompt_version: str
    tokens_in: int | None
    tokens_out: int | None
    """None where the endpoint does not say: it cannot where we stop reading before its end."""
    seconds: float
    first_piece_seconds: float | None
    outcome: Outcome
    reason: str = ""
    """Why it failed, in words for an operator; never what was asked or answered."""


@dataclass(frozen=True, slots=True)
class Price:
    """元 for a million tokens, in and out; None where nobody said."""

    tokens_in: float | None = None
    tokens_out: float | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """元. None without both prices."""
        if self.tokens_in is None or self.tokens_out is None:
            return None
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / TOKENS_PRICED
