"""All of corpus/laws: taken in whole, articles as counted, and of several versions the right one on every day."""

import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from assistant import migrations
from ingest.pipeline import Report, Status, ingest
from knowledge.database import Database
from knowledge.documents import ClauseKind
from knowledge.schema import clauses, documents, passages, sources
from knowledge.validity import in_force
from tests.papers import NOW

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a law, and the first day it may be relied on."""

    file: str
    first_day: date
    stated: bool = True
    """The text names this day; else it is the day of the decision, and the start waits for a curator."""


def said(file: str, day: str) -> Edition:
    return Edition(file, date.fromisoformat(day))


def decided(file: str, day: str) -> Edition:
    return Edition(file, date.fromisoformat(day), stated=False)


EDITIONS: dict[str, tuple[Edition, ...]] = {
    # The final article of each names the day, unless a comment says otherwise. A law that was only
    # amended (修正、修订) keeps the day of its first wording in the final article: that day says nothing
    # of the amended wording, and when the amendment itself takes effect the text does not tell.
    "行政复议法": (
        decided("诉讼与非诉讼程序法/行政复议法(2017-09-01).md", "2017-09-01"),  # 第四十三条 names 1999-10-01
        said("诉讼与非诉讼程序法/行政复议法(2023-09-01).md", "2024-01-01"),
    ),
    "北京市优化营商环境条例": (
        said("地方性法规/北京市优化营商环境条例(2020-03-27).md", "2020-04-28"),
        # 自公布之日起施行, adopted or amended three times: which publication is meant the text leaves open
        decided("地方性法规/北京市优化营商环境条例(2024-11-29).md", "2024-11-29"),
    ),
    "上海市优化营商环境条例": (
        said("地方性法规/上海市优化营商环境条例(2020-04-10).md", "2020-04-10"),
        decided("地方性法规/上海市优化营商环境条例(2024-09-27).md", "2024-09-27"),  # 第九十七条 names 2020-04-10
    ),
    "会计法": (
        decided("经济法/会计法(2017-11-04).md", "2017-11-04"),  # 第五十二条 names 2000-07-01
        decided("经济法/会计法(2024-06-28).md", "2024-06-28"),  # 第五十一条 names 2000-07-01
    ),
    "农产品质量安全法": (
        decided("经济法/农产品质量安全法(2018-10-26).md", "2018-10-26"),  # 第五十六条 names 2006-11-01
        said("经济法/农产品质量安全法(2022-09-02).md", "2023-01-01"),
    ),
    "反垄断法": (
        said("经济法/反垄断法(2007-08-30).md", "2008-08-01"),
        decided("经济法/反垄断法(2022-06-24).md", "2022-06-24"),  # 第七十条 names 2008-08-01
    ),
    "最高人民法院、最高人民检察院关于办理危害食品安全刑事案件适用法律若干问题的解释": (
        # no final article; the header says 2013年5月4日 施行
        said(
            "司法解释/最高人民法院、最高人民检察院关于办理危害食品安全刑事案件适用法律若干问题的解释(2013-05-02).md",
            "2013-05-04",
        ),
        said(
            "司法解释/最高人民法院、最高人民检察院关于办理危害食品安全刑事案件适用法律若干问题的解释(2021-12-30).md",
            "2022-01-01",
        ),
    ),
    "公司法": (
        decided("民法商法/公司法(2018-10-26).md", "2018-10-26"),  # 第二百一十八条 names 2006-01-01
        said("民法商法/公司法(2023-12-29).md", "2024-07-01"),
    ),
    "专利法实施细则": (
        # the header ends with the amendment of 2002; the one of 2010-01-09 is known from the file's name alone
        decided("行政法规/专利法实施细则(2010-01-09).md", "2010-01-09"),
        decided("行政法规/专利法实施细则(2023-12-11).md", "2023-12-11"),  # 第一百四十九条 names 2001-07-01
    ),
    "互联网上网服务营业场所管理条例": (
        decided("行政法规/互联网上网服务营业场所管理条例(2019-03-24).md", "2019-03-24"),  # 第三十七条 names 2002-11-15
        decided("行政法规/互联网上网服务营业场所管理条例(2022-03-29).md", "2022-03-29"),  # 第三十八条 names 2002-11-15
    ),
    "保障中小企业款项支付条例": (
        said("行政法规/保障中小企业款项支付条例(2020-07-05).md", "2020-09-01"),
        said("行政法规/保障中小企业款项支付条例(2025-03-17).md", "2025-06-01"),
    ),
    "发票管理办法": (
        # 自发布之日起施行 was written in 1993
        decided("行政法规/发票管理办法(2019-03-02).md", "2019-03-02"),
        decided("行政法规/发票管理办法(2023-07-20).md", "2023-07-20"),
    ),
    "烟草专卖法实施条例": (
        # 自发布之日起施行 was written in 1997
        decided("行政法规/烟草专卖法实施条例(2021-11-10).md", "2021-11-10"),
        decided("行政法规/烟草专卖法实施条例(2023-07-20).md", "2023-07-20"),
    ),
    "计量法实施细则": (
        # 自发布之日起施行 was written in 1987
        decided("行政法规/计量法实施细则(2018-03-19).md", "2018-03-19"),
        decided("行政法规/计量法实施细则(2022-03-29).md", "2022-03-29"),
    ),
    "道路运输条例": (
        decided("行政法规/道路运输条例(2019-03-02).md", "2019-03-02"),  # 第八十三条 names 2004-07-01
        decided("行政法规/道路运输条例(2022-03-29).md", "2022-03-29"),
        decided("行政法规/道路运输条例(2023-07-20).md", "2023-07-20"),
    ),
}
COPIES: dict[str, tuple[tuple[str, str], date]] = {
    # two files of one version: 2021-04-29 is the last decision, 第七十四条 names 2015-09-01
    "广告法": (("行政法/广告法(2021-04-29).md", "经济法/广告法(2021-04-29).md"), date(2021, 4, 29)),
    # 第二十条 names 2022-03-15
    "最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定（一）": (
        (
            "司法解释/最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定（一）.md",
            "司法解释/最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定（一）(2022-03-01).md",
        ),
        date(2022, 3, 15),
    ),
}
ALL_EDITIONS = [edition for editions in EDITIONS.values() for edition in editions]
CHANGES = [
    (name, before, after) for name, editions in EDITIONS.items() for before, after in itertools.pairwise(editions)
]


@dataclass(frozen=True, slots=True)
class Laws:
    database: Database
    folder: Path
    manifest: dict[str, dict[str, Any]]
    report: Report

    def path(self, file: str) -> str:
        return str(self.folder / file)

    def document(self, file: str) -> Row[Any]:
        query = select(documents).join(sources, sources.c.document_id == documents.c.id)
        with self.database.reading() as tx:
            return tx.execute(query.where(sources.c.path == self.path(file))).one()

    def in_force(self, title: str, on: date) -> set[str]:
        """Ids of the documents of this title of which something may be relied on that day."""
        query = select(documents.c.id).join(passages, passages.c.document_id == documents.c.id)
        with self.database.reading() as tx:
            return set(tx.execute(query.where(documents.c.title == title, in_force(on))).scalars())


@pytest.fixture(scope="module")
def laws(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laws]:
    folder = shared / "corpus" / "laws"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('laws') / 'xiaoer.db'}")
    migrations.upgrade(database)
    report = ingest([folder], database, at=NOW)
    yield Laws(database, folder.absolute(), {entry["file"]: entry for entry in manifest}, report)
    database.close()


def test_no_law_fails(laws: Laws) -> None:
    assert laws.report.failed == []


def test_every_law_of_the_manifest_is_in(laws: Laws) -> None:
    with laws.database.reading() as tx:
        taken_in = set(tx.execute(select(sources.c.path)).scalars())
    assert {laws.path(file) for file in laws.manifest} - taken_in == set()


def test_every_law_has_the_articles_that_were_counted(laws: Laws) -> None:
    counted = {file: entry["n_art"] for file, entry in laws.manifest.items()}
    query = (
        select(sources.c.path, func.count())
        .join(clauses, clauses.c.document_id == sources.c.document_id)
        .where(clauses.c.kind == ClauseKind.ARTICLE)
        .group_by(sources.c.path)
    )
    with laws.database.reading() as tx:
        found = {row[0]: row[1] for row in tx.execute(query)}
    assert {file: found.get(laws.path(file), 0) for file in counted} == counted


def test_every_law_has_its_title(laws: Laws) -> None:
    titles = {laws.path(file): entry["title"] for file, entry in laws.manifest.items()}
    query = select(sources.c.path, documents.c.title).join(documents, documents.c.id == sources.c.document_id)
    with laws.database.reading() as tx:
        found = {row[0]: row[1] for row in tx.execute(query)}
    assert {path: found.get(path) for path in titles} == titles


def test_no_law_loses_a_word_between_its_clauses(laws: Laws) -> None:
    lost = []
    with laws.database.reading() as tx:
        for document in tx.execute(select(documents.c.id, documents.c.title, documents.c.text)):
            query = select(clauses.c.start, clauses.c.own_end).where(clauses.c.document_id == document.id)
            own = tx.execute(query.order_by(clauses.c.ordinal))
            if "".join(document.text[start:end] for start, end in own) != document.text:
                lost.append(document.title)
    assert lost == []


def test_no_law_loses_a_word_between_file_and_store(laws: Laws) -> None:
    query = select(sources.c.path, documents.c.text).join(documents, documents.c.id == sources.c.document_id)
    with laws.database.reading() as tx:
        stored = {row[0]: row[1] for row in tx.execute(query)}
    lost = [
        file
        for file in laws.manifest
        if file not in COPIED
        and _signs((laws.folder / file).read_text(encoding="utf-8")) != _signs(stored[laws.path(file)])
    ]
    assert lost == []


COPIED = {file for files, _ in COPIES.values() for file in files}
"""One of each pair is stored, so the other's own spelling is not."""


