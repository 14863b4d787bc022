"""What the tests of the index keeper share: a clock to set, and questions to a keeper."""

from collections.abc import Callable
from datetime import date

from knowledge.documents import Audience
from knowledge.index_keeper import IndexKeeper
from knowledge.scope import Scope
from tests.fakes import HashEmbedding
from tests.knowledge.shelf import TODAY

PREFIX = "青禾市个体工商户扶持办法\n"
LOAN, TAX, RENT = "创业担保贷款最高30万元", "减半征收个人所得税", "场地租金补贴每月500元"


class Clock:
    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


Open = Callable[..., IndexKeeper]


def by_words(keeper: IndexKeeper, question: str, *, on: date = TODAY, today: date = TODAY) -> list[str]:
    with keeper.searching() as indexes:
        return [hit.id for hit in indexes.words.search(question, Scope(("420100",), (Audience.PUBLIC,), on, today), 3)]


def by_meaning(keeper: IndexKeeper, body: str, *, today: date = TODAY, region: str = "420100") -> str | None:
    """The id of the passage with exactly this body, if it is in force."""
    vector = HashEmbedding().encode([PREFIX + body])[0]
    with keeper.searching() as indexes:
        assert indexes.vectors is not None
        hits = indexes.vectors.search(vector, Scope((region,), (Audience.PUBLIC,), today, today), 1, list)
    return hits[0].id if hits and hits[0].score > 0.999 else None
