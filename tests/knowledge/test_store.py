"""Documents in SQL, on both engines: the atomic swap, taking out, and reading back what may be read."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from ingest.label import Hints
from knowledge import catalogue, store
from knowledge.database import Database
from knowledge.documents import MASK, Audience, Document, Faq, Level, Row
from knowledge.documents import ClauseKind as Kind
from knowledge.errors import DocumentNotFound
from knowledge.schema import changes, clauses, documents, faqs, links, metadata, passages, rows, sources, spans
from knowledge.scope import Scope
from tests.papers import NOW, document

PARTS = (clauses, spans, links, passages, faqs, rows)
TEXT = """青禾市个体工商户服务办法
第一章 总则
第一条 为了服务个体工商户，制定本办法，咨询请拨打13800138000。
第二条 申请人应当符合下列条件：
（一）有固定的经营场所；
（二）已经登记。
第三条 本办法自2024年3月1日起施行。《青禾市旧办法》同时废止。
青禾市人民政府
2024年2月1日
附件1
工作人员名单
科长 王某负责日常工作。
附件2
办事流程
先取号后办理，全程免费。
"""
OPEN = Scope(("990100", "990000", "100000"), (Audience.PUBLIC,), on=date(2025, 1, 1), today=date(2025, 1, 1))


@pytest.fixture
def paper() -> Document:
    return document(TEXT)


def put(database: Database, *papers: Document) -> None:
    for paper in papers:
        with database.transaction() as tx:
            store.save(tx, paper, at=NOW)


def all_of(database: Database, table: Any) -> list[Any]:
    with database.reading() as tx:
        return list(tx.execute(select(table)))


def test_a_document_is_stored_as_it_was_read(database: Database, paper: Document) -> None:
    put(database, paper)
    stored = all_of(database, documents)[0]
    assert (stored.id, stored.title, stored.region, stored.level, stored.text, list(stored.issuers)) == (
        paper.id,
        "青禾市个体工商户服务办法",
        "990100",
        Level.CITY,
        paper.text,
        ["青禾市人民政府"],
    )


def test_its_clauses_are_stored_in_order(database: Database, paper: Document) -> None:
    put(database, paper)
    with database.reading() as tx:
        found = tx.execute(select(clauses.c.path, clauses.c.start, clauses.c.end).order_by(clauses.c.ordinal))
        assert [tuple(row) for row in found] == [(one.path, one.start, one.end) for one in paper.clauses]


def test_its_passages_have_its_dates(database: Database, paper: Document) -> None:
    put(database, paper)
    assert {(row.valid_from, row.valid_to) for row in all_of(database, passages)} == {(date(2024, 3, 1), None)}


def test_a_passage_with_own_dates_keeps_them(database: Database, paper: Document) -> None:
    own = [
        dataclasses.replace(one, effective_from=date(2024, 5, 1), effective_to=date(2024, 6, 1))
        for one in paper.passages
    ]
    put(database, dataclasses.replace(paper, passages=own))
    assert {(row.valid_from, row.valid_to) for row in all_of(database, passages)} == {
        (date(2024, 5, 1), date(2024, 6, 1))
    }


def test_its_links_are_stored(database: Database, paper: Document) -> None:
    put(database, paper)
    assert [(row.kind, row.target) for row in all_of(database, links)] == [("supersedes", "青禾市旧办法")]


def test_questions_and_rows_are_stored(database: Database, paper: Document) -> None:
    clause = paper.clauses[0].id
    row = Row(clause, Kind.UNIT, "质量科", {"单位": "质量科"})
    put(database, dataclasses.replace(paper, faqs=[Faq(clause, "怎么办？", "网上办。", ("咋办？",))], rows=[row]))
    assert (all_of(database, faqs)[0].variants, all_of(database, rows)[0].fields) == (["咋办？"], {"单位": "质量科"})


def test_saving_twice_leaves_one_of_everything(database: Database, paper: Document) -> None:
    put(database, paper)
    before = {table.name: len(all_of(database, table)) for table in PARTS}
    put(database, paper)
    assert {table.name: len(all_of(database, table)) for table in PARTS} == before


def test_a_new_reading_replaces_all_of_the_old(database: Database, paper: Document) -> None:
    put(database, paper)
    put(database, dataclasses.replace(paper, clauses=paper.clauses[:2], passages=[], spans=[]))
    assert [len(all_of(database, table)) for table in (clauses, passages, spans)] == [2, 0, 0]


def test_a_swap_that_breaks_leaves_the_old_reading(database: Database, paper: Document) -> None:
    put(database, paper)
    before = {table.name: all_of(database, table) for table in metadata.sorted_tables}
    broken = dataclasses.replace(paper, text="另一篇。", passages=[*paper.passages, paper.passages[0]])
    with pytest.raises(Exception, match=r"(?i)unique"):
        put(database, broken)
    assert {table.name: all_of(database, table) for table in metadata.sorted_tables} == before


def test_a_swap_logs_the_passages_it_took_out(database: Database, paper: Document) -> None:
    put(database, paper)
    put(database, paper)
    last = all_of(database, changes)[-1]
    wanted = {one.id for one in paper.passages if one.audience is Audience.PUBLIC}
    assert set(last.removed["990100|public"]) == wanted


def test_a_first_reading_logs_a_change_that_took_out_nothing(database: Database, paper: Document) -> None:
    put(database, paper)
    assert [(row.document_id, row.removed) for row in all_of(database, changes)] == [(paper.id, {})]


def test_changes_are_numbered_upwards_for_ever(database: Database, paper: Document) -> None:
    put(database, paper, paper)
    with database.transaction() as tx:
        tx.execute(changes.delete())
    put(database, paper)
    assert all_of(database, changes)[0].seq > 2


def test_taking_a_document_out_leaves_nothing_of_it(database: Database, paper: Document) -> None:
    put(database, paper)
    with database.transaction() as tx:
        store.record_source(tx, "/a.md", "hash", paper.id, at=NOW)
    with database.transaction() as tx:
        store.remove(tx, paper.id)
    assert [table.name for table in (documents, sources, *PARTS) if all_of(database, table)] == []


def test_taking_a_document_out_logs_its_passages(database: Database, paper: Document) -> None:
    put(database, paper)
    with database.transaction() as tx:
        store.remove(tx, paper.id)
    removed = all_of(database, changes)[-1].removed
    assert {identity for ids in removed.values() for identity in ids} == {one.id for one in paper.passages}


def test_taking_out_what_is_not_there_does_no_harm(database: Database, paper: Document) -> None:
    put(database, paper)
    with database.transaction() as tx:
        store.remove(tx, "nobody")
    assert len(all_of(database, documents)) == 1


def test_a_better_copy_takes_over_the_files_of_the_one_it_replaces(database: Database, paper: Document) -> None:
    better = document(TEXT.replace("服务办法", "帮扶办法"))
    put(database, paper, better)
    with database.transaction() as tx:
        store.record_source(tx, "/a.md", "hash", paper.id, at=NOW)
        store.replace(tx, paper.id, better.id)
    assert [(row.path, row.document_id) for row in all_of(database, sources)] == [("/a.md", better.id)]


def test_a_file_has_one_record(database: Database, paper: Document) -> None:
    put(database, paper)
    for content_hash in ("one", "two"):
        with database.transaction() as tx:
            store.record_source(tx, "/a.md", content_hash, paper.id, at=NOW)
    assert [row.content_hash for row in all_of(database, sources)] == ["two"]


def test_a_long_document_is_stored_whole(database: Database) -> None:
    articles = "".join(f"第{number}条 服务免费。\n" for number in range(1, 2100))
    paper = document("青禾市个体工商户服务办法\n" + articles)
    put(database, paper)
    assert len(all_of(database, clauses)) == len(paper.clauses)


@pytest.fixture
def shelf(database: Database, paper: Document) -> Database:
    put(database, paper)
    return database


def view(database: Database, paper: Document, audience: Audience) -> catalogue.DocumentView:
    with database.reading() as tx:
        return catalogue.view_document(tx, paper.id, audience)


def test_the_public_sees_a_document_without_its_staff_annex(shelf: Database, paper: Document) -> None:
    paths = [clause.path for clause in view(shelf, paper, Audience.PUBLIC).clauses]
    assert ("附件1" in paths, "附件2" in paths) == (False, True)


def test_staff_sees_the_whole_document(shelf: Database, paper: Document) -> None:
    words = "".join(clause.text for clause in view(shelf, paper, Audience.STAFF).clauses)
    assert words == paper.text


def test_the_public_sees_a_mask_in_place_of_personal_data(shelf: Database, paper: Document) -> None:
    first = next(clause for clause in view(shelf, paper, Audience.PUBLIC).clauses if clause.path == "第一条")
    assert MASK in first.text
    assert "13800138000" not in first.text + first.heading


def test_findings_are_for_staff(shelf: Database, paper: Document) -> None:
    seen = [bool(view(shelf, paper, audience).findings) for audience in (Audience.PUBLIC, Audience.STAFF)]
    assert seen == [False, True]


def test_a_staff_document_is_not_there_for_the_public(database: Database) -> None:
    paper = document(TEXT, hints=Hints(audience=Audience.STAFF))
    put(database, paper)
    with database.reading() as tx, pytest.raises(DocumentNotFound, match=paper.id):
        catalogue.view_document(tx, paper.id, Audience.PUBLIC)


def test_a_document_shows_its_versions_oldest_first(shelf: Database, paper: Document) -> None:
    put(shelf, document(TEXT.replace("2024年", "2025年")), document(TEXT.replace("2024年", "2023年")))
    assert [one.valid_from.year for one in view(shelf, paper, Audience.PUBLIC).versions if one.valid_from] == [
        2023,
        2024,
        2025,
    ]


def test_the_list_of_documents_leaves_out_what_the_reader_may_not_see(shelf: Database) -> None:
    put(shelf, document(TEXT.replace("服务办法", "内部办法"), hints=Hints(audience=Audience.STAFF)))
    with shelf.reading() as tx:
        assert [catalogue.list_documents(tx, audience)[1] for audience in (Audience.PUBLIC, Audience.STAFF)] == [1, 2]


def test_the_list_of_documents_can_be_searched_by_title_and_region(shelf: Database) -> None:
    put(shelf, document(TEXT.replace("青禾市", "武汉市").replace("服务办法", "帮扶办法")))
    with shelf.reading() as tx:
        by_title, _ = catalogue.list_documents(tx, Audience.PUBLIC, words="帮扶")
        by_region, _ = catalogue.list_documents(tx, Audience.PUBLIC, regions=["990100"])
    assert ([one.region for one in by_title], [one.region for one in by_region]) == (["420100"], ["990100"])


def test_signs_that_mean_something_to_the_database_are_searched_as_they_are(shelf: Database) -> None:
    with shelf.reading() as tx:
        assert catalogue.list_documents(tx, Audience.PUBLIC, words="%")[1] == 0


def test_the_list_of_documents_comes_page_by_page(shelf: Database) -> None:
    put(shelf, document(TEXT.replace("2024年", "2025年")))
    with shelf.reading() as tx:
        page, total = catalogue.list_documents(tx, Audience.PUBLIC, limit=1, offset=1)
    assert ([one.valid_from for one in page], total) == ([date(2024, 3, 1)], 2)


def test_an_exact_clause_comes_with_its_items(shelf: Database) -> None:
    with shelf.reading() as tx:
        found = catalogue.passages_of_clause(tx, OPEN, titles=["青禾市个体工商户服务办法"], clause="第二条")
    assert [one.clause for one in found] == ["第二条"]


def test_an_exact_clause_is_not_one_that_only_begins_so(database: Database) -> None:
    articles = "".join(f"第{number}条 服务免费。\n" for number in ("二", "二十", "二百"))
    put(database, document("青禾市个体工商户服务办法\n" + articles))
    with database.reading() as tx:
        found = catalogue.passages_of_clause(tx, OPEN, titles=["青禾市个体工商户服务办法"], clause="第二条")
    assert [one.clause for one in found] == ["第二条"]


@pytest.mark.parametrize(
    ("audience", "words"), [(Audience.PUBLIC, f"咨询请拨打{MASK}。"), (Audience.STAFF, "咨询请拨打13800138000。")]
)
def test_a_quotation_is_masked_for_the_public(shelf: Database, paper: Document, audience: Audience, words: str) -> None:
    start = paper.text.index("咨询")
    with shelf.reading() as tx:
        passage = catalogue.passages_of_clause(tx, OPEN, titles=["青禾市个体工商户服务办法"], clause="第一条")[0]
        assert catalogue.quoted(tx, passage, start, paper.text.index("\n", start), audience) == words


def test_a_quotation_of_signs_beyond_the_first_plane_is_not_shifted(database: Database) -> None:
    paper = document("青禾市个体工商户服务办法\n第一条 😀𠮷服务免费。\n第二条 另行规定。")
    put(database, paper)
    start = paper.text.index("服务免费")
    with database.reading() as tx:
        passage = catalogue.passages_of_clause(tx, OPEN, titles=["青禾市个体工商户服务办法"], clause="第一条")[0]
        assert catalogue.quoted(tx, passage, start, start + 4, Audience.PUBLIC) == "服务免费"


def test_more_ids_than_fit_one_statement_are_all_checked(shelf: Database, paper: Document) -> None:
    known = [one.id for one in paper.passages if one.audience is Audience.PUBLIC]
    with shelf.reading() as tx:
        found = catalogue.usable(tx, [*(f"nobody~{number}" for number in range(40_000)), *known], OPEN)
    assert set(found) == set(known)


def test_hits_are_looked_up_by_id_and_not_by_going_through_their_region(store: Database, paper: Document) -> None:
    """SQLite has no statistics to tell it which is shorter."""
    put(store, paper)
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        seen.append((statement, parameters))

    with store.reading() as tx:
        event.listen(store.engine, "before_cursor_execute", note)
        catalogue.usable(tx, [one.id for one in paper.passages], OPEN)
        event.remove(store.engine, "before_cursor_execute", note)
        statement, parameters = seen[-1]
        plan = [row.detail for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert len(plan) == 3
    assert all(step.endswith("(id=?)") for step in plan)


def test_reading_never_sees_half_a_swap(shelf: Database, paper: Document) -> None:
    with shelf.reading() as tx:
        before = len(list(tx.execute(select(clauses.c.id))))
        put(shelf, dataclasses.replace(paper, clauses=paper.clauses[:1], passages=[], spans=[]))
        assert len(list(tx.execute(select(clauses.c.id)))) == before
