"""A policy's conditions as a picture: one line a condition, heads above what they join, SVG without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from knowledge.rules.conditions import Leaf
from knowledge.rules.engine import Ruling
from knowledge.rules.logic import NEGATION, Trace, Tree, Truth
from knowledge.rules.model import Policy
from knowledge.rules.values import day

LINE, STEP, TOP, LEFT = 34, 30, 64, 24
WIDEST = 46
"""Characters of a line; more goes on below."""
_COLOURS: dict[Truth | str, tuple[str, str]] = {
    True: ("#e6f4ea", "#1e7a3c"),
    False: ("#fdeceb", "#b3261e"),
    None: ("#fff8e1", "#8a6d00"),
    "plain": ("#f3f5f8", "#44546a"),
}
_MARKS = {True: "满足", False: "不满足", None: "待定"}


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    words: str
    truth: Truth | str
    note: str
    is_head: bool = False


def draw(policy: Policy, ruling: Ruling, trace: Trace | None = None) -> str:
    """The tree of one edition; with a trace, what held."""
    lines = list(_lines(policy, ruling.tree, trace))
    height = TOP + LINE * len(lines) + 20
    width = (
        LEFT * 2 + max((STEP * one.depth + 15 * (len(one.words) + len(one.note)) for one in lines), default=300) + 60
    )
    period = day(ruling.edition.from_) + "起" + (f"，到{day(ruling.last_day)}" if ruling.last_day else "")
    return "\n".join(
        [
            _opening(width, height),
            f'<title id="t">{escape(policy.title)}：条件图</title>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="{LEFT}" y="26" font-size="16" font-weight="bold" fill="#1b2430">{escape(policy.title)}</text>',
            f'<text x="{LEFT}" y="46" font-size="12" fill="#44546a">{escape(period)}</text>',
            *_connectors(lines),
            *(_box(one, position) for position, one in enumerate(lines)),
            "</svg>\n",
        ]
    )


def _opening(width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="t" font-family="sans-serif" font-size="14">'
    )


def _lines(policy: Policy, tree: Tree, trace: Trace | None) -> Iterator[_Line]:
    def go(place: int, depth: int) -> Iterator[_Line]:
        truth: Truth | str = "plain" if trace is None else trace.truths[place]
        node = tree.node(place)
        if node is None:
            leaf = tree.leaves[place]
            yield _Line(depth, _short(leaf.says), truth, _where(policy, leaf))
            return
        head = _head(node.needs, len(node.children))
        yield _Line(depth, _short(f"{node.says}（{head}）" if node.says else head), truth, "", is_head=True)
        for child in node.children:
            yield from go(child, depth + 1)

    yield from go(tree.root, 0)


def _head(needs: int, children: int) -> str:
    if needs == NEGATION:
        return "不能是"
    if needs == children:
        return "都要满足" if children > 1 else "要满足"
    return "满足任一" if needs == 1 else f"至少满足{needs}项"


def _where(policy: Policy, leaf: Leaf) -> str:
    basis = policy.basis[leaf.basis]
    return basis.clause or "转述"


def _short(words: str) -> str:
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


def _connectors(lines: list[_Line]) -> Iterator[str]:
    for position, one in enumerate(lines):
        if one.depth == 0:
            continue
        parent = max(before for before in range(position) if lines[before].depth == one.depth - 1)
        x = LEFT + STEP * (one.depth - 1) + 10
        start, end = _middle(parent) + 13, _middle(position)
        yield f'<path d="M{x} {start}V{end}H{x + STEP - 10}" fill="none" stroke="#9aa7b8"/>'


def _middle(position: int) -> int:
    return TOP + LINE * position + LINE // 2


def _box(one: _Line, position: int) -> str:
    fill, ink = _COLOURS[one.truth]
    x, y = LEFT + STEP * one.depth, _middle(position)
    words = one.words if isinstance(one.truth, str) else f"{one.words} · {_MARKS[one.truth]}"
    width = 14 * len(words) + 20
    note = f'<text x="{x + width + 8}" y="{y + 5}" font-size="12" fill="#44546a">{escape(one.note)}</text>'
    return (
        f'<rect x="{x}" y="{y - 13}" width="{width}" height="26" rx="{13 if one.is_head else 4}" '
        f'fill="{fill}" stroke="{ink}"/>'
        f'<text x="{x + 10}" y="{y + 5}" fill="{ink}">{escape(words)}</text>' + (note if one.note else "")
    )
