"""Official papers made up for tests, read without a file or a database."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.assemble import assemble
from ingest.blocks import Block, BlockKind, Prose
from ingest.clean import Normalised, normalise
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.split import split
from ingest.title import find_title
from knowledge.documents import Clause, ClauseKind, Document, Labels

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
AROUND = {ClauseKind.FRONT, ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.SIGNATURE}
"""What stands around the numbered clauses."""


def lines(text: str) -> Prose:
    """As the parser of plain text gives it: every line a block."""
    blocks = [Block(BlockKind.LINE, line) for line in text.splitlines()]
    return Prose(blocks, format="txt")


def paragraphs(*texts: str) -> Prose:
    """As the parsers of Word and HTML give it: every paragraph whole."""
    return Prose([Block(BlockKind.PARAGRAPH, text) for text in texts], format="docx")


def table(*rows: tuple[str, ...]) -> list[Block]:
    return [Block(BlockKind.ROW, " | ".join(row), cells=row) for row in rows]


def cleaned(text: str) -> list[str]:
    """Paragraphs of a plain text once it is normalised."""
    return [line.text for line in normalise(lines(text)).lines]


def document(source: Prose | str, *, hints: Hints | None = None, overrides: Overrides | None = None) -> Document:
    """A text is taken paragraph by paragraph, one a line."""
    prose = paragraphs(*source.splitlines()) if isinstance(source, str) else source
    return assemble(prose, overrides or Overrides(), hints or Hints())


def labels(source: Prose | str, *, hints: Hints | None = None, overrides: Overrides | None = None) -> Labels:
    return document(source, hints=hints, overrides=overrides).labels


def clauses(source: Prose | str) -> tuple[Normalised, list[Clause]]:
    prose = paragraphs(*source.splitlines()) if isinstance(source, str) else source
    normalised = normalise(prose)
    return normalised, split(normalised, find_title(normalised.lines), "d")


def outline(source: Prose | str) -> list[str]:
    """Paths of the numbered clauses, in order."""
    return [clause.path for clause in clauses(source)[1] if clause.kind not in AROUND]


def own_words(source: Prose | str) -> dict[str, str]:
    """The words of every clause without those of its children, by path."""
    normalised, found = clauses(source)
    return {clause.path: normalised.text[clause.start : clause.own_end].strip() for clause in found}


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
