"""Which dialogues are held over which knowledge base."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from assistant.flows.answer import AnswerFlow
from assistant.responder import Knowledge, Responder
from evals.dialogue_cases import NOW, Dialogue
from evals.dialogues import DialogueReport, Judged, evaluate, facts_by_audience
from evals.errors import Missing
from evals.side_by_side import at_once
from evals.talking import Conversing
from evals.terminal import Tick, errors
from evals.workspace import SEEDS, Service, Workspace
from ingest.pipeline import Options
from knowledge.documents import Audience
from prompts.accounting import Call, Outcome

OUTCOMES = {Outcome.COMPLETE: "写完", Outcome.STOPPED: "我们叫停", Outcome.FAILED: "失败"}


def run(workspace: Workspace, dialogues: Sequence[Dialogue], tick: Tick, *, fast: bool = False) -> DialogueReport:
    """Those of the sample, and where the real documents are and `fast` is not wanted, those of the seeds."""
    sample = [one for one in dialogues if one.knowledge == "sample"]
    seeds = [one for one in dialogues if one.knowledge == "seeds"]
    judged: list[Judged] = []
    with closing(workspace.prepared_sample(NOW.date(), lambda done, total: tick("建索引", done, total))) as service:
        judged += talked(service, sample, tick).judged
    if seeds and not fast:
        if not SEEDS.is_dir():
            errors.print(f"没有真实文件 {SEEDS}：{len(seeds)} 个对话没有做")
            return DialogueReport(judged)
        with closing(workspace.open(workspace.kept("seeds"), today=NOW.date())) as service:
            service.ingest([*workspace.sample(), SEEDS], Options())
            service.catch_up(lambda done, total: tick("建索引", done, total))
            judged += talked(service, seeds, tick).judged
    return DialogueReport(judged)


def first_of_each(dialogues: Sequence[Dialogue], most: int) -> list[Dialogue]:
    """At most so many of every class, of the sample."""
    taken = Counter[str]()
    kept = []
    for one in dialogues:
        if one.knowledge == "sample" and taken[one.kind] < most:
            taken[one.kind] += 1
            kept.append(one)
    return kept


def compare(
    workspace: Workspace, dialogues: Sequence[Dialogue], tick: Tick, *, base_url: str, model: str, reads: bool
) -> dict[str, Any]:
    """Dialogues of the sample without and with a language model; and what it was asked for, and how that ended."""
    without = run(workspace, dialogues, tick, fast=True)
    home = workspace.kept("sample")
    with closing(
        workspace.open_with_model(
            home, lambda written: None, base_url=base_url, model=model, reads=reads, today=NOW.date()
        )
    ) as service:
        if service.model is None:
            raise Missing("没有语言模型", "给出 --base-url 和 --model")
        calls, told = Counter[str](), service.model.on_call

        def note(call: Call) -> None:
            calls[f"{call.prompt}：{OUTCOMES[call.outcome]}"] += 1
            told(call)

        service.model.on_call = note
        service.catch_up()
        service.model.prepare()
        with_model = talked(service, dialogues, tick)
    return {
        **with_model.to_json(),
        "without_model": {"passed": without.passed.to_json(), "safety": without.safety.to_json()},
        "model_calls": dict(sorted(calls.items())),
        "only_with_model": sorted(with_model.ids_passed - without.ids_passed),
        "only_without_model": sorted(without.ids_passed - with_model.ids_passed),
    }


def talked(service: Service, dialogues: Sequence[Dialogue], tick: Tick) -> DialogueReport:
    known = facts_by_audience(service.database)
    return evaluate(
        dialogues,
        engine_of(service),
        known,
        lambda done, total: tick("对话", done, total),
        at_once=at_once(service.model),
    )


@dataclass(frozen=True, slots=True)
class _Engine:
    knowledge: Knowledge

    def responder(self, audience: Audience = Audience.PUBLIC) -> Responder:
        return Responder(self.knowledge, audience=audience)


def engine_of(service: Service) -> Conversing:
    """The engine as the product runs it, with nothing of this installation's own words."""
    if not isinstance(service.answers, AnswerFlow):
        raise Missing("这个知识库没有作答的流程", "用 xiaoer 自己打开的知识库")
    return _Engine(Knowledge(service.database, service.library, service.answers, service.embedding, service.model))
