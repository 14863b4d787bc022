"""Answers of the development set of grounding, faithful and falsified, written by hand as chat models write them.

Each file is a list of blocks: `@` passages (words of one passage of the sample, or `name | text` of a short
quotation), `?` a question, `+` faithful answers, `-kind` falsified ones. The weights of the check are fitted to
`DEVELOPMENT`; `HELD_OUT` was put aside before, to see what the fit is worth on passages it has not met.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.assemble import assemble
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.parsers import read

CHECKOUT = Path(__file__).parent.parent
DOCUMENTS = CHECKOUT / "knowledge" / "sample" / "documents"
DEVELOPMENT = Path(__file__).parent / "datasets" / "development" / "grounding"
HELD_OUT = DEVELOPMENT.with_name("grounding_held_out")


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    """Empty: faithful."""
    passages: tuple[str, ...]
    question: str
    answer: str


@functools.cache
def cases(folder: Path = DEVELOPMENT) -> tuple[Case, ...]:
    return tuple(case for file in sorted(folder.glob("*.txt")) for case in read_file(file))


def read_file(file: Path) -> Iterator[Case]:
    for block in file.read_text("utf-8").split("\n\n"):
        given: list[str] = []
        question = ""
        for line in block.strip().splitlines():
            mark, words = line[0], line[1:].strip()
            if mark == "@":
                given.append(_passage(words))
            elif mark == "?":
                question = words
            else:
                kind, _, answer = ("", "", words) if mark == "+" else words.partition(" ")
                yield Case(kind, tuple(given), question, answer)


def _passage(words: str) -> str:
    name, bar, text = words.partition(" | ")
    if bar:
        return f"{name}\n{text}"
    (found,) = [passage for passage in sample_passages() if words in "".join(passage.split("\n"))]
    return found


@functools.cache
def sample_passages() -> tuple[str, ...]:
    """Every passage of the sample as the index has it, under its title."""
    found = []
    for file in sorted(DOCUMENTS.iterdir()):
        if file.suffix != ".yaml":
            document = assemble(read(file), Overrides(), Hints(file_name=file.name))
            texts = [(passage.prefix, document.text[passage.start : passage.end]) for passage in document.passages]
            found += [f"{prefix}\n{text}" for prefix, text in texts]
    return tuple(found)
