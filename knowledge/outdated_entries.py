"""Published answers, service items and explanations that rest on a replaced document, or give other sums than it.

An entry names what it rests on by title, and holds from a day of its own: it was written for the version in force then.
An explanation was written for the version issued last before it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from knowledge import regions
from knowledge.clause_names import find_clause
from knowledge.documents import ClauseKind, LinkKind
from knowledge.numbering import NUMERAL, normalise_number, to_int
from knowledge.schema import clauses, documents, faqs, links, passages, rows
from knowledge.scope import in_force
from knowledge.succession import named

_SUM = re.compile(rf"(?P<figure>\d[\d,，]*(?:\.\d+)?|{NUMERAL})\s*(?P<unit>亿|万|千)?(?=元)")
_UNITS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, None: 1}
_TITLE = re.compile(r"《([^《》]+)》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号")
_BASIS, _AMOUNT = "政策依据", "扶持标准"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what an entry may rest on."""

    id: str
    title: str
    doc_number: str | None
    region: str | None
    issued: date | None
    valid_from: date | None
    valid_to: date | None
    ended_by: str | None

    @property
    def name(self) -> str:
        return named(self.title, self.doc_number)


@dataclass(frozen=True, slots=True)
class Outdated:
    """An entry that must not stand for the rules in force."""

    clause_id: str
    path: str
    """FAQ-001, S-01."""
    name: str
    """Its question, or the name of the item."""
    basis: Version
    """What it was written for."""
    by: Version | None
    """What holds now; None where nothing took its place."""
    clause: str
    """Of the basis; empty where the entry names none."""
    sums: tuple[str, ...] = ()
    """Where its version is in force: sums of its own that do not stand there."""

    def is_due_to(self, taken: Collection[str]) -> bool:
        """Whether one of these documents is the entry itself, what it rested on or what took its place."""
        by = {self.by.id} if self.by else set[str]()
        return bool({self.clause_id.partition("/")[0], self.basis.id, *by} & set(taken))

    def told(self) -> str:
        if self.sums:
            return f"写着{'、'.join(self.sums)}，{self.basis.name}里没有这个数，请核对"
        later = f"已由{self.by.name}取代" if self.by else "已经失效"
        return f"依据的{self.basis.name}{later}，请核对"


def outdated(tx: Connection, on: date) -> dict[str, Outdated]:
    """Entries by clause id and explanations by document id: those that do not rest on what is in force that day."""
    basis = _Basis(tx, on)
    found = map(basis.outdated, [*_faqs(tx), *_items(tx), *_explanations(tx)])
    return {one.clause_id: one for one in found if one is not None}


VERSION = (
    documents.c.id,
    documents.c.title,
    documents.c.doc_number,
    documents.c.region,
    documents.c.issued,
    documents.c.valid_from,
    documents.c.valid_to,
    documents.c.ended_by,
)
"""Columns that tell which document a row is, and on what days it holds."""


@dataclass(frozen=True, slots=True)
class _Entry:
    clause_id: str
    path: str
    name: str
    said: str
    """Its own words, with its sums."""
    rests_on: str
    """As it names its documents."""
    clause: str
    region: str
    since: date | None
    """First day of its own."""
    is_explanation: bool = False
    """Then that is the day of issue."""


def _faqs(tx: Connection) -> Iterator[_Entry]:
    columns = (
        faqs.c.clause_id,
        clauses.c.path,
        faqs.c.question,
        faqs.c.answer,
        faqs.c.basis_title,
        faqs.c.basis_clause,
    )
    for row in _with_scope(tx, select(*columns, passages.c.region, passages.c.own_from), faqs.c.clause_id):
        title = row.basis_title.strip("《》")
        if title:
            yield _Entry(row.clause_id, row.path, row.question, row.answer, f"《{title}》", row.basis_clause, row.region, row.own_from)  # fmt: skip


def _items(tx: Connection) -> Iterator[_Entry]:
    columns = (rows.c.clause_id, clauses.c.path, rows.c.name, rows.c.fields)
    query = select(*columns, passages.c.region, passages.c.own_from).where(rows.c.kind == ClauseKind.SERVICE_ITEM)
    for row in _with_scope(tx, query, rows.c.clause_id):
        basis = str(row.fields.get(_BASIS) or "")
        said = f"{row.name}\n{row.fields.get(_AMOUNT) or ''}"
        if basis:
            yield _Entry(row.clause_id, row.path, row.name, said, basis, find_clause(basis) or "", row.region, row.own_from)  # fmt: skip


