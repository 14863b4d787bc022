"""Words of documents as pages show them: matched words marked, tables as tables, a link to each clause."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

SHORTEST_MARK = 2
_CELLS = " | "
_CITATION = re.compile(r"^\s*\[\d+\]《.*$", re.MULTILINE)
_NUMBERED = "{number}. “{quote}”"


def marked(text: str, question: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True: these words stand in the question, too. page.js does the same."""
    asked, plain, at = question.lower(), 0, 0
    while at < len(text):
        length = _common(text, at, asked)
        if length < SHORTEST_MARK:
            at += 1
            continue
        if plain < at:
            yield text[plain:at], False
        yield text[at : at + length], True
        plain = at = at + length
    if plain < len(text):
        yield text[plain:], False


def _common(text: str, start: int, asked: str) -> int:
    """Length of the longest run of letters and digits from `start` that occurs in the question."""
    length = 0
    while start + length < len(text) and text[start + length].isalnum():
        if text[start : start + length + 1].lower() not in asked:
            break
        length += 1
    return length


def lead(answer: Mapping[str, Any]) -> str:
    """What the answer says beside the quotes and citations that are shown as sources. page.js does the same."""
    text = str(answer["answer"])
    for number, source in enumerate(answer["sources"], start=1):
        text = text.replace(_NUMBERED.format(number=number, quote=source["quote"]), "")
    return re.sub(r"\n{2,}", "\n", _CITATION.sub("", text)).strip()


def clause_link(source: Mapping[str, Any], on: str = "") -> str:
    """Where the clause stands on the page of its document; `on` when another day was asked about."""
    path = str(source["clause_id"]).partition("/")[2]
    day = f"?on={on}" if on else ""
    return f"/documents/{quote(source['document'], safe='')}{day}#{quote(path, safe='')}"


def dates(source: Mapping[str, Any]) -> str:
    start = f"{source['effective_from']} 起施行" if source["effective_from"] else "施行日期待核"
    end = f"，有效至 {source['effective_to']}" if source["effective_to"] else ""
    return start + end


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines, or the rows of a table."""

    lines: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """Lines with cells that follow one another are one table."""
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.strip("\n").split("\n"), None]:
        is_row = line is not None and _CELLS in line
        if rows and not is_row:
            yield _table(rows)
            rows = []
        if lines and (line is None or is_row):
            yield Block("\n".join(lines))
            lines = []
        if line is not None:
            rows.append(tuple(line.split(_CELLS))) if is_row else lines.append(line)


def _table(rows: list[tuple[str, ...]]) -> Block:
    if len(rows) == 1:
        return Block(_CELLS.join(rows[0]))
    return Block(rows=tuple(rows))