def _signs(text: str) -> str:
    """The characters of a text, however it is spaced, marked up and punctuated."""
    words = re.sub(r"<!--.*?-->|[\s#*|]+", "", text, flags=re.DOTALL)
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum())


def test_every_name_that_occurs_more_than_once_is_looked_at_here(laws: Laws) -> None:
    names = Counter(entry["name"] for entry in laws.manifest.values())
    assert {name for name, count in names.items() if count > 1} == EDITIONS.keys() | COPIES.keys()


@pytest.mark.parametrize("name", EDITIONS)
def test_all_versions_of_a_law_stay(laws: Laws, name: str) -> None:
    found = [laws.document(edition.file) for edition in EDITIONS[name]]
    assert len({document.id for document in found}) == len(EDITIONS[name])


@pytest.mark.parametrize("name", EDITIONS)
def test_the_versions_of_a_law_are_one_family(laws: Laws, name: str) -> None:
    assert len({laws.document(edition.file).family for edition in EDITIONS[name]}) == 1


@pytest.mark.parametrize(("name", "before", "after"), CHANGES, ids=[name[-12:] for name, _, _ in CHANGES])
def test_the_day_before_a_new_version_the_old_one_is_relied_on(
    laws: Laws, name: str, before: Edition, after: Edition
) -> None:
    document = laws.document(before.file)
    assert laws.in_force(document.title, after.first_day - DAY) == {document.id}


