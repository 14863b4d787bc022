"""Links from questions to clauses that staff confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "question_links",
        sa.Column("id", sa.String(length=16), nullable=False, comment="of question, title and clause"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("clause", sa.String(length=160), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("question_links")
