"""All measurements of answers in one go, as values by name."""

import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import func, select

from evals import (
    dialogue_cases,
    dialogue_runs,
    grounding,
    pairs,
    personal_data,
    questions,
    refusal,
    retrieval,
    runs,
    scopes,
    withheld,
)
from evals.asking import Asked
from evals.personal_made import made
from evals.questions import ANSWERABLE, WRITTEN_ON, result_of
from evals.speed import load_average
from evals.terminal import Tick
from evals.workspace import Service, Workspace
from knowledge.schema import documents, passages


def measure(workspace: Workspace, tick: Tick, *, fast: bool) -> dict[str, Any]:
    started = time.monotonic()
    with closing(runs.open_prepared(workspace, tick, fast=fast)) as service:
        values = of_service(service, tick, fast=fast)
    values |= of_conversations(workspace, tick, fast=fast)
    if not fast:
        values |= _of_stard(workspace, tick)
    values["about"]["seconds"] = round(time.monotonic() - started)
    return values


def of_service(service: Service, tick: Tick, *, fast: bool) -> dict[str, Any]:
    """What one open knowledge base is measured by."""
    asked = runs.answers_of(service, tick, fast=fast)
    checked = grounding.evaluate(
        service.embedding, sample_only=fast, on_progress=lambda done, total: tick("核查", done, total)
    )
    return {"about": _about(service, fast=fast), **of_answers(asked), "grounding": checked.to_json()}


def of_answers(asked: Sequence[Asked]) -> dict[str, Any]:
    """Everything that is read from answers to the frozen sets."""
    results = [result_of(one.case, one.finding) for one in asked if one.case.source in ANSWERABLE]
    return {
        "questions": {**questions.report(results).to_json(), **pairs.report(results).to_json()},
        "scopes": scopes.report(asked).to_json(),
        "refusal": refusal.report(runs.for_refusal(asked)).to_json(),
    }


def of_conversations(workspace: Workspace, tick: Tick, *, fast: bool) -> dict[str, Any]:
    """What conversations are measured by: dialogues, and what is masked in them."""
    laws = () if fast else personal_data.law_passages()
    return {
        "dialogues": dialogue_runs.run(workspace, dialogue_cases.load(), tick, fast=fast).to_json(),
        "personal_data": personal_data.evaluate([*personal_data.load(), *made()], laws).to_json(),
    }


def _of_stard(workspace: Workspace, tick: Tick) -> dict[str, Any]:
    files = runs.stard_files()
    if files is None:
        return {}
    benchmark, embedding = retrieval.load(*files), workspace.open_embedding()
    started = time.monotonic()
    rankings = retrieval.rank(benchmark, embedding, on_progress=tick)
    model = embedding.name if embedding else None
    return {
        "retrieval": retrieval.report(benchmark, rankings, model, time.monotonic() - started).to_json(),
        "withheld": withheld.evaluate(benchmark, rankings, withheld.scorer_of_product()).to_json(),
    }


def _about(service: Service, *, fast: bool) -> dict[str, Any]:
    with service.database.reading() as tx:
        counts = [tx.execute(select(func.count()).select_from(table)).scalar_one() for table in (documents, passages)]
    return {
        "sets_of": WRITTEN_ON.isoformat(),
        "fast": fast,
        "documents": counts[0],
        "passages": counts[1],
        "model": service.embedding.name if service.embedding else None,
        "load_average": round(load_average(), 1),
    }
