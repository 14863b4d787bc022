"""Answers true to their passages, and wrong ones by hand: the frozen sets of the check that answers are grounded."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

from evals.errors import BadDataset
from evals.workspace import SHARED

DATASETS = Path(__file__).parent / "datasets"
CHECKOUT = Path(__file__).parent.parent
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage by where it begins and ends; its words stay in the file."""

    title: str
    file: str
    clause: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    question: str
    passages: tuple[Cut, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Falsification:
    id: str
    of: str
    """The case whose answer this was."""
    kind: str
    answer: str
    changed: str


def load() -> list[Case]:
    return list(_rows("grounding_faithful", _case))


def _case(row: dict[str, Any]) -> Case:
    return Case(row["id"], row["question"], tuple(Cut(**cut) for cut in row["passages"]), row["answer"])


def reworded() -> list[Falsification]:
    return list(_rows("grounding_reworded", lambda row: Falsification(**row)))


def _rows(name: str, build: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
    file = DATASETS / f"{name}.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadDataset(file, str(error)) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield build(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise BadDataset(file, f"第 {number} 行：{error!r}") from error


def passages(case: Case) -> tuple[str, ...] | None:
    """The words of the passages; None where a file is absent."""
    try:
        return tuple(map(_cut_out, case.passages))
    except FileNotFoundError:
        return None


def _cut_out(cut: Cut) -> str:
    file = SHARED / cut.file.removeprefix("shared/") if cut.file.startswith("shared/") else CHECKOUT / cut.file
    text = _plain(file.read_text(encoding="utf-8"))
    start = _spaced(cut.start).search(text)
    end = _spaced(cut.end).search(text, start.start()) if start else None
    if not start or not end:
        raise BadDataset(file, f"没有 {cut.clause} 的“{cut.start}…{cut.end}”")
    return text[start.start() : end.end()]


def _spaced(words: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))


# fmt: off
MARKUP = ((r"(?s)<(style|script).*?</\1>|<!--.*?-->", ""), (r"</(?:p|h\d|div|tr)>", "\n"), (r"</t[dh]>", " | "), (r"<[^<>]*>", ""))
OPENING = re.compile(r"第[一二三四五六七八九十百零]+[章节条]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+\.|\|")
NO_TEXT = re.compile(r"[\s—\d]*|\|[-|\s]+\|")
# fmt: on


def _plain(text: str) -> str:
    """One paragraph a line: without markup, page numbers and the line breaks of a printed page."""
    for pattern, instead in MARKUP:
        text = re.sub(pattern, instead, text)
    plain = ""
    for line in unescape(text).replace("**", "").splitlines():
        words = " ".join(line.lstrip("# ").split())
        if NO_TEXT.fullmatch(words):
            continue
        new = not plain or plain[-1] in "。；：:！？|" or OPENING.match(words)
        plain += f"\n{words}" if new else words
    return plain.lstrip()
