"""Self-tests: how many ended how, and at which condition."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "selftest_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("policy", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False, comment="met, not_met, unknown, ended, not_yet"),
        sa.Column("fact", sa.String(length=60), nullable=False, comment="where it failed or stayed open; else empty"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "policy", "outcome", "fact"),
    )
