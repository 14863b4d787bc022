"""Whether the quote of a basis stands in the knowledge base, word for word.

Spaces, line breaks and the shapes of brackets, quotation marks and digits do not
count (ingest keeps them as the source had them); …… stands for words left out.
"""

import re
import unicodedata

from sqlalchemy import Connection, select

from knowledge.documents import Audience
from knowledge.numbering import canonical_clause, normalise_number
from knowledge.rules.check_findings import QuoteState
from knowledge.rules.model import Basis
from knowledge.schema import clauses, documents

_COUNTRY = "中华人民共和国"
_SHAPES = str.maketrans(
    dict.fromkeys("［【〔〈", "(") | dict.fromkeys("］】〕〉", ")") | dict.fromkeys("「」『』“”‘’", '"')
)
_OMITTED = re.compile(r"…+|\.{3,}")


def state_of(tx: Connection, basis: Basis) -> QuoteState:
    """Looks into every version of the document that is here; one of them must have the words, in the clause named."""
    if basis.quote is None:
        return QuoteState.RETOLD
    found = _documents(tx, basis)
    if not found:
        return QuoteState.ABSENT
    stands = any(stands_in(tx, identity, whole, basis) for identity, whole in found)
    return QuoteState.VERIFIED if stands else QuoteState.MISMATCHED


def stands_in(tx: Connection, identity: str, whole: str, basis: Basis) -> bool:
    """Whether this document has the quote in the clause named; a basis without one has nothing to miss."""
    pieces = [bare(piece) for piece in _OMITTED.split(basis.quote or "") if piece.strip()]
    return any(_stands(pieces, text) for text in _places(tx, identity, whole, basis))


def is_meant(title: str, basis: Basis) -> bool:
    """With or without the country, and versions in brackets behind."""
    name = basis.document.removeprefix(_COUNTRY)
    return name in title and _same_title(title, name)


def place_of(tx: Connection, basis: Basis) -> tuple[str, str] | None:
    """Public document and clause where the basis can be read, for a link; None where it is not here."""
    wanted = canonical_clause(bare(basis.clause or ""))
    for identity, _ in _documents(tx, basis):
        query = (
            select(clauses.c.path)
            .join(documents, documents.c.id == clauses.c.document_id)
            .where(clauses.c.document_id == identity)
            .where(clauses.c.audience == Audience.PUBLIC, documents.c.audience == Audience.PUBLIC)
        )
        paths = list(tx.execute(query).scalars())
        found = next((path for path in paths if canonical_clause(bare(path)) == wanted), None)
        if found is not None:
            return identity, found
    return None


def bare(text: str) -> str:
    """One shape of every sign, no spaces."""
    text = unicodedata.normalize("NFKC", normalise_number(text)).translate(_SHAPES)
    return re.sub(r"[\s\u200b*_#>|]+", "", text)


def _stands(pieces: list[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def _documents(tx: Connection, basis: Basis) -> list[tuple[str, str]]:
    name = basis.document.removeprefix(_COUNTRY)
    columns = select(documents.c.id, documents.c.title, documents.c.doc_number, documents.c.text)
    titled = [
        row
        for row in tx.execute(columns.where(documents.c.title.contains(name, autoescape=True)))
        if is_meant(row.title, basis)
    ]
    number = normalise_number(basis.number) if basis.number else None
    numbered = [row for row in titled if number is not None and row.doc_number == number]
    others = [row for row in titled if number is None or row.doc_number is None]
    return [(row.id, row.text) for row in (numbered or others)]


def _same_title(title: str, name: str) -> bool:
    return bool(re.fullmatch(rf"(?:{_COUNTRY})?{re.escape(name)}(?:[（(][^（）()]*[）)])*", title.strip()))


def _places(tx: Connection, identity: str, whole: str, basis: Basis) -> list[str]:
    """The clause as cited; the whole text where the document has no clause of that name."""
    wanted = canonical_clause(bare(basis.clause or ""))
    rows = tx.execute(select(clauses.c.path, clauses.c.start, clauses.c.end).where(clauses.c.document_id == identity))
    texts = [whole[row.start : row.end] for row in rows if canonical_clause(bare(row.path)) == wanted]
    return [bare(text) for text in texts or [whole]]
