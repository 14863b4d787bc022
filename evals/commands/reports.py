"""`xiaoer evals report` and `baseline`: everything at once, to read and to compare."""

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from evals.commands.quality import OnlyFast
from evals.errors import Missing
from evals.terminal import AsJson, errors, show, ticking, workspace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.baseline import Compared


def report_command(
    context: typer.Context,
    fast: OnlyFast = False,
    out: Annotated[Path, typer.Option(help="报告放在哪个文件夹：report.html 和 report.json")] = Path("evals-report"),
    bench: Annotated[list[Path] | None, typer.Option(help="xiaoer bench questions --json 的输出；可多次给出")] = None,
) -> None:
    """跑完全部题集，写成一页报告：要求与实测、图、最差的题；旁边是 JSON。"""
    if find_spec("matplotlib") is None:
        raise Missing("没有安装 matplotlib，画不了图", '先运行 pip install "xiaoer[report]"')
    from evals import report

    with Progress(console=errors) as progress:
        day = datetime.now(UTC).astimezone().date()
        written = report.write(workspace_of(context), out, ticking(progress), day=day, fast=fast, benches=bench or ())
    table = Table("方面", Column("项目", overflow="fold"), "要求", "实测", "", title="要求与实测")
    for bar in written.values["bars"]:
        mark = "达到" if bar["met"] else "[red]未达到[/red]"
        table.add_row(bar["area"], bar["what"], bar["wanted"], bar["figure"], mark)
    Console().print(table)
    Console().print(f"报告：{written.html}", markup=False, soft_wrap=True)


def baseline_command(
    context: typer.Context,
    update: Annotated[bool, typer.Option("--update", help="把这次的数字记成新的基线")] = False,
    as_json: AsJson = False,
) -> None:
    """快的那部分评测与记下的基线相比：退步超过容许的就列出来，退出码为 1。"""
    from evals import baseline, measuring

    with Progress(console=errors) as progress:
        values = measuring.measure(workspace_of(context), ticking(progress), fast=True)
    if update:
        baseline.write(values)
        Console().print(f"已记下：{baseline.FILE}", markup=False, soft_wrap=True)
        return
    compared = baseline.compare(values, baseline.read(values))
    if as_json:
        show({one.name: one.to_json() for one in compared}, as_json=True, title="基线")
    else:
        Console().print(_compared(compared))
    for one in compared:
        if one.is_regression:
            errors.print(f"退步：{one}", markup=False, highlight=False)
    raise typer.Exit(any(one.is_regression for one in compared))


def _compared(compared: "Sequence[Compared]") -> Table:
    table = Table(Column("项目", overflow="fold"), "原来", "现在", "容许变差", "", title="与基线相比")
    for one in compared:
        mark = "[red]退步[/red]" if one.is_regression else ""
        table.add_row(one.name, f"{one.was:g}", f"{one.is_now:g}", f"{one.tolerance:g}", mark)
    return table
