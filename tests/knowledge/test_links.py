"""Confirmed links: the shipped question bank, the FAQ, and what staff add."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge import links
from knowledge.database import Database
from knowledge.errors import BadLinks
from knowledge.links import Hand, Link

NOW = datetime(2026, 7, 1, tzinfo=UTC)
LINK = Link("开店多久要年报", "青禾市年报办法", "第三条", None, Hand.STAFF)


def test_every_row_of_the_shipped_question_bank_can_be_read() -> None:
    bank = links.shipped()
    assert len(bank) > 5000
    assert len({link.id for link in bank}) > 0.99 * len(bank)


def test_the_question_bank_holds_no_phone_numbers() -> None:
    assert not [link for link in links.shipped() if re.search(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", link.question)]


def test_a_confirmed_link_is_kept_once(store: Database) -> None:
    with store.transaction() as tx:
        assert links.add(tx, [LINK, LINK], at=NOW) == 1
        assert links.add(tx, [LINK], at=NOW) == 0
    with store.reading() as tx:
        assert links.confirmed(tx) == [LINK]


def test_a_removed_link_is_gone(store: Database) -> None:
    with store.transaction() as tx:
        links.add(tx, [LINK], at=NOW)
        assert links.remove(tx, [LINK.id]) == 1
        assert links.confirmed(tx) == []


def test_the_revision_changes_with_every_link(store: Database) -> None:
    with store.transaction() as tx:
        before = links.revision(tx)
        links.add(tx, [LINK], at=NOW)
        assert links.revision(tx) != before


@pytest.mark.parametrize(
    ("table", "line"),
    [("问题,文件\n怎么年报,年报办法\n", 1), ("问题,文件,条款\n怎么年报,年报办法,第三条\n,年报办法,第三条\n", 3)],
)
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, table: str, line: int) -> None:
    file = tmp_path / "我的.csv"
    file.write_text(table, encoding="utf-8")
    with pytest.raises(BadLinks, match=f"我的.csv 第 {line} 行"):
        list(links.read(file))
