"""Knowledge bases of their own for measurements: what `xiaoer evals` and `xiaoer bench` open."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from api.bootstrap import Service, open_embedding, open_service, sample_paths, today_in_china
from api.settings import Settings
from assistant.writing import WrittenAnswer
from evals.workspace import Backend, ModelOpener, Workspace
from knowledge.embedding import EmbeddingModel
from prompts.accounting import Price


def workspace(settings: Settings) -> Workspace:
    """What measurements need to open knowledge bases of their own."""

    def open_at(
        home: Path,
        *,
        backend: Backend = "chroma",
        words_only: bool = False,
        vector_cache: Path | None = None,
        encoder: EmbeddingModel | None = None,
        today: date | None = None,
    ) -> Service:
        own = settings.model_copy(update={"home": home, "database_url": None, "vector_index": backend})
        return open_service(
            own,
            own_indexes=True,
            words_only=words_only,
            vector_cache=vector_cache,
            encoder=encoder,
            today=(lambda: today) if today else today_in_china,
        )

    def own() -> Service:
        service = open_service(settings)
        service.catch_up()
        return service

    price = Price(settings.model_price_in, settings.model_price_out)
    return Workspace(
        settings.cache,
        open_at,
        lambda: open_embedding(settings)[0],
        sample_paths,
        settings.home,
        own,
        _with_model(settings),
        price,
    )


def _with_model(settings: Settings) -> ModelOpener:
    def open_with(
        home: Path,
        on_written: Callable[[WrittenAnswer], None],
        *,
        base_url: str | None = None,
        model: str | None = None,
        api_key: str | None = None,
        reads: bool | None = None,
        today: date | None = None,
    ) -> Service:
        others = {
            "model_base_url": base_url,
            "model_name": model,
            "model_api_key": api_key and SecretStr(api_key),
            "model_reads": reads,
        }
        given = {name: value for name, value in others.items() if value is not None}
        own = settings.model_copy(update={"home": home, "database_url": None, **given})
        day = (lambda: today) if today else today_in_china
        return open_service(own, own_indexes=True, on_written=on_written, today=day)

    return open_with
