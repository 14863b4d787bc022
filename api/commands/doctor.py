"""`xiaoer doctor`: is everything in order, and the way out where it is not."""

from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table
from rich.text import Text

from api.commands.check import Check, Verdict
from api.commands.opening import load_settings
from api.commands.options import JsonOption
from api.commands.screen import put_json, results

if TYPE_CHECKING:
    from api.settings import Settings

_COLOURS = {Verdict.OK: "green", Verdict.ATTENTION: "yellow", Verdict.BROKEN: "bold red"}


def doctor(json_output: JsonOption = False) -> None:
    """检查安装、数据库、索引和模型，说明哪里有问题、怎么解决。

    有“有问题”的一项时退出码为 1；“注意”不影响使用。
    """
    settings = load_settings()
    found = examine(settings)
    healthy = all(check.verdict is not Verdict.BROKEN for check in found)
    if json_output:
        checks = [check.to_json() for check in found]
        put_json({"healthy": healthy, "checks": checks, "settings": in_effect(settings)})
    else:
        _show(found, settings)
    raise typer.Exit(0 if healthy else 1)


def examine(settings: "Settings") -> list[Check]:
    from api.bootstrap import today_in_china
    from api.commands import check_index, check_machine, check_store

    found = list(check_machine.checks(settings))
    database = check_store.open_store(settings)
    if isinstance(database, Check):
        return [*found, database]
    try:
        of_store = list(check_store.checks(database, today=today_in_china()))
        found += of_store
        if len(of_store) > 1:  # else the schema is not ours yet
            found += check_index.checks(settings, database)
    finally:
        database.close()
    return found


def in_effect(settings: "Settings") -> dict[str, Any]:
    """The settings as they hold now, without passwords."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    values = settings.model_dump(mode="json")
    try:
        values["database_url"] = make_url(settings.database_address).render_as_string(hide_password=True)
    except ArgumentError:
        values["database_url"] = "（写法有误）"
    return {f"XIAOER_{name.upper()}": value for name, value in values.items()}


def _show(found: list[Check], settings: "Settings") -> None:
    console = results()
    table = Table(title="小二的检查结果")
    table.add_column("项目", no_wrap=True)
    table.add_column("结果", no_wrap=True)
    table.add_column("情况", overflow="fold", ratio=3)
    table.add_column("怎么办", overflow="fold", ratio=2)
    for check in found:
        table.add_row(check.name, Text(check.verdict, style=_COLOURS[check.verdict]), check.found, check.way_out)
    console.print(table)
    lines = Table("设置", "现在的值", title="生效的设置")
    for name, value in in_effect(settings).items():
        lines.add_row(name, "" if value is None else str(value))
    console.print(lines)
