"""The few other places whose rules may say something on a question: words choose them, however many there are."""

import itertools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from knowledge import catalogue, index_feed
from knowledge.candidates import Candidates
from knowledge.keyword_index import KeywordIndex
from knowledge.scope import Hit, Scope

NEAREST_PLACES = 3
LARGEST_WHOLE = 50_000
"""Passages of an index that is searched by every word of the question: 2 ms."""
MOST_HELD = 10_000
"""In a larger one only passages that hold something rare of the question are scored. At 150,000 passages of 100 cities
the first place stayed the same for 200 of 200 questions, the first three for 997 of 1,000; 5.1 → 2.7 ms."""
HITS, AT_ONCE = 80, 16
"""Passages that places are chosen by, and how many of them are looked up together."""


class NearestPlaces:
    """Several threads may ask at once."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._lock = threading.Lock()
        self._held: tuple[int, tuple[str, ...]] = (-1, ())

    def scope(self, tx: Connection, words: KeywordIndex, asked: str, here: Scope) -> Scope | None:
        """Of the nearest other places, for who may read what `here` allows; None where no other place fits at all."""
        seq = index_feed.last_change(tx)
        others = tuple(region for region in self._regions(tx, seq) if region not in here.regions)
        if not others:
            return None
        wide = replace(here, regions=others)
        if words.count() <= LARGEST_WHOLE:
            hits = words.search(asked, wide, HITS)
        else:
            hits = words.search_rare(asked, wide, HITS, most_held=MOST_HELD)
        nearest = tuple(itertools.islice(self._places(tx, seq, hits, wide), NEAREST_PLACES))
        return replace(wide, regions=nearest) if nearest else None

    def _places(self, tx: Connection, seq: int, hits: Sequence[Hit], wide: Scope) -> Iterator[str]:
        """In the order of their best passages; as few of these are looked up as it takes."""
        seen: set[str] = set()
        for start in range(0, len(hits), AT_ONCE):
            ids = [hit.id for hit in hits[start : start + AT_ONCE]]
            held = self._candidates.of(tx, seq, ids, wide)
            for region in (held[one].region for one in ids if one in held):
                if region not in seen:
                    seen.add(region)
                    yield region

    def _regions(self, tx: Connection, seq: int) -> tuple[str, ...]:
        """Those with documents of their own, as `tx` sees them."""
        with self._lock:
            if self._held[0] != seq:
                self._held = seq, tuple(catalogue.regions_held(tx))
            return self._held[1]
