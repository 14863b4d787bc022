"""The rulebook beside the documents held: which editions rest on clauses that no longer hold, worked out once a change.

Days decide: an edition judged for a day before the change stands as it was.
"""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, select
from sqlalchemy import Engine as Store

from knowledge import index_feed, regions
from knowledge.dates_in_force import FIELD
from knowledge.documents import Audience, LinkKind, Module
from knowledge.outdated_entries import VERSION
from knowledge.rules.engine import Engine, Ruling, shipped
from knowledge.rules.logic import leaves_of
from knowledge.rules.model import Basis, Policy
from knowledge.rules.outdated import Change, Newer, Outdated, OutdatedBasis
from knowledge.rules.quotes import is_meant, stands_in
from knowledge.schema import documents, links
from knowledge.scope import in_force

_REPEALS = ("废止", "失效", "清理")
_ORDER = list(Change)
_ONE_DAY = timedelta(days=1)
_COLUMNS = (*VERSION, documents.c.audience, documents.c.module, documents.c.pending)
Light = Any
"""A row of these columns; SQLAlchemy types rows by position."""


@dataclass(frozen=True, slots=True)
class _Kept:
    seq: int
    engine: Engine


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def engine_of(tx: Connection) -> Engine:
    """The shipped rulebook, knowing what this knowledge base has put out of date. Raises BadRulebook."""
    seq = index_feed.last_change(tx)
    with _lock:
        kept = _kept.get(tx.engine)
    if kept is None or kept.seq != seq:
        engine = shipped()
        kept = _Kept(seq, engine.knowing(outdated(tx, engine)))
        with _lock:
            _kept[tx.engine] = kept
    return kept.engine


def outdated(tx: Connection, engine: Engine) -> Outdated:
    """For each policy the days on which it rests on what no longer holds."""
    held = _Held(tx)
    found = {one: tuple(_of_policy(policy, engine, held)) for one, policy in engine.book.policies.items()}
    return {identity: all_of_it for identity, all_of_it in found.items() if all_of_it}


def _of_policy(policy: Policy, engine: Engine, held: "_Held") -> list[OutdatedBasis]:
    found = [
        clipped
        for ruling in engine.rulings[policy.id]
        for key in _resting_on(policy, ruling, is_last=ruling is engine.rulings[policy.id][-1])
        for one in held.spells(policy.basis[key], policy.region)
        if (clipped := _within(one, ruling)) is not None
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.change))


def _resting_on(policy: Policy, ruling: Ruling, *, is_last: bool) -> list[str]:
    """Every basis that a verdict or a sum of the edition, or what is explained, goes by."""
    edition, scope = ruling.edition, ruling.scope
    keys = [*edition.bases, scope.basis, *([scope.place_basis] if scope.place_basis else [])]
    keys += [leaf.basis for leaf in ruling.tree.leaves]
    for prize in edition.benefits:
        keys += [prize.basis, *(leaf.basis for row in prize.rows for leaf in leaves_of(row.when))]
    if is_last:
        keys += [one.basis for one in policy.sections]
        keys += [policy.deadline.basis] if policy.deadline else []
    return list(dict.fromkeys(keys))


def _within(one: OutdatedBasis, ruling: Ruling) -> OutdatedBasis | None:
    """As far as it falls into the days of the edition; the day it is told by stays its own."""
    last = ruling.last_day
    if ruling.edition.ended is not None or (last is not None and one.since > last):
        return None
    return None if one.until is not None and one.until < ruling.edition.from_ else one


class _Amendment(NamedTuple):
    by: Light
    since: date


class _Found(NamedTuple):
    change: Change
    by: Light | None
    since: date


