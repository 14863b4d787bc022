"""Conversations: their keys, their events, and the messages that wait for an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_conversations_touched_at"), "conversations", ["touched_at"], unique=False)
    op.create_table(
        "conversation_keys",
        sa.Column("conversation_id", sa.String(length=22), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False, comment="under the master key; gone when deleted"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("conversation_id"),
    )
    op.create_table(
        "conversation_events",
        sa.Column("conversation_id", sa.String(length=22), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_hash", sa.String(length=32), nullable=True, comment="of the idempotency key"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("conversation_id", "key_hash"),
    )
    op.create_table(
        "turns",
        sa.Column("conversation_id", sa.String(length=22), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, comment="of the message"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
    )
    op.create_index(op.f("ix_turns_leased_until"), "turns", ["leased_until"], unique=False)
    op.create_table(
        "seals",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False, comment="of the master key"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    for name in ("seals", "turns", "conversation_events", "conversation_keys", "conversations"):
        op.drop_table(name)
