"""Passages with their words, kept until something changes: questions come back to the same clauses."""

import threading
from collections.abc import Sequence

from sqlalchemy import Connection

from knowledge import catalogue
from knowledge.catalogue import StoredPassage
from knowledge.scope import Scope

MOST_KEPT = 2_000
"""About 4 MB."""


class KeptPassages:
    """Several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq = -1
        self._known: dict[str, StoredPassage] = {}

    def usable(self, tx: Connection, seq: int, ids: Sequence[str], scope: Scope) -> dict[str, StoredPassage]:
        """What `catalogue.usable` gives, as `tx` sees it; `seq` is its last change."""
        with self._lock:
            if seq != self._seq or len(self._known) > MOST_KEPT:
                self._seq, self._known = seq, {}
            known = self._known
        if missing := [one for one in ids if one not in known]:
            known.update((passage.id, passage) for passage in catalogue.passages_by_id(tx, missing))
        found = (known[one] for one in ids if one in known)
        return {passage.id: passage for passage in found if scope.admits(passage)}
