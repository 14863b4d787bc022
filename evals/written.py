"""Questions through the whole answer path with a real language model: what was written, refused and shown."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.grounding import ProblemKind
from assistant.telling import Event, Final, Opening, Said
from assistant.writing import WrittenAnswer
from evals.errors import BadDataset, Missing
from evals.questions import WRITTEN_ON
from evals.workspace import Answering
from evals.written_cases import Asked
from knowledge.library import Question

MOST_SILENT = 3
"""So many questions without a word from the model in a row: the endpoint is down, and going on measures nothing."""


class Outcome(StrEnum):
    WHOLE = "模型作答"
    PART = "模型作答一部分"
    QUOTED = "退回引原文"
    FAQ = "常见问答原文"
    REFUSED = "没有依据，不答"


@dataclass(frozen=True, slots=True)
class Row:
    """One question and all that came of it; a line of the file."""

    id: str
    group: str
    question: str
    outcome: str
    text: str
    """All that the reader saw in the end."""
    notices: list[str]
    said: list[tuple[str, list[int]]]
    """Sentences of the model that were shown while it wrote, with their citations."""
    sources: list[dict[str, Any]]
    drafts: list[str]
    """What the model wrote, raw, also what was refused."""
    problems: list[tuple[str, str]]
    """Kind and words of what grounding refused."""
    seconds: float
    opening_seconds: float | None
    """Our own time, until the model is asked."""
    first_piece_seconds: float | None
    first_sentence_seconds: float | None
    tokens_in: int = 0
    tokens_out: int = 0
    uncounted: int = 0
    """Attempts that were stopped: endpoints count tokens only at the end."""
    prompt_version: str = ""
    model: str = ""
    expected: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        """The model was asked and gave nothing at all: not its answer, but a failure of the endpoint."""
        return self.outcome == Outcome.QUOTED and bool(self.prompt_version) and not self.drafts


class Telling:
    """Listens to one answer after the other; a message of several questions is written in several parts."""

    def __init__(self) -> None:
        self._written: list[WrittenAnswer] = []

    def on_written(self, written: WrittenAnswer) -> None:
        self._written.append(written)

    def ask(self, asked: Asked, answers: Answering) -> Row:
        self._written, started = [], time.monotonic()
        question = Question(asked.question, asked.region, asked.on or WRITTEN_ON)
        events = [
            (time.monotonic() - started, event)
            for event in answers.answer_stream(question)
            if isinstance(event, Opening | Said | Final)
        ]
        return _row(asked, events, self._written)


def _row(asked: Asked, events: Sequence[tuple[float, Event]], written: Sequence[WrittenAnswer]) -> Row:
    seconds, final = events[-1]
    if not isinstance(final, Final):
        raise TypeError(final)
    opening = next((at for at, event in events if isinstance(event, Opening)), None)
    first_piece = written[0].first_piece_seconds if written else None
    attempts = [attempt for one in written for attempt in one.attempts]
    return Row(
        id=asked.id,
        group=asked.group,
        question=asked.question,
        outcome=_outcome(events, final, written),
        text=final.answer.text,
        notices=list(final.answer.notices),
        said=[(event.text, list(event.citations)) for _, event in events if isinstance(event, Said)],
        sources=[source.to_json() for source in final.answer.sources],
        drafts=[attempt.text for attempt in attempts if attempt.text],
        problems=[(problem.kind.value, problem.words) for attempt in attempts for problem in attempt.problems],
        seconds=seconds,
        opening_seconds=opening,
        first_piece_seconds=None if first_piece is None else (opening or 0.0) + first_piece,
        first_sentence_seconds=next((at for at, event in events if isinstance(event, Said)), None),
        tokens_in=sum(one.tokens_in for one in written),
        tokens_out=sum(one.tokens_out for one in written),
        uncounted=sum(_was_stopped(attempt.problems) for attempt in attempts),
        prompt_version=next((one.prompt_version for one in written if one.prompt_version), ""),
        model=written[0].model if written else "",
        expected=list(asked.expected),
        forbidden=list(asked.forbidden),
    )


def _was_stopped(problems: Sequence[Any]) -> bool:
    return any(problem.kind is not ProblemKind.EMPTY for problem in problems)


def _outcome(events: Sequence[tuple[float, Event]], final: Final, written: Sequence[WrittenAnswer]) -> Outcome:
    if not final.answer.answered:
        return Outcome.REFUSED
    if any(one.said for one in written):
        return Outcome.WHOLE if all(one.said and one.is_whole for one in written) else Outcome.PART
    was_opened = any(isinstance(event, Opening) for _, event in events)
    return Outcome.QUOTED if was_opened else Outcome.FAQ


@dataclass(slots=True)
class Run:
    """Results are written as they come: a run that was stopped goes on where it was."""

    file: Path
    ask: Callable[[Asked], Row]
    rows: list[Row] = field(default_factory=list)

    def resume(self) -> None:
        self.rows = read(self.file)

    def go(
        self,
        cases: Sequence[Asked],
        on_progress: Callable[[int, int], None] = lambda done, total: None,
        *,
        is_over: Callable[[], bool] = lambda: False,
    ) -> list[Row]:
        """Ask what has no result yet; raises Missing when the endpoint is silent."""
        wanted, silent = {case.id for case in cases}, 0
        self.rows = [row for row in self.rows if row.id in wanted]
        known = {row.id for row in self.rows}
        for case in cases:
            on_progress(len(self.rows), len(cases))
            if case.id in known:
                continue
            if is_over():
                break
            row = self.ask(case)
            silent = silent + 1 if row.is_silent else 0
            if silent == MOST_SILENT:
                raise Missing("语言模型连续没有答复", "修好后加 --resume 接着做")
            if not row.is_silent:
                self._keep(row)
        on_progress(len(self.rows), len(cases))
        return self.rows

    def _keep(self, row: Row) -> None:
        self.rows.append(row)
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def read(file: Path) -> list[Row]:
    """Raises BadDataset; a last line cut off by a stop counts as not asked."""
    if not file.exists():
        return []
    rows = []
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        if not line.endswith("\n"):
            file.write_text("".join(lines[:-1]), encoding="utf-8")
            break
        try:
            rows.append(Row(**json.loads(line)))
        except (TypeError, ValueError) as error:
            raise BadDataset(file, f"第 {number} 行：{error!r}") from error
    return rows
