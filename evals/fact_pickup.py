"""Facts picked up from colloquial sentences without a model: how many are right, whether any is made up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.fact_pickup import pick_up, to_text
from evals.errors import BadDataset, Missing
from knowledge.rules.engine import Engine, read_answer
from knowledge.rules.errors import BadAnswer

DATASET = Path(__file__).parent / "datasets" / "fact_sentences.jsonl"
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


def evaluate(engine: Engine, file: Path = DATASET) -> dict[str, Any]:
    """Only facts that several policies share are judged; those of one policy alone are outside of the set."""
    whole, kinds = Tally(), dict[str, Tally]()
    cases: list[dict[str, Any]] = []
    for sentence in load(file):
        found = {
            one.name: to_text(one.value)
            for one in pick_up(sentence.text, engine, today=TODAY).picked
            if one.name in engine.book.facts
        }
        wanted, allowed = _read(engine, file, sentence.facts), _read(engine, file, sentence.allowed)
        speech = "dialect" if sentence.dialect else "plain"
        for tally in (whole, kinds.setdefault(sentence.kind, Tally()), kinds.setdefault(speech, Tally())):
            tally.said += len(wanted)
            tally.right += sum(found.get(name) == value for name, value in wanted.items())
            tally.wrong += sum(name in found and found[name] != value for name, value in wanted.items())
            tally.invented += sum(name not in wanted and allowed.get(name) != value for name, value in found.items())
        if (
            any(found.get(name) != value for name, value in wanted.items())
            or not found.keys() <= {**wanted, **allowed}.keys()
        ):
            cases.append({"id": sentence.id, "text": sentence.text, "said": wanted, "heard": found})
    return {
        **whole.to_json(),
        "by_kind": {name: tally.to_json() for name, tally in sorted(kinds.items())},
        "cases": cases,
    }


def _read(engine: Engine, file: Path, given: Mapping[str, Any]) -> dict[str, str]:
    """In the same writing as what was heard."""
    try:
        return {name: to_text(read_answer(engine.vocabulary[name], value)) for name, value in given.items()}
    except (KeyError, BadAnswer) as error:
        raise BadDataset(file, str(error)) from error
