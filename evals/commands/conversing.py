"""`xiaoer evals dialogues` and `personal-data`: how conversations go, and what is masked in them."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from evals.commands.quality import MOST_SHOWN, OnlyFast
from evals.errors import Missing
from evals.terminal import AsJson, WithModel, errors, measured, show, ticking, workspace_of

if TYPE_CHECKING:
    from evals.dialogue_cases import Dialogue


def dialogues_command(
    context: typer.Context,
    development: Annotated[bool, typer.Option("--development", help="用开发集，而不是冻结的题集")] = False,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="用改流程时没有看过的题集：只报成绩，不列没通过的题")
    ] = False,
    only: Annotated[str, typer.Option(help="只做这些类别，用逗号分开")] = "",
    fast: OnlyFast = False,
    html: Annotated[Path | None, typer.Option(help="写成一页：分类的图、没通过的对话")] = None,
    with_model: WithModel = False,
    as_json: AsJson = False,
) -> None:
    """对话：行为表每一行有多少题整行都做到；多轮、口语、错别字都有，逐项确定地检查。"""
    from evals.dialogue_cases import DEVELOPMENT, FROZEN, UNSEEN
    from evals.dialogue_runs import run

    if development and unseen:
        raise Missing("--development 和 --unseen 是两套题", "一次只用一个")
    names = DEVELOPMENT if development else UNSEEN if unseen else (FROZEN,)
    with Progress(console=errors) as progress:
        dialogues = _chosen(names, only)
        workspace = measured(context, with_model=with_model)
        values = run(workspace, dialogues, ticking(progress), fast=fast).to_json()
    if unseen:  # once read, they are unseen no more
        values["failed"] = []
    if html:
        _write(html, values)
    show(values, as_json=as_json, title="对话")
    if development and not as_json:
        _say_failed(values)


def _say_failed(values: dict[str, Any]) -> None:
    for one in values["failed"][:MOST_SHOWN]:
        _say(f"[{one['id']}] {one['question']}")
        for problem in one["problems"]:
            _say(f"  {problem}")


def dialogues_with_model_command(
    context: typer.Context,
    base_url: Annotated[str, typer.Option(help="OpenAI 兼容的地址，到 /v1")],
    model: Annotated[str, typer.Option(help="模型名")],
    each: Annotated[int, typer.Option(min=1, help="每类做头几题")] = 1,
    reads: Annotated[
        bool, typer.Option("--reads", help="模型还判断每句话属于哪一类、哪几条写明了所问的事（XIAOER_MODEL_READS）")
    ] = False,
    only: Annotated[str, typer.Option(help="只做这些类别，用逗号分开")] = "",
    as_json: AsJson = False,
) -> None:
    """对话，真实的语言模型参与选流程、改写追问和作答：与不用模型的结果放在一起看。

    只做开发集里用示例知识库的题。
    """
    from evals.dialogue_cases import DEVELOPMENT
    from evals.dialogue_runs import compare, first_of_each

    with Progress(console=errors) as progress:
        dialogues = first_of_each(_chosen(DEVELOPMENT, only), each)
        values = compare(
            workspace_of(context), dialogues, ticking(progress), base_url=base_url, model=model, reads=reads
        )
    show(values, as_json=as_json, title="对话，有语言模型")
    if not as_json:
        _say_failed(values)


def _chosen(names: Iterable[str], only: str) -> "list[Dialogue]":
    from evals.dialogue_cases import load

    wanted = {name for name in only.split(",") if name}
    dialogues = [one for name in names for one in load(name) if not wanted or one.kind in wanted]
    if not dialogues:
        raise Missing(f"没有 {only} 这样的题", "类别见 evals/datasets/README-dialogues.md")
    return dialogues


def _write(file: Path, values: dict[str, Any]) -> None:
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        raise Missing("没有安装 matplotlib，画不了图", '先运行 pip install "xiaoer[report]"')
    from evals import dialogue_page

    file.write_text(dialogue_page.render(values), encoding="utf-8")


def personal_data_command(
    laws: Annotated[bool, typer.Option(help="再看法规里误遮盖多少（要有 shared/corpus/laws）")] = True,
    as_json: AsJson = False,
) -> None:
    """个人信息：手写与生成的输入里遮盖了多少，分种类；法规段落里误遮盖多少。"""
    from evals import personal_data
    from evals.personal_made import made

    report = personal_data.evaluate([*personal_data.load(), *made()], personal_data.law_passages() if laws else ())
    values = report.to_json()
    show(values, as_json=as_json, title="个人信息")
    if not as_json:
        for name in ("missed", "wrongly_masked"):
            for one in values[name][:MOST_SHOWN]:
                _say(f"[{one['id']}] {one['question']} → {one['masked']}")


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False)
