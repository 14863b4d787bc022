"""`xiaoer evals` and `xiaoer bench`: every bar of the project is measured by one of these."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from evals.commands import asking, conversing, eligibility, quality, reports, talking, training, writing
from evals.errors import Missing
from evals.terminal import AsJson, errors, show, ticking, workspace_of

evals_app = typer.Typer(help="评测：找得准不准、答得对不对", no_args_is_help=True)
bench_app = typer.Typer(help="测速：入库、启动、内存；旁边总有同一次运行的参照", no_args_is_help=True)
evals_app.command("questions")(quality.questions_command)
evals_app.command("scopes")(quality.scopes_command)
evals_app.command("refusal")(quality.refusal_command)
evals_app.command("grounding")(quality.grounding_command)
evals_app.command("written")(writing.written_command)
evals_app.command("dialogues")(conversing.dialogues_command)
evals_app.command("dialogues-with-model")(conversing.dialogues_with_model_command)
evals_app.command("personal-data")(conversing.personal_data_command)
evals_app.command("report")(reports.report_command)
evals_app.command("baseline")(reports.baseline_command)
evals_app.command("train-ranker")(training.train_ranker_command)
evals_app.command("folds")(training.folds_command)
evals_app.command("calibrate")(training.calibrate_command)
evals_app.command("train-grounding")(training.train_grounding_command)
evals_app.command("eligibility")(eligibility.eligibility_command)
evals_app.command("fact-pickup")(eligibility.fact_pickup_command)
bench_app.command("rules")(eligibility.rules_command)
bench_app.command("store")(asking.store_command)
bench_app.command("questions")(asking.questions_command)
bench_app.command("conversations")(talking.conversations_command)


@evals_app.command("retrieval")
def retrieval_command(
    context: typer.Context,
    corpus: Annotated[Path, typer.Option(help="条文，JSON Lines（可 gz）：id、law、art、sec、content")],
    queries: Annotated[Path, typer.Option(help="问题，TSV：编号、问题")],
    qrels: Annotated[Path, typer.Option(help="相关条文，TSV：问题编号、条文编号")],
    as_json: AsJson = False,
) -> None:
    """任意 STARD 格式的检索集：recall@5/10/20/100 与 MRR@10。"""
    from evals import retrieval

    benchmark = retrieval.load(corpus, queries, qrels)
    embedding = workspace_of(context).open_embedding()
    with Progress(console=errors) as progress:
        report = retrieval.evaluate(benchmark, embedding, on_progress=ticking(progress))
    show(report.to_json(), as_json=as_json, title="检索")


@evals_app.command("overlap")
def overlap_command(
    context: typer.Context,
    count: Annotated[int, typer.Option("--questions", min=1, help="随机问题数")] = 1000,
    as_json: AsJson = False,
) -> None:
    """向量索引与逐一比对的结果前十重合多少，最差的一题是哪题。"""
    from evals import overlap, questions
    from knowledge.index_reader import fill
    from knowledge.vector_index import NumpyVectorIndex

    texts = [case.question for name in questions.ANSWERABLE for case in questions.load(name)]
    places = sorted({case.region for name in questions.ANSWERABLE for case in questions.load(name)})
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        service, _ = workspace_of(context).prepared(lambda done, total: tick("建索引", done, total))
        try:
            exact = NumpyVectorIndex()
            if service.embedding is not None:
                fill(exact, service.database, service.embedding, today=service.today())
            with service.indexes.searching() as indexes:
                if indexes.vectors is None:
                    raise Missing("没有向量索引", "先运行 xiaoer doctor 看看原因")
                report = overlap.compare(
                    overlap.draw(texts, places, count),
                    service,
                    indexes.vectors,
                    exact,
                    on_progress=lambda done, total: tick("比对", done, total),
                )
        finally:
            service.close()
    show(report.to_json(), as_json=as_json, title="与逐一比对的重合")


@bench_app.command("ingest")
def ingest_command(
    context: typer.Context,
    path: Annotated[Path | None, typer.Option(help="要计时的文件夹；默认 shared/corpus/laws")] = None,
    as_json: AsJson = False,
) -> None:
    """只建字词索引的入库用时，以及原样再来一遍的用时。"""
    from evals import speed
    from evals.workspace import LAWS

    show(
        speed.ingest_words_only(workspace_of(context), path or LAWS).to_json(), as_json=as_json, title="入库（仅字词）"
    )


@bench_app.command("vectors")
def vectors_command(
    context: typer.Context,
    path: Annotated[Path | None, typer.Option(help="文件夹；默认 shared/corpus/laws")] = None,
    files: Annotated[int, typer.Option(min=1, help="取多少个文件")] = 12,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    as_json: AsJson = False,
) -> None:
    """带向量入库的速度，与同一批段落上裸编码器的速度之比。"""
    from evals import speed
    from evals.workspace import LAWS
    from ingest.pipeline import find_files

    chosen = list(find_files([path or LAWS]))
    step = max(1, len(chosen) // files)
    report = speed.ingest_with_vectors(workspace_of(context), chosen[::step][:files], rounds=rounds)
    show(report.to_json(), as_json=as_json, title="入库（带向量）")


@bench_app.command("server")
def server_command(as_json: AsJson = False) -> None:
    """冷启动、热启动到第一个回答的时间，以及在进程内入库后的内存。"""
    from evals import speed

    show(speed.server().to_json(), as_json=as_json, title="服务")
