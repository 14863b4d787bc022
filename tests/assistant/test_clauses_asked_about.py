"""What the pages ask about each clause (就此提问) is answered from that very clause, and so are shorter ways to name it."""

from datetime import date

import pytest
from sqlalchemy import select

from assistant.responder import Responder
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.library import Question
from knowledge.schema import clauses, documents
from tests.assistant.chatting import Talk
from tests.sample import TODAY, OpenSample

ASKED = ("article", "part", "section_item", "point")
"""Kinds of clauses of rules beside which the page of a document offers to ask."""
MEASURES, PROVINCE = "云岭省促进个体工商户发展若干措施", "990000"


def offered(database: Database) -> list[tuple[str, str, str]]:
    """Title, clause and region of every clause that can be asked about today."""
    columns = (documents.c.title, clauses.c.path, documents.c.region)
    query = select(*columns).join(clauses, clauses.c.document_id == documents.c.id)
    query = query.where(clauses.c.kind.in_(ASKED), documents.c.audience == Audience.PUBLIC)
    query = query.where(documents.c.valid_to.is_(None) | (documents.c.valid_to >= TODAY))
    with database.reading() as tx:
        return [(row.title, row.path, row.region) for row in tx.execute(query)]


def is_of(clause: str, asked: str) -> bool:
    """The clause itself, what lies below it, or the one that its short words are kept with."""
    return clause.startswith(asked) or asked.startswith(clause)


def test_what_a_page_asks_about_a_clause_is_answered_from_that_clause(sample: OpenSample) -> None:
    missed = []
    for title, path, region in offered(sample.database):
        answer = sample.answers.answer(Question(f"《{title}》{path}是什么意思？", region, TODAY))
        first = answer.sources[0] if answer.sources else None
        if first is None or first.title != title or not is_of(first.clause, path):
            missed.append((title, path, first and (first.title, first.clause)))
    assert "\n".join(map(str, missed)) == ""


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        (f"{MEASURES}二、(一)是什么意思", "二（一）"),
        (f"《{MEASURES}》第二部分第（二）点讲什么", "二（二）"),
        (f"《{MEASURES}》二（一）", "二（一）"),
    ],
)
def test_the_numbers_of_a_notice_are_understood_as_people_write_them(engine: Responder, said: str, clause: str) -> None:
    reply = Talk(engine, region=PROVINCE).answer(said)
    assert reply.answer is not None
    assert [(one["title"], one["clause"]) for one in reply.answer["sources"]] == [(MEASURES, clause)]


def test_without_the_title_the_number_is_one_of_the_document_just_quoted(engine: Responder) -> None:
    talk = Talk(engine, region=PROVINCE)
    talk.answer(f"《{MEASURES}》二（一）是什么意思？")
    for said, clause in (("（二）呢", "二（二）"), ("那三、（一）怎么说", "三（一）"), ("（二）呢", "三（二）")):
        reply = talk.answer(said)
        assert reply.answer is not None
        assert [(one["title"], one["clause"]) for one in reply.answer["sources"]] == [(MEASURES, clause)]


def test_a_clause_that_is_not_there_is_not_taken_for_another(sample: OpenSample) -> None:
    answer = sample.answers.answer(Question(f"《{MEASURES}》二（九）是什么意思？", PROVINCE, date(2026, 7, 1)))
    assert not any(source.clause.startswith("二（") for source in answer.sources[:1])
