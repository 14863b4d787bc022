"""What a question names exactly: a 文号, the title of a document, a clause number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.clause_names import clause_at, find_clause
from knowledge.numbering import normalise_number

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,16}〔\d{4}〕\d{1,5}号")
_ORDER = re.compile(r"(?:国务院|主席)?令第?\d{1,4}号|公告\d{4}年第?\d{1,4}号")
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_QUOTES = re.compile(r"[“”‘’\"「」『』]")
_COUNTRY = "中华人民共和国"
SHORTEST_TITLE = 3
_OTHER_WORD = tuple("律规院官庭人治定")
"""劳动法 is named in 劳动法第几条, not in 劳动法律援助."""
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


class Names:
    """Titles and 文号 of documents, so kept that a question is compared with few of them."""

    def __init__(self, documents: Iterable[tuple[str, str | None]]) -> None:
        self._titles: dict[str, set[str]] = {}
        self._starting: dict[str, list[str]] = {}
        self._numbers: set[str] = set()
        for title, number in documents:
            self._add(title)
            if number:
                self._numbers.add(number)

    def _add(self, title: str) -> None:
        name = _strip(_without_quotes(title))
        if len(name) < SHORTEST_TITLE:
            return
        if name not in self._titles:
            self._starting.setdefault(name[:SHORTEST_TITLE], []).append(name)
        self._titles.setdefault(name, set()).add(title)

    def titles_in(self, text: str) -> dict[str, set[str]]:
        """Titles by their short name, of those quoted or mentioned."""
        found = {_strip(name) for name in _QUOTED.findall(text)} & self._titles.keys()
        for position in range(len(text) - SHORTEST_TITLE + 1):
            for name in self._starting.get(text[position : position + SHORTEST_TITLE], ()):
                if text.startswith(name, position) and not text.startswith(_OTHER_WORD, position + len(name)):
                    found.add(name)
        return {name: self._titles[name] for name in found}

    def number_in(self, number: str) -> str | None:
        """请问青政规〔2025〕2号 names 青政规〔2025〕2号: the longest that stands at the end."""
        return next((number[start:] for start in range(len(number)) if number[start:] in self._numbers), None)


def find_reference(question: str, known: Sequence[Names]) -> Reference:
    """`known` are the documents that may be meant.

    公司法 names 中华人民共和国公司法; of overlapping titles the longest counts.
    """
    text = _without_quotes(normalise_number(question))
    number = next((match[0] for match in _NUMBER.finditer(text)), None) or _order(text)
    numbers = [found for names in known if number and (found := names.number_in(number))]
    titles = _titles(text, known)
    said = max(numbers, key=len, default=None)
    named = [_strip(_without_quotes(one)) for one in titles] + ([said] if said else [])
    behind = max((text.rindex(one) + len(one) for one in named if one in text), default=None)
    return Reference(tuple(sorted(titles)), said, find_clause(text, behind=behind))


def around_clause(question: str, reference: Reference) -> tuple[str, str] | None:
    """What stands before and behind the clause named: its document before it, what else is asked behind."""
    text = _without_quotes(normalise_number(question))
    ends = [text.rindex(one) + len(one) for one in short_names(reference) if one in text]
    span = clause_at(text, behind=max(ends, default=None))
    return (text[: span[0]], text[span[1] :]) if span else None


def short_names(reference: Reference) -> list[str]:
    """As people write the documents that are named."""
    titles = [_strip(_without_quotes(one)) for one in reference.titles]
    return titles + ([reference.number] if reference.number else [])


def _order(text: str) -> str | None:
    """国务院令755号 as documents have it: 国务院令第755号."""
    match = _ORDER.search(text)
    return re.sub(r"(令|年|公告)第?(?=\d{1,4}号)", r"\1第", match[0]) if match else None


def _titles(text: str, known: Sequence[Names]) -> set[str]:
    spotted: dict[str, set[str]] = {}
    for names in known:
        for name, titles in names.titles_in(text).items():
            spotted[name] = spotted.get(name, set()) | titles
    longest = {name for name in spotted if not any(name != other and name in other for other in spotted)}
    return {title for name in longest for title in spotted[name]}


def _without_quotes(text: str) -> str:
    """金牌“店小二”服务方案 is named by 金牌店小二服务方案, too."""
    return _QUOTES.sub("", text)


def _strip(title: str) -> str:
    return _VERSION.sub("", title).removeprefix(_COUNTRY)
