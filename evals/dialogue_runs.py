"""Which dialogues are held over which knowledge base."""

from collections.abc import Sequence
from contextlib import closing

from evals.dialogue_cases import NOW, Dialogue
from evals.dialogues import DialogueReport, Judged, evaluate, public_facts
from evals.errors import Missing
from evals.talking import Conversing
from evals.terminal import Tick, errors
from evals.workspace import SEEDS, Service, Workspace


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
        service, _ = workspace.prepared(lambda done, total: tick("建索引", done, total))
        with closing(service):
            judged += talked(service, seeds, tick).judged
    return DialogueReport(judged)


def talked(service: Service, dialogues: Sequence[Dialogue], tick: Tick) -> DialogueReport:
    if not isinstance(service, Conversing):
        raise Missing("这个版本没有对话引擎", "更新到有 assistant/responder.py 的版本")
    known = public_facts(service.database)
    return evaluate(dialogues, service, known, lambda done, total: tick("对话", done, total))
