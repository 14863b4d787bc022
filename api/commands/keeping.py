"""`xiaoer reindex` and `xiaoer remove`: what the knowledge base holds, and its indexes."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.opening import load_settings, opened, update_indexes
from api.commands.screen import counting, say

if TYPE_CHECKING:
    from knowledge.catalogue import DocumentView

DocumentId = Annotated[str, typer.Argument(metavar="文件编号", help="xiaoer ask --json 里的 document")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问")]


def reindex() -> None:
    """从数据库重建全部索引。

    新的建好、查过才换下原来的。
    """
    from knowledge.index_keeper import IndexKeeper

    settings = load_settings()
    with opened(settings, own_indexes=True) as service, counting("重建索引", "段") as bar:
        if isinstance(service.indexes, IndexKeeper):
            service.indexes.rebuild(bar)
            say(f"索引已重建。{service.indexes.state().sentence}", "green")


def remove(document_id: DocumentId, yes: Yes = False) -> None:
    """把一份文件移出知识库；被它取代的旧文件重新有效。"""
    from api.bootstrap import open_database
    from knowledge import store
    from knowledge.catalogue import view_document
    from knowledge.documents import Audience

    settings = load_settings()
    database = open_database(settings)
    try:
        with database.reading() as tx:
            view = view_document(tx, document_id, Audience.STAFF)
        say(f"《{view.summary.title}》{_particulars(view)}")
        if not yes:
            typer.confirm("移出知识库？", abort=True)
        with database.transaction() as tx:
            store.remove(tx, document_id)
    finally:
        database.close()
    update_indexes(settings)
    say("已移出。原来的文件如果还在被收入的文件夹里，下次收入时会重新进来。", "green")


def _particulars(view: "DocumentView") -> str:
    from knowledge import regions

    summary = view.summary
    parts = [summary.doc_number, regions.name(summary.region), f"{len(view.clauses)} 个条款"]
    return "，".join(part for part in parts if part)
