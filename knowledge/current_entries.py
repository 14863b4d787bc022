"""In place of an entry that is out of date, the clause that holds now: an old figure must not stand for it."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from knowledge import catalogue, index_feed, words
from knowledge.catalogue import StoredPassage
from knowledge.clause_ranges import named_ranges
from knowledge.documents import ClauseKind
from knowledge.outdated_entries import Outdated, outdated
from knowledge.schema import documents
from knowledge.scope import Scope

if TYPE_CHECKING:
    from knowledge.library import Found

LEAST_ALIKE = 0.3
"""Share of what the old clause says that the one in its place must say, too."""
MOST_DAYS = 8
EXPLANATION = "解读"
ENTRIES = frozenset({ClauseKind.FAQ, ClauseKind.SERVICE_ITEM})


class CurrentEntries:
    """What is out of date is worked out again only when something has changed; several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq = -1
        self._by_day: dict[date, Mapping[str, Outdated]] = {}

    def _instead(
        self, tx: Connection, seq: int, scope: Scope, found: Sequence[StoredPassage]
    ) -> dict[str, StoredPassage | None]:
        """By clause id of what is out of date: the clause in its place, or None."""
        entries = [one for one in found if one.clause_kind in ENTRIES or one.kind == EXPLANATION]
        known = self.outdated(tx, scope.on, seq) if entries else {}
        old = {one.clause_id: (one, known.get(one.clause_id) or known.get(one.document_id)) for one in entries}
        return {
            clause: self._counterpart(tx, scope, one, entry)
            for clause, (one, entry) in old.items()
            if entry is not None
        }

    def put_right(self, tx: Connection, seq: int, scope: Scope, found: "Sequence[Found]") -> "list[Found]":
        """An entry that is out of date gives its place to the clause that holds now: it is still what was asked about."""
        instead = self._instead(tx, seq, scope, [one.passage for one in found])
        current: dict[str, Found] = {}
        for one in found:
            passage = instead.get(one.passage.clause_id, one.passage)
            if passage is None:
                continue
            current.setdefault(passage.clause_id, one if passage is one.passage else _in_place_of(one, passage))
        return list(current.values())

    def outdated(self, tx: Connection, on: date, seq: int | None = None) -> Mapping[str, Outdated]:
        """Entries by clause id and explanations by document id that no answer rests on any more, and why."""
        seq = index_feed.last_change(tx) if seq is None else seq
        with self._lock:
            if seq != self._seq or len(self._by_day) > MOST_DAYS:
                self._seq, self._by_day = seq, {}
            by_day = self._by_day
        if on not in by_day:
            by_day[on] = outdated(tx, on)
        return by_day[on]

    def _counterpart(self, tx: Connection, scope: Scope, old: StoredPassage, entry: Outdated) -> StoredPassage | None:
        """Of what took the place of its document, the clause that says most of what the old one said."""
        if entry.by is None:
            return None
        of_it = catalogue.passages_of_clause(tx, scope, titles=[entry.by.title], number=entry.by.doc_number)
        said = f"{old.body}{self._old_words(tx, entry)}"
        about = set(words.grams(said)) - set(words.grams(entry.by.title))
        alike = [(len(about & set(words.grams(one.body))), one) for one in of_it if one.document_id == entry.by.id]
        best = max(alike, key=lambda one: one[0], default=None)
        return best[1] if best and about and best[0] >= LEAST_ALIKE * len(about) else None

    def _old_words(self, tx: Connection, entry: Outdated) -> str:
        if not entry.clause:
            return ""
        ranges = named_ranges(tx, [entry.basis.id], entry.clause)[:1]
        pieces = (func.substr(documents.c.text, start + 1, end - start) for _, start, end in ranges)
        return "".join(
            str(tx.execute(select(piece).where(documents.c.id == entry.basis.id)).scalar_one()) for piece in pieces
        )


def _in_place_of(old: "Found", passage: StoredPassage) -> "Found":
    known = max(old.why.remembered or 0.0, old.why.meaning or 0.0) or None
    return replace(old, passage=passage, why=replace(old.why, remembered=known, named=False))
