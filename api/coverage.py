"""Which regions there are documents for."""

from sqlalchemy import Connection, distinct, func, select

from api.models import CoveredPlace, Place
from knowledge import regions
from knowledge.documents import Audience
from knowledge.schema import passages


def covered_places(tx: Connection, audience: Audience = Audience.PUBLIC) -> list[CoveredPlace]:
    """Regions with passages this audience may read, by code, the country first."""
    query = (
        select(passages.c.region, func.count(distinct(passages.c.document_id)).label("documents"))
        .where(passages.c.audience.in_(audience.sees()))
        .group_by(passages.c.region)
        .order_by(passages.c.region)
    )
    return [covered(row.region, row.documents) for row in tx.execute(query) if row.region in regions.names()]


def covered(code: str, documents: int) -> CoveredPlace:
    return CoveredPlace(
        code=code,
        name=regions.name(code),
        full_name=regions.full_name(code),
        chain=[place(above) for above in regions.chain(code)],
        documents=documents,
    )


def place(code: str) -> Place:
    return Place(code=code, name=regions.name(code))
