"""Clauses to passages: what is indexed and quoted (design.md 3, 4)."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents import Audience, Clause, ClauseKind, Passage, Span, redact

MAX_CHARACTERS = 420
"""With its prefix a passage stays within the 512 tokens of the embedding model."""
SHORT_CHARACTERS = 60
"""A part of a long clause shorter than this is indexed together with its neighbours."""
PREFIX_CHARACTERS = 200
SHORT_TITLE = 16
"""A title up to this long tells what a clause is about (消费者权益保护法); a longer one drowns it:
without it the right clause was first for .43 instead of .39 of the variants of the sample's FAQ."""
LEAD_CHARACTERS = 60

_OUTLINE = {ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.PART, ClauseKind.ANNEX}
_NOT_INDEXED = {ClauseKind.FRONT, ClauseKind.TITLE, ClauseKind.SIGNATURE}
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one clause's own words."""

    clause: Clause
    start: int
    end: int


def build_passages(
    text: str, clauses: Sequence[Clause], spans: Sequence[Span], *, title: str, region: str
) -> list[Passage]:
    by_id = {clause.id: clause for clause in clauses}
    passages: list[Passage] = []
    for unit, members in _units(clauses, by_id):
        headings = _headings(unit, by_id, text, spans)
        for number, group in enumerate(_groups(text, members)):
            start, end = group[0].start, group[-1].end
            body = redact(text, spans, start=start, end=end).strip()
            if not body:
                continue
            owner = _owner(unit, group, by_id)
            lead = "" if group[0].start == unit.start else _lead(text, unit, spans)
            prefix, context = (
                _joined(title, headings, lead),
                _joined(title if len(title) <= SHORT_TITLE else "", headings, lead),
            )
            audience = (
                Audience.STAFF if any(part.clause.audience is Audience.STAFF for part in group) else Audience.PUBLIC
            )
            identity = f"{owner.id}~{number}"
            passages.append(Passage(identity, owner.id, start, end, prefix, context, body, region, audience))
    return passages


def _units(clauses: Sequence[Clause], by_id: dict[str, Clause]) -> Iterator[tuple[Clause, list[Clause]]]:
    """Each article, each （一） under a heading, each loose paragraph, with everything below it."""
    top: dict[str, Clause] = {}

    def unit_of(clause: Clause) -> Clause:
        known = top.get(clause.id)
        if known is None:
            parent = by_id.get(clause.parent_id or "")
            stands_alone = parent is None or parent.kind in _OUTLINE or clause.kind in _OUTLINE
            known = top[clause.id] = clause if stands_alone or parent is None else unit_of(parent)
        return known

    wanted = [clause for clause in clauses if clause.kind not in _NOT_INDEXED]
    for _, group in itertools.groupby(wanted, key=lambda clause: unit_of(clause).id):
        members = list(group)
        yield unit_of(members[0]), members


def _groups(text: str, members: Sequence[Clause]) -> Iterator[list[Segment]]:
    """Segments put together up to MAX_CHARACTERS; a short last one joins its neighbour."""
    unit = members[0]
    if unit.kind in _OUTLINE and _only_heading(text, unit) and len(members) == 1:
        return
    segments = [segment for clause in members for segment in _segments(text, clause)]
    group: list[Segment] = []
    for segment in segments:
        size = segment.end - group[0].start if group else 0
        allowed = MAX_CHARACTERS + (SHORT_CHARACTERS if segment.end - segment.start < SHORT_CHARACTERS else 0)
        if size > allowed:
            yield group
            group = []
        group.append(segment)
    if group:
        yield group


def _only_heading(text: str, clause: Clause) -> bool:
    own = text[clause.start : clause.own_end].strip()
    return "\n" not in own and len(own) <= 40 and not own.endswith(("。", "；", "："))


def _segments(text: str, clause: Clause) -> Iterator[Segment]:
    """The clause's own words, cut at sentences when they are too long for one passage."""
    if clause.own_end - clause.start <= MAX_CHARACTERS:
        yield Segment(clause, clause.start, clause.own_end)
        return
    start = position = clause.start
    for match in _SENTENCE.finditer(text, clause.start, clause.own_end):
        if match.end() - start > MAX_CHARACTERS and position > start:
            yield Segment(clause, start, position)
            start = position
        while match.end() - start > MAX_CHARACTERS:
            yield Segment(clause, start, start + MAX_CHARACTERS)
            start += MAX_CHARACTERS
        position = match.end()
    if start < clause.own_end:
        yield Segment(clause, start, clause.own_end)


def _owner(unit: Clause, group: Sequence[Segment], by_id: dict[str, Clause]) -> Clause:
    """The clause a passage is cited as: the one it lies in, or the unit when it spans several."""
    clauses = {segment.clause.id for segment in group}
    return by_id[clauses.pop()] if len(clauses) == 1 else unit


def _headings(unit: Clause, by_id: dict[str, Clause], text: str, spans: Sequence[Span]) -> str:
    """Headings of the chapters and parts above, outermost first."""
    parts: list[str] = []
    parent = by_id.get(unit.parent_id or "")
    while parent is not None:
        parts.append(_first_line(text, parent, spans)[:40])
        parent = by_id.get(parent.parent_id or "")
    return " ".join(reversed(parts))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))[:PREFIX_CHARACTERS]


def _lead(text: str, unit: Clause, spans: Sequence[Span]) -> str:
    """The first words of a long clause, so that its later parts are found under its subject."""
    return _first_line(text, unit, spans)[:LEAD_CHARACTERS]


def _first_line(text: str, clause: Clause, spans: Sequence[Span]) -> str:
    return redact(text, spans, start=clause.start, end=clause.own_end).split("\n", 1)[0]
