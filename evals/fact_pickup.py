"""Facts picked up from colloquial sentences without a model: how many are right, whether any is made up."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.fact_pickup import pick_up
from assistant.hearing.picked import to_text
from evals.errors import BadDataset, Missing
from knowledge.rules.engine import Engine, read_answer
from knowledge.rules.errors import BadAnswer

_DATASETS = Path(__file__).parent / "datasets"
FROZEN = (_DATASETS / "fact_sentences.jsonl", _DATASETS / "fact_sentences_2.jsonl")
DEVELOPMENT = tuple(sorted((_DATASETS / "development").glob("fact_sentences_*.jsonl")))
TODAY = date(2026, 11, 27)
"""Of the sentences, whenever they are run."""


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    text: str
    kind: str
    dialect: bool
    facts: Mapping[str, Any]
    """What was said."""
    allowed: Mapping[str, Any]
    """What may be picked up as well: it follows, but need not be heard."""
    asked: tuple[str, ...]
    """What the sentence answers: one fact or none."""


def load(file: Path) -> Iterator[Sentence]:
    """One JSON object a line (README-fact-sentences.md). Raises Missing and BadDataset."""
    if not file.is_file():
        raise Missing(f"没有评测数据 {file}", "请用 --file 给出一份，格式见 evals/datasets/README-fact-sentences.md")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            yield Sentence(
                str(one["id"]),
                one["text"],
                one.get("kind", ""),
                bool(one.get("dialect")),
                one["facts"],
                one.get("allowed", {}),
                (one["asked"],) if one.get("asked") else (),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadDataset(file, f"第 {number} 行：{error}") from error


@dataclass(slots=True)
class Tally:
    """Facts right, wrong, missed, made up; by kind of sentence."""

    said: int = 0
    right: int = 0
    wrong: int = 0
    invented: int = 0

    def to_json(self) -> dict[str, Any]:
        share = round(self.right / self.said, 4) if self.said else None
        missed = self.said - self.right - self.wrong
        return {"said": self.said, "right": share, "wrong": self.wrong, "missed": missed, "invented": self.invented}

    def add(self, other: "Tally") -> None:
        self.said += other.said
        self.right += other.right
        self.wrong += other.wrong
        self.invented += other.invented


@dataclass(slots=True)
class Report:
    whole: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=dict)
    facts: dict[str, Tally] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {
            **self.whole.to_json(),
            "by_kind": {name: tally.to_json() for name, tally in sorted(self.kinds.items())},
            "by_fact": {name: tally.to_json() for name, tally in sorted(self.facts.items())},
            "cases": self.cases,
        }


def evaluate(engine: Engine, files: Sequence[Path], *, cases: bool = True) -> dict[str, Any]:
    """Of all files together, and of each under its name if there are several.

    A file that names no fact of one policy alone is judged by the shared facts only.
    `cases`: what went wrong, sentence by sentence; not for sets that nobody may tune to.
    """
    reports = {file.stem: _report(engine, file) for file in files}
    together = Report()
    for report in reports.values():
        together.whole.add(report.whole)
        for mine, its in ((together.kinds, report.kinds), (together.facts, report.facts)):
            for name, tally in its.items():
                mine.setdefault(name, Tally()).add(tally)
        together.cases += report.cases
    values = together.to_json()
    if not cases:
        values.pop("cases")
        values.pop("by_fact")
    if len(reports) > 1:
        values["by_file"] = {name: report.whole.to_json() for name, report in reports.items()}
    return values


def _report(engine: Engine, file: Path) -> Report:
    report = Report()
    sentences = list(load(file))
    shared = engine.book.facts.keys()
    judged = engine.vocabulary.keys() if any(one.facts.keys() - shared for one in sentences) else shared
    for sentence in sentences:
        found = {
            one.name: to_text(one.value)
            for one in pick_up(sentence.text, engine, today=TODAY, asked=sentence.asked).picked
            if one.name in judged
        }
        wanted, allowed = _read(engine, file, sentence.facts), _read(engine, file, sentence.allowed)
        each = _judged(found, wanted, allowed)
        for name, tally in each.items():
            report.facts.setdefault(name, Tally()).add(tally)
            for sum_of in (
                report.whole,
                report.kinds.setdefault(sentence.kind, Tally()),
                report.kinds.setdefault("dialect" if sentence.dialect else "plain", Tally()),
            ):
                sum_of.add(tally)
        if any(tally.invented or tally.right < tally.said for tally in each.values()):
            told = {"id": sentence.id, "kind": sentence.kind, "text": sentence.text, "asked": list(sentence.asked)}
            report.cases.append(told | {"said": wanted, "heard": found})
    return report


def _judged(found: Mapping[str, str], wanted: Mapping[str, str], allowed: Mapping[str, str]) -> dict[str, Tally]:
    """By name of the fact; what may be heard but need not is no part of it."""
    said = {
        name: Tally(1, int(found.get(name) == value), int(name in found and found[name] != value))
        for name, value in wanted.items()
    }
    made_up = {
        name: Tally(invented=1) for name, value in found.items() if name not in wanted and allowed.get(name) != value
    }
    return said | made_up


def _read(engine: Engine, file: Path, given: Mapping[str, Any]) -> dict[str, str]:
    """In the same writing as what was heard."""
    try:
        return {name: to_text(read_answer(engine.vocabulary[name], value)) for name, value in given.items()}
    except (KeyError, BadAnswer) as error:
        raise BadDataset(file, str(error)) from error
