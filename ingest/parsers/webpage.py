"""Which part of a web page is the document: hidden parts, menus and footers out, the main content chosen."""

import re
from itertools import islice
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

_DROPPED = frozenset(
    {
        "aside",
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "footer",
        "head",
        "iframe",
        "input",
        "map",
        "nav",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOILERPLATE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_CONTENT_NAMES = re.compile(
    r"^(?:zoom|ucap-content|trs_editor\w*|trs_uedit\w*|view|custom_unionstyle|pages?_content|con_con|(?:article|news|main|detail|text)"
    r"[-_]?(?:content|con|text|body|detail)|content[-_]?(?:text|main|body))$",
    re.IGNORECASE,
)
"""What the editors of government sites call the box that holds the document."""
_MENU_LINKS = 4
_MENU_SIZE = 300
_ENOUGH = 0.5


def strip(root: Any) -> None:
    """Takes out, in place, what the reader does not see and what belongs to the site."""
    for element in list(root.iter()):
        if element is not root and element.getparent() is not None and _is_unwanted(element):
            _remove(element)


def _is_unwanted(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style", "")) or element.get("role") in _BOILERPLATE_ROLES:
        return True
    if element.tag == "header":
        return element.find(".//h1") is None
    return element.tag in {"ul", "ol", "div"} and _is_menu(element)


def _is_menu(element: Any) -> bool:
    """Nearly all its words are links, and they are not the attachments of the document."""
    if len(list(islice(element.iter(), _MENU_SIZE))) == _MENU_SIZE:
        return False  # bounded, since it is asked of every box within a box
    links = element.findall(".//a")
    if len(links) < _MENU_LINKS:
        return False
    text = "".join(element.itertext())
    linked = sum(len("".join(link.itertext()).strip()) for link in links)
    return linked > 0.8 * len("".join(text.split())) and "附件" not in text


def _remove(element: Any) -> None:
    """The words after it belong to the parent, and stay."""
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def main_content(root: Any) -> Any:
    """The box that names itself the content and holds at least half the words; else the whole page."""
    lengths = _lengths(root)
    candidates = [element for element in root.iter() if _names_itself_content(element)]
    largest = max(candidates, key=lengths.__getitem__, default=root)
    return largest if lengths[largest] >= _ENOUGH * lengths[root] else root


def _names_itself_content(element: Any) -> bool:
    if element.tag in {"main", "article"} or element.get("role") == "main":
        return True
    names = [element.get("id", ""), *element.get("class", "").split()]
    return any(_CONTENT_NAMES.match(name) for name in names)


def _lengths(root: Any) -> dict[Any, int]:
    """Characters in each element, in one pass."""
    lengths: dict[Any, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        inner = sum(lengths[child] + len((child.tail or "").strip()) for child in element)
        lengths[element] = len((element.text or "").strip()) + inner
    return lengths
