"""Files into the store, on both engines: unchanged, changed, versions, repeals, copies, failures."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from ingest import pipeline
from ingest.assemble import assemble
from ingest.blocks import Parsed
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.pipeline import Options, Outcome, Report, Status
from knowledge import store
from knowledge.database import Database
from knowledge.documents import Audience, Document
from knowledge.schema import changes, clauses, documents, metadata, passages, sources
from knowledge.validity import in_force
from tests.papers import NOW, write

PAPER = """关于印发《{place}个体工商户服务办法》的通知
{number}
各有关单位：
现将办法印发给你们，请认真执行。
{place}人民政府
{signed}
{place}个体工商户服务办法
第一条 为了服务个体工商户，制定本办法。
第二条 {words}
第三条 {end}
"""
LATER = NOW + timedelta(hours=1)


def paper(
    *,
    place: str = "青禾市",
    number: str = "青政规〔2024〕1号",
    words: str = "服务免费。",
    end: str = "本办法自2024年3月1日起施行。",
    signed: str = "2024年2月1日",
) -> str:
    return PAPER.format(place=place, number=number, words=words, end=end, signed=signed)


OLD = paper()
NEW = paper(
    number="青政规〔2025〕2号", words="服务全程免费。", end="本办法自2025年5月1日起施行。", signed="2025年4月1日"
)
FIRST_DAY = date(2025, 5, 1)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def take_in(folder: Path, database: Database) -> Callable[..., Report]:
    def take_in(**options: Any) -> Report:
        return pipeline.ingest([folder], database, at=NOW, options=Options(**options))

    return take_in


def statuses(report: Report) -> list[Status]:
    return [outcome.status for outcome in report.outcomes]


def snapshot(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log of changes."""
    with database.reading() as tx:
        return {
            table.name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table is not changes
        }


def logged(database: Database) -> int:
    with database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(changes)).scalar_one())


def titles(database: Database) -> list[str]:
    with database.reading() as tx:
        return sorted(tx.execute(select(documents.c.title)).scalars())


def words_in_force(database: Database, on: date) -> list[str]:
    """The second article of whatever may be relied on that day."""
    query = select(passages.c.body).where(in_force(on), passages.c.body.startswith("第二条"))
    with database.reading() as tx:
        return sorted(tx.execute(query).scalars())


def end_of(database: Database, number: str) -> date | None:
    with database.reading() as tx:
        ended: date | None = tx.execute(
            select(documents.c.valid_to).where(documents.c.doc_number == number)
        ).scalar_one()
    return ended


