"""Markdown: headings, paragraphs and tables, with the marks taken off and every word kept."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import Block, BlockKind, Prose
from ingest.parsers.decoding import decode
from ingest.parsers.html import fragment
from ingest.parsers.source import Source, collect
from ingest.parsers.table import Cell, rows

_DEEPEST = 100
_LONGEST_UNDERLINED = 60
"""A line drawn under a whole paragraph is a rule, not the mark of a heading."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LEFT_OVER = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
"""Emphasis the standard does not see, since Chinese has no spaces: **第一条：**为了…"""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def parse(source: Source) -> Prose:
    decoded = decode(source)
    text = _COMMENT.sub("", decoded.text.replace("\r\n", "\n"))
    blocks = collect(_blocks(text, source.name), source)
    title = next((block.text for block in blocks if block.heading), None)
    return Prose(blocks, format="md", title_hint=title, warnings=decoded.warnings)


def _blocks(text: str, name: str) -> Iterator[Block]:
    if match := _FRONT_MATTER.match(text):
        yield from _lines(match[1].split("\n"))
        text = text[match.end() :]
    tokens = _parser().parse(text)
    yield from _Reader(tokens, name).read()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # an indent is how Chinese paragraphs begin, not code; a reference would take its line out of the text
    return parser.disable(["code", "reference"])


def _lines(lines: Sequence[str]) -> Iterator[Block]:
    """Lines of one paragraph: a wrap of the file or of the author, which the next step decides."""
    for line in lines:
        yield Block(BlockKind.LINE, line.rstrip())
    yield Block(BlockKind.LINE, "")


class _Reader:
    """Goes through the tokens once, remembering the lists it is in."""

    def __init__(self, tokens: Sequence[Token], name: str) -> None:
        self._tokens = tokens
        self._name = name
        self._lists: list[int | None] = []
        self._mark = ""
        self._heading: Token | None = None
        self._rows: list[list[Cell]] = []
        self._in_table = False

    def read(self) -> Iterator[Block]:
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    self._heading = token
                case "heading_close":
                    self._heading = None
                case "ordered_list_open":
                    self._lists.append(int(token.attrGet("start") or 1) if token.attrGet("start") != 0 else 0)
                case "bullet_list_open":
                    self._lists.append(None)
                case "ordered_list_close" | "bullet_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._mark = self._next_mark(token)
                case "table_open":
                    self._in_table, self._rows = True, []
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    self._in_table = False
                    yield from rows(self._rows)
                case "inline":
                    yield from self._inline(token)
                case "fence" | "code_block":
                    yield from _lines(token.content.rstrip("\n").split("\n"))
                case "html_block":
                    yield from fragment(token.content, self._name)

    def _next_mark(self, token: Token) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}{token.markup} "

    def _inline(self, token: Token) -> Iterator[Block]:
        text = _LEFT_OVER.sub(r"\2", _plain(token.children or []))
        if self._in_table:
            self._rows[-1].append(Cell(" ".join(text.split("\n")).strip()))
            return
        lines = (self._mark + text).strip().split("\n")
        self._mark = ""
        if self._heading is not None and self._is_heading(self._heading, lines):
            yield Block(BlockKind.PARAGRAPH, " ".join(lines), heading=True)
        elif len(lines) == 1:
            yield Block(BlockKind.PARAGRAPH, lines[0])
        else:
            yield from _lines(lines)

    @staticmethod
    def _is_heading(token: Token, lines: Sequence[str]) -> bool:
        underlined = token.markup in {"-", "="}
        return not underlined or (len(lines) == 1 and len(lines[0]) <= _LONGEST_UNDERLINED)


def _plain(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif token.type == "html_inline":
            parts.append(_inline_tag(token.content))
        elif token.type == "image":
            parts.append(_plain(token.children or []))
        else:
            parts.append(token.content)
    return "".join(parts)


def _inline_tag(tag: str) -> str:
    return "\n" if tag.lower().startswith("<br") else _TAG.sub("", tag)
