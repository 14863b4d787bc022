"""Whether a 文号 or title that somebody mentions is a document we hold, wherever it applies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from knowledge.documents import Audience
from knowledge.numbering import normalise_number
from knowledge.schema import documents

_NUMBER = re.compile(r"(?P<letters>[\u4e00-\u9fff]{1,12})〔(?P<year>\d{4})〕(?P<n>\d{1,5})号")
_TITLE = re.compile(r"《([^《》]{3,80})》")


@dataclass(frozen=True, slots=True)
class Held:
    id: str
    title: str
    doc_number: str | None
    region: str | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that a text names."""

    name: str
    """As written there."""
    held: Held | None
    """None: not among ours."""


def mentioned(tx: Connection, text: str, audience: Audience) -> list[Mention]:
    """Every 文号 and every 《title》 in the text, each with our document of that name."""
    return [*_numbers(tx, normalise_number(text), audience), *_titles(tx, text, audience)]


def _numbers(tx: Connection, text: str, audience: Audience) -> Iterator[Mention]:
    for match in _NUMBER.finditer(text):
        tail = f"〔{match['year']}〕{match['n']}号"
        query = _held(audience).where(documents.c.doc_number.endswith(tail, autoescape=True))
        rows = [Held(*row) for row in tx.execute(query)]
        written = match["letters"]
        one = next((row for row in rows if written.endswith((row.doc_number or "").removesuffix(tail))), None)
        yield Mention(one.doc_number or tail if one else f"{_letters(written)}{tail}", one)


def _letters(written: str) -> str:
    """The letters of the issuer, without the words before them: 根据国发 → 国发."""
    return re.split(r"根据|依据|按照|依照|按|见|是|看|的|文件|问|和|与|有个|有份|说", written)[-1] or written


def _titles(tx: Connection, text: str, audience: Audience) -> Iterator[Mention]:
    for name in dict.fromkeys(_TITLE.findall(text)):
        query = _held(audience).where(documents.c.title.contains(name, autoescape=True))
        row = tx.execute(query.order_by(documents.c.valid_to.is_not(None))).first()
        yield Mention(f"《{name}》", Held(*row) if row else None)


def _held(audience: Audience) -> Select[Any]:
    columns = (documents.c.id, documents.c.title, documents.c.doc_number, documents.c.region, documents.c.valid_to)
    return select(*columns).where(documents.c.audience.in_(audience.sees()))
