"""What people say and what the regulations call it: the curated table 口语 → 法言."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.errors import BadSynonyms

SHIPPED = Path(__file__).with_name("synonyms.csv")
_COLUMNS = ("口语", "法言")
_SEPARATOR = "｜"
LONGEST = 12
"""Characters of a colloquial phrase that are looked up."""


class Synonyms:
    """Phrases by their first characters; the longest that fits counts."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = dict(table)
        self._longest = max(map(len, self._table), default=0)

    def __len__(self) -> int:
        return len(self._table)

    def find(self, text: str) -> Iterator[tuple[str, ...]]:
        """Legal terms of each phrase in the text, left to right, no phrase inside another."""
        position = 0
        while position < len(text):
            for length in range(min(self._longest, len(text) - position), 0, -1):
                terms = self._table.get(text[position : position + length])
                if terms:
                    yield terms
                    position += length
                    break
            else:
                position += 1


def load(*files: Path) -> Synonyms:
    """Tables read in order; a later one replaces a phrase of an earlier one. Raises BadSynonyms with the line."""
    table: dict[str, tuple[str, ...]] = {}
    for file in files:
        if file.exists():
            table.update(_read(file))
    return Synonyms(table)


def _read(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not set(_COLUMNS) <= set(rows.fieldnames or ()):
            raise BadSynonyms(file.name, 1, f"表头应有 {'、'.join(_COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            said = (row["口语"] or "").strip()
            terms = tuple(term.strip() for term in (row["法言"] or "").split(_SEPARATOR) if term.strip())
            if not said or not terms or len(said) > LONGEST:
                raise BadSynonyms(file.name, line, f"口语应为 1 到 {LONGEST} 个字，法言至少一个")
            yield said, terms
