"""`xiaoer evals train-ranker`: learn the ranking from the links of a knowledge base, or forget it."""

from typing import Annotated

import typer
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking, workspace_of


def train_ranker_command(
    context: typer.Context,
    for_evals: Annotated[bool, typer.Option("--for-evals", help="训练评测用的知识库，而不是本机的知识库")] = False,
    off: Annotated[bool, typer.Option("--off", help="停用训练过的排序，回到出厂的权重")] = False,
    questions: Annotated[int, typer.Option(min=100, help="交叉验证时试多少个问题")] = 1500,
    as_json: AsJson = False,
) -> None:
    """用已确认的问答链接训练排序；训练前一直用出厂权重。运行中的服务重启后生效。"""
    from evals import ranker
    from knowledge import ranking

    workspace = workspace_of(context)
    home = workspace.home if for_evals else workspace.own_home
    if off:
        show({"训练过的排序": "已停用" if ranking.forget(home) else "本来就没有"}, as_json=as_json, title="排序")
        return
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        service = (
            workspace.prepared(lambda done, total: tick("建索引", done, total))[0] if for_evals else workspace.own()
        )
        try:
            trained = ranker.train(
                service, questions=questions, on_progress=lambda done, total: tick("训练", done, total)
            )
        finally:
            service.close()
    ranking.write(home, trained)
    show({**trained.measured, "data": trained.data, "file": str(home / ranking.FILE)}, as_json=as_json, title="排序")
