"""The text of one Word paragraph as its reader sees it: insertions in, deletions and hidden words out."""

from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = f"{_W}txbxContent"
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", _FALLBACK, _BOX})
_TEXT = frozenset({f"{_W}t", _MATH_TEXT})
_SIGNS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_WRAPPERS = frozenset(f"{_W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins"))


def text_of(paragraph: Any) -> str:
    return "".join(_parts(paragraph))


def _parts(element: Any) -> Iterator[str]:
    """The parser allows 256 levels, so recursion is safe."""
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{_W}br":
            yield "" if child.get(f"{_W}type") in {"page", "column"} else "\n"
        elif tag == f"{_W}ruby":  # pinyin above the words: the words alone
            yield from _parts(child.find(f"{_W}rubyBase"))
        elif tag not in _UNSEEN and not _is_hidden(child):
            yield from _parts(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return vanish is not None and vanish.get(f"{_W}val", "1") not in {"0", "false"}


def boxes(element: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph (an issuer's letterhead is often one)."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            yield from boxes(child)


def parts_in(element: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from parts_in(child, tag)
