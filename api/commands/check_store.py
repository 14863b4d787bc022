"""Checks of the database and what it holds: reachable, schema, amounts, labels 待核, review dates."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from api.commands.check import Check, attention, broken, ok
from api.commands.closing_table import fields
from api.settings import Settings
from assistant import migrations
from knowledge import catalogue, index_feed
from knowledge.catalogue import DocumentSummary
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.errors import StoreNotReady
from knowledge.outdated_entries import outdated
from knowledge.rules import current

_NAMED = 5
_PAGE = 1000


def open_store(settings: Settings) -> Database | Check:
    """The database as it is, never created or changed by looking at it; or what stands in the way."""
    name, way_out = "数据库", "请检查 XIAOER_DATABASE_URL"
    try:
        url = make_url(settings.database_address)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            return attention(name, f"还没有建立（{url.database}）", "运行 xiaoer start 或 xiaoer ingest")
        database = Database(settings.database_address)
        database.check()
    except ArgumentError:
        return broken(name, "数据库地址的写法有误", way_out)
    except StoreNotReady as error:
        return broken(name, error.reason, way_out)
    return database


def checks(database: Database, *, today: date) -> Iterator[Check]:
    """Ends early when the schema is older than the program."""
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    revision, newest = _revisions(database)
    if revision != newest:
        yield attention(
            "数据库", f"{kind}，结构是 {revision or '空的'}，程序要的是 {newest}", "下一次运行 xiaoer serve 会自动升级"
        )
        return
    with database.reading() as tx:
        amount = f"{catalogue.count_documents(tx)} 份文件，{index_feed.count(tx)} 个段落"
    yield ok("数据库", f"{kind}，{amount}")
    yield ok("数据库结构", f"最新（{newest}）")
    documents = _documents(database)
    yield _pending(documents)
    yield _review(documents, today)
    yield _entries(database, today)
    yield _self_tests(database, today)


def _revisions(database: Database) -> tuple[str | None, str | None]:
    """Revision of the database, and the newest one."""
    with database.reading() as tx:
        revision = MigrationContext.configure(tx).get_current_revision()
    return revision, ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()


def _documents(database: Database) -> list[DocumentSummary]:
    found: list[DocumentSummary] = []
    with database.reading() as tx:
        while True:
            page, total = catalogue.list_documents(tx, Audience.STAFF, limit=_PAGE, offset=len(found))
            found += page
            if not page or len(found) >= total:
                return found


def _pending(documents: list[DocumentSummary]) -> Check:
    waiting = [document for document in documents if document.pending]
    if not waiting:
        return ok("标签待核", "没有")
    waiting.sort(key=lambda document: -len(document.pending))
    named = [f"《{document.title}》{fields(document.pending)}" for document in waiting]
    return attention("标签待核", _shortened(named), "在文件旁的 <文件名>.labels.yaml 里补上，再 xiaoer ingest 一次")


def _review(documents: list[DocumentSummary], today: date) -> Check:
    due = [
        document
        for document in documents
        if document.review_on is not None
        and document.review_on <= today
        and (document.valid_to is None or document.valid_to >= today)
    ]
    if not due:
        return ok("试行文件复核", "没有到期的")
    named = [
        f"《{document.title}》{document.review_on}" for document in sorted(due, key=lambda one: str(one.review_on))
    ]
    return attention("试行文件复核", _shortened(named), "请向发文机关核实是否仍然有效")


def _entries(database: Database, today: date) -> Check:
    with database.reading() as tx:
        found = list(outdated(tx, today).values())
    if not found:
        return ok("问答和事项的依据", "都还有效")
    named = [f"{one.path or '解读'} {one.told()}" for one in found]
    return attention(
        "问答和事项的依据", _shortened(named), "按现行条款改好后再 xiaoer ingest 一次；改好之前不用它们作答"
    )


def _self_tests(database: Database, today: date) -> Check:
    with database.reading() as tx:
        engine = current.engine_of(tx)
    found = [(policy, one) for policy in engine.book.policies.values() if (one := engine.outdated(policy.id, today))]
    if not found:
        return ok("自测的依据", "都还有效")
    named = [f"{policy.short} {one.told()}" for policy, one in found]
    return attention("自测的依据", _shortened(named, "项"), "按新文件在规则库里补一版；改好之前这些自测不作判断")


def _shortened(named: list[str], unit: str = "份") -> str:
    more = f"；另有 {len(named) - _NAMED} {unit}" if len(named) > _NAMED else ""
    return f"{len(named)} {unit}：" + "；".join(named[:_NAMED]) + more