def test_a_new_file_is_taken_in(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    assert (statuses(take_in()), titles(database)) == ([Status.NEW], ["青禾市个体工商户服务办法"])


def test_an_unchanged_file_is_not_read_again(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", OLD)
    take_in()
    assert statuses(take_in()) == [Status.UNCHANGED]


def test_an_unchanged_file_writes_nothing(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    take_in()
    before = snapshot(database), logged(database)
    pipeline.ingest([folder], database, at=LATER)
    assert (snapshot(database), logged(database)) == before


def test_a_changed_file_replaces_its_document(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md", paper(words="服务收费。"))
    assert statuses(take_in()) == [Status.UPDATED]
    assert words_in_force(database, FIRST_DAY) == ["第二条 服务收费。"]


def test_a_replaced_document_leaves_no_clause_of_its_earlier_reading(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", paper(words="服务免费。\n各区落实。\n每年检查。"))
    take_in()
    write(folder, "a.md", OLD)
    take_in()
    with database.reading() as tx:
        assert "第二条第二款" not in set(tx.execute(select(clauses.c.path)).scalars())


def test_replacing_fails_whole_or_not_at_all(
    folder: Path, take_in: Callable[..., Report], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    before = snapshot(database)
    write(folder, "a.md", paper(words="服务收费。"))
    monkeypatch.setattr(store, "settle", _break)  # the last step of a swap
    assert statuses(take_in()) == [Status.FAILED]
    assert snapshot(database) == before


def _break(*_: object) -> None:
    message = "a fault in the middle of a swap"
    raise RuntimeError(message)


def test_a_swap_logs_which_passages_went(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    take_in()
    with database.reading() as tx:
        before = set(tx.execute(select(passages.c.id)).scalars())
    write(folder, "a.md", paper(words="服务收费。"))
    take_in()
    with database.reading() as tx:
        removed = tx.execute(select(changes.c.removed).order_by(changes.c.seq.desc()).limit(1)).scalar_one()
    assert set(removed["990100|public"]) == before


def test_a_changed_labels_file_has_its_document_read_again(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md.labels.yaml", "audience: staff")
    assert statuses(take_in()) == [Status.UPDATED]
    with database.reading() as tx:
        assert set(tx.execute(select(passages.c.audience)).scalars()) == {"staff"}


def test_a_removed_labels_file_has_its_document_read_again(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    labels = write(folder, "a.md.labels.yaml", "audience: staff")
    take_in()
    labels.unlink()
    take_in()
    with database.reading() as tx:
        assert set(tx.execute(select(passages.c.audience)).scalars()) == {"public"}


def test_a_labels_file_that_moves_a_document_elsewhere_leaves_nothing_behind(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md.labels.yaml", "region: 武汉市")
    take_in()
    with database.reading() as tx:
        assert list(tx.execute(select(documents.c.region)).scalars()) == ["420100"]


def test_a_labels_file_that_corrects_a_date_leaves_no_second_version(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md.labels.yaml", "effective_from: 2024-06-01")
    take_in()
    with database.reading() as tx:
        assert list(tx.execute(select(documents.c.valid_from)).scalars()) == [date(2024, 6, 1)]


def test_other_options_have_a_file_read_again(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", OLD)
    take_in()
    assert statuses(take_in(audience=Audience.STAFF)) == [Status.UPDATED]


@pytest.fixture
def two_versions(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "b.md", NEW)
    take_in()


@pytest.mark.usefixtures("two_versions")
def test_both_versions_stay(database: Database) -> None:
    assert len(titles(database)) == 2


@pytest.mark.usefixtures("two_versions")
def test_the_older_version_ends_the_day_before_the_newer_begins(database: Database) -> None:
    assert end_of(database, "青政规〔2024〕1号") == FIRST_DAY - DAY


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2024, 2, 29), []),
        (date(2024, 3, 1), ["第二条 服务免费。"]),
        (FIRST_DAY - DAY, ["第二条 服务免费。"]),
        (FIRST_DAY, ["第二条 服务全程免费。"]),
        (date(2099, 1, 1), ["第二条 服务全程免费。"]),
    ],
)
def test_every_day_has_the_version_of_that_day(database: Database, on: date, words: list[str]) -> None:
    assert words_in_force(database, on) == words


def test_the_order_in_which_versions_come_in_does_not_matter(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", NEW)
    take_in()
    write(folder, "b.md", OLD)
    take_in()
    assert words_in_force(database, FIRST_DAY - DAY) == ["第二条 服务免费。"]


def test_a_file_overwritten_with_a_new_version_keeps_the_old_one(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md", NEW)
    take_in()
    assert words_in_force(database, FIRST_DAY - DAY) == ["第二条 服务免费。"]


def test_a_file_overwritten_with_another_document_drops_the_first(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    write(folder, "a.md", OLD.replace("服务办法", "信用办法"))
    take_in()
    assert titles(database) == ["青禾市个体工商户信用办法"]


@pytest.mark.usefixtures("two_versions")
def test_taking_out_the_newer_version_brings_the_older_back(database: Database) -> None:
    with database.reading() as tx:
        newer = tx.execute(select(documents.c.id).where(documents.c.doc_number == "青政规〔2025〕2号")).scalar_one()
    with database.transaction() as tx:
        store.remove(tx, newer)
    assert words_in_force(database, FIRST_DAY) == ["第二条 服务免费。"]


def repealing(names: str, *, place: str = "青禾市") -> str:
    text = paper(place=place, number="青政规〔2025〕9号", end="{end}", signed="2025年4月1日")
    text = text.replace("个体工商户服务办法", "市场主体服务办法")
    return text.format(end=f"本办法自2025年5月1日起施行。{names}同时废止。")


@pytest.mark.parametrize(
    "names",
    ["《青禾市个体工商户服务办法》", "《甲》（青政规〔2024〕1号）", "《青禾市个体工商户服务办法》（青政规[2024]1号）"],
)
def test_a_repeal_ends_what_it_names_by_title_or_number(
    folder: Path, take_in: Callable[..., Report], database: Database, names: str
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", repealing(names))
    take_in()
    assert end_of(database, "青政规〔2024〕1号") == FIRST_DAY - DAY


def test_a_repeal_read_before_what_it_ends_still_ends_it(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", repealing("《青禾市个体工商户服务办法》"))
    take_in()
    write(folder, "b.md", OLD)
    take_in()
    assert end_of(database, "青政规〔2024〕1号") == FIRST_DAY - DAY


def test_a_city_may_end_a_rule_of_its_district(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", paper(place="青禾市南屏区"))
    write(folder, "b.md", repealing("《青禾市南屏区个体工商户服务办法》"))
    take_in()
    assert end_of(database, "青政规〔2024〕1号") == FIRST_DAY - DAY


def test_a_district_cannot_end_a_rule_of_its_city(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", repealing("《青禾市个体工商户服务办法》", place="青禾市南屏区"))
    take_in()
    assert end_of(database, "青政规〔2024〕1号") is None


def test_another_city_cannot_end_a_rule(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", repealing("《青禾市个体工商户服务办法》", place="武汉市"))
    take_in()
    assert end_of(database, "青政规〔2024〕1号") is None


def test_a_repeal_taken_out_ends_nothing_any_more(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", repealing("《青禾市个体工商户服务办法》"))
    take_in()
    with database.reading() as tx:
        repeal = tx.execute(select(documents.c.id).where(documents.c.doc_number == "青政规〔2025〕9号")).scalar_one()
    with database.transaction() as tx:
        store.remove(tx, repeal)
    assert end_of(database, "青政规〔2024〕1号") is None


def test_a_repeal_that_is_corrected_away_ends_nothing_any_more(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", repealing("《青禾市个体工商户服务办法》"))
    take_in()
    write(folder, "b.md", repealing("《甲市乙办法》"))
    take_in()
    assert end_of(database, "青政规〔2024〕1号") is None


def test_a_copy_adds_no_document(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", OLD)
    assert statuses(take_in()) == [Status.NEW, Status.DUPLICATE]
    assert len(titles(database)) == 1


def test_a_copy_in_another_format_adds_no_document(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    body = "".join(f"<p>{line}</p>" for line in OLD.splitlines())
    write(folder, "b.html", f"<html><body>{body}</body></html>")
    take_in()
    assert len(titles(database)) == 1


def test_a_copy_is_known_the_next_time(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", OLD)
    take_in()
    assert statuses(take_in()) == [Status.UNCHANGED, Status.UNCHANGED]


def test_a_copy_that_gives_the_number_takes_the_place_of_one_that_does_not(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD.replace("青政规〔2024〕1号\n", ""))
    write(folder, "b.md", OLD)
    take_in()
    with database.reading() as tx:
        assert list(tx.execute(select(documents.c.doc_number)).scalars()) == ["青政规〔2024〕1号"]


def test_a_copy_without_the_number_does_not_take_the_place_of_one_with_it(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", OLD.replace("青政规〔2024〕1号\n", ""))
    take_in()
    with database.reading() as tx:
        assert list(tx.execute(select(documents.c.doc_number)).scalars()) == ["青政规〔2024〕1号"]


def test_sheets_of_one_name_in_two_folders_are_two_documents(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    for place in ("武汉市", "宜昌市"):
        (folder / place).mkdir()
        write(folder / place, "faq.csv", f"问题,答案,地区\n怎么办？,去{place}大厅。,{place}\n")
    take_in()
    with database.reading() as tx:
        found = set(tx.execute(select(passages.c.region)).scalars())
    assert found == {"420100", "420500"}


def test_a_failed_file_is_reported_with_its_reason(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", "")
    assert [(outcome.status, "空" in outcome.reason) for outcome in take_in().outcomes] == [(Status.FAILED, True)]


def test_a_failed_file_does_not_stop_the_rest(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", "")
    write(folder, "b.md", OLD)
    (folder / "c.docx").write_bytes(b"PK\x03\x04 broken")
    assert statuses(take_in()) == [Status.FAILED, Status.NEW, Status.FAILED]


def test_a_failed_file_leaves_its_earlier_reading(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    before = snapshot(database)
    write(folder, "a.md", "")
    take_in()
    assert snapshot(database) == before


def test_a_wrong_labels_file_leaves_the_earlier_reading(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", OLD)
    take_in()
    before = snapshot(database)
    write(folder, "a.md.labels.yaml", "region: 不存在市")
    assert statuses(take_in()) == [Status.FAILED]
    assert snapshot(database) == before


def test_a_failed_file_is_tried_again(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", OLD)
    labels = write(folder, "a.md.labels.yaml", "titel: 甲")
    take_in()
    labels.write_text("title: 甲办法", encoding="utf-8")
    assert statuses(take_in()) == [Status.NEW]


def test_a_path_that_does_not_exist_is_reported(database: Database, tmp_path: Path) -> None:
    report = pipeline.ingest([tmp_path / "no.md"], database, at=NOW)
    assert [("不存在" in outcome.reason) for outcome in report.failed] == [True]


def test_an_error_nobody_foresaw_is_reported_and_the_rest_goes_on(
    folder: Path, take_in: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", OLD.replace("服务办法", "信用办法"))
    monkeypatch.setattr("ingest.pipeline.assemble", _assemble_all_but_a)
    assert statuses(take_in()) == [Status.FAILED, Status.NEW]


def _assemble_all_but_a(parsed: Parsed, overrides: Overrides, hints: Hints) -> Document:
    if hints.file_name == "a.md":
        message = "nobody foresaw this"
        raise ZeroDivisionError(message)
    return assemble(parsed, overrides, hints)


def test_a_document_of_an_unknown_region_is_never_found(
    folder: Path, take_in: Callable[..., Report], database: Database
) -> None:
    write(folder, "a.md", "服务办法\n第一条 服务免费。\n")
    take_in()
    with database.reading() as tx:
        assert set(tx.execute(select(passages.c.region)).scalars()) == {""}


def test_a_document_of_an_unknown_region_is_pending(folder: Path, take_in: Callable[..., Report]) -> None:
    write(folder, "a.md", "服务办法\n第一条 服务免费。\n")
    assert "region" in take_in().outcomes[0].pending


def test_the_caller_s_region_finds_it(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", "服务办法\n第一条 服务免费。\n")
    take_in(region="420100")
    with database.reading() as tx:
        assert set(tx.execute(select(passages.c.region)).scalars()) == {"420100"}


def test_folders_are_walked_and_notes_left_out(folder: Path, take_in: Callable[..., Report]) -> None:
    (folder / "x" / "y").mkdir(parents=True)
    for name in ("README.md", ".hidden.md", "~$open.docx", "a.exe", "a.md.labels.yaml"):
        write(folder, name, "title: 甲")
    write(folder / "x" / "y", "b.md", OLD)
    assert [Path(outcome.path).name for outcome in take_in().outcomes] == ["b.md"]


def test_progress_is_told_file_by_file(folder: Path, database: Database) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", NEW)
    told: list[Outcome] = []
    report = pipeline.ingest([folder], database, at=NOW, on_outcome=told.append)
    assert told == report.outcomes


def test_every_file_has_its_record(folder: Path, take_in: Callable[..., Report], database: Database) -> None:
    write(folder, "a.md", OLD)
    write(folder, "b.md", OLD)
    take_in()
    with database.reading() as tx:
        assert {Path(path).name for path in tx.execute(select(sources.c.path)).scalars()} == {"a.md", "b.md"}
