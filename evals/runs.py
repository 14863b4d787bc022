"""The measurements in order: which cases are put to which knowledge base."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from evals import asking, questions, refusal, retrieval, withheld
from evals.asking import ALL_SETS, Asked
from evals.questions import Case, Result
from evals.terminal import Tick, errors
from evals.workspace import SHARED, Service, Workspace
from knowledge.schema import documents

REFUSAL_SETS = (*questions.ANSWERABLE, refusal.UNANSWERABLE)
STARD = ("corpus.jsonl.gz", "train.queries.tsv", "train.qrels.tsv")


def answers(workspace: Workspace, tick: Tick, *, fast: bool = False, sets: Sequence[str] = ALL_SETS) -> list[Asked]:
    """Every case of these frozen sets, answered; with `fast` those that the sample alone can answer."""
    with closing(open_prepared(workspace, tick, fast=fast)) as service:
        return answers_of(service, tick, fast=fast, sets=sets)


def answers_of(service: Service, tick: Tick, *, fast: bool, sets: Sequence[str] = ALL_SETS) -> list[Asked]:
    cases = cases_for(service, sets, fast=fast)
    return asking.ask(service, cases, on_progress=lambda done, total: tick("提问", done, total))


def rankings(workspace: Workspace, tick: Tick, sets: Sequence[str], *, fast: bool = False) -> list[Result]:
    """The same without an answer: where the library puts the right clause."""
    with closing(open_prepared(workspace, tick, fast=fast)) as service:
        cases = cases_for(service, sets, fast=fast)
        return questions.run(cases, service.library, on_progress=lambda done, total: tick("提问", done, total))


def cases_for(service: Service, sets: Sequence[str] = ALL_SETS, *, fast: bool) -> list[Case]:
    cases = [case for name in sets for case in questions.load(name)]
    return answerable_here(service, cases) if fast else cases


def open_prepared(workspace: Workspace, tick: Tick, *, fast: bool) -> Service:
    def indexing(done: int, total: int) -> None:
        tick("建索引", done, total)

    if fast:
        return workspace.prepared_sample(questions.WRITTEN_ON, indexing)
    service, missing = workspace.prepared(indexing)
    for path in missing:
        errors.print(f"没有真实文件 {path}：出自其中的题都会算作没找到（只用示例的评测是 --fast）")
    return service


def answerable_here(service: Service, cases: Sequence[Case]) -> list[Case]:
    """Cases whose clauses are in this knowledge base, and all that must not be answered anyway."""
    with service.database.reading() as tx:
        titles = set(tx.execute(select(documents.c.title)).scalars())

    def is_here(case: Case) -> bool:
        wanted = case.parts or ((case.expected,) if case.expected else ())
        return all(any(one.title in titles for one in part) for part in wanted)

    return [case for case in cases if is_here(case)]


def for_refusal(asked: Sequence[Asked]) -> list[Asked]:
    return [one for one in asked if one.case.source in REFUSAL_SETS]


def withheld_of(workspace: Workspace, files: tuple[Path, Path, Path], tick: Tick) -> withheld.WithheldReport:
    benchmark = retrieval.load(*files)
    rankings = retrieval.rank(benchmark, workspace.open_embedding(), on_progress=tick)
    return withheld.evaluate(benchmark, rankings, withheld.scorer_of_product())


def stard_files() -> tuple[Path, Path, Path] | None:
    """The benchmark beside the checkout, where it is."""
    corpus, queries, qrels = (SHARED / "benchmarks" / "stard" / name for name in STARD)
    return (corpus, queries, qrels) if corpus.is_file() else None
