"""Computed vectors kept by model and text, so that a rebuild does not compute them again.

Lies in XIAOER_CACHE, never in XIAOER_HOME: losing it costs time, not knowledge.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding import EmbeddingModel, Vectors

CHUNK = 512
"""Texts computed and saved at a time: a killed run loses at most these."""


def text_key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class CachedEmbedding:
    """An embedding model that remembers. Several processes may share one file."""

    def __init__(self, model: EmbeddingModel, file: Path) -> None:
        self.model = model
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors"
            " (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def fingerprint(self) -> str:
        return self.model.fingerprint

    @property
    def dimension(self) -> int:
        return self.model.dimension

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Unit vectors; `on_progress` is told how many more texts are done."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        keys = [text_key(text) for text in texts]
        known = self.known(keys)
        missing: dict[bytes, list[int]] = {}
        for row, key in enumerate(keys):
            if key in known:
                vectors[row] = known[key]
            else:
                missing.setdefault(key, []).append(row)
        if on_progress:
            on_progress(len(texts) - sum(map(len, missing.values())))
        # Longest first: chunks of like length waste no padding, and the estimate of time left errs high.
        waiting = sorted(missing.items(), key=lambda entry: -len(texts[entry[1][0]]))
        for start in range(0, len(waiting), CHUNK):
            chunk = waiting[start : start + CHUNK]
            computed = self.model.encode([texts[rows[0]] for _, rows in chunk])
            self._save([key for key, _ in chunk], computed)
            for (_, rows), vector in zip(chunk, computed, strict=True):
                vectors[rows] = vector
            if on_progress:
                on_progress(sum(len(rows) for _, rows in chunk))
        return vectors

    def close(self) -> None:
        self._connection.close()

    def known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors already computed for these text keys."""
        found: dict[bytes, Vectors] = {}
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            marks = ",".join("?" * len(part))
            statement = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})"  # noqa: S608
            with self._lock:
                rows = self._connection.execute(statement, [self.fingerprint, *part]).fetchall()
            found.update((key, np.frombuffer(blob, dtype=np.float32)) for key, blob in rows)
        return found

    def _save(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        rows = [(self.fingerprint, key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with self._lock, self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)
