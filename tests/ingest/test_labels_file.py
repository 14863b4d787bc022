"""The labels file beside a document: it overrides what was read, and says where it is wrong."""

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import BadLabels
from ingest.labels_file import Overrides, labels_path, read_overrides
from knowledge.documents import Audience, Level, Link, LinkKind, Module
from tests.papers import document, labels, write

TEXT = """服务办法（试行）
第一条 服务免费。
第二条 《甲办法》同时废止。
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path, "fuwu.md", TEXT)


def given(file: Path, yaml: str) -> Overrides:
    labels_path(file).write_text(yaml, encoding="utf-8")
    return read_overrides(file)


def test_it_lies_beside_the_document_under_its_full_name() -> None:
    assert labels_path(Path("a/fuwu.md")) == Path("a/fuwu.md.labels.yaml")


def test_without_one_nothing_is_overridden(file: Path) -> None:
    assert read_overrides(file) == Overrides()


def test_an_empty_one_overrides_nothing(file: Path) -> None:
    assert given(file, "# 待填\n") == Overrides()


@pytest.mark.parametrize(
    ("yaml", "field", "value"),
    [
        ("title: 《青禾市服务办法(试行)》", "title", "青禾市服务办法（试行）"),
        ("doc_number: 青政办[2025]3号", "doc_number", "青政办〔2025〕3号"),
        ("issuers: [甲局, 乙局]", "issuers", ("甲局", "乙局")),
        ("region: 湖北省武汉市", "region", "420100"),
        ("region: '420100'", "region", "420100"),
        ("region: 武汉市", "level", Level.CITY),
        ("level: 省", "level", Level.PROVINCE),
        ("kind: 新闻", "kind", "新闻"),
        ("module: 新闻资讯", "module", Module.NEWS),
        ("issued: 2025-03-01", "issued", date(2025, 3, 1)),
        ("effective_from: 2025-04-01", "effective_from", date(2025, 4, 1)),
        ("effective_to: 2026-04-01", "effective_to", date(2026, 4, 1)),
        ("audience: staff", "audience", Audience.STAFF),
        ("owner_department: 政策法规科", "owner_department", "政策法规科"),
    ],
)
def test_a_given_label_replaces_what_was_read(file: Path, yaml: str, field: str, value: object) -> None:
    assert getattr(labels(TEXT, overrides=given(file, yaml)), field) == value


@pytest.mark.parametrize(
    "field", ["doc_number: 青政办〔2025〕3号", "issued: 2025-03-01", "region: 武汉市", "issuers: [甲局]"]
)
def test_a_given_label_waits_for_nobody(file: Path, field: str) -> None:
    assert field.split(":", maxsplit=1)[0] not in labels(TEXT, overrides=given(file, field)).pending


def test_what_is_not_given_still_waits(file: Path) -> None:
    assert "issued" in labels(TEXT, overrides=given(file, "region: 武汉市")).pending


def test_given_links_replace_those_of_their_kind(file: Path) -> None:
    found = labels(TEXT, overrides=given(file, "supersedes: [《乙办法》]"))
    assert set(found.links) == {Link(LinkKind.SUPERSEDES, "乙办法")}


def test_given_links_leave_those_of_another_kind(file: Path) -> None:
    found = labels(TEXT, overrides=given(file, "interprets: [乙办法]"))
    assert set(found.links) == {Link(LinkKind.SUPERSEDES, "甲办法"), Link(LinkKind.INTERPRETS, "乙办法")}


def test_a_document_number_in_a_link_has_the_normal_form(file: Path) -> None:
    found = labels(TEXT, overrides=given(file, "supersedes: ['青政办[2019]5号']"))
    assert Link(LinkKind.SUPERSEDES, "青政办〔2019〕5号") in found.links


def test_a_given_region_is_that_of_every_passage(file: Path) -> None:
    found = document(TEXT, overrides=given(file, "region: 武汉市"))
    assert {passage.region for passage in found.passages} == {"420100"}


def test_a_given_audience_is_that_of_every_passage(file: Path) -> None:
    found = document(TEXT, overrides=given(file, "audience: staff"))
    assert {passage.audience for passage in found.passages} == {Audience.STAFF}


def test_a_released_document_is_public(file: Path) -> None:
    text = TEXT + "甲局\n2025年3月1日\n（此件依申请公开）\n"
    found = labels(text, overrides=given(file, "audience: public"))
    assert (found.audience, "audience" in found.pending) == (Audience.PUBLIC, False)


def test_a_given_first_day_sets_the_day_of_review(file: Path) -> None:
    found = labels(TEXT, overrides=given(file, "effective_from: 2025-04-01"))
    assert found.review_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("yaml", "named"),
    [
        ("titel: 甲", "titel"),
        ("issued: 去年", "issued"),
        ("audience: 所有人", "audience"),
        ("level: 镇", "level"),
        ("region: 不存在市", "不存在市"),
        ("region: 朝阳区", "朝阳区"),
        ("title: [甲", "第 1 行"),
        ("title: 甲\nissuers: {", "第 2 行"),
        ("- 甲", "字段"),
    ],
)
def test_a_wrong_labels_file_says_what_is_wrong(file: Path, yaml: str, named: str) -> None:
    with pytest.raises(BadLabels, match=named):
        given(file, yaml)


def test_a_labels_file_in_another_encoding_says_so(file: Path) -> None:
    labels_path(file).write_bytes("title: 甲".encode("gb18030"))
    with pytest.raises(BadLabels, match="UTF-8"):
        read_overrides(file)
