"""Confirmed links: what people ask, and the clause that answers it.

From three hands: the question bank that is shipped (knowledge/links), the published FAQ with its
variants, and what staff confirm. design.md 5: they find better than anything computed.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from knowledge import regions
from knowledge.errors import BadLinks
from knowledge.schema import clauses, documents, faqs, question_links

SHIPPED = Path(__file__).with_name("links")
SAMPLE = Path(__file__).with_name("sample") / "links.csv"
LONGEST_QUESTION = 300
_QUESTION, _TITLE, _CLAUSE, _REGION = "问题", "文件", "条款", "地区"


class Hand(StrEnum):
    SHIPPED = "题库"
    FAQ = "常见问答"
    STAFF = "工作人员"


@dataclass(frozen=True, slots=True)
class Link:
    question: str
    title: str
    clause: str
    """第五条 also means its 款 and 项."""
    region: str | None = None
    """Six-digit code; only a document that binds there is meant. None where the title says enough."""
    hand: Hand = Hand.SHIPPED

    @property
    def id(self) -> str:
        return hashlib.blake2b(f"{self.question}\n{self.title}\n{self.clause}".encode(), digest_size=8).hexdigest()


def read(file: Path, hand: Hand = Hand.SHIPPED) -> Iterator[Link]:
    """Rows of a table 问题,文件,条款[,地区]. Raises BadLinks with the line."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        table = csv.DictReader(stream)
        if not {_QUESTION, _TITLE, _CLAUSE} <= set(table.fieldnames or ()):
            raise BadLinks(file.name, 1, f"表头应有 {_QUESTION}、{_TITLE}、{_CLAUSE}")
        for row in table:
            question, title, clause = ((row[name] or "").strip() for name in (_QUESTION, _TITLE, _CLAUSE))
            if not question or not title or not clause or len(question) > LONGEST_QUESTION:
                raise BadLinks(file.name, table.line_num, f"问题（1 到 {LONGEST_QUESTION} 个字）、文件、条款都要填写")
            place = (row.get(_REGION) or "").strip()
            yield Link(question, title, clause, regions.resolve(place) if place else None, hand)


def shipped() -> list[Link]:
    """The question bank, of which only what fits the documents at hand is used."""
    return [link for file in (*sorted(SHIPPED.glob("*.csv")), SAMPLE) for link in read(file)]


def add(tx: Connection, links: Iterable[Link], *, at: datetime, by: str = "") -> int:
    """Staff confirm these; the number that was new."""
    wanted = {link.id: link for link in links}
    known = {row.id for row in tx.execute(select(question_links.c.id))}
    rows = [
        {
            "id": link.id,
            "question": link.question,
            "title": link.title,
            "clause": link.clause,
            "region": link.region,
            "added_at": at.astimezone(UTC),
            "added_by": by,
        }
        for link in wanted.values()
        if link.id not in known
    ]
    if rows:
        tx.execute(insert(question_links), rows)
    return len(rows)


def remove(tx: Connection, ids: Sequence[str]) -> int:
    return tx.execute(delete(question_links).where(question_links.c.id.in_(ids))).rowcount


def confirmed(tx: Connection) -> list[Link]:
    """By staff, oldest first."""
    rows = tx.execute(select(question_links).order_by(question_links.c.added_at, question_links.c.id))
    return [Link(row.question, row.title, row.clause, row.region, Hand.STAFF) for row in rows]


def published(tx: Connection) -> list[Link]:
    """Each FAQ question and variant, linked to its entry and to the clause it rests on."""
    query = (
        select(faqs, clauses.c.path, documents.c.title, documents.c.region)
        .join(clauses, clauses.c.id == faqs.c.clause_id)
        .join(documents, documents.c.id == faqs.c.document_id)
    )
    found: list[Link] = []
    for row in tx.execute(query):
        for question in dict.fromkeys((row.question, *row.variants)):
            found.append(Link(question, row.title, row.path, row.region, Hand.FAQ))
            if row.basis_title and row.basis_clause:
                found.append(Link(question, row.basis_title, row.basis_clause, None, Hand.FAQ))
    return found


def revision(tx: Connection) -> tuple[int, str]:
    """Changes whenever staff add or remove a link."""
    count, last = tx.execute(select(func.count(), func.max(question_links.c.added_at))).one()
    return count, str(last)
