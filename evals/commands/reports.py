"""`xiaoer evals report` and `baseline`: everything at once, to read and to compare."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from evals.commands.quality import OnlyFast
from evals.errors import Missing
from evals.terminal import errors, ticking, workspace_of


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
        written = report.write(workspace_of(context), out, ticking(progress), fast=fast, benches=bench or ())
    table = Table("方面", Column("项目", overflow="fold"), "要求", "实测", "", title="要求与实测")
    for bar in written.values["bars"]:
        mark = "达到" if bar["met"] else "[red]未达到[/red]"
        table.add_row(bar["area"], bar["what"], bar["wanted"], bar["figure"], mark)
    Console().print(table)
    Console().print(f"报告：{written.html}", markup=False, soft_wrap=True)
