"""What the indexes read out of SQL, on both engines."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import index_feed
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.schema import metadata
from knowledge.scope import in_force
from tests.knowledge.shelf import TODAY, Words, put, put_many, take_away

DAYS = st.integers(0, 9).map(lambda days: TODAY + timedelta(days=days))


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = Database(address)
    metadata.create_all(database.engine)
    yield database
    database.close()


def test_changes_come_by_document_with_all_that_was_removed(database: Database) -> None:
    put(database, "d1", "甲", Words("乙", audience=Audience.STAFF))
    put(database, "d2", "丙")
    with database.reading() as tx:
        before = index_feed.last_change(tx)
    put(database, "d1", "丁")
    take_away(database, "d1")
    with database.reading() as tx:
        changes = index_feed.changes_since(tx, before)
        assert index_feed.changed_documents(tx, before) == 1
        assert index_feed.passages_of(tx, changes.documents) == []
    removed = {"d1": {("420100", Audience.PUBLIC): ["d1:0", "d1:0"], ("420100", Audience.STAFF): ["d1:1"]}}
    assert changes == index_feed.Changes(before + 2, ("d1",), removed)


def test_nothing_changed_leaves_the_place_where_it_was(database: Database) -> None:
    with database.reading() as tx:
        assert index_feed.changes_since(tx, 7) == index_feed.Changes(7)


def test_pages_hold_whole_documents_and_every_one(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_feed, "PAGE", 25)
    put_many(database, [f"第{number}条" for number in range(95)], per_document=10)
    with database.reading() as tx:
        pages = index_feed.pages(tx)
        assert sum(page.passages for page in pages) == index_feed.count(tx) == 95
        assert [len(page.documents) for page in pages] == [2, 2, 2, 2, 2]
        assert index_feed.pages(tx, ["gone"]) == [index_feed.Page(("gone",), 0)]
        assert len(index_feed.sample(tx, 7)) == 7


def test_what_turned_between_two_days_is_what_is_in_force_on_just_one(database: Database) -> None:
    days = [None, *(TODAY + timedelta(days=number) for number in range(-2, 4))]
    ranges = [(first, last) for first in days for last in days]
    put(database, "d", *(Words(f"{first}{last}", first, last) for first, last in ranges))
    for after in (TODAY + timedelta(days=1), TODAY + timedelta(days=2), TODAY - timedelta(days=1), TODAY):
        expected = {
            f"d:{row}"
            for row, (first, last) in enumerate(ranges)
            if in_force(first, last, on=TODAY) != in_force(first, last, on=after)
        }
        with database.reading() as tx:
            assert {passage.id for passage in index_feed.turned(tx, TODAY, after)} == expected


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_in_force_is_one_stretch_of_days(first: date | None, last: date | None, on: date) -> None:
    if in_force(first, last, on=on):
        assert in_force(first or on, last or on, on=on)
        assert in_force(None, last, on=on)
        assert in_force(first, None, on=on)
