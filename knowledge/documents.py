"""The nouns of the knowledge base: documents, clauses, passages, labels.

A document's normalised text is kept once; clauses, passages and spans are
character ranges [start, end) into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    NATIONAL = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"


class Audience(StrEnum):
    PUBLIC = "public"
    STAFF = "staff"

    def sees(self) -> list["Audience"]:
        """What somebody of this audience may read: staff also reads what is public."""
        return [Audience.PUBLIC] if self is Audience.PUBLIC else [Audience.PUBLIC, Audience.STAFF]


class Module(StrEnum):
    """The four modules of the service (requirements A1-05)."""

    NEWS = "新闻资讯"
    LAW = "法律法规"
    POLICY = "政策措施"
    APPEAL = "诉求指南"


class ClauseKind(StrEnum):
    FRONT = "front"
    """Letterhead, notice and everything else before the document proper."""
    TITLE = "title"
    PREAMBLE = "preamble"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    PART = "part"
    SECTION_ITEM = "section_item"
    POINT = "point"
    ANNEX = "annex"
    SIGNATURE = "signature"
    FAQ = "faq"
    UNIT = "unit"
    SERVICE_ITEM = "service_item"


TABLE_ROWS = frozenset({ClauseKind.FAQ, ClauseKind.UNIT, ClauseKind.SERVICE_ITEM})
"""Entries of the curators' tables: they lead to rules and are none themselves."""


class SpanKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    ID_CARD = "id_card"
    INTERNAL_URL = "internal_url"
    PERSON_CONTACT = "person_contact"


class LinkKind(StrEnum):
    INTERPRETS = "interprets"
    SUPERSEDES = "supersedes"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the document's tree.

    Its own words are text[start:own_end]; children follow up to `end`. The own
    words of all clauses, joined in order, are the whole normalised text.
    """

    id: str
    parent_id: str | None
    kind: ClauseKind
    path: str
    """第六条第（一）项 · 二（一） · 附件2 — how one cites it."""
    heading: str
    start: int
    own_end: int
    end: int
    page: int | None = None
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Span:
    """Words inside a clause that the public must not see."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Link:
    kind: LinkKind
    target: str
    """Title or 文号 of the other document."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: a clause, a part of a long one, or several short siblings."""

    id: str
    clause_id: str
    start: int
    end: int
    prefix: str
    """Title and chapter, so that the words of a clause are found under its subject."""
    context: str
    """The same for the search by meaning: without a long title, which would drown the clause."""
    body: str
    """text[start:end] as the public may read it."""
    region: str
    audience: Audience
    effective_from: date | None = None
    effective_to: date | None = None
    """Own dates of a row (FAQ); None follows the document."""

    @property
    def indexed_text(self) -> str:
        return f"{self.prefix}\n{self.body}"

    @property
    def embedded_text(self) -> str:
        return f"{self.context}\n{self.body}".strip()


@dataclass(frozen=True, slots=True)
class Labels:
    """What a document says of itself; None and an entry in `pending` mean 待核."""

    title: str
    region: str | None
    level: Level | None
    kind: str | None = None
    module: Module | None = None
    part: str | None = None
    """The part of a law that this file holds (人格权编)."""
    aliases: tuple[str, ...] = ()
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    printed: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    """Last day in force, as far as the document itself says."""
    review_on: date | None = None
    audience: Audience = Audience.PUBLIC
    owner_department: str | None = None
    links: tuple[Link, ...] = ()
    pending: tuple[str, ...] = ()

    @property
    def valid_from(self) -> date | None:
        """First day it may be relied on; None: not known, so never excluded by date."""
        return self.effective_from or self.issued


@dataclass(frozen=True, slots=True)
class Faq:
    clause_id: str
    question: str
    answer: str
    variants: tuple[str, ...] = ()
    basis_title: str = ""
    basis_clause: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A directory unit or a service item: its columns by header."""

    clause_id: str
    kind: ClauseKind
    name: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    family: str
    """Same for all versions of one document."""
    labels: Labels
    text: str
    clauses: Sequence[Clause]
    passages: Sequence[Passage]
    spans: Sequence[Span] = ()
    faqs: Sequence[Faq] = ()
    rows: Sequence[Row] = ()
    findings: Sequence[str] = field(default_factory=tuple)
    """What a curator should look at, in Chinese, without the personal data itself."""


MASK = "〔未公开〕"


def redact(text: str, spans: Sequence[Span], *, start: int = 0, end: int | None = None) -> str:
    """text[start:end] with every span, also one that only overlaps the range, replaced by a mark."""
    end = len(text) if end is None else end
    parts: list[str] = []
    position = start
    for span in sorted(spans, key=lambda span: span.start):
        if span.end <= position or span.start >= end:
            continue
        parts += [text[position : max(position, span.start)], MASK]
        position = span.end
    parts.append(text[min(position, end) : end])
    return "".join(parts)
