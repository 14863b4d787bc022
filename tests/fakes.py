"""Working stand-ins for what is slow or far away."""

import hashlib
import time
from collections.abc import Sequence

import numpy as np

from knowledge.embedding import Vectors


class HashEmbedding:
    """Unit vectors that depend on nothing but the text: same text, same vector, on every machine."""

    def __init__(self, name: str = "hash", dimension: int = 32, *, seconds_per_text: float = 0.0) -> None:
        self.name = name
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"{name}/{dimension}".encode()).hexdigest()[:16]
        self.computed = 0
        self._seconds_per_text = seconds_per_text

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.computed += len(texts)
        time.sleep(self._seconds_per_text * len(texts))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=8).digest())
            vector = np.random.default_rng(seed).normal(size=self.dimension)
            vectors[row] = vector / np.linalg.norm(vector)
        return vectors
