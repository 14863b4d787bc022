"""The documents that a question may name, by region; read out of SQL again only when something has changed."""

import threading
from collections.abc import Sequence

from sqlalchemy import Connection

from knowledge import catalogue
from knowledge.references import Names


class KnownNames:
    """Of every region somebody asked from; several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq = -1
        self._by_region: dict[str, Names] = {}

    def within(self, tx: Connection, seq: int, regions: Sequence[str]) -> list[Names]:
        """Names of the documents of these regions, as `tx` sees them; `seq` is its last change."""
        with self._lock:
            if seq != self._seq:
                self._seq, self._by_region = seq, {}
            known = self._by_region
        for region in regions:
            if region not in known:
                # Two threads may read the same at once; both read the same.
                known[region] = Names(catalogue.titles_of(tx, region))
        return [known[region] for region in regions]
