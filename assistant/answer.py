"""An answer and its sources: what every flow returns, and its form for machines."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any

from knowledge import regions
from knowledge.documents import Audience


@dataclass(frozen=True, slots=True)
class Source:
    """One clause an answer rests on."""

    document: str
    title: str
    doc_number: str | None
    clause: str
    quote: str
    """Words of the document, as the reader may see them."""
    region: str
    effective_from: date | None
    effective_to: date | None
    in_force: bool
    """On the day that was asked about."""
    audience: Audience
    score: float
    why: str
    """Why it was found, in a few words."""
    clause_id: str

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "title": self.title,
            "doc_number": self.doc_number,
            "clause": self.clause,
            "quote": self.quote,
            "region": regions.name(self.region),
            "effective_from": self.effective_from.isoformat() if self.effective_from else None,
            "effective_to": self.effective_to.isoformat() if self.effective_to else None,
            "in_force": self.in_force,
            "audience": self.audience.value,
            "score": round(self.score, 4),
            "why": self.why,
            "clause_id": self.clause_id,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person reads, and what it rests on."""

    text: str
    flow: str
    region: str
    on: date
    _: KW_ONLY
    answered: bool
    sources: Sequence[Source] = ()
    notices: Sequence[str] = ()
    """Things the reader must know about how this answer came about."""
    prompt_version: str | None = None
    model: str | None = None
    """Which prompt and language model wrote it; None for extracts and published answers."""

    def to_json(self) -> dict[str, Any]:
        """The documented contract of `xiaoer ask --json` and POST /api/ask."""
        return {
            "answer": self.text,
            "answered": self.answered,
            "flow": self.flow,
            "region": regions.name(self.region),
            "on": self.on.isoformat(),
            "sources": [source.to_json() for source in self.sources],
            "notices": list(self.notices),
            "prompt_version": self.prompt_version,
            "model": self.model,
        }
