"""`xiaoer evals questions`, `scopes`, `refusal` and `grounding`: one bar of the project each."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from evals.terminal import AsJson, WithModel, errors, measured, show, ticking, workspace_of

MOST_SHOWN = 20
OnlyFast = Annotated[bool, typer.Option("--fast", help="只用项目自带的示例知识库，每台机器结果相同")]


def questions_command(
    context: typer.Context,
    sets: Annotated[str, typer.Option(help="用逗号分开的题集名；默认全部有答案的题集")] = "",
    fast: OnlyFast = False,
    as_json: AsJson = False,
) -> None:
    """自有问题：答案所在条款是否排在第一、前三、前十；错别字、口语、一句多问各丢多少。"""
    from evals import pairs, questions, runs

    names = [name for name in sets.split(",") if name] or list(questions.ANSWERABLE)
    with Progress(console=errors) as progress:
        results = runs.rankings(workspace_of(context), ticking(progress), names, fast=fast)
    values = {**questions.report(results).to_json(), **pairs.report(results).to_json()}
    show(values, as_json=as_json, title="自有问题")
    if not as_json:
        for case in values["wrong"]:
            _say(f"[{case['id']}] {case['question']}（{case['region']}）")
            _say(f"  应为 {case['expected']}  找到 {case['found']}")


def scopes_command(
    context: typer.Context,
    fast: OnlyFast = False,
    with_model: WithModel = False,
    as_json: AsJson = False,
) -> None:
    """指定日期与指定地区的题：答得对不对，有没有把失效的、别处的规定当成有约束力（看全部题集的每条依据）。"""
    from evals import runs, scopes

    with Progress(console=errors) as progress:
        workspace = measured(context, with_model=with_model)
        asked = runs.answers(workspace, ticking(progress), fast=fast)
    values = scopes.report(asked).to_json()
    show(values, as_json=as_json, title="日期与地区")
    if not as_json:
        for one in values["binding"][:MOST_SHOWN]:
            _say(f"[{one['id']}] {one['wrong']}：{one['question']}（{one['region']}，{one['on']}） ← {one['source']}")
        for one in values["missed"][:MOST_SHOWN]:
            _say(f"[{one['id']}] {one['question']}（{one['region']}，{one['on']}）")
            _say(f"  应为 {one['expected']}  依据 {one['found']}")


def refusal_command(
    context: typer.Context,
    fast: OnlyFast = False,
    corpus: Annotated[Path | None, typer.Option(help="STARD 格式的条文；三个文件都给才测“拿走条文”")] = None,
    queries: Annotated[Path | None, typer.Option(help="问题，TSV")] = None,
    qrels: Annotated[Path | None, typer.Option(help="相关条文，TSV")] = None,
    with_model: WithModel = False,
    as_json: AsJson = False,
) -> None:
    """有依据的题与没有依据的题分不分得开：一半选阈值，另一半报告；拿走条文后作答把握降不降。"""
    from evals import refusal, runs

    workspace = measured(context, with_model=with_model)
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        report = refusal.report(runs.answers(workspace, tick, fast=fast, sets=runs.REFUSAL_SETS))
        values = report.to_json()
        if corpus and queries and qrels:
            values["withheld"] = runs.withheld_of(workspace, (corpus, queries, qrels), tick).to_json()
    show(values, as_json=as_json, title="拒答")
    if not as_json:
        for name in ("answered_unanswerable", "refused_answerable"):
            for one in values[name][:MOST_SHOWN]:
                _say(f"[{one['id']}] {one['confidence']:.3f} {one['class']} {one['question']} {one['found']}")


def grounding_command(
    context: typer.Context, fast: OnlyFast = False, with_model: WithModel = False, as_json: AsJson = False
) -> None:
    """改动一个事实的回答被拦下多少，忠实的回答被误拒多少；分两组，列出漏过的。"""
    from evals import grounding

    workspace = measured(context, with_model=with_model)
    with Progress(console=errors) as progress, closing(workspace.open(workspace.kept("sample"))) as service:
        tick = ticking(progress)
        report = grounding.evaluate(
            service.embedding,
            model=service.model,
            sample_only=fast,
            on_progress=lambda done, total: tick("核查", done, total),
        )
    values = report.to_json()
    show(values, as_json=as_json, title="依据核查")
    if not as_json:
        for name in ("slipped_through", "wrongly_rejected"):
            for one in values[name][:MOST_SHOWN]:
                _say(f"[{one['id']}] {one['kind']} {one['changed']} {one['problems'] or ''}")


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False)
