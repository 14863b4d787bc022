"""Words of documents as pages show them: matched words marked, tables as tables, a link to each clause."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from assistant.flows.citing import UNKNOWN_START

SHORTEST_MARK = 2
_CELLS = " | "
_NUMBER = re.compile(r"(\[[0-9]+\])")


def marked(text: str, question: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True: these words were looked for."""
    asked, plain, at = question.lower(), 0, 0
    while at < len(text):
        length = _shared_run(text, at, asked)
        if length < SHORTEST_MARK:
            at += 1
            continue
        if plain < at:
            yield text[plain:at], False
        yield text[at : at + length], True
        plain = at = at + length
    if plain < len(text):
        yield text[plain:], False


def decided(text: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True: these words answer the question. answer.js does the same."""
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for row, piece in enumerate(re.split(f"({known})", text) if known else [text]):
        yield piece, row % 2 == 1


def _shared_run(text: str, start: int, asked: str) -> int:
    """Length of the longest run of letters and digits from `start` that occurs in the question."""
    length = 0
    while start + length < len(text) and text[start + length].isalnum():
        if text[start : start + length + 1].lower() not in asked:
            break
        length += 1
    return length


def cited(text: str, sources: int) -> Iterator[tuple[str, int]]:
    """The text in pieces; a number: these words, [1], lead to that source. answer.js does the same."""
    for piece in _NUMBER.split(text):
        number = int(piece[1:-1]) if _NUMBER.fullmatch(piece) else 0
        yield piece, number if number <= sources else 0


def pending(source: Mapping[str, Any]) -> list[str]:
    """What is 待核 and not said beside the dates. answer.js does the same."""
    said = dates(source["effective_from"], source["effective_to"], source["pending"])
    return [mark for mark in source["pending"] if mark not in said]


def heading(answer: Mapping[str, Any]) -> str:
    """What stands above the answer. answer.js does the same."""
    if answer["extent"] == "not":
        return "没有找到依据"
    if answer["extent"] == "partly":
        return "一部分有依据"
    return "回答" if answer["model"] else "查到的依据"


def clause_link(source: Mapping[str, Any], on: str = "") -> str:
    """Where the clause stands on the page of its document; `on` when another day was asked about."""
    path = str(source["clause_id"]).partition("/")[2]
    day = f"?on={on}" if on else ""
    return f"/documents/{quote(source['document'], safe='')}{day}#{quote(path, safe='')}"


def dates(effective_from: object, effective_to: object, pending: Sequence[str] = ()) -> str:
    """Where the start is pending, the day is only that of issue: as assistant.flows.citing says it."""
    start = f"{effective_from} 起施行" if effective_from else UNKNOWN_START
    if effective_from and UNKNOWN_START in pending:
        start = f"{effective_from} 成文，{UNKNOWN_START}"
    return f"{start}，有效至 {effective_to}" if effective_to else start


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
