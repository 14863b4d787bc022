"""`xiaoer evals eligibility` and `xiaoer bench rules`: the rulebook, its engine and its interviews."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from evals.terminal import AsJson, errors, show, ticking


def eligibility_command(
    profiles: Annotated[int, typer.Option(min=1, help="每一版政策抽多少组回答")] = 40,
    seed: Annotated[int, typer.Option(help="抽样的种子")] = 5,
    as_json: AsJson = False,
) -> None:
    """自测：例子、判得对不对（与穷举比对）、问得多不多（与最优问法比）。"""
    from evals import eligibility, interviews
    from knowledge.rules.engine import shipped

    engine = shipped()
    with Progress(console=errors) as progress:
        tick = ticking(progress)
        sound = eligibility.soundness(
            engine, per_edition=profiles, seed=seed, on_progress=lambda done, total: tick("穷举", done, total)
        )
        asked = interviews.compare(engine, on_progress=lambda done, total: tick("问法", done, total))
    if not as_json:
        asked.pop("rows")
    values = {"worked_cases": eligibility.worked_cases(engine), "soundness": sound.to_json(), "interview": asked}
    show(values, as_json=as_json, title="自测")


def fact_pickup_command(
    file: Annotated[
        list[Path] | None,
        typer.Option(help="句子，JSON Lines，可以给几份；默认两份冻结的 evals/datasets/fact_sentences*.jsonl"),
    ] = None,
    development: Annotated[bool, typer.Option("--development", help="开发集：连同认错、漏认的句子")] = False,
    as_json: AsJson = False,
) -> None:
    """从口语里认出事实（不用语言模型）：认对多少，有没有编的；几份数据合计，也分别给出。"""
    from evals import fact_pickup
    from knowledge.rules.engine import shipped

    files = file or (fact_pickup.DEVELOPMENT if development else fact_pickup.FROZEN)
    values = fact_pickup.evaluate(shipped(), files, cases=development or bool(file))
    if not as_json and development:
        for case in values["cases"]:
            errors.print(f"{case['id']} {case['text']}\n  说了 {case['said']}  认出 {case['heard']}", highlight=False)
    if not as_json:
        values.pop("cases", None)
    show(values, as_json=as_json, title="认出事实")


def rules_command(
    rounds: Annotated[int, typer.Option(min=1, help="重复几遍，取中位数")] = 5, as_json: AsJson = False
) -> None:
    """一次判定（含逐条记录）多少微秒；一份情况对一千项政策多少毫秒。"""
    from evals import eligibility
    from knowledge.rules.engine import shipped

    show(eligibility.speed(shipped(), rounds=rounds), as_json=as_json, title="规则引擎")
