"""Tables of the knowledge base. Ranges are character offsets into documents.text."""

from sqlalchemy import JSON, Column, Date, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _of_document(*, index: bool = False) -> Column[str]:
    key = ForeignKey("documents.id", ondelete="CASCADE")
    return Column("document_id", String(16), key, nullable=False, index=index)


documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("family", String(16), nullable=False, index=True),
    Column("title", String(400), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("doc_number", String(120), index=True),
    Column("issuers", JSON, nullable=False),
    Column("level", String(8)),
    Column("region", String(6), index=True),
    Column("kind", String(40)),
    Column("module", String(20)),
    Column("issued", Date),
    Column("printed", Date),
    Column("effective_from", Date),
    Column("effective_to", Date, comment="last day in force as the document itself says"),
    Column("valid_from", Date, comment="effective_from, else issued"),
    Column("valid_to", Date, comment="last day in force, versions and repeals considered"),
    Column("ended_by", String(16), comment="document that ended it"),
    Column("review_on", Date),
    Column("audience", String(10), nullable=False),
    Column("owner_department", String(200)),
    Column("pending", JSON, nullable=False, comment="labels that are 待核"),
    Column("findings", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("ingested_at", DateTime(timezone=True), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("path", String(1000), primary_key=True),
    Column("content_hash", String(64), nullable=False, comment="file, its labels file and the options it came with"),
    _of_document(index=True),
    Column("ingested_at", DateTime(timezone=True), nullable=False),
)

clauses = Table(
    "clauses",
    metadata,
    Column("id", String(200), primary_key=True),
    _of_document(),
    Column("ordinal", Integer, nullable=False),
    Column("parent_id", String(200)),
    Column("kind", String(20), nullable=False),
    Column("path", String(160), nullable=False),
    Column("heading", String(400), nullable=False),
    Column("start", Integer, nullable=False),
    Column("own_end", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("audience", String(10), nullable=False),
    Index("ix_clauses_document", "document_id", "ordinal"),
)

spans = Table(
    "spans",
    metadata,
    _of_document(index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(220), primary_key=True),
    _of_document(index=True),
    Column("clause_id", String(200), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("prefix", String(600), nullable=False),
    Column("context", String(600), nullable=False),
    Column("body", Text, nullable=False),
    Column("region", String(6), nullable=False),
    Column("audience", String(10), nullable=False),
    Column("own_from", Date, comment="a row's own dates; the document's hold where they are null"),
    Column("own_to", Date),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Index("ix_passages_scope", "region", "audience", "valid_from", "valid_to"),
)

links = Table(
    "links",
    metadata,
    _of_document(index=True),
    Column("kind", String(20), nullable=False),
    Column("target", String(400), nullable=False),
)

faqs = Table(
    "faqs",
    metadata,
    Column("clause_id", String(200), primary_key=True),
    _of_document(index=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("variants", JSON, nullable=False),
    Column("basis_title", String(400), nullable=False),
    Column("basis_clause", String(160), nullable=False),
)

rows = Table(
    "rows",
    metadata,
    Column("clause_id", String(200), primary_key=True),
    _of_document(index=True),
    Column("kind", String(20), nullable=False, comment="unit (服务能力清单) or service_item (事项指南)"),
    Column("name", String(400), nullable=False),
    Column("fields", JSON, nullable=False),
)

question_links = Table(
    "question_links",
    metadata,
    Column("id", String(16), primary_key=True, comment="of question, title and clause"),
    Column("question", Text, nullable=False),
    Column("title", String(400), nullable=False),
    Column("clause", String(160), nullable=False),
    Column("region", String(6)),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("added_by", String(80), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String(16), nullable=False, comment="no foreign key: the document may be gone"),
    Column("removed", JSON, nullable=False, comment="passage ids that the swap took out, by region|audience"),
    sqlite_autoincrement=True,
)
