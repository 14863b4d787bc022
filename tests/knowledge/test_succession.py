"""What later documents did to earlier ones, on both engines."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from knowledge import regions, store, succession
from knowledge.database import Database
from knowledge.documents import Audience, Clause, ClauseKind, Document, Labels, Level, Link, LinkKind, Passage
from knowledge.scope import Scope
from tests.papers import NOW

TODAY = date(2026, 7, 1)


def paper(
    identity: str, title: str, number: str, starts: date, *links: Link, audience: Audience = Audience.PUBLIC
) -> Document:
    text = "将第三条修改为：服务免费。"
    clause = Clause(f"{identity}/第一条", None, ClauseKind.ARTICLE, "第一条", "", 0, len(text), len(text))
    labels = Labels(
        title, "990100", Level.CITY, doc_number=number, effective_from=starts, links=links, audience=audience
    )
    passage = Passage(f"{identity}~0", clause.id, 0, len(text), title, "", text, "990100", audience)
    return Document(identity, identity, labels, text, [clause], [passage])


OLD = paper("old", "青禾市备案规定", "青市监〔2019〕21号", date(2019, 4, 1))
NEW = paper("new", "青禾市许可规定", "青市监〔2024〕6号", date(2025, 1, 1), Link(LinkKind.SUPERSEDES, "青禾市备案规定"))
CHANGE = paper(
    "change", "关于修改许可规定的决定", "青市监〔2026〕1号", date(2026, 3, 1), Link(LinkKind.AMENDS, "青禾市许可规定")
)
EXPLAINS = paper(
    "explains", "《青禾市许可规定》政策解读", "", date(2025, 1, 2), Link(LinkKind.INTERPRETS, "青禾市许可规定")
)


def scope(on: date = TODAY, audience: Audience = Audience.PUBLIC) -> Scope:
    return Scope(tuple(regions.chain("990100")), tuple(audience.sees()), on, TODAY)


@pytest.fixture
def tx(database: Database) -> Iterator[Connection]:
    with database.transaction() as tx:
        for one in (OLD, NEW, CHANGE, EXPLAINS):
            store.save(tx, one, at=NOW)
    with database.reading() as reading:
        yield reading


def test_a_document_that_was_ended_has_a_successor(tx: Connection) -> None:
    later = succession.successors(tx, scope(), ["old", "new"])
    assert {key: (one.document, one.since) for key, one in later.items()} == {"old": ("new", date(2025, 1, 1))}


@pytest.mark.parametrize("said", ["《青禾市备案规定》还有效吗", "青市监[2019]21号还有效吗", "青禾市备案规定第一条"])
def test_an_ended_document_is_recognised_by_its_name(tx: Connection, said: str) -> None:
    found = succession.named_but_ended(tx, scope(), said)
    assert [(one.document, one.by and one.by.document) for one in found] == [("old", "new")]


def test_on_a_day_when_it_was_in_force_it_is_not_called_ended(tx: Connection) -> None:
    assert succession.named_but_ended(tx, scope(date(2024, 1, 1)), "青禾市备案规定还有效吗") == []


def test_what_a_document_ended_is_known(tx: Connection) -> None:
    assert [one.document for one, _ in succession.predecessors(tx, scope(), ["new"])] == ["old"]


def test_a_changed_clause_knows_what_changed_it(tx: Connection) -> None:
    assert [one.document for one in succession.amendments(tx, scope(), "new", "第三条")] == ["change"]
    assert succession.amendments(tx, scope(), "new", "第四条") == []


def test_a_change_is_not_known_before_its_first_day(tx: Connection) -> None:
    assert succession.amendments(tx, scope(date(2026, 2, 28)), "new", "第三条") == []


def test_an_explanation_knows_its_original(tx: Connection) -> None:
    assert succession.originals(tx, ["explains", "new"]) == {"explains": ("青禾市许可规定",)}


def test_a_successor_that_the_reader_may_not_see_is_not_named(database: Database) -> None:
    hidden = paper(
        "new",
        "青禾市许可规定",
        "青市监〔2024〕6号",
        date(2025, 1, 1),
        Link(LinkKind.SUPERSEDES, "青禾市备案规定"),
        audience=Audience.STAFF,
    )
    with database.transaction() as tx:
        store.save(tx, OLD, at=NOW)
        store.save(tx, hidden, at=NOW)
    with database.reading() as tx:
        assert succession.successors(tx, scope(), ["old"]) == {}
        assert set(succession.successors(tx, scope(audience=Audience.STAFF), ["old"])) == {"old"}
        assert [one.by for one in succession.named_but_ended(tx, scope(), "青禾市备案规定")] == [None]
