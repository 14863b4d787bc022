"""Passages by their meaning in Chroma: one collection per shard, never a filter (design.md 2).

Only one process may open a folder: see index_lock. Chroma holds ids and vectors,
no texts and no metadata; those stay in SQL.
"""

import re
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Embeddings
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge import beside
from knowledge.documents import Audience
from knowledge.embedding import Vectors
from knowledge.errors import IndexOutdated
from knowledge.scope import Hit, Scope, Shard
from knowledge.small_shards import LARGEST, SmallShards
from knowledge.vector_index import Point, Rows, best, merged, nearest

LOOKED_AT = 300
"""Overlap with the exact ten nearest of 100,000 real passages: 1.0 for each of 300 questions (200: .9997, worst .9, a
quarter sooner; 400: no better); .99 of 10,000 random vectors."""
HNSW: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "cosine",
        "max_neighbors": 32,
        "ef_construction": 200,
        "ef_search": LOOKED_AT,
        "num_threads": 1,
        "batch_size": 100,
        "sync_threshold": 100,
    }
}
"""What is not synced is put into the graph again at every start: 24 s for 4,000 passages on a busy machine."""

BATCH = 5000
"""Chroma writes the whole graph to disk once a batch: few large ones."""
SAME = 1e-5
"""Chroma keeps float32: a vector nearer than this to what it holds is not written again."""


