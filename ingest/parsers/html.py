"""Web pages: the main content, without menus and what the reader would not see."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.blocks import Block, BlockKind, Prose
from ingest.errors import CorruptFile, NoText
from ingest.parsers.decoding import decode
from ingest.parsers.source import Source, collect
from ingest.parsers.table import Cell, rows
from ingest.parsers.webpage import main_content, strip

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCK_TAGS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_NUMBERED = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]+[.、．）)]")


def parse(source: Source) -> Prose:
    declared = match[1].decode("ascii") if (match := _CHARSET.search(source.data[:2048])) else None
    decoded = decode(source, declared)
    root = _tree(decoded.text, source.name)
    page_title = _text(root.find("head/title"))
    strip(root)
    heading = root.find(".//h1")
    hint = _text(heading) or page_title
    blocks = collect(walk(main_content(root)), source)
    return Prose(blocks, format="html", title_hint=hint or None, warnings=decoded.warnings)


def fragment(markup: str, name: str) -> Iterator[Block]:
    """Blocks of HTML that stands inside another format."""
    try:
        root = _tree(markup, name)
    except NoText:
        return
    strip(root)
    yield from walk(root)


def _tree(markup: str, name: str) -> Any:
    if not markup.strip():
        raise NoText(name)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:  # not a str: lxml refuses a str that declares its encoding
        root = etree.fromstring(markup.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError as error:
        raise CorruptFile(name, "网页", "不能解析") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # the parser stops there: what follows would be missing without a word
        raise CorruptFile(name, "网页", "标签嵌套太深")
    if root is None:
        raise NoText(name)
    return root


def _text(element: Any) -> str:
    return "" if element is None else _SPACE.sub(" ", "".join(element.itertext())).strip()


def walk(root: Any) -> Iterator[Block]:
    """Without recursion: pages nest thousands of elements deep."""
    words: list[str] = []
    inside: list[Any] = [root]
    items: dict[Any, int] = {}
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        is_block = element.tag in _BLOCK_TAGS or element.tag == "table"
        if is_block and element is not root:
            yield from _flush(words, inside[-1])
        if event == "end":
            if is_block and element is not root:
                inside.pop()
            if element is not root:
                words.append(_words(element.tail, inside[-1]))
            continue
        if is_block and element is not root:
            inside.append(element)
        if element.tag == "table" and not _is_layout(element):
            yield from rows(_table(element))
            steps.skip_subtree()
            continue
        words.append("\n" if element.tag == "br" else _number(element, items))
        words.append(_words(element.text, inside[-1]))
    yield from _flush(words, root)


def _words(text: str | None, element: Any) -> str:
    if not text:
        return ""
    return text if element.tag == "pre" else _SPACE.sub(" ", text)


def _flush(pending: list[str], element: Any) -> Iterator[Block]:
    text = "".join(pending)
    pending.clear()
    kind = BlockKind.LINE if element.tag == "pre" else BlockKind.PARAGRAPH
    for raw in text.split("\n"):
        if line := raw.rstrip() if kind is BlockKind.LINE else raw.strip(" "):
            yield Block(kind, line, heading=element.tag in _HEADINGS)


def _number(element: Any, items: dict[Any, int]) -> str:
    """The number a browser shows before an item of an ordered list, counted in `items`."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    items[parent] = items[parent] + 1 if parent in items else _integer(parent.get("start"), 1)
    begins = "".join(islice(element.itertext(), 3))
    return "" if _NUMBERED.match(begins) else f"{items[parent]}. "


def _integer(value: str | None, otherwise: int) -> int:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _is_layout(table: Any) -> bool:
    """Old sites place the whole page in tables: such a table is no table."""
    if table.find(".//table") is not None:
        return True
    cells = (len(row) for row in table.iter("tr"))
    return max(cells, default=0) <= 1


def _table(table: Any) -> Iterator[list[Cell]]:
    for row in table.iterchildren("tr", "thead", "tbody", "tfoot", "caption"):
        if row.tag == "caption":
            yield [Cell(_text(row))]
        elif row.tag == "tr":
            yield _cells(row)
        else:
            yield from map(_cells, row.iterchildren("tr"))


def _cells(row: Any) -> list[Cell]:
    return [
        Cell(_cell_text(cell), max(_integer(cell.get("colspan"), 1), 1), max(_integer(cell.get("rowspan"), 1), 1))
        for cell in row.iterchildren("td", "th")
    ]


def _cell_text(cell: Any) -> str:
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            if element is not cell and (element.tag in _BLOCK_TAGS or element.tag in {"br", "tr"}):
                parts.append("\n")
            parts.append(_words(element.text, element))
        elif element is not cell:
            parts.append(_words(element.tail, element))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
