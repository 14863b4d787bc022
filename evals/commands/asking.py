"""`xiaoer bench store` and `xiaoer bench questions`: what one question costs in a large store."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking, workspace_of


def store_command(
    context: typer.Context,
    passages: Annotated[int, typer.Option(min=10, help="段落总数")] = 150_000,
    chain: Annotated[int, typer.Option(min=0, help="其中提问者本地到全国的段落；0 为全部")] = 0,
    regions: Annotated[int, typer.Option(min=1, help="有自己规定的城市数")] = 1,
    articles: Annotated[Path | None, typer.Option(help="条文，JSON Lines（gz）；默认 shared/corpus")] = None,
) -> None:
    """建一个给定大小的知识库，供 bench questions 用；向量是随机的，其余都是真的。"""
    from evals import scale, scale_store

    shape = scale.Shape(passages, chain or passages, regions)
    with Progress(console=errors) as progress:
        scale_store.prepare(workspace_of(context), shape, articles or scale.ARTICLES, ticking(progress))


def questions_command(
    context: typer.Context,
    passages: Annotated[int, typer.Option(min=10, help="段落总数")] = 150_000,
    chain: Annotated[int, typer.Option(min=0, help="其中提问者本地到全国的段落；0 为全部，多个地区时为 16000")] = 0,
    regions: Annotated[str, typer.Option(help="有自己规定的城市数；给出几个（1,10,100）就逐个比较")] = "1",
    questions: Annotated[int, typer.Option(min=0, help="问多少个不同的问题；0 为全部")] = 0,
    articles: Annotated[Path | None, typer.Option(help="条文，JSON Lines（gz）；默认 shared/corpus")] = None,
    as_json: AsJson = False,
) -> None:
    """大知识库里一个问题要多久：每一步、整个回答、模型开口之前，与裸编码器之比；内存、磁盘、启动。"""
    from evals import question_speed, scale, scale_runs, scale_store

    counts, file = [int(count) for count in regions.split(",")], articles or scale.ARTICLES
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        if len(counts) > 1:
            shapes = scale.growing(passages, chain or scale_runs.CHAIN, counts)
            values = scale_runs.by_regions(shapes, file, questions, lambda done: tick("知识库", done, len(shapes)))
        else:
            shape = scale.Shape(passages, chain or passages, counts[0])
            scale_runs.build(shape, file)
            values = question_speed.measure(
                workspace_of(context),
                scale_store.home(workspace_of(context), shape),
                shape,
                question_speed.asked()[: questions or None],
                lambda done, total: tick("提问", done, total),
            ).to_json()
    show(values, as_json=as_json, title="提问")