class ChromaVectorIndex:
    def __init__(self, folder: Path, generation: int, *, exact_up_to: int = LARGEST) -> None:
        """Open or create; IndexOutdated when Chroma cannot read what is there.

        Shards of at most `exact_up_to` passages are searched in memory, exactly.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._generation = generation
        self._lock = threading.RLock()
        self._ids: dict[Shard, set[str]] = {}
        self._counts: dict[Shard, int] = {}
        self._small = SmallShards(exact_up_to)
        with _clear_errors():
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
            self._batch = min(BATCH, self._client.get_max_batch_size())
            self._collections = self._listed()

    def replace(self, removed: Mapping[Shard, Sequence[str]], points: Sequence[Point]) -> None:
        incoming: dict[Shard, dict[str, Vectors]] = {}
        for point in points:
            incoming.setdefault(point.shard, {})[point.id] = point.vector
        with self._lock, _clear_errors():
            for shard in {*removed, *incoming}:
                wanted = incoming.get(shard, {})
                self._counts.pop(shard, None)
                # What stays is written over, not deleted first: a search in between still finds it.
                self._delete(shard, [id for id in removed.get(shard, ()) if id not in wanted])
                self._put(shard, wanted)
                self._small.replace(shard, removed.get(shard, ()), wanted)

    def search(self, vector: Vectors, scope: Scope, k: int, ids_on_date: Callable[[], Sequence[str]]) -> list[Hit]:
        if k <= 0:
            return []
        on_date = None if scope.is_today else ids_on_date()
        allowed = None if on_date is None else set(on_date)
        small: list[Rows] = []
        asked: list[Future[list[Hit]]] = []
        with _clear_errors():
            for shard in scope.shards:
                if (collection := self._collections.get(shard)) is None:
                    continue
                if rows := self._small.rows(shard, partial(self._all_of, collection)):
                    small.append(rows)
                elif on_date is None:
                    asked.append(beside.threads().submit(_query, collection, vector, k))
                else:
                    asked.append(beside.threads().submit(self._among, shard, vector, k, on_date))
            hits = nearest(small, vector, k, allowed)
            hits += [hit for one in asked for hit in one.result()]
        return best(hits, k)

    def count(self) -> int:
        """Asked every few seconds: a collection that nobody has written to is not counted again."""
        with self._lock, _clear_errors():
            for shard, collection in self._collections.items():
                if shard not in self._counts:
                    self._counts[shard] = collection.count()
            return sum(self._counts[shard] for shard in self._collections)

    def close(self) -> None:
        with self._lock:
            self._collections = {}
            self._small.clear()
            cast(Client, self._client).close()  # PersistentClient promises less than it gives

    def drop_generation(self, generation: int) -> None:
        """Delete every collection of that generation, if there are any."""
        with self._lock, _clear_errors():
            for collection in self._client.list_collections():
                if collection.name.startswith(f"g{generation}-"):
                    self._client.delete_collection(collection.name)
            if generation == self._generation:
                self._collections, self._ids = {}, {}
                self._small.clear()

    def _all_of(self, collection: Collection, most: int) -> Rows | None:
        if not 0 < collection.count() <= most:
            return None
        held = collection.get(include=["embeddings"])
        return merged(None, set(), dict(zip(held["ids"], cast(Vectors, held["embeddings"]), strict=True)))

    def _among(self, shard: Shard, vector: Vectors, k: int, allowed: Sequence[str]) -> list[Hit]:
        # An id that the collection does not hold makes Chroma fail ("Error finding id"),
        # so only known ones are asked for, and nobody may delete them meanwhile.
        with self._lock:
            known = self._known(shard)
            ids = [id for id in dict.fromkeys(allowed) if id in known]
            return _query(self._collections[shard], vector, k, ids) if ids else []

    def _delete(self, shard: Shard, ids: Sequence[str]) -> None:
        known = self._known(shard)
        gone = [id for id in dict.fromkeys(ids) if id in known]
        for start in range(0, len(gone), self._batch):
            part = gone[start : start + self._batch]
            self._collections[shard].delete(ids=part)
            known.difference_update(part)

    def _put(self, shard: Shard, wanted: Mapping[str, Vectors]) -> None:
        if not wanted:
            return
        collection, known = self._collection(shard), self._known(shard)
        ids = list(wanted)
        for start in range(0, len(ids), self._batch):
            part = ids[start : start + self._batch]
            unchanged = _unchanged(collection, {id: wanted[id] for id in part if id in known})
            part = [id for id in part if id not in unchanged]
            if part:
                collection.upsert(ids=part, embeddings=np.stack([wanted[id] for id in part]))
                known.update(part)

    def _known(self, shard: Shard) -> set[str]:
        """Ids in the collection; read once, kept up to date by the one writer there is."""
        if shard not in self._ids:
            collection = self._collections.get(shard)
            self._ids[shard] = set(collection.get(include=[])["ids"]) if collection else set()
        return self._ids[shard]

    def _collection(self, shard: Shard) -> Collection:
        if shard not in self._collections:
            name = collection_name(self._generation, shard)
            created = self._client.create_collection(name, configuration=HNSW, embedding_function=None)
            self._collections = {**self._collections, shard: created}
        return self._collections[shard]

    def _listed(self) -> dict[Shard, Collection]:
        found = {}
        for collection in self._client.list_collections():
            shard = _shard(self._generation, collection.name)
            if shard is not None:
                found[shard] = _tuned(self._client.get_collection(collection.name, embedding_function=None))
        return found


def _tuned(collection: Collection) -> Collection:
    """One that an older build made is searched like the others; before its first search, for later it has no effect."""
    graph = collection.configuration_json.get("hnsw") or {}
    if graph.get("ef_search") != LOOKED_AT:
        with warnings.catch_warnings():  # of having no embedding function, which is how it should be
            warnings.simplefilter("ignore", DeprecationWarning)
            collection.modify(configuration={"hnsw": {"ef_search": LOOKED_AT}})
    return collection


def collection_name(generation: int, shard: Shard) -> str:
    return f"g{generation}-{shard.region}-{shard.audience.value}-{'now' if shard.current else 'other'}"


def _shard(generation: int, name: str) -> Shard | None:
    fits = re.fullmatch(rf"g{generation}-(\w+)-(\w+)-(now|other)", name)
    return Shard(fits[1], Audience(fits[2]), fits[3] == "now") if fits else None


def _query(collection: Collection, vector: Vectors, k: int, ids: list[str] | None = None) -> list[Hit]:
    asked = cast(Embeddings, [vector])
    found = collection.query(query_embeddings=asked, n_results=k, ids=ids, include=["distances"])
    distances = (found["distances"] or [[]])[0]
    return [Hit(id, 1.0 - float(distance)) for id, distance in zip(found["ids"][0], distances, strict=True)]


def _unchanged(collection: Collection, wanted: Mapping[str, Vectors]) -> set[str]:
    """Most passages of a document that is ingested again are the same, and rewriting one costs 4 ms."""
    if not wanted:
        return set()
    held = collection.get(ids=list(wanted), include=["embeddings"])
    vectors = cast(Vectors, held["embeddings"])
    return {id for id, vector in zip(held["ids"], vectors, strict=True) if np.allclose(vector, wanted[id], atol=SAME)}


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise IndexOutdated(f"向量索引已损坏：{str(error)[:120]}") from error
