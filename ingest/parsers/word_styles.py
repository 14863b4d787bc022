"""What Word's paragraph styles say: heading, title, list number; a style inherits from the one it is based on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|标题)\s*[1-9]$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题)$", re.IGNORECASE)
_LONGEST_CHAIN = 20
"""A broken file may base styles on each other in a ring."""


@dataclass(frozen=True, slots=True)
class Role:
    is_heading: bool
    is_title: bool


@dataclass(frozen=True, slots=True)
class Styles:
    by_id: Mapping[str, Any]
    default: str

    def of(self, paragraph: Any) -> Role:
        names = [_value(style, "name") for style in self._chain(paragraph)]
        is_title = any(_TITLE.match(name) for name in names)
        outline = self._property(paragraph, "outlineLvl")
        has_outline = outline is not None and outline.get(f"{_W}val", "9") in set("012345678")
        return Role(is_title or has_outline or any(_HEADING.match(name) for name in names), is_title)

    def number_of(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level, from the paragraph or its style; list 0 means: no number here."""
        number_id = depth = None
        for number in self._properties(paragraph, "numPr"):
            number_id = number_id or _value(number, "numId")
            depth = depth or _value(number, "ilvl")
        if not number_id or number_id == "0":
            return None
        return number_id, int(depth) if depth and depth.isascii() and depth.isdigit() else 0

    def _property(self, paragraph: Any, tag: str) -> Any | None:
        return next(self._properties(paragraph, tag), None)

    def _properties(self, paragraph: Any, tag: str) -> Iterator[Any]:
        for owner in (paragraph, *self._chain(paragraph)):
            found = owner.find(f"{_W}pPr/{_W}{tag}")
            if found is not None:
                yield found

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style_id = self.default if named is None else named.get(f"{_W}val", "")
        for _ in range(_LONGEST_CHAIN):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "basedOn")


def read_styles(root: Any | None) -> Styles:
    styles = [] if root is None else root.findall(f"{_W}style")
    paragraphs = [style for style in styles if style.get(f"{_W}type", "paragraph") == "paragraph"]
    default = next((s.get(f"{_W}styleId", "") for s in paragraphs if s.get(f"{_W}default") in {"1", "true"}), "")
    return Styles({style.get(f"{_W}styleId", ""): style for style in paragraphs}, default)


def _value(element: Any, tag: str) -> str:
    child = element.find(f"{_W}{tag}")
    return "" if child is None else str(child.get(f"{_W}val", ""))
