"""The documents of the sample city in a database of one test."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.pipeline import ingest
from knowledge.database import Database
from tests.knowledge.shelf import empty_database

DOCUMENTS = Path(__file__).parents[3] / "knowledge" / "sample" / "documents"


def sample_database(folder: Path) -> Database:
    database = empty_database(folder)
    ingest([DOCUMENTS], database, at=datetime(2026, 6, 1, tzinfo=UTC))
    return database
