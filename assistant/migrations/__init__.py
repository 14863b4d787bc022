"""One chain of schema changes for everything (design.md, folders)."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from knowledge.database import Database


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema, or leave it as it was."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.transaction() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
