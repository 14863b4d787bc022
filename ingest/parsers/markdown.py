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
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LEFT_OVER = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
"""Emphasis the standard does not see, since Chinese has no spaces: **第一条：**为了…"""
_MARKS = re.compile(r"[*_~\[\]`<&!]")
_MOST_MARKS = 2000
"""In one paragraph: the time to pair them grows with the square of their number."""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def parse(source: Source) -> Prose:
    decoded = decode(source)
    text = _without_comments(decoded.text.replace("\r\n", "\n"))
    reader = _Reader(source.name)
    blocks = collect(_blocks(text, reader), source)
    title = next((block.text for block in blocks if block.heading), None)
    return Prose(blocks, format="md", title_hint=title, warnings=(*decoded.warnings, *reader.warnings))


def _without_comments(text: str) -> str:
    """A comment that is never closed is text."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join(kept) + text[position:].replace("<!--", "")


def _blocks(text: str, reader: "_Reader") -> Iterator[Block]:
    if match := _FRONT_MATTER.match(text):
        yield from _lines(match[1].split("\n"))
        text = text[match.end() :]
    yield from reader.read(text)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # an indent is how Chinese paragraphs begin, not code; a reference would take its line out of the text;
    # what is inside a paragraph is read below, paragraph by paragraph
    return parser.disable(["code", "reference", "inline"])


def _lines(lines: Sequence[str]) -> Iterator[Block]:
    """Lines of one paragraph: a wrap of the file or of the author, which the next step decides."""
    for line in lines:
        yield Block(BlockKind.LINE, line.rstrip())
    yield Block(BlockKind.LINE, "")


class _Reader:
    """Goes through the tokens once, remembering the lists it is in."""

    def __init__(self, name: str) -> None:
        self.warnings: list[str] = []
        self._parser = _parser()
        self._name = name
        self._lists: list[int | None] = []
        self._mark = ""
        self._heading: Token | None = None
        self._rows: list[list[Cell]] = []
        self._in_table = False

    def read(self, text: str) -> Iterator[Block]:
        tokens = self._parser.parse(text)
        if any(token.level >= _DEEPEST - 1 for token in tokens):  # there the library stops, and drops the rest
            self.warnings.append(f"列表或引用嵌套超过 {_DEEPEST} 层，整个文件按纯文本读入，请人工核对")
            yield from _lines(text.split("\n"))
            return
        for token in tokens:
            self._follow(token)
            match token.type:
                case "inline":
                    yield from self._inline(token)
                case "fence" | "code_block":
                    yield from _lines(token.content.rstrip("\n").split("\n"))
                case "html_block":
                    yield from fragment(token.content, self._name)
                case "table_close":
                    yield from rows(self._rows)

    def _follow(self, token: Token) -> None:
        """Where in the document we are: heading, list, table."""
        match token.type:
            case "heading_open" | "heading_close":
                self._heading = token if token.nesting > 0 else None
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._lists.pop()
            case "list_item_open":
                self._mark = self._next_mark(token)
            case "table_open" | "table_close":
                self._in_table = token.nesting > 0
                self._rows = [] if self._in_table else self._rows
            case "tr_open":
                self._rows.append([])

    def _next_mark(self, token: Token) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}{token.markup} "

    def _inline(self, token: Token) -> Iterator[Block]:
        text = self._unmarked(token.content)
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

    def _unmarked(self, content: str) -> str:
        if len(_MARKS.findall(content)) > _MOST_MARKS:
            self.warnings.append("有一段里的 Markdown 标记过多，标记未去除，请人工核对")
            return content
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, {}, tokens)
        return _LEFT_OVER.sub(r"\2", _plain(tokens))

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
