"""`xiaoer evals written`: a run with a real language model, from the draw of the questions to the report."""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import Missing
from evals.workspace import Service, Workspace
from evals.written import Run, Telling
from evals.written_cases import POISONED, Asked
from evals.written_report import WrittenReport, choose, transcripts
from ingest.pipeline import Options

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is not given comes from the settings."""

    base_url: str | None = None
    model: str | None = None
    api_key_env: str | None = None

    def api_key(self) -> str | None:
        """Out of the environment: what stands on a command line is seen by everybody on the machine."""
        if self.api_key_env is None:
            return None
        if self.api_key_env not in os.environ:
            raise Missing(f"环境变量 {self.api_key_env} 没有设置", "把密钥放进去再运行")
        return os.environ[self.api_key_env]


@dataclass(frozen=True, slots=True)
class Plan:
    cases: list[Asked]
    file: Path
    endpoint: Endpoint
    home: Path | None = None
    """A knowledge base that is used as it is; by default sample, seeds and laws are taken into one."""
    resume: bool = False
    transcripts: int = 10
    minutes: float | None = None


def measure(workspace: Workspace, plan: Plan, tick: Tick) -> dict[str, Any]:
    """The report; JSON and transcripts are written beside the results."""
    plan.file.parent.mkdir(parents=True, exist_ok=True)
    over = None if plan.minutes is None else time.monotonic() + plan.minutes * 60
    telling = Telling()
    with contextlib.ExitStack() as stack:
        services = _Services(workspace, plan, telling, tick, stack)
        run = Run(plan.file, lambda case: telling.ask(case, services.fitting(case).answers))
        if plan.resume:
            run.resume()
        elif plan.file.exists():
            raise Missing(f"{plan.file} 里已经有结果", "加 --resume 接着做，或者用 --out 换一个文件")
        rows = run.go(
            plan.cases,
            lambda done, total: tick("提问", done, total),
            is_over=lambda: over is not None and time.monotonic() > over,
        )
    report = WrittenReport(rows, workspace.price).to_json()
    plan.file.with_suffix(".report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    plan.file.with_suffix(".md").write_text(transcripts(choose(rows, plan.transcripts)), encoding="utf-8")
    return report


class _Services:
    """The knowledge base and, apart from it, the one with the poisoned document; each opened when first asked."""

    def __init__(
        self, workspace: Workspace, plan: Plan, telling: Telling, tick: Tick, stack: contextlib.ExitStack
    ) -> None:
        self._workspace, self._plan, self._telling, self._tick = workspace, plan, telling, tick
        self._stack = stack
        self._opened: dict[bool, Service] = {}

    def fitting(self, case: Asked) -> Service:
        if case.poisoned not in self._opened:
            ways = {False: self._usual, True: self._poisoned}
            self._opened[case.poisoned] = self._stack.enter_context(ways[case.poisoned]())
        return self._opened[case.poisoned]

    @contextlib.contextmanager
    def _usual(self) -> Iterator[Service]:
        with self._opened_at(self._plan.home or self._workspace.home) as service:
            if self._plan.home is None:
                self._workspace.take_in(service, lambda done, total: self._tick("建索引", done, total))
            else:
                service.catch_up()
            yield service

    @contextlib.contextmanager
    def _poisoned(self) -> Iterator[Service]:
        with tempfile.TemporaryDirectory(prefix="xiaoer-evals-") as folder, self._opened_at(Path(folder)) as service:
            service.ingest([*self._workspace.sample(), POISONED], Options())
            service.catch_up()
            yield service

    @contextlib.contextmanager
    def _opened_at(self, home: Path) -> Iterator[Service]:
        endpoint = self._plan.endpoint
        service = self._workspace.open_with_model(
            home,
            self._telling.on_written,
            base_url=endpoint.base_url,
            model=endpoint.model,
            api_key=endpoint.api_key(),
        )
        try:
            if service.model is None:
                raise Missing(
                    "没有配置语言模型",
                    "设置 XIAOER_MODEL_BASE_URL 和 XIAOER_MODEL_NAME，或者给出 --base-url 和 --model",
                )
            service.model.prepare()
            yield service
        finally:
            service.close()
