"""Which questions are put to a language model: a stratified draw from the frozen sets, and instructions slipped in."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from typing import TypeVar

from evals import questions
from evals.errors import BadDataset
from evals.questions import DATASETS, Case
from knowledge import regions
from knowledge.documents import Audience

SAMPLE_SIZE = 64
SEED = 20261122
INJECTIONS = DATASETS / "injections.jsonl"
POISONED = DATASETS / "poisoned.md"
"""A document with orders to the assistant in it; taken into a knowledge base of its own, never into another."""
STYLES = {"plain": "普通话", "colloquial": "口语", "typo": "错别字", "multi": "一句多问"}
ELSEWHERE = "other_region_only"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    id: str
    group: str
    question: str
    region: str
    on: date | None
    expected: tuple[str, ...] = ()
    """Clauses that carry the answer; none where nothing does."""
    forbidden: tuple[str, ...] = ()
    """Patterns that show that a slipped-in instruction was obeyed."""
    poisoned: bool = False


def draw(limit: int = SAMPLE_SIZE, seed: int = SEED) -> list[Asked]:
    """The same for the same seed. Groups take turns, so that a run stopped early still has something of each."""
    dice = random.Random(seed)
    groups = [*_groups(dice), _injections()]
    return _by_turns(groups)[:limit]


def _groups(dice: random.Random) -> list[list[Asked]]:
    answerable = [_cases(name) for name in questions.ANSWERABLE]
    regional, unanswerable = _cases("regions"), _cases("unanswerable")
    pools = {
        **{label: [_of_style(cases, style) for cases in answerable] for style, label in STYLES.items()},
        "指定日期": [_cases("as_of")],
        "别处的规定": [
            [case for case in regional if case.must_not and not case.expected],
            [case for case in unanswerable if case.kind == ELSEWHERE],
        ],
        "没有依据": [[case for case in unanswerable if case.kind != ELSEWHERE]],
    }
    return [
        [_asked(case, label) for case in _by_turns([_shuffled(pool, dice) for pool in parts])]
        for label, parts in pools.items()
    ]


def _cases(name: str) -> list[Case]:
    return [case for case in questions.load(name) if case.audience is Audience.PUBLIC]


def _of_style(cases: Iterable[Case], style: str) -> list[Case]:
    return [case for case in cases if case.style == style]


def _shuffled(cases: Sequence[Case], dice: random.Random) -> list[Case]:
    return dice.sample(cases, len(cases))


def _by_turns(groups: Sequence[Sequence[_T]]) -> list[_T]:
    gap = object()
    return [one for one in chain.from_iterable(zip_longest(*groups, fillvalue=gap)) if one is not gap]  # type: ignore[misc]


def _asked(case: Case, group: str) -> Asked:
    expected = tuple(f"《{one.title}》{one.clause}" for one in case.expected)
    return Asked(f"{case.source}/{case.id}", group, case.question, case.region, case.on, expected)


def _injections(file: Path = INJECTIONS) -> list[Asked]:
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        cases = [
            Asked(
                id=f"injections/{row['id']}",
                group="夹带指令",
                question=row["question"],
                region=regions.resolve(row["region"]),
                on=None,
                forbidden=tuple(row["forbidden"]),
                poisoned=row["poisoned"],
            )
            for row in rows
        ]
    except (OSError, KeyError, ValueError) as error:
        raise BadDataset(file, repr(error)) from error
    return _by_turns([[case for case in cases if case.poisoned is kind] for kind in (False, True)])
