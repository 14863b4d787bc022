"""The service as the measurements see it; api/bootstrap hands it in, since only that knows concrete classes."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from assistant.answer import Answer
from assistant.telling import Event
from assistant.writing import WrittenAnswer
from evals.errors import Missing
from ingest.pipeline import Options, Outcome, Report
from knowledge.database import Database
from knowledge.embedding import EmbeddingModel
from knowledge.library import Library, Question, Searchable
from knowledge.memory import MemoryKeeper
from knowledge.rewriting import Rewriter
from knowledge.vector_cache import CachedEmbedding
from prompts.accounting import Price
from prompts.client import ChatModel

SHARED = Path(os.environ.get("XIAOER_SHARED") or Path(__file__).parent.parent.parent / "shared")
"""Real documents beside the checkout; none of them is part of the project."""
SEEDS = SHARED / "seeds"
LAWS = SHARED / "corpus" / "laws"

Backend = Literal["chroma", "numpy"]


class Answering(Protocol):
    """The flow that answers, as the product runs it."""

    def answer(self, question: Question) -> Answer: ...

    def answer_stream(self, question: Question) -> Iterator[Event]: ...


class Service(Protocol):
    @property
    def answers(self) -> Answering: ...
    @property
    def database(self) -> Database: ...
    @property
    def embedding(self) -> CachedEmbedding | None: ...
    @property
    def asking(self) -> CachedEmbedding | None: ...
    @property
    def library(self) -> Library: ...
    @property
    def rewriter(self) -> Rewriter: ...
    @property
    def indexes(self) -> Searchable: ...
    @property
    def memory(self) -> MemoryKeeper: ...
    @property
    def today(self) -> Callable[[], date]: ...
    @property
    def model(self) -> ChatModel | None: ...

    def ingest(
        self, paths: list[Path], options: Options, on_outcome: Callable[[Outcome], None] | None = None
    ) -> Report: ...

    def catch_up(self, on_progress: Callable[[int, int], None] | None = None) -> None: ...

    def close(self) -> None: ...


class Opener(Protocol):
    def __call__(
        self,
        home: Path,
        *,
        backend: Backend = "chroma",
        words_only: bool = False,
        vector_cache: Path | None = None,
        encoder: EmbeddingModel | None = None,
        today: date | None = None,
    ) -> Service:
        """A service that owns this home.

        `vector_cache` in place of the shared one, `encoder` of the real model, `today` of the clock's.
        """
        ...


class ModelOpener(Protocol):
    def __call__(
        self,
        home: Path,
        on_written: Callable[[WrittenAnswer], None],
        *,
        base_url: str | None = None,
        model: str | None = None,
        api_key: str | None = None,
        reads: bool | None = None,
        today: date | None = None,
    ) -> Service:
        """The whole service over this home with a language model; what is not given comes from the settings."""
        ...


@dataclass(frozen=True, slots=True)
class Workspace:
    """Ways to open knowledge bases for a measurement."""

    cache: Path
    """XIAOER_CACHE: a prepared knowledge base is kept here between runs."""
    open: Opener
    open_embedding: Callable[[], CachedEmbedding | None]
    sample: Callable[[], list[Path]]
    own_home: Path
    """XIAOER_HOME."""
    own: Callable[[], Service]
    """The installation itself, caught up, beside a running server if there is one."""
    open_with_model: ModelOpener
    price: Price

    @property
    def home(self) -> Path:
        return self.kept("home")

    def reading(self) -> "Workspace":
        """The same, but the configured language model reads, chooses clauses and writes (XIAOER_MODEL_READS).

        Raises Missing when it is opened and none is configured.
        """

        def open_(home: Path, *, today: date | None = None, **others: Any) -> Service:
            if others:
                raise Missing("语言模型只和随附的检索一起量", "不要同时换编码器或者索引")
            service = self.open_with_model(home, lambda written: None, reads=True, today=today)
            if service.model is None:
                service.close()
                raise Missing("没有配置语言模型", "先在 .env 里写 XIAOER_MODEL_BASE_URL 和 XIAOER_MODEL_NAME")
            return service

        return replace(self, open=open_)

    def kept(self, name: str) -> Path:
        """A prepared knowledge base of this checkout: files of the sample in another folder are other documents."""
        of = hashlib.sha256(f"{Path(__file__).parent.parent}|{SHARED}".encode()).hexdigest()[:8]
        return self.cache / "evals" / f"{name}-{of}"

    def prepared_sample(self, today: date, on_progress: Callable[[int, int], None] | None = None) -> Service:
        """A service over nothing but the sample that the project ships, the same whatever the day."""
        service = self.open(self.kept("sample"), today=today)
        service.ingest(self.sample(), Options())
        service.catch_up(on_progress)
        return service

    def prepared(self, on_progress: Callable[[int, int], None] | None = None) -> tuple[Service, list[Path]]:
        """A service over sample, seeds and laws, brought up to date; and what of these is missing."""
        service = self.open(self.home)
        return service, self.take_in(service, on_progress)

    def take_in(self, service: Service, on_progress: Callable[[int, int], None] | None = None) -> list[Path]:
        """Bring the service up to date with sample, seeds and laws; what of these is missing."""
        service.ingest([*self.sample(), *(path for path in (SEEDS, LAWS) if path.is_dir())], Options())
        service.catch_up(on_progress)
        return [path for path in (SEEDS, LAWS) if not path.is_dir()]