class _Held:
    """The documents that rules may rest on, read once."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._documents: dict[str, Light] = {row.id: row for row in tx.execute(select(*_COLUMNS))}
        self._titles = [row for row in self._documents.values() if row.module != Module.NEWS]
        self._by_title: dict[str, list[Light]] = {}
        self._texts: dict[str, str] = {}
        self._known: dict[object, list[OutdatedBasis]] = {}
        amending = select(links.c.target, links.c.document_id).where(links.c.kind == LinkKind.AMENDS)
        self._amending: dict[str, list[str]] = {}
        for target, document in tx.execute(amending):
            self._amending.setdefault(target, []).append(document)

    def spells(self, basis: Basis, region: str) -> list[OutdatedBasis]:
        """The times in which the basis does not hold as the rule has it; none where its document is not here."""
        key = (basis.place, region)
        if key not in self._known:
            self._known[key] = list(self._spells(basis, self._versions(basis, region)))
        return self._known[key]

    def _versions(self, basis: Basis, region: str) -> list[Light]:
        if basis.document not in self._by_title:
            self._by_title[basis.document] = [row for row in self._titles if is_meant(row.title, basis)]
        titled = self._by_title[basis.document]
        numbered = [row for row in titled if basis.number and row.doc_number == basis.number]
        others = [row for row in titled if basis.number is None or row.doc_number is None]
        return [row for row in numbered or others if row.region is None or regions.binds(row.region, region)]

    def _spells(self, basis: Basis, versions: Sequence[Light]) -> Iterator[OutdatedBasis]:
        amendments = {row.id: list(self._amendments(basis, row)) for row in versions}
        begins = {row.valid_from or date.min for row in versions}
        begins |= {row.valid_to + _ONE_DAY for row in versions if row.valid_to is not None}
        begins |= {one.since for found in amendments.values() for one in found}
        days = sorted(begins)
        for place, since in enumerate(days):
            until = days[place + 1] - _ONE_DAY if place + 1 < len(days) else None
            found = self._on(since, basis, versions, amendments)
            if found is not None:
                is_pending = found.by is not None and FIELD in found.by.pending
                yield OutdatedBasis(basis, found.change, _newer(found.by), found.since, until, is_pending)

    def _on(
        self, day: date, basis: Basis, versions: Sequence[Light], amendments: Mapping[str, Sequence[_Amendment]]
    ) -> _Found | None:
        """What is wrong with the basis on the first day of a spell."""
        now = [row for row in versions if in_force(row.valid_from, row.valid_to, on=day)]
        if not now:
            last = max((row for row in versions if row.valid_to and row.valid_to < day), key=lambda row: row.valid_to)
            return self._ended(last)
        held = [row for row in now if basis.quote is None or stands_in(self._tx, row.id, self._text(row.id), basis)]
        if not held:
            return _Found(Change.REWORDED, now[0], day)
        changed = [next((one for one in amendments[row.id] if one.since <= day), None) for row in held]
        first = changed[0]
        return _Found(Change.AMENDED, first.by, first.since) if first and all(changed) else None

    def _ended(self, last: Light) -> _Found:
        by = self._documents.get(last.ended_by or "")
        since = last.valid_to + _ONE_DAY
        if by is None:
            return _Found(Change.EXPIRED, None, since)
        is_repeal = any(word in by.title for word in _REPEALS)
        return _Found(Change.REPEALED if is_repeal else Change.REPLACED, by, since)

    def _amendments(self, basis: Basis, row: Light) -> Iterator[_Amendment]:
        """Later documents that say of themselves that they change this one, and speak of the clause."""
        article = basis.clause.partition("条")[0] + "条" if basis.clause and "条" in basis.clause else ""
        names = [name for name in (row.title, row.doc_number) if name]
        for identity in dict.fromkeys(one for name in names for one in self._amending.get(name, ())):
            by = self._documents[identity]
            own = row.valid_from or row.issued
            is_later = by.valid_from is not None and (own is None or by.valid_from > own)
            binds = by.region is None or row.region is None or regions.binds(by.region, row.region)
            if identity != row.id and is_later and binds and _speaks_of(self._text(identity), article):
                yield _Amendment(by, by.valid_from)

    def _text(self, identity: str) -> str:
        if identity not in self._texts:
            query = select(documents.c.text).where(documents.c.id == identity)
            self._texts[identity] = self._tx.execute(query).scalar_one()
        return self._texts[identity]


def _speaks_of(text: str, article: str) -> bool:
    """Of this article of another document: at the beginning of a line it is mostly one of its own."""
    changed = rf"{article}(?:第.{{1,3}}[款项])?[^。\n]{{0,12}}(?:修改|改为|删去|删除|增加|调整)"
    return not article or re.search(rf"(?<=\S){article}|{changed}", text) is not None


def _newer(row: Light | None) -> Newer | None:
    if row is None or row.audience != Audience.PUBLIC:
        return None
    return Newer(row.id, row.title, row.doc_number)
