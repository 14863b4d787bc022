"""Passages with their words are kept between questions, and are never older than the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from knowledge import index_feed
from knowledge.documents import Audience
from knowledge.kept_passages import KeptPassages
from knowledge.schema import changes, documents, passages
from knowledge.scope import Scope
from tests.knowledge.test_known_names import statements
from tests.sample import TODAY, OpenSample, open_town

HERE = Scope(("990100",), (Audience.PUBLIC,), TODAY, TODAY)
PAPER = "青禾市摊位管理办法\n青政规〔2025〕91号\n2025年1月1日青禾市人民政府发布\n第一条 摊位收市后应当清扫。\n"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[OpenSample]:
    with open_town(tmp_path, {"摊位.txt": PAPER}) as town:
        yield town


def read(town: OpenSample, kept: KeptPassages, scope: Scope = HERE) -> list[str]:
    with town.database.reading() as tx:
        ids = list(tx.execute(select(passages.c.id)).scalars())
        return [one.title for one in kept.usable(tx, index_feed.last_change(tx), ids, scope).values()]


def test_a_passage_is_read_once_however_many_questions_find_it(town: OpenSample) -> None:
    kept = KeptPassages()
    first = read(town, kept)
    with statements(town.database) as seen:
        assert read(town, kept) == first != []
    assert not [statement for statement in seen if "JOIN clauses" in statement]


def test_what_changed_is_read_anew(town: OpenSample) -> None:
    kept = KeptPassages()
    read(town, kept)
    with town.database.transaction() as tx:
        tx.execute(update(documents).values(title="青禾市摊位管理条例"))
        tx.execute(insert(changes).values(document_id=tx.scalar(select(documents.c.id)), removed={}))
    assert set(read(town, kept)) == {"青禾市摊位管理条例"}


def test_what_is_kept_is_used_only_where_and_when_it_binds(town: OpenSample) -> None:
    kept = KeptPassages()
    assert read(town, kept)
    assert read(town, kept, replace(HERE, regions=("990200",))) == []
    assert read(town, kept, replace(HERE, on=TODAY - timedelta(days=3650))) == []
