"""The chain of migrations makes exactly the tables that the code speaks of, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant import conversations, fall_outs, model_calls, pending, switches
from knowledge.database import Database
from knowledge.schema import metadata


def test_models_and_migrations_agree(database: Database) -> None:
    assert {conversations.conversations.name, conversations.seals.name, pending.turns.name} <= set(metadata.tables)
    assert {model_calls.model_calls.name, switches.switches.name} <= set(metadata.tables)
    assert fall_outs.selftest_counts.name in metadata.tables
    with database.transaction() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
