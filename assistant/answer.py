"""An answer and its sources: what every flow returns, and its form for machines."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge import regions
from knowledge.dates_in_force import UNKNOWN_START, worded
from knowledge.documents import Audience, Module


class Extent(StrEnum):
    """How much of what was asked the documents settle."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Successor:
    """The document that ended or changed the one a clause stands in."""

    document: str
    title: str
    doc_number: str | None
    since: date
    is_pending: bool = False
    """Its start is 待核: `since` is only the day from which it is relied on."""

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "title": self.title,
            "doc_number": self.doc_number,
            "since": self.since.isoformat(),
            "pending": self.is_pending,
        }


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A document of another region, which does not bind here."""

    document: str
    title: str
    region: str

    def to_json(self) -> dict[str, Any]:
        return {"document": self.document, "title": self.title, "region": regions.name(self.region)}


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
    """None where it is 待核."""
    effective_to: date | None
    in_force: bool
    """On the day that was asked about."""
    audience: Audience
    score: float
    why: str
    """Why it was found, in a few words."""
    clause_id: str
    matched: tuple[str, ...] = ()
    """Words of the question that stand in the clause."""
    deciding: tuple[str, ...] = ()
    """Words of the quote that answer the question: the sum, the day."""
    pending: tuple[str, ...] = ()
    """What of its labels is 待核, in Chinese."""
    superseded_by: Successor | None = None
    """Also when that lies ahead."""
    amended_by: tuple[Successor, ...] = ()
    """Later documents that change this clause."""
    remarks: tuple[str, ...] = ()
    """What must stand beside the quote: an explanation only, an arrangement of a past year."""
    issued: date | None = None
    module: str | None = None
    relied_on_from: date | None = None
    """First day on which it is shown as binding: that of issue, where the start is 待核."""

    @property
    def dates(self) -> str:
        """Since when and how long it holds, in words."""
        return worded(
            self.effective_from,
            self.effective_to,
            issued=self.issued,
            is_pending=UNKNOWN_START in self.pending,
            is_news=self.module == Module.NEWS,
        )

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
            "issued": self.issued.isoformat() if self.issued else None,
            "dates": self.dates,
            "in_force": self.in_force,
            "audience": self.audience.value,
            "score": round(self.score, 4),
            "why": self.why,
            "clause_id": self.clause_id,
            "matched": list(self.matched),
            "deciding": list(self.deciding),
            "pending": list(self.pending),
            "superseded_by": self.superseded_by.to_json() if self.superseded_by else None,
            "amended_by": [one.to_json() for one in self.amended_by],
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions of a message, and its answer."""

    question: str
    lead: str
    """What is said beside the quotes."""
    answered: bool
    sources: tuple[int, ...]
    """Numbers of its sources among those of the answer, counted from 1."""

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "lead": self.lead,
            "answered": self.answered,
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person reads, and what it rests on."""

    text: str
    flow: str
    region: str
    on: date
    _: KW_ONLY
    extent: Extent
    lead: str = ""
    """The text without quotes and citations, for readers who show the sources themselves."""
    parts: Sequence[Part] = ()
    """Where the message asked several questions; else empty."""
    elsewhere: Sequence[Elsewhere] = ()
    """Rules of other regions, named where nothing was found for here."""
    sources: Sequence[Source] = ()
    confidence: float | None = None
    """How likely the knowledge base settles the question, 0 to 1; None where that cannot be told."""
    is_stated: bool = False
    """A model that may judge has chosen clauses for it."""
    notices: Sequence[str] = ()
    """Things the reader must know about how this answer came about."""
    prompt_version: str | None = None
    model: str | None = None
    """Which prompt and language model wrote it; None for extracts and published answers."""

    @property
    def answered(self) -> bool:
        """At least in part."""
        return self.extent is not Extent.NOT

    def to_json(self) -> dict[str, Any]:
        """The documented contract of `xiaoer ask --json` and POST /api/ask."""
        return {
            "answer": self.text,
            "answered": self.answered,
            "extent": self.extent.value,
            "lead": self.lead,
            "parts": [part.to_json() for part in self.parts],
            "elsewhere": [one.to_json() for one in self.elsewhere],
            "flow": self.flow,
            "region": regions.name(self.region),
            "on": self.on.isoformat(),
            "sources": [source.to_json() for source in self.sources],
            "notices": list(self.notices),
            "confidence": None if self.confidence is None else round(self.confidence, 4),
            "prompt_version": self.prompt_version,
            "model": self.model,
        }
