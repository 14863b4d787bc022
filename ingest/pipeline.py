"""Files into the knowledge base: one file, one document, one transaction.

Unchanged files cost one hash. Killed at any moment, every document is old or
new; running again finishes.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from ingest.assemble import assemble
from ingest.errors import FileMissing, IngestError, Unreadable
from ingest.label import Hints
from ingest.labels_file import labels_path, read_overrides
from ingest.parsers import SUFFIXES, Limits, read
from knowledge import store
from knowledge.database import Database
from knowledge.documents import Audience, Document
from knowledge.schema import documents, sources

READER_VERSION = "1"
"""Part of every file's hash: raise it when the same file would now be read differently."""
_LEFT_OUT_NAMES = ("~$", ".", "README")

log = logging.getLogger(__name__)


class Status(StrEnum):
    NEW = "新收入"
    UPDATED = "已更新"
    UNCHANGED = "未变化"
    DUPLICATE = "重复"
    FAILED = "失败"


@dataclass(frozen=True, slots=True)
class Outcome:
    path: str
    status: Status
    title: str = ""
    clauses: int = 0
    pending: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    reason: str = ""
    document_id: str = ""


@dataclass(slots=True)
class Report:
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.status is Status.FAILED]

    def count(self, status: Status) -> int:
        return sum(1 for outcome in self.outcomes if outcome.status is status)


@dataclass(frozen=True, slots=True)
class Options:
    region: str | None = None
    audience: Audience | None = None
    limits: Limits = field(default_factory=Limits)


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Files to read: those named, and in folders everything with a known suffix, in a stable order."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            known = file.suffix.lower() in SUFFIXES
            if known and not file.is_dir() and not file.name.startswith(_LEFT_OUT_NAMES):
                yield file


def ingest(
    paths: Sequence[Path],
    database: Database,
    *,
    at: datetime,
    options: Options | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Report:
    """Take in files and folders. A file that cannot be read is in the report; the rest goes on."""
    report = Report()
    for file in find_files(paths):
        outcome = _one(file, database, at=at, options=options or Options())
        report.outcomes.append(outcome)
        if on_outcome:
            on_outcome(outcome)
    return report


def _one(file: Path, database: Database, *, at: datetime, options: Options) -> Outcome:
    path = str(file.absolute())
    try:
        content_hash = _hash(file, options)
        with database.reading() as tx:
            known = _unchanged(tx, path, content_hash)
        if known is not None:
            return known
        hints = Hints(options.region, options.audience, file.name, path)
        document = assemble(read(file, options.limits), read_overrides(file), hints)
        with database.transaction() as tx:
            return _swap(tx, document, path, content_hash, at)
    except IngestError as error:
        return Outcome(path, Status.FAILED, reason=str(error))
    except Exception as error:  # the edge of the file loop: one file must not stop the rest
        log.exception("reading %r failed", path)
        return Outcome(path, Status.FAILED, reason=f"读取时出错（{type(error).__name__}）；详情见日志")


def _hash(file: Path, options: Options) -> str:
    """Over the file, its labels and the options it comes with."""
    if not file.exists():
        raise FileMissing(file.name)
    if not file.is_file() or file.stat().st_size > options.limits.max_bytes:
        return ""
    digest = hashlib.sha256(f"{READER_VERSION}|{options.region}|{options.audience}|".encode())
    try:
        for part in (file, labels_path(file)):
            if part.exists():
                with part.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
    except OSError as error:
        raise Unreadable(file.name, error.strerror or str(error)) from error
    return digest.hexdigest()


def _unchanged(tx: Connection, path: str, content_hash: str) -> Outcome | None:
    query = (
        select(documents.c.id, documents.c.title)
        .join(sources, sources.c.document_id == documents.c.id)
        .where(sources.c.path == path, sources.c.content_hash == content_hash)
    )
    row = tx.execute(query).first()
    return Outcome(path, Status.UNCHANGED, row.title, document_id=row.id) if row else None


def _swap(tx: Connection, document: Document, path: str, content_hash: str, at: datetime) -> Outcome:
    """One document into its place, and its file's record with it."""
    twin = _twin(tx, document)
    if twin is not None and len(twin.pending) <= len(document.labels.pending):
        status, identity = Status.DUPLICATE, twin.id
    else:
        status, identity = _status(tx, document, path), document.id
        if status is not Status.DUPLICATE:
            _drop_replaced(tx, document, path)
            store.save(tx, document, at=at)
        if twin is not None:
            store.replace(tx, twin.id, document.id)
    store.record_source(tx, path, content_hash, identity, at=at)
    labels = document.labels
    return Outcome(
        path,
        status,
        labels.title,
        len(document.clauses),
        labels.pending,
        tuple(document.findings),
        document_id=identity,
    )


def _twin(tx: Connection, document: Document) -> Any:
    """The same version read from another file, of which one copy does not give its 文号."""
    same_day = documents.c.valid_from == document.labels.valid_from
    number = documents.c.doc_number
    query = select(documents.c.id, documents.c.pending).where(
        documents.c.family == document.family,
        documents.c.id != document.id,
        same_day,
        number.is_(None) if document.labels.doc_number else number.is_not(None),
    )
    return tx.execute(query).first()


def _status(tx: Connection, document: Document, path: str) -> Status:
    """A second file of the same version adds nothing, unless it says more of itself than the first."""
    known = tx.execute(select(documents.c.text, documents.c.pending).where(documents.c.id == document.id)).first()
    if known is None:
        return Status.NEW
    elsewhere = select(sources.c.path).where(sources.c.document_id == document.id, sources.c.path != path)
    same = known.text == document.text
    if tx.execute(elsewhere).first() and (same or len(known.pending) < len(document.labels.pending)):
        return Status.DUPLICATE
    return Status.UPDATED


def _drop_replaced(tx: Connection, document: Document, path: str) -> None:
    """The file's earlier reading under another identity goes: labels were put right.

    Another text under the same title is an earlier version, and versions stay.
    """
    query = (
        select(documents.c.id, documents.c.family, documents.c.text)
        .join(sources, sources.c.document_id == documents.c.id)
        .where(sources.c.path == path, documents.c.id != document.id)
    )
    for row in tx.execute(query).all():
        others = select(sources.c.path).where(sources.c.document_id == row.id, sources.c.path != path)
        same = row.family != document.family or row.text == document.text
        if same and tx.execute(others).first() is None:
            store.remove(tx, row.id)
