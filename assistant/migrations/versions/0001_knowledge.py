"""Tables of the knowledge base."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "document_id", sa.String(length=16), nullable=False, comment="no foreign key: the document may be gone"
        ),
        sa.Column(
            "removed", sa.JSON(), nullable=False, comment="passage ids that the swap took out, by region|audience"
        ),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("family", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("doc_number", sa.String(length=120), nullable=True),
        sa.Column("issuers", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("module", sa.String(length=20), nullable=True),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("printed", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True, comment="last day in force as the document itself says"),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="effective_from, else issued"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day in force, versions and repeals considered"),
        sa.Column("ended_by", sa.String(length=16), nullable=True, comment="document that ended it"),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("owner_department", sa.String(length=200), nullable=True),
        sa.Column("pending", sa.JSON(), nullable=False, comment="labels that are 待核"),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_documents_doc_number"), "documents", ["doc_number"], unique=False)
    op.create_index(op.f("ix_documents_family"), "documents", ["family"], unique=False)
    op.create_index(op.f("ix_documents_region"), "documents", ["region"], unique=False)
    op.create_table(
        "clauses",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=160), nullable=False),
        sa.Column("heading", sa.String(length=400), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("own_end", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clauses_document", "clauses", ["document_id", "ordinal"], unique=False)
    op.create_table(
        "faqs",
        sa.Column("clause_id", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("basis_title", sa.String(length=400), nullable=False),
        sa.Column("basis_clause", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("clause_id"),
    )
    op.create_index(op.f("ix_faqs_document_id"), "faqs", ["document_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_links_document_id"), "links", ["document_id"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.String(length=220), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("clause_id", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=600), nullable=False),
        sa.Column("context", sa.String(length=600), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column(
            "own_from", sa.Date(), nullable=True, comment="a row's own dates; the document's hold where they are null"
        ),
        sa.Column("own_to", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_passages_clause_id"), "passages", ["clause_id"], unique=False)
    op.create_index(op.f("ix_passages_document_id"), "passages", ["document_id"], unique=False)
    op.create_index("ix_passages_scope", "passages", ["region", "audience", "valid_from", "valid_to"], unique=False)
    op.create_table(
        "rows",
        sa.Column("clause_id", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="unit (服务能力清单) or service_item (事项指南)"
        ),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("clause_id"),
    )
    op.create_index(op.f("ix_rows_document_id"), "rows", ["document_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column(
            "content_hash",
            sa.String(length=64),
            nullable=False,
            comment="file, its labels file and the options it came with",
        ),
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_index(op.f("ix_sources_document_id"), "sources", ["document_id"], unique=False)
    op.create_table(
        "spans",
        sa.Column("document_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_spans_document_id"), "spans", ["document_id"], unique=False)


def downgrade() -> None:
    op.drop_table("rows")
    op.drop_table("faqs")
    op.drop_table("links")
    op.drop_table("passages")
    op.drop_table("spans")
    op.drop_table("clauses")
    op.drop_table("sources")
    op.drop_table("documents")
    op.drop_table("changes")
