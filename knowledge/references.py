"""What a question names exactly: a 文号, the title of a document, a clause number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.numbering import NUMERAL, canonical_clause, normalise_number

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号")
_ORDER = re.compile(r"(?:国务院|主席)?令第?\d{1,4}号|公告\d{4}年第?\d{1,4}号")
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_CLAUSE = re.compile(rf"第(?:{NUMERAL}|\d{{1,4}})条")
_COUNTRY = "中华人民共和国"
SHORTEST_TITLE = 3
_NOT_A_WORD = "(?![律规院官庭人治定])"
_VERSION = re.compile(r"（[^（）]{1,12}）$")


@dataclass(frozen=True, slots=True)
class Reference:
    """Exact names found in a question; empty fields name nothing."""

    titles: tuple[str, ...] = ()
    number: str | None = None
    clause: str | None = None

    def __bool__(self) -> bool:
        """A clause number alone names nothing: 第五条 of what?"""
        return bool(self.titles or self.number)


def find_reference(question: str, known: Iterable[tuple[str, str | None]]) -> Reference:
    """`known` are (title, 文号) of documents that may be meant.

    公司法 names 中华人民共和国公司法; of overlapping titles the longest counts.
    """
    text = normalise_number(question)
    documents = list(known)
    number = next((match[0] for match in _NUMBER.finditer(text)), None) or _order(text)
    numbers = {known_number for _, known_number in documents if known_number}
    found_number = next((one for one in numbers if number and number.endswith(one)), None)
    clause = _CLAUSE.search(text)
    titles = tuple(sorted(_titles(text, [title for title, _ in documents])))
    return Reference(titles, found_number, canonical_clause(clause[0]) if clause else None)


def _order(text: str) -> str | None:
    """国务院令755号 as documents have it: 国务院令第755号."""
    match = _ORDER.search(text)
    return re.sub(r"(令|年|公告)第?(?=\d{1,4}号)", r"\1第", match[0]) if match else None


def _titles(text: str, titles: Iterable[str]) -> set[str]:
    quoted = [_strip(name) for name in _QUOTED.findall(text)]
    spotted: dict[str, set[str]] = {}
    for title in set(titles):
        name = _strip(title)
        if len(name) >= SHORTEST_TITLE and (name in quoted or _mentions(text, name)):
            spotted.setdefault(name, set()).add(title)
    longest = {name for name in spotted if not any(name != other and name in other for other in spotted)}
    return {title for name in longest for title in spotted[name]}


def _mentions(text: str, name: str) -> bool:
    """劳动法 is named in 劳动法第几条, not in 劳动法律援助."""
    return re.search(re.escape(name) + _NOT_A_WORD, text) is not None


def _strip(title: str) -> str:
    return _VERSION.sub("", title).removeprefix(_COUNTRY)
