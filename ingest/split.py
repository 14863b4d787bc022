"""Normalised text to the clause tree: 编 章 节 条 款 项, 一、（一）1.（1）, annexes, notice, signature.

Every character belongs to the own words of exactly one clause, so joined they
give back the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.clean import Line, Normalised
from ingest.marks import Mark, is_annex_list, parse_mark
from ingest.title import Heading
from knowledge.documents import Clause, ClauseKind
from knowledge.numbering import to_chinese

_DATE_LINE = re.compile(
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_CLOSING_LINE = re.compile(r"(?:市?.{0,12}联系人|联系电话|抄送|（此件|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发)")
_ORGANISATIONS = re.compile(
    r"(?:\S{2,30}(?:局|厅|部|委员会|委|办公室|中心|政府|院|银行|公司|小组|管理部|协会)\s*){1,4}"
)
_ENDS_SENTENCE = ("。", "；", "！", "？", "：")


@dataclass(slots=True)
class _Node:
    kind: ClauseKind
    path: str
    heading: str
    depth: int
    first_line: int
    last_line: int
    """Line after its own words."""
    parent: "_Node | None" = None
    paragraphs: int = 1
    """款 counted so far (articles)."""
    points: set[str] = field(default_factory=set)


def split(document: Normalised, heading: Heading, document_id: str) -> list[Clause]:
    """The clauses in reading order; see Clause for their ranges."""
    tree = _Tree(document.lines)
    if heading.start:
        tree.block(ClauseKind.FRONT, "通知" if heading.notice_title else "文头", 0, heading.start)
    if heading.end > heading.start:
        tree.block(ClauseKind.TITLE, "标题", heading.start, heading.end)
    tree.body(heading.end)
    return tree.clauses(document.text, document_id)


class _Tree:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.nodes: list[_Node] = []
        self.stack: list[_Node] = []
        self.marks: list[Mark | None] = []

    def block(self, kind: ClauseKind, path: str, first: int, last: int) -> None:
        self.nodes.append(_Node(kind, path, "", -1, first, last))

    def body(self, first: int) -> None:
        self.marks = [None if line.is_row else parse_mark(line.text) for line in self.lines]
        for row in range(first):
            self.marks[row] = None
        self._drop_contents(first)
        start = next((row for row in range(first, len(self.lines)) if self.marks[row]), len(self.lines))
        if start == len(self.lines):
            self._unnumbered(first)
            return
        if start > first:
            self.block(ClauseKind.PREAMBLE, "引言", first, start)
        row = start
        while row < len(self.lines):
            row = self._line(row)

    def _drop_contents(self, first: int) -> None:
        """A table of contents lists the chapters once more: the first listing is not structure."""
        chapters = [
            row for row, mark in enumerate(self.marks) if mark and mark.kind is ClauseKind.CHAPTER and row >= first
        ]
        if not chapters:
            return
        opening = self.lines[chapters[0]].text.replace(" ", "")
        again = [row for row in chapters[1:] if self.lines[row].text.replace(" ", "").startswith(opening[:8])]
        if again and all(self.marks[row] is None or self._is_outline(row) for row in range(chapters[0], again[0])):
            for row in range(chapters[0], again[0]):
                self.marks[row] = None

    def _is_outline(self, row: int) -> bool:
        mark = self.marks[row]
        return mark is not None and mark.kind in {ClauseKind.CHAPTER, ClauseKind.SECTION, ClauseKind.ANNEX}

    def _unnumbered(self, first: int) -> None:
        """A document without numbered clauses: every paragraph is one."""
        for number, row in enumerate(range(first, self._signature_start(first, len(self.lines))), start=1):
            path = f"第{to_chinese(number)}段"
            self.nodes.append(_Node(ClauseKind.PARAGRAPH, path, "", 0, row, row + 1))
        self._close(self._signature_start(first, len(self.lines)), len(self.lines))

    def _line(self, row: int) -> int:
        mark = self.marks[row]
        if mark is not None and self._accepts(mark):
            self._open(mark, row)
            return row + 1
        return self._running(row)

    def _accepts(self, mark: Mark) -> bool:
        """Numbers inside a list of annexes, and 第X条 quoted out of order, open nothing."""
        if self.stack and self.stack[-1].kind is ClauseKind.SIGNATURE:
            return mark.kind is ClauseKind.ANNEX
        return True

    def _open(self, mark: Mark, row: int) -> None:
        annex = mark.kind is ClauseKind.ANNEX
        while self.stack and (annex or self.stack[-1].depth >= mark.depth):
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        article = self._article()
        kind = mark.kind
        if article is not None and kind in {ClauseKind.PART, ClauseKind.SECTION_ITEM}:
            kind = ClauseKind.ITEM
        node = _Node(kind, self._path(mark, parent, article), mark.heading[:200], mark.depth, row, row + 1, parent)
        self.nodes.append(node)
        self.stack.append(node)

    def _article(self) -> _Node | None:
        return next((node for node in reversed(self.stack) if node.kind is ClauseKind.ARTICLE), None)

    def _path(self, mark: Mark, parent: _Node | None, article: _Node | None) -> str:
        annex = self.stack[0].path + "·" if self.stack and self.stack[0].kind is ClauseKind.ANNEX else ""
        if mark.kind is ClauseKind.ANNEX:
            return mark.label
        if mark.kind in {ClauseKind.CHAPTER, ClauseKind.SECTION}:
            above = parent.path if parent is not None and parent.kind is ClauseKind.CHAPTER else annex
            return f"{above}{mark.label}"
        if mark.kind is ClauseKind.ARTICLE:
            return annex + mark.label
        if article is not None and parent is article:
            return f"{article.path}第{mark.label}项"
        if parent is not None and parent.depth >= 4:
            return parent.path + mark.label
        return annex + mark.label

    def _running(self, row: int) -> int:
        """An unnumbered paragraph: a further 款, or words of the clause before it, or the end."""
        if self._signature_start(row, row + 1) == row or self._is_closing(row):
            return self._close(row, self._next_annex(row))
        current = self.stack[-1] if self.stack else None
        article = self._article()
        if article is not None and not self.lines[row].is_row and not self._item_follows(row, current):
            article.paragraphs += 1
            while self.stack[-1] is not article:
                self.stack.pop()
            path = f"{article.path}第{to_chinese(article.paragraphs)}款"
            node = _Node(ClauseKind.PARAGRAPH, path, "", 5, row, row + 1, article)
            self.nodes.append(node)
            return row + 1
        self.nodes[-1].last_line = row + 1
        return row + 1

    def _item_follows(self, row: int, current: _Node | None) -> bool:
        """Whether the list that `current` belongs to goes on after this paragraph."""
        if current is None or current.kind is not ClauseKind.ITEM:
            return False
        following = next((mark for mark in self.marks[row:] if mark), None)
        mark = self.marks[current.first_line]
        return (
            following is not None
            and mark is not None
            and following.depth == mark.depth
            and following.number == mark.number + 1
        )

    def _is_closing(self, row: int) -> bool:
        """After a list of one-paragraph items, what follows unnumbered at the very end closes the document."""
        current = self.stack[-1] if self.stack else None
        if current is None or current.kind is not ClauseKind.SECTION_ITEM or self.stack[0].kind is ClauseKind.ANNEX:
            return False
        siblings = [node for node in self.nodes if node.kind is ClauseKind.SECTION_ITEM]
        following = next((mark for mark in self.marks[row:] if mark and mark.kind is not ClauseKind.POINT), None)
        at_end = following is None or following.kind is ClauseKind.ANNEX
        return at_end and len(siblings) > 1 and all(node.last_line - node.first_line == 1 for node in siblings)

    def _next_annex(self, row: int) -> int:
        marks = self.marks
        return next(
            (later for later in range(row, len(marks)) if (mark := marks[later]) and mark.kind is ClauseKind.ANNEX),
            len(marks),
        )

    def _signature_start(self, first: int, last: int) -> int:
        """Where signature, date, contact line or list of annexes begin in lines [first, last); else `last`."""
        for row in range(first, last):
            text = self.lines[row].text
            if self.lines[row].is_row:
                continue
            if is_annex_list(text) or _CLOSING_LINE.match(text):
                return row
            dated = any(_DATE_LINE.match(line.text) for line in self.lines[row : row + 12])
            if (_DATE_LINE.fullmatch(text) or (_ORGANISATIONS.fullmatch(text) and dated)) and not text.endswith(
                _ENDS_SENTENCE
            ):
                return row
        return last

    def _close(self, first: int, last: int) -> int:
        if first >= last:
            return last
        start = self._signature_start(first, last)
        if start > first:
            self.block(ClauseKind.PREAMBLE, "结语", first, start)
        if start < last:
            node = _Node(ClauseKind.SIGNATURE, "落款", "", 0, start, last)
            self.nodes.append(node)
            self.stack = [node]
        return last

    def clauses(self, text: str, document_id: str) -> list[Clause]:
        starts = [
            self.lines[node.first_line].start if node.first_line < len(self.lines) else len(text) for node in self.nodes
        ]
        if starts:
            starts[0] = 0
        own_ends = [*starts[1:], len(text)]
        identities = _identities(document_id, self.nodes)
        clauses = []
        for position, node in enumerate(self.nodes):
            end = own_ends[self._last_descendant(position)]
            page = self.lines[node.first_line].page if node.first_line < len(self.lines) else None
            clauses.append(
                Clause(
                    id=identities[id(node)],
                    parent_id=identities[id(node.parent)] if node.parent is not None else None,
                    kind=node.kind,
                    path=node.path,
                    heading=node.heading,
                    start=starts[position],
                    own_end=own_ends[position],
                    end=end,
                    page=page,
                )
            )
        return clauses

    def _last_descendant(self, position: int) -> int:
        inside = {id(self.nodes[position])}
        last = position
        for later in range(position + 1, len(self.nodes)):
            parent = self.nodes[later].parent
            if parent is None or id(parent) not in inside:
                break
            inside.add(id(self.nodes[later]))
            last = later
        return last


def _identities(document_id: str, nodes: Sequence[_Node]) -> dict[int, str]:
    """Clause ids from paths; a path that occurs again is numbered."""
    seen: dict[str, int] = {}
    identities = {}
    for node in nodes:
        count = seen[node.path] = seen.get(node.path, 0) + 1
        identities[id(node)] = f"{document_id}/{node.path}" + (f"#{count}" if count > 1 else "")
    return identities
