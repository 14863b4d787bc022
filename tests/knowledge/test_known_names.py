"""Names of documents are kept between questions, and are never older than the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from knowledge import index_feed
from knowledge.database import Database
from knowledge.known_names import KnownNames
from knowledge.references import find_reference
from tests.knowledge.shelf import put, take_away

CHAIN = ("420100", "420000", "100000")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is run meanwhile."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def named(database: Database, names: KnownNames, question: str) -> tuple[str, ...]:
    with database.reading() as tx:
        return find_reference(question, names.within(tx, index_feed.last_change(tx), CHAIN)).titles


@pytest.fixture
def names() -> KnownNames:
    return KnownNames()


def test_titles_are_read_once_however_many_questions_are_asked(store: Database, names: KnownNames) -> None:
    put(store, "青禾市扶持办法", "第一条", region="420100")
    named(store, names, "青禾市扶持办法")
    with statements(store) as seen:
        assert named(store, names, "青禾市扶持办法第一条") == ("青禾市扶持办法",)
    assert not [statement for statement in seen if "FROM documents" in statement]


def test_a_new_document_can_be_named_by_the_next_question(store: Database, names: KnownNames) -> None:
    assert named(store, names, "青禾市扶持办法") == ()
    put(store, "青禾市扶持办法", "第一条", region="420100")
    assert named(store, names, "青禾市扶持办法") == ("青禾市扶持办法",)


def test_a_document_taken_away_is_named_no_more(store: Database, names: KnownNames) -> None:
    put(store, "青禾市扶持办法", "第一条", region="420100")
    named(store, names, "青禾市扶持办法")
    take_away(store, "青禾市扶持办法")
    assert named(store, names, "青禾市扶持办法") == ()


def test_documents_of_other_regions_are_not_meant(store: Database, names: KnownNames) -> None:
    put(store, "外地扶持办法", "第一条", region="330100")
    assert named(store, names, "外地扶持办法") == ()


def test_of_overlapping_titles_in_two_regions_the_longest_counts(store: Database, names: KnownNames) -> None:
    put(store, "扶持办法", "第一条", region="100000")
    put(store, "青禾市扶持办法", "第一条", region="420100")
    assert named(store, names, "青禾市扶持办法第一条") == ("青禾市扶持办法",)
