"""`xiaoer evals written`: a real language model through the whole answer path."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking, workspace_of
from evals.written_cases import SAMPLE_SIZE, SEED


def written_command(  # noqa: PLR0913, PLR0917  the options of a command
    context: typer.Context,
    base_url: Annotated[str | None, typer.Option(help="OpenAI 兼容的地址，到 /v1；默认用配置的")] = None,
    model: Annotated[str | None, typer.Option(help="模型名；默认用配置的")] = None,
    api_key_env: Annotated[str | None, typer.Option(help="放着密钥的环境变量的名字")] = None,
    limit: Annotated[int, typer.Option(min=1, help="题数")] = SAMPLE_SIZE,
    seed: Annotated[int, typer.Option(help="抽题用的随机数种子")] = SEED,
    out: Annotated[Path, typer.Option(help="结果文件，JSON Lines；报告和对话记录写在它旁边")] = Path("written.jsonl"),
    resume: Annotated[bool, typer.Option("--resume", help="接着做上次没做完的")] = False,
    transcripts: Annotated[int, typer.Option(min=0, help="写出几份完整的对话记录")] = 10,
    minutes: Annotated[float | None, typer.Option(min=0, help="做多少分钟就停；已有结果照样出报告")] = None,
    home: Annotated[Path | None, typer.Option(help="原样使用这个知识库，不另收文件")] = None,
    as_json: AsJson = False,
) -> None:
    """真实语言模型作答：写出多少、拦下什么、给人看的有没有错。"""
    from evals import written_cases
    from evals.written_command import Endpoint, Plan, measure

    plan = Plan(
        written_cases.draw(limit, seed), out, Endpoint(base_url, model, api_key_env), home, resume, transcripts, minutes
    )
    with Progress(console=errors) as progress:
        values = measure(workspace_of(context), plan, ticking(progress))
    show(values, as_json=as_json, title="语言模型作答")
    if not as_json:
        for name in ("wrong", "obeyed_cases"):
            for slip in values[name]:
                Console().print(f"[{slip['id']}] “{slip['words']}”：{slip['context']}", markup=False)
