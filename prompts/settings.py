"""Which language model is asked, and how long for."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Any OpenAI-compatible chat endpoint."""

    base_url: str = field(repr=False)
    """Up to and including /v1. Some people write a password into it."""
    model: str
    api_key: str = field(default="", repr=False)
    """Empty for endpoints that want none."""
    timeout_seconds: float = 30.0
    """Of one attempt: to connect, and between two pieces of the reply."""
    budget_seconds: float = 60.0
    """Of one attempt, from the request to the last piece."""
    retries: int = 1
    """Further attempts after 429, 5xx or a broken connection, before the first piece; a time-out is not tried again."""
    temperature: float = 0.0
    max_tokens: int = 600
    reads: bool = False
    """Whether its word counts for what a message is about and whether clauses answer it: see `xiaoer evals dialogues-with-model`."""

    @property
    def host(self) -> str:
        """The endpoint as people may see it: without key, name and password."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]
