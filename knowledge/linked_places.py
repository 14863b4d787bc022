"""Where the clauses stand that links name: in force today, and in the other versions of their documents."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from knowledge import regions
from knowledge.links import Link
from knowledge.schema import clauses, documents, passages
from knowledge.scope import in_force

_SUBDIVISIONS = "第（·#0123456789"
_DOCUMENTS_PER_QUERY = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A passage, and where it stands."""

    id: str
    document: str
    region: str
    clause: str
    text: str


def resolve(link: Link, places: Mapping[str, Sequence[Place]]) -> list[Place]:
    """The passages that a link means; none when the document is not here."""
    allowed = set(regions.chain(link.region)) if link.region else None
    return [
        place
        for place in places.get(_folded(link.title), ())
        if covers(link.clause, place.clause) and (allowed is None or place.region in allowed)
    ]


def covers(clause: str, path: str) -> bool:
    """第六条 covers its 款 and 项, 三（二） its points; never 第六十条."""
    rest = path.removeprefix(clause)
    return path == clause or (rest != path and rest[0] in _SUBDIVISIONS)


def _folded(title: str) -> str:
    """《X（试行）》 is written with either kind of brackets."""
    return unicodedata.normalize("NFKC", title)


def places_of(tx: Connection, known: Iterable[Link], *, on: date) -> dict[str, list[Place]]:
    """Passages in force on the day of the documents that links name, by folded title."""
    titles = {_folded(link.title) for link in known}
    named = {row.id: _folded(row.title) for row in tx.execute(select(documents.c.id, documents.c.title))}
    wanted = [identity for identity, title in named.items() if title in titles]
    found: dict[str, list[Place]] = {}
    for row in _passages_of(tx, wanted):
        if in_force(row.valid_from, row.valid_to, on=on):
            found.setdefault(named[row.document_id], []).append(_place(row))
    return found


def other_versions(tx: Connection, held: AbstractSet[str]) -> dict[str, list[list[Place]]]:
    """By document held: the passages of each other version of it, whenever that was or will be in force."""
    families: dict[str, list[str]] = {}
    for row in tx.execute(select(documents.c.id, documents.c.family)):
        families.setdefault(row.family, []).append(row.id)
    several = [ids for ids in families.values() if len(ids) > 1 and not held.isdisjoint(ids)]
    texts: dict[str, list[Place]] = {}
    for row in _passages_of(tx, [identity for ids in several for identity in ids]):
        texts.setdefault(row.document_id, []).append(_place(row))
    return {
        identity: [texts[other] for other in ids if other != identity and other in texts]
        for ids in several
        for identity in ids
        if identity in held
    }


def _passages_of(tx: Connection, ids: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(ids), _DOCUMENTS_PER_QUERY):
        yield from tx.execute(
            select(passages, clauses.c.path)
            .join(clauses, clauses.c.id == passages.c.clause_id)
            .where(passages.c.document_id.in_(ids[start : start + _DOCUMENTS_PER_QUERY]))
        )


def _place(row: Any) -> Place:
    text = f"{row.context}\n{row.body}".strip()  # as documents.Passage.embedded_text
    return Place(row.id, row.document_id, row.region, row.path, text)
