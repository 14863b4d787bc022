"""Which version is in force when: worked cases, and a property over any set of versions."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from knowledge import store
from knowledge.database import Database
from knowledge.documents import Audience, Clause, ClauseKind, Document, Labels, Level, Link, LinkKind, Passage
from knowledge.schema import changes, documents, passages
from knowledge.scope import in_force as said_in_force
from knowledge.validity import in_force
from tests.papers import NOW

DAY = timedelta(days=1)
START = date(2020, 1, 1)


def day(number: int) -> date:
    return START + number * DAY


def edition(
    identity: str,
    starts: date | None,
    ends: date | None = None,
    *,
    family: str = "f",
    title: str = "青禾市服务办法",
    number: str | None = None,
    region: str | None = "990100",
    ended: Sequence[str] = (),
) -> Document:
    """A version of one clause."""
    clause = Clause(f"{identity}/第一条", None, ClauseKind.ARTICLE, "第一条", "", 0, 5, 5)
    labels = Labels(
        title,
        region,
        Level.CITY,
        doc_number=number,
        effective_from=starts,
        effective_to=ends,
        links=tuple(Link(LinkKind.SUPERSEDES, target) for target in ended),
    )
    passage = Passage(f"{identity}~0", clause.id, 0, 5, title, "", "服务免费。", region or "", Audience.PUBLIC)
    return Document(identity, family, labels, "服务免费。", [clause], [passage])


def put(database: Database, *editions: Document) -> None:
    for one in editions:
        with database.transaction() as tx:
            store.save(tx, one, at=NOW)


def take_out(database: Database, identity: str) -> None:
    with database.transaction() as tx:
        store.remove(tx, identity)


def relied_on(database: Database, on: date) -> set[str]:
    with database.reading() as tx:
        return set(tx.execute(select(passages.c.document_id).where(in_force(on))).scalars())


def ends(database: Database) -> dict[str, tuple[date | None, str | None]]:
    """Last day of every document, and what ended it."""
    with database.reading() as tx:
        query = select(documents.c.id, documents.c.valid_to, documents.c.ended_by)
        return {row.id: (row.valid_to, row.ended_by) for row in tx.execute(query)}


def test_the_last_day_is_in_force_and_the_next_is_not(database: Database) -> None:
    put(database, edition("a", day(0), day(9)))
    assert [relied_on(database, day(number)) for number in (-1, 0, 9, 10)] == [set(), {"a"}, {"a"}, set()]


def test_a_document_without_any_date_is_never_excluded(database: Database) -> None:
    put(database, edition("a", None))
    assert relied_on(database, day(0)) == {"a"}


def test_a_version_ends_the_day_before_the_next(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    assert ends(database) == {"a": (day(9), "b"), "b": (None, None)}


def test_the_nearest_later_version_ends_a_version(database: Database) -> None:
    put(database, edition("a", day(0)), edition("c", day(20)), edition("b", day(10)))
    assert ends(database)["a"] == (day(9), "b")


def test_a_stated_end_before_the_next_version_holds(database: Database) -> None:
    put(database, edition("a", day(0), day(4)), edition("b", day(10)))
    assert ends(database)["a"] == (day(4), None)


def test_a_stated_end_after_the_next_version_does_not(database: Database) -> None:
    put(database, edition("a", day(0), day(30)), edition("b", day(10)))
    assert ends(database)["a"] == (day(9), "b")


def test_a_version_without_a_first_day_ends_no_other(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", None))
    assert ends(database)["a"] == (None, None)


def test_another_family_ends_nothing(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10), family="g"))
    assert ends(database)["a"] == (None, None)


@pytest.mark.parametrize("name", ["青禾市服务办法", "青政规〔2020〕1号"])
def test_a_repeal_ends_what_it_names(database: Database, name: str) -> None:
    put(database, edition("a", day(0), number="青政规〔2020〕1号"))
    put(database, edition("r", day(10), family="g", title="青禾市新办法", ended=[name]))
    assert ends(database)["a"] == (day(9), "r")


def test_a_repeal_of_an_earlier_day_ends_nothing(database: Database) -> None:
    put(database, edition("a", day(10)))
    put(database, edition("r", day(0), family="g", title="青禾市新办法", ended=["青禾市服务办法"]))
    assert ends(database)["a"] == (None, None)


@pytest.mark.parametrize(
    ("repealing", "repealed", "ended"),
    [
        ("990100", "990100", True),
        ("990000", "990100", True),
        ("100000", "990100", True),
        ("990100", "990000", False),
        ("990100", "100000", False),
        ("990200", "990100", False),
        (None, "990100", False),
        ("990100", None, False),
    ],
)
def test_only_the_same_or_a_higher_place_repeals(
    database: Database, repealing: str | None, repealed: str | None, ended: bool
) -> None:
    put(database, edition("a", day(0), region=repealed))
    put(database, edition("r", day(10), family="g", title="青禾市新办法", ended=["青禾市服务办法"], region=repealing))
    assert (ends(database)["a"][1] == "r") is ended


def test_the_earlier_of_a_new_version_and_a_repeal_ends_a_document(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(20)))
    put(database, edition("r", day(10), family="g", title="青禾市新办法", ended=["青禾市服务办法"]))
    assert ends(database)["a"] == (day(9), "r")


def test_taking_out_what_ended_a_document_brings_it_back(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    take_out(database, "b")
    assert relied_on(database, day(15)) == {"a"}


def test_taking_out_a_middle_version_lets_the_next_end_the_first(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)), edition("c", day(20)))
    take_out(database, "b")
    assert ends(database)["a"] == (day(19), "c")


def test_a_corrected_first_day_moves_the_end_of_the_version_before(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    put(database, edition("b", day(15)))
    assert ends(database)["a"] == (day(14), "b")


def test_a_repeal_that_no_longer_names_a_document_lets_it_be(database: Database) -> None:
    put(database, edition("a", day(0)))
    put(database, edition("r", day(10), family="g", title="青禾市新办法", ended=["青禾市服务办法"]))
    put(database, edition("r", day(10), family="g", title="青禾市新办法"))
    assert ends(database)["a"] == (None, None)


def test_a_document_that_changes_its_family_lets_its_old_family_be(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    put(database, edition("b", day(10), family="g"))
    assert ends(database)["a"] == (None, None)


def test_a_repeal_ends_a_document_that_comes_in_later(database: Database) -> None:
    put(database, edition("r", day(10), family="g", title="青禾市新办法", ended=["青禾市服务办法"]))
    put(database, edition("a", day(0)))
    assert ends(database)["a"] == (day(9), "r")


def test_a_passage_with_an_earlier_end_of_its_own_keeps_it(database: Database) -> None:
    whole = edition("a", day(0))
    own = dataclasses.replace(whole.passages[0], effective_to=day(4))
    put(database, dataclasses.replace(whole, passages=[own]), edition("b", day(10)))
    assert [relied_on(database, day(number)) for number in (4, 5)] == [{"a"}, set()]


def test_a_passage_with_a_later_end_of_its_own_ends_with_its_document(database: Database) -> None:
    whole = edition("a", day(0))
    own = dataclasses.replace(whole.passages[0], effective_to=day(30))
    put(database, dataclasses.replace(whole, passages=[own]), edition("b", day(10)))
    assert [relied_on(database, day(number)) for number in (9, 10)] == [{"a"}, {"b"}]


def test_a_passage_with_a_later_end_of_its_own_ends_with_what_its_document_states(database: Database) -> None:
    whole = edition("a", day(0), day(9))
    own = dataclasses.replace(whole.passages[0], effective_to=day(30))
    put(database, dataclasses.replace(whole, passages=[own]))
    assert relied_on(database, day(10)) == set()


def test_a_document_whose_end_moved_is_put_before_the_indexes_again(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    with database.reading() as tx:
        logged = [(row.document_id, row.removed) for row in tx.execute(select(changes).order_by(changes.c.seq))]
    assert logged[-1] == ("a", {"990100|public": ["a~0"]})


def test_a_document_whose_end_did_not_move_is_not(database: Database) -> None:
    put(database, edition("a", day(0)), edition("b", day(10)))
    with database.reading() as tx:
        before = len(tx.execute(select(changes.c.seq)).all())
    put(database, edition("b", day(10)))
    with database.reading() as tx:
        assert len(tx.execute(select(changes.c.seq)).all()) == before + 1


OFFSETS = st.integers(0, 12)
DAYS = range(-1, 20)
VERSIONS = st.lists(
    st.tuples(OFFSETS, st.none() | st.integers(0, 6)), min_size=1, max_size=5, unique_by=lambda one: one[0]
)
"""First day and, sometimes, how many days after it the version says it ends."""


def versions_of(drawn: Sequence[tuple[int, int | None]]) -> list[Document]:
    return [
        edition(f"v{first:02}", day(first), None if length is None else day(first + length)) for first, length in drawn
    ]


def only(database: Database, editions: Sequence[Document]) -> None:
    """The store holds these and nothing else."""
    with database.transaction() as tx:
        for identity in list(tx.execute(select(documents.c.id)).scalars()):
            store.remove(tx, identity)
        for one in editions:
            store.save(tx, one, at=NOW)


def day_by_day(database: Database) -> list[set[str]]:
    """What may be relied on, from the day before the first."""
    query = select(passages.c.document_id)
    with database.reading() as tx:
        return [set(tx.execute(query.where(in_force(day(number)))).scalars()) for number in DAYS]


@settings(max_examples=15)
@given(drawn=VERSIONS)
def test_on_any_day_at_most_one_version_is_in_force(database: Database, drawn: list[tuple[int, int | None]]) -> None:
    only(database, versions_of(drawn))
    assert [found for found in day_by_day(database) if len(found) > 1] == []


@settings(max_examples=15)
@given(drawn=VERSIONS)
def test_every_day_has_the_latest_version_that_began_unless_it_says_it_ended(
    database: Database, drawn: list[tuple[int, int | None]]
) -> None:
    only(database, versions_of(drawn))
    assert day_by_day(database) == [latest(drawn, number) for number in DAYS]


def latest(drawn: Sequence[tuple[int, int | None]], number: int) -> set[str]:
    begun = [(first, length) for first, length in drawn if first <= number]
    if not begun:
        return set()
    first, length = max(begun, key=lambda one: one[0])
    return {f"v{first:02}"} if length is None or number <= first + length else set()


@settings(max_examples=15)
@given(drawn=VERSIONS, data=st.data())
def test_the_order_in_which_versions_come_and_go_does_not_matter(
    database: Database, drawn: list[tuple[int, int | None]], data: st.DataObject
) -> None:
    editions = versions_of(drawn)
    only(database, editions)
    straight = ends(database)
    passing = edition("vx", day(data.draw(OFFSETS)))
    only(database, [*data.draw(st.permutations(editions)), passing])
    take_out(database, "vx")
    assert ends(database) == straight


@given(st.none() | OFFSETS, st.none() | OFFSETS, OFFSETS)
def test_a_document_is_in_force_between_its_first_and_its_last_day(
    first: int | None, last: int | None, on: int
) -> None:
    wanted = (first is None or first <= on) and (last is None or on <= last)
    found = said_in_force(None if first is None else day(first), None if last is None else day(last), on=day(on))
    assert found is wanted
