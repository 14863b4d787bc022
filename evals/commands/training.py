"""`xiaoer evals train-ranker` and `folds`: learn the ranking from known links, and measure what that is worth."""

import functools
import importlib.util
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking, workspace_of


def train_ranker_command(
    context: typer.Context,
    for_evals: Annotated[bool, typer.Option("--for-evals", help="训练评测用的知识库，而不是本机的知识库")] = False,
    off: Annotated[bool, typer.Option("--off", help="停用训练过的排序，回到出厂的权重")] = False,
    questions: Annotated[int, typer.Option(min=100, help="交叉验证时试多少个问题")] = 1500,
    encoder: Annotated[
        bool | None,
        typer.Option(help="连问题的编码器一起训练（两个核约半小时）；默认：装了 xiaoer[models] 就训练，否则只拟合映射"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """用已确认的问答链接训练排序；训练前一直用出厂权重。运行中的服务重启后生效。"""
    from evals import ranker
    from evals.errors import Missing
    from knowledge import ranking

    workspace = workspace_of(context)
    home = workspace.home if for_evals else workspace.own_home
    if off:
        show({"训练过的排序": "已停用" if ranking.forget(home) else "本来就没有"}, as_json=as_json, title="排序")
        return
    installed = all(importlib.util.find_spec(name) for name in ("onnx", "torch"))
    if encoder and not installed:
        raise Missing("没有安装训练编码器要用的软件包", "pip install 'xiaoer[models]'，或者用 --no-encoder 只拟合映射")
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        service = (
            workspace.prepared(lambda done, total: tick("建索引", done, total))[0] if for_evals else workspace.own()
        )
        try:
            known = ranker.known_questions(service)
            if installed and encoder is not False:
                from evals import ranker_encoder

                trained = ranker_encoder.train(service, known, questions=questions, on_progress=tick)
            else:
                trained = ranker.train(service, known, questions=questions, on_progress=tick)
        finally:
            service.close()
    ranking.write(home, trained)
    show({**trained.measured, "data": trained.data, "file": str(home / ranking.FILE)}, as_json=as_json, title="排序")


def folds_command(
    context: typer.Context,
    corpus: Annotated[Path, typer.Option(help="条文，JSON Lines（可 gz）")],
    queries: Annotated[Path, typer.Option(help="问题，TSV")],
    qrels: Annotated[Path, typer.Option(help="相关条文，TSV")],
    as_json: AsJson = False,
) -> None:
    """五折：调权重、问题映射、记忆各值多少；每一折学到的都只来自另外四折，附配对自助法区间。"""
    from evals import folds, retrieval
    from evals.errors import Missing

    embedding = workspace_of(context).open_embedding()
    if embedding is None:
        raise Missing("没有语义模型，五折没有可学的", "先运行 xiaoer doctor 看看原因")
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        data = folds.prepare(retrieval.load(corpus, queries, qrels), embedding, tick)
        values = {
            f"{name}（{synonyms}）": figures.to_json()
            for synonyms, one in data.items()
            for name, figures in folds.evaluate(one, tick).items()
        }
    show(values, as_json=as_json, title="五折")


def calibrate_command(
    context: typer.Context,
    links: Annotated[int, typer.Option(min=0, help="用多少条问答链接，各问两次：条款在，条款拿走")] = 500,
    write: Annotated[bool, typer.Option("--write", help="写进 assistant/answerability.json")] = False,
    as_json: AsJson = False,
) -> None:
    """用开发题集和问答链接拟合“答不答得了”的分数；冻结的题集不参与。"""
    import json

    from assistant import answerability
    from evals import calibrate

    with Progress(console=errors) as progress:
        tick = ticking(progress)
        service = workspace_of(context).prepared(lambda done, total: tick("建索引", done, total))[0]
        try:
            trained = service.embedding is not service.asking
            given = calibrate.examples(service, links, lambda done, total: tick("提问", done, total))
        finally:
            service.close()
    values = calibrate.fit(given)
    if write:
        kept = json.loads(answerability.FILE.read_text(encoding="utf-8"))
        kept[answerability.TRAINED if trained else answerability.AS_SHIPPED] = values
        answerability.FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    show(values, as_json=as_json, title="答不答得了")


def train_grounding_command(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="写进 assistant/grounding.json")] = False,
    as_json: AsJson = False,
) -> None:
    """用开发集里忠实和改错的回答拟合核对的权重；冻结的题集和留出的三分之一不参与。"""
    import json

    from assistant import trust
    from evals import train_grounding
    from evals.errors import Missing

    embedding = workspace_of(context).open_embedding()
    if embedding is None:
        raise Missing("没有语义模型，拟合不出带向量的一份", "先运行 xiaoer doctor 看看原因")
    values: dict[str, object] = {"data": train_grounding.fingerprint()}
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        for name, model in (("with_meaning", embedding), ("words_alone", None)):
            given = train_grounding.examples(model, functools.partial(tick, name))
            values[name] = train_grounding.fit(given)
    if write:
        trust.FILE.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    show(values, as_json=as_json, title="核对的权重")
