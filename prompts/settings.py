"""Which language model is asked, and how long for."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Any OpenAI-compatible chat endpoint."""

    base_url: str
    """Up to and including /v1."""
    model: str
    api_key: str = field(default="", repr=False)
    """Empty for endpoints that want none."""
    timeout_seconds: float = 30.0
    """Of one attempt: to connect, and between two pieces of the reply."""
    retries: int = 1
    """Further attempts after 429, 5xx or a broken connection; a time-out is not tried again."""
    temperature: float = 0.0
    max_tokens: int = 600
