"""Which dialogues are held over which knowledge base."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.flows.answer import AnswerFlow
from assistant.responder import Knowledge, Responder
from evals.dialogue_cases import NOW, Dialogue
from evals.dialogues import DialogueReport, Judged, evaluate, facts_by_audience
from evals.errors import Missing
from evals.talking import Conversing
from evals.terminal import Tick, errors
from evals.workspace import SEEDS, Service, Workspace
from ingest.pipeline import Options
from knowledge.documents import Audience


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
        with closing(workspace.open(workspace.cache / "evals" / "seeds", today=NOW.date())) as service:
            service.ingest([*workspace.sample(), SEEDS], Options())
            service.catch_up(lambda done, total: tick("建索引", done, total))
            judged += talked(service, seeds, tick).judged
    return DialogueReport(judged)


def talked(service: Service, dialogues: Sequence[Dialogue], tick: Tick) -> DialogueReport:
    known = facts_by_audience(service.database)
    return evaluate(dialogues, engine_of(service), known, lambda done, total: tick("对话", done, total))


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
