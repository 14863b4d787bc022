"""`xiaoer evals` and `xiaoer bench`: handed on to evals, which is loaded only then."""

import typer

from api.commands.chinese import speak
from api.commands.opening import load_settings

HANDED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Everything after the name belongs to the command there, --help too."""


def evals(context: typer.Context) -> None:
    """评测：找得准不准，答得对不对。"""
    from evals.command_line import evals_app

    _hand_on(evals_app, context)


def bench(context: typer.Context) -> None:
    """测速：入库、启动、内存。"""
    from evals.command_line import bench_app

    _hand_on(bench_app, context)


def _hand_on(app: typer.Typer, context: typer.Context) -> None:
    from api.workspaces import workspace

    command = typer.main.get_command(app)
    speak(command)
    name = context.command_path
    code = command.main(context.args, prog_name=name, standalone_mode=False, obj=lambda: workspace(load_settings()))
    raise typer.Exit(code if isinstance(code, int) else 0)
