"""Settings of the installation, from XIAOER_… in the environment or a .env file."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from limits import parse_many
from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge import regions

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")


def _user_cache() -> Path:
    return Path.home() / ".cache" / "xiaoer"


class Settings(BaseSettings):
    """All settings with their defaults; .env.example explains each."""

    model_config = SettingsConfigDict(
        env_prefix="XIAOER_", env_file=".env", extra="ignore", frozen=True, protected_namespaces=()
    )

    home: Path = Path("data")
    """Everything that must be kept: database, indexes."""
    cache: Path = Field(default_factory=_user_cache)
    """Everything that can be computed again: vectors, model files, dictionaries."""
    database_url: str | None = None
    """SQLAlchemy address; by default SQLite in `home`."""
    region: str | None = None
    """Region assumed when nobody says one: name or six-digit code."""
    vector_index: Literal["chroma", "numpy"] = "chroma"
    model_dir: Path | None = None
    embedding_model: str | None = None
    """Name or folder; without it the built-in one."""
    embedding_pooling: Literal["cls", "mean"] = "cls"
    """Of a model folder that does not say."""
    reranker_model: str | None = None
    """Name or folder; without it nothing is ranked again."""
    rerank_top: int = Field(default=20, ge=1, le=80)
    offline: bool = False
    """Never download anything."""
    threads: int = Field(default=1, ge=1, le=64)
    """Of the embedding model; 1 is fastest on busy cores (design.md 4)."""
    model_base_url: str | None = None
    """OpenAI-compatible endpoint, with /v1; without it answers are extracts."""
    model_name: str | None = None
    model_api_key: SecretStr = SecretStr("")
    model_timeout_seconds: float = Field(default=30, gt=0)
    model_budget_seconds: float = Field(default=60, gt=0)
    model_reads: bool = False
    """Whether the model may say what a message is about and which clauses answer it: `xiaoer evals dialogues-with-model`."""
    model_price_in: float | None = Field(default=None, ge=0)
    """元 for a million tokens read."""
    model_price_out: float | None = Field(default=None, ge=0)
    """元 for a million tokens written."""
    share_key: SecretStr = SecretStr("")
    """Signs links to results; without it the installation makes one and keeps it in `home`."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    secret: SecretStr = SecretStr("")
    """What conversations are sealed and sessions signed with; without it a key file in `home`."""
    controller_name: str = Field(default="", max_length=100)
    """Who answers for the personal data: named on /privacy (个人信息保护法 art. 17)."""
    controller_contact: str = Field(default="", max_length=200)
    """How to reach them about it."""
    retention_days: int = Field(default=180, ge=1)
    """How long a conversation is kept after its last event."""
    session_minutes: int = Field(default=60, ge=1)
    session_renewable_days: float = Field(default=7, ge=0)
    """How long after its end a token can be exchanged for a new one."""
    turn_workers: int = Field(default=16, ge=1, le=500)
    """Answers made at once."""
    most_waiting: int = Field(default=200, ge=1)
    """Conversations that wait for an answer before new messages are refused."""
    most_streams: int = Field(default=1000, ge=1)
    rate_address: str = "120/minute"
    """Requests of one address, whatever for, but scripts, pictures and health; empty: no limit."""
    rate_ask: str = "30/minute"
    """Questions of one address that are answered outside conversations."""
    rate_session: str = "20/minute"
    """Messages of one conversation."""
    rate_start: str = "30/minute"
    """New conversations of one address."""
    rate_storage: str = "memory://"
    widget_origins: str = ""
    """Sites that may embed the widget and call the interface."""
    trusted_proxies: str = ""
    """Addresses whose X-Forwarded-For is believed."""
    completions_key: SecretStr = SecretStr("")

    @field_validator(
        *("database_url", "region", "model_dir", "embedding_model", "reranker_model"),
        *("model_base_url", "model_name", "model_price_in", "model_price_out"),
        mode="before",
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("region")
    @classmethod
    def _known_region(cls, value: str | None) -> str | None:
        return regions.resolve(value) if value else None

    @field_validator("model_base_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        try:
            TypeAdapter(AnyHttpUrl | None).validate_python(value)
        except ValidationError:
            raise PydanticCustomError("web_address", "not an address") from None
        return value

    @field_validator("rate_address", "rate_ask", "rate_session", "rate_start")
    @classmethod
    def _rate(cls, value: str) -> str:
        try:
            if value:
                parse_many(value)
        except ValueError:
            raise PydanticCustomError("rate", "not a rate") from None
        return value

    @field_validator("widget_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        if not all(_ORIGIN.fullmatch(one) for one in value.split()):
            raise PydanticCustomError("origins", "not origins")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        try:
            [ip_network(one, strict=False) for one in value.split()]
        except ValueError:
            raise PydanticCustomError("networks", "not networks") from None
        return value

    @property
    def database_address(self) -> str:
        return self.database_url or f"sqlite:///{(self.home / 'xiaoer.db').absolute()}"

    @property
    def share_secret(self) -> str | None:
        return self.share_key.get_secret_value() or None

    @property
    def index_folder(self) -> Path:
        return self.home / "index"
