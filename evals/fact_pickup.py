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

DATASET = Path(__file__).parent / "datasets" / "fact_pickup.jsonl"


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    text: str
    on: date
    asked: tuple[str, ...]
    facts: Mapping[str, str]
    """What was said; everything else that is picked up is made up."""
    also: Mapping[str, str]
    """What may be picked up as well: it follows, but need not be heard."""


def load(file: Path) -> Iterator[Sentence]:
    """One JSON object a line: id, text, on, facts; optional asked and also. Raises Missing and BadDataset."""
    if not file.is_file():
        raise Missing(f"没有评测数据 {file}", "请用 --file 给出一份，格式见 evals/datasets/README.md")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            yield Sentence(
                str(one["id"]),
                one["text"],
                date.fromisoformat(one["on"]),
                tuple(one.get("asked", ())),
                one["facts"],
                one.get("also", {}),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadDataset(file, f"第 {number} 行：{error}") from error


def evaluate(engine: Engine, file: Path = DATASET) -> dict[str, Any]:
    """Right: of the facts said, heard with their value. Invented: heard, but not said or with another value."""
    sentences = list(load(file))
    said = right = heard = 0
    invented: list[dict[str, Any]] = []
    missed: list[dict[str, Any]] = []
    for sentence in sentences:
        wanted, allowed = _read(engine, file, sentence.facts), _read(engine, file, sentence.also)
        found = {
            one.name: to_text(one.value)
            for one in pick_up(sentence.text, engine, today=sentence.on, asked=sentence.asked).picked
        }
        said += len(wanted)
        heard += len(found)
        right += sum(found.get(name) == value for name, value in wanted.items())
        for name, value in found.items():
            if wanted.get(name, allowed.get(name)) != value:
                invented.append({"id": sentence.id, "text": sentence.text, "fact": name, "heard": value})
        for name, value in wanted.items():
            if found.get(name) != value:
                missed.append({"id": sentence.id, "text": sentence.text, "fact": name, "said": value})
    return {
        "sentences": len(sentences),
        "facts_said": said,
        "right": round(right / max(1, said), 4),
        "heard": heard,
        "invented": len(invented),
        "invented_cases": invented,
        "missed_cases": missed,
    }


def _read(engine: Engine, file: Path, given: Mapping[str, Any]) -> dict[str, str]:
    """In the same writing as what was heard."""
    try:
        return {name: to_text(read_answer(engine.vocabulary[name], value)) for name, value in given.items()}
    except (KeyError, BadAnswer) as error:
        raise BadDataset(file, str(error)) from error
