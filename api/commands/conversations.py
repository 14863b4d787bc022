"""`xiaoer conversations`: how many are kept, and the end of those that are too old."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.opening import load_settings
from api.commands.options import JsonOption
from api.commands.screen import put_json, say

if TYPE_CHECKING:
    from api.settings import Settings
    from knowledge.database import Database

Days = Annotated[
    int | None, typer.Option("--days", metavar="天数", min=1, help="保存多少天；默认 XIAOER_RETENTION_DAYS")
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问")]

group = typer.Typer(help="对话：有多少，清理过期的。", no_args_is_help=True)


@group.command()
def status(json_output: JsonOption = False) -> None:
    """有多少个对话，删除了多少个。"""
    from assistant import conversations

    with _database(load_settings()) as database, database.reading() as tx:
        kept, deleted = conversations.count(tx)
    if json_output:
        put_json({"kept": kept, "deleted": deleted})
    else:
        say(f"现有 {kept} 个对话；已删除 {deleted} 个，只留回执编号。")


@group.command()
def purge(days: Days = None, json_output: JsonOption = False) -> None:
    """销毁过期对话的密钥，清掉已经读不出来的内容；服务运行时每小时自动做一次。"""
    from datetime import UTC, datetime

    from assistant import retention

    settings = load_settings()
    with _database(settings) as database:
        purged = retention.purge(database, keep_days=days or settings.retention_days, now=datetime.now(UTC))
    if json_output:
        put_json({"conversations": purged.conversations, "events": purged.events})
    else:
        say(f"清理了 {purged.conversations} 个过期的对话、{purged.events} 个读不出来的事件。", "green")


@group.command()
def abandon(yes: Yes = False) -> None:
    """密钥真的丢了：放弃全部对话，以便用新的密钥启动。"""
    from datetime import UTC, datetime

    from assistant import retention

    if not yes:
        typer.confirm("全部对话从此读不出来。放弃？", abort=True)
    with _database(load_settings()) as database:
        abandoned = retention.abandon(database, datetime.now(UTC))
    say(f"放弃了 {abandoned.conversations} 个对话。现在可以用新的密钥启动。", "green")


@contextmanager
def _database(settings: "Settings") -> "Iterator[Database]":
    from api.bootstrap import open_database

    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()
