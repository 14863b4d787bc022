"""The faithful answers of the development set with one fact or one citation changed, by script."""

import functools
import random
import re
from collections.abc import Iterator

from evals.grounding_cases import Case, faithful
from tests.assistant.falsified import FACTS, _change

_OTHER_UNITS = (
    ("个工作日", "日"),
    ("个工作日", "个月"),
    ("个月", "年"),
    ("个月", "个工作日"),
    ("万元", "元"),
    ("年内", "个月内"),
)
_CITATION = re.compile(r"\[(\d)\]")


@functools.cache
def mutated(*, seed: int = 0) -> tuple[Case, ...]:
    chance = random.Random(seed)
    return tuple(
        Case(kind, case.passages, case.question, answer)
        for case in faithful()
        for kind, answer in (*_facts(case, chance), *_units(case), *_citations(case))
        if not any(_told(answer, passage) for passage in case.passages)
    )


def _told(answer: str, passage: str) -> bool:
    return _CITATION.sub("", answer).rstrip("。") in passage


def _facts(case: Case, chance: random.Random) -> Iterator[tuple[str, str]]:
    for kind, pattern in FACTS.items():
        for match in pattern.finditer(case.answer):
            changed = _change(match[0], chance)
            if kind != "数量" and changed not in "".join((*case.passages, case.question)):
                yield kind, case.answer[: match.start()] + changed + case.answer[match.end() :]


def _units(case: Case) -> Iterator[tuple[str, str]]:
    for unit, other in _OTHER_UNITS:
        for match in re.finditer(rf"(\d+){unit}", case.answer):
            changed = match[1] + other
            if changed not in "".join((*case.passages, case.question)):
                yield "单位", case.answer[: match.start()] + changed + case.answer[match.end() :]


def _citations(case: Case) -> Iterator[tuple[str, str]]:
    yield "引用", _CITATION.sub("", case.answer)
    yield "引用", _CITATION.sub(f"[{len(case.passages) + 1}]", case.answer, count=1)
    numbers = set(_CITATION.findall(case.answer))
    if len(case.passages) == len(numbers) == len(("1", "2")) and "[1][2]" not in case.answer:
        yield "引用", _CITATION.sub(lambda match: f"[{3 - int(match[1])}]", case.answer)