@pytest.mark.parametrize(("name", "before", "after"), CHANGES, ids=[name[-12:] for name, _, _ in CHANGES])
def test_from_its_first_day_the_new_version_alone_is_relied_on(
    laws: Laws, name: str, before: Edition, after: Edition
) -> None:
    document = laws.document(after.file)
    assert laws.in_force(document.title, after.first_day) == {document.id}


@pytest.mark.parametrize("name", EDITIONS)
def test_before_the_first_version_nothing_is_relied_on(laws: Laws, name: str) -> None:
    first = EDITIONS[name][0]
    assert laws.in_force(laws.document(first.file).title, first.first_day - DAY) == set()


@pytest.mark.parametrize("name", EDITIONS)
def test_the_last_version_has_no_end(laws: Laws, name: str) -> None:
    document = laws.document(EDITIONS[name][-1].file)
    assert laws.in_force(document.title, date(2099, 1, 1)) == {document.id}


@pytest.mark.parametrize("edition", [e for e in ALL_EDITIONS if e.stated], ids=lambda edition: edition.file[-24:])
def test_a_start_that_the_text_names_is_taken(laws: Laws, edition: Edition) -> None:
    assert laws.document(edition.file).effective_from == edition.first_day


@pytest.mark.parametrize("edition", [e for e in ALL_EDITIONS if e.stated], ids=lambda edition: edition.file[-24:])
def test_a_start_that_the_text_names_is_not_pending(laws: Laws, edition: Edition) -> None:
    assert "effective_from" not in laws.document(edition.file).pending


@pytest.mark.parametrize("edition", [e for e in ALL_EDITIONS if not e.stated], ids=lambda edition: edition.file[-24:])
def test_a_start_that_the_text_does_not_name_is_pending(laws: Laws, edition: Edition) -> None:
    document = laws.document(edition.file)
    assert (document.effective_from, "effective_from" in document.pending) == (None, True)


@pytest.mark.parametrize("edition", [e for e in ALL_EDITIONS if not e.stated], ids=lambda edition: edition.file[-24:])
def test_without_a_named_start_the_decision_orders_the_versions(laws: Laws, edition: Edition) -> None:
    assert laws.document(edition.file).valid_from == edition.first_day


@pytest.mark.parametrize("name", COPIES)
def test_two_files_of_one_version_are_one_document(laws: Laws, name: str) -> None:
    files, _ = COPIES[name]
    assert len({laws.document(file).id for file in files}) == 1


@pytest.mark.parametrize("name", COPIES)
def test_a_law_in_two_files_is_in_force_from_its_day(laws: Laws, name: str) -> None:
    files, first_day = COPIES[name]
    document = laws.document(files[0])
    found = [laws.in_force(document.title, day) for day in (first_day - DAY, first_day)]
    assert found == [set(), {document.id}]


def test_taking_the_laws_in_again_writes_nothing(laws: Laws) -> None:
    again = ingest([laws.folder], laws.database, at=NOW)
    assert again.count(Status.UNCHANGED) == len(again.outcomes)