def _explanations(tx: Connection) -> Iterator[_Entry]:
    columns = (documents.c.id, documents.c.title, documents.c.region, documents.c.issued, links.c.target)
    query = select(*columns).join(links, links.c.document_id == documents.c.id)
    for row in tx.execute(query.where(links.c.kind == LinkKind.INTERPRETS)):
        named = row.target if "号" in row.target else f"《{row.target.strip('《》')}》"
        yield _Entry(
            row.id, "", row.title, "", named, "", row.region or regions.COUNTRY, row.issued, is_explanation=True
        )


def _with_scope(tx: Connection, query: Select[Any], clause: ColumnElement[str]) -> list[Row[Any]]:
    """Each entry once, with the place and the first day that its passages have."""
    found = tx.execute(query.join(clauses, clauses.c.id == clause).join(passages, passages.c.clause_id == clause))
    return list({row.clause_id: row for row in found}.values())


class _Basis:
    """The versions of everything that entries may rest on."""

    def __init__(self, tx: Connection, on: date) -> None:
        self._tx, self._on = tx, on
        self._versions = {row.id: Version(*row) for row in tx.execute(select(*VERSION))}
        self._sums: dict[str, frozenset[Decimal]] = {}
        self._by_title: dict[str, list[Version]] = {}
        self._by_number: dict[str, list[Version]] = {}
        for one in self._versions.values():
            self._by_title.setdefault(one.title.strip("《》"), []).append(one)
            if one.doc_number:
                self._by_number.setdefault(one.doc_number, []).append(one)

    def outdated(self, entry: _Entry) -> Outdated | None:
        named = self._named(entry)
        meant = [one for one in named if self._is_meant(one, entry, named)]
        ended = next((one for one in meant if one.valid_to is not None and one.valid_to < self._on), None)
        if ended is not None:
            by = self._versions.get(ended.ended_by or "")
            return Outdated(entry.clause_id, entry.path, entry.name, ended, by, entry.clause)
        return self._other_sums(entry, [one for one in meant if self._holds(one)])

    def _named(self, entry: _Entry) -> list[Version]:
        """By title, and by number where one is given."""
        text = normalise_number(entry.rests_on)
        numbers = [match[0][start:] for match in _NUMBER.finditer(text) for start in range(len(match[0]))]
        by_number = [one for number in dict.fromkeys(numbers) for one in self._by_number.get(number, ())]
        by_title = [one for title in _TITLE.findall(text) for one in self._by_title.get(title, ())]
        unnumbered = [one for one in by_title if not one.doc_number or not by_number]
        found = {one.id: one for one in [*by_number, *unnumbered]}
        return [one for one in found.values() if one.region is not None and regions.binds(one.region, entry.region)]

    def _is_meant(self, version: Version, entry: _Entry, named: Sequence[Version]) -> bool:
        """Of several versions of a title the one in force when the entry began; where that is not told, the one of now."""
        others = [one for one in named if one.title == version.title]
        if version.doc_number and version.doc_number in normalise_number(entry.rests_on):
            return True
        then = [one for one in others if entry.since and self._held(one, entry, entry.since)]
        if entry.is_explanation:
            then = sorted(then, key=lambda one: one.issued or date.min)[-1:]
        return version in (then or [one for one in others if self._holds(one)] or others[-1:])

    def _held(self, version: Version, entry: _Entry, day: date) -> bool:
        if entry.is_explanation:
            return version.issued is not None and version.issued <= day
        return in_force(version.valid_from, version.valid_to, on=day)

    def _holds(self, version: Version) -> bool:
        return in_force(version.valid_from, version.valid_to, on=self._on)

    def _other_sums(self, entry: _Entry, holding: Sequence[Version]) -> Outdated | None:
        """None of what it says is wrong where all its sums stand in what it rests on."""
        own = sums(entry.said)
        known = frozenset[Decimal]().union(*map(self._sums_of, holding))
        unknown = [words for value, words in own.items() if value not in known]
        if not holding or not own or not unknown:
            return None
        return Outdated(entry.clause_id, entry.path, entry.name, holding[0], holding[0], entry.clause, tuple(unknown))

    def _sums_of(self, version: Version) -> frozenset[Decimal]:
        if version.id not in self._sums:
            text = self._tx.execute(select(documents.c.text).where(documents.c.id == version.id)).scalar_one()
            self._sums[version.id] = frozenset(sums(text))
        return self._sums[version.id]


def sums(text: str) -> dict[Decimal, str]:
    """Amounts of money by value: 8000元, 三千元, 2万元."""
    found: dict[Decimal, str] = {}
    for match in _SUM.finditer(text):
        figure = re.sub(r"[,，]", "", match["figure"])
        try:
            value = Decimal(figure) if figure[0].isdecimal() else Decimal(to_int(figure))
        except ValueError:
            continue
        found.setdefault(value * _UNITS[match["unit"]], f"{match[0]}元")
    return found
