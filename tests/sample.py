"""The shipped sample knowledge base, opened for tests: real SQLite, real indexes, words alone or with stand-in vectors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import migrations
from assistant.flows.answer import AnswerFlow
from ingest.pipeline import ingest
from knowledge.database import Database
from knowledge.index_keeper import IndexKeeper
from knowledge.library import Library
from knowledge.vector_cache import CachedEmbedding

FOLDER = Path(__file__).parents[1] / "knowledge" / "sample"
PARTS = [FOLDER / part for part in ("documents", "faq.csv", "directory.csv", "service_items.csv")]
TODAY = date(2026, 7, 1)


class OpenSample:
    """The sample on one day."""

    def __init__(
        self,
        folder: Path,
        embedding: CachedEmbedding | None = None,
        today: date = TODAY,
        parts: Sequence[Path] = tuple(PARTS),
    ) -> None:
        self.database = Database(f"sqlite:///{folder / 'xiaoer.db'}")
        migrations.upgrade(self.database)
        ingest(list(parts), self.database, at=datetime(2026, 7, 1, 8, tzinfo=UTC))
        self.keeper = IndexKeeper(self.database, folder / "index", embedding, today=lambda: today)
        self.keeper.catch_up()
        self.library = Library(self.database, self.keeper, embedding, today=lambda: today)
        self.answers = AnswerFlow(self.library, self.database)

    def close(self) -> None:
        self.keeper.close()
        self.database.close()


@contextmanager
def open_sample(folder: Path, embedding: CachedEmbedding | None = None) -> Iterator[OpenSample]:
    opened = OpenSample(folder, embedding)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def open_town(folder: Path, papers: Mapping[str, str], today: date = TODAY) -> Iterator[OpenSample]:
    """Made-up papers by file name instead of the sample, found by words alone."""
    sources = folder / "papers"
    sources.mkdir()
    for name, text in papers.items():
        (sources / name).write_text(text, encoding="utf-8")
    opened = OpenSample(folder, today=today, parts=[sources])
    try:
        yield opened
    finally:
        opened.close()
