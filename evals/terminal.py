"""What every measuring command prints and how: a table or one JSON object, and how far it has come."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from evals.workspace import Workspace

WithModel = Annotated[
    bool, typer.Option("--with-model", help="让配置好的语言模型读题、选条款、作答、复核（见 XIAOER_MODEL_READS）")
]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")]
Tick = Callable[[str, int, int], None]
errors = Console(stderr=True)
MOST_COLUMNS = 8
"""A table with more lies down: its rows become the columns."""


def workspace_of(context: typer.Context) -> Workspace:
    """What api/command_line hands in, opened only when a command needs it."""
    workspace: Workspace = context.obj()
    return workspace


def measured(context: typer.Context, *, with_model: bool) -> Workspace:
    """What is measured: the service without a language model, or with the configured one, which also reads."""
    workspace = workspace_of(context)
    return workspace.reading() if with_model else workspace


def show(values: dict[str, Any], *, as_json: bool, title: str) -> None:
    if as_json:
        print(json.dumps(values, ensure_ascii=False))  # noqa: T201  results go to standard output
        return
    table = Table("项目", "数值", title=title)
    for name, value in values.items():
        if _is_figure(value) or not isinstance(value, list | dict):
            table.add_row(name, _cell(value))
    Console().print(table)
    for name, value in values.items():
        if isinstance(value, dict) and not _is_figure(value):
            _show_nested(name, value)


def _is_share(value: object) -> bool:
    return isinstance(value, dict) and value.keys() >= {"share", "count", "of"}


def _is_figure(value: object) -> bool:
    return _is_share(value) or (isinstance(value, dict) and value.keys() == {"value", "low", "high"})


def _is_plain(value: object) -> bool:
    return _is_figure(value) or not isinstance(value, dict)


def _cell(value: Any) -> str:
    """A share or an estimate with its interval, anything else as it is."""
    if not _is_figure(value):
        return str(value)
    interval = f"{value['low']:.3f}–{value['high']:.3f}"
    if not _is_share(value):
        return f"{value['value']:.4f}（{interval}）"
    return f"{value['share']:.4f}（{value['count']}/{value['of']}；{interval}）"


def _show_nested(name: str, value: dict[str, Any]) -> None:
    rows = {label: row for label, row in value.items() if isinstance(row, dict)}
    if rows and all(_is_figure(row) for row in rows.values()):
        rows = {label: {"比例": row} for label, row in rows.items()}
    plain = {label: {key: cell for key, cell in row.items() if _is_plain(cell)} for label, row in rows.items()}
    columns = list(dict.fromkeys(key for row in plain.values() for key in row))
    if len(columns) > MOST_COLUMNS:
        plain = {key: {label: row.get(key, "") for label, row in plain.items()} for key in columns}
        columns = list(rows)
    table = Table(name, *columns)
    for label, row in plain.items():
        table.add_row(label, *(_cell(row.get(column, "")) for column in columns))
    if table.row_count:
        Console().print(table)
    for label, row in rows.items():
        for key, inner in row.items():
            if not _is_plain(inner):
                _show_nested(f"{name} {label} {key}", inner)


def ticking(progress: Progress) -> Tick:
    tasks: dict[str, Any] = {}

    def tick(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=total)
        progress.update(tasks[step], completed=done, total=total)

    return tick
