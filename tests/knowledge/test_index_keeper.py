"""The indexes follow the store: changes, days, models, damage."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge import index_stamp, segmenter, words
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.errors import IndexOutdated
from knowledge.index_state import StateKind
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.kept import LOAN, RENT, TAX, Clock, Open, by_meaning, by_words
from tests.knowledge.shelf import TODAY, Words, empty_database, end, put, put_many, take_away


def test_a_new_folder_has_no_index_until_it_catches_up(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN, TAX)
    keeper = opened()
    assert keeper.state().kind is StateKind.MISSING
    with pytest.raises(IndexOutdated), keeper.searching():
        pass
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_words(keeper, "创业贷款")[0] == "d1:0"
    assert by_meaning(keeper, TAX) == "d1:1"


def test_an_empty_database_gives_an_empty_index(opened: Open) -> None:
    keeper = opened()
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_words(keeper, "贷款") == []


def test_changes_wait_and_are_counted_by_document(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN)
    keeper = opened()
    keeper.catch_up()
    put(store, "d2", TAX)
    put(store, "d2", TAX, RENT)
    state = keeper.state()
    assert (state.kind, state.documents) == (StateKind.BEHIND, 1)
    assert "1 份文件" in state.sentence
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_meaning(keeper, RENT) == "d2:1"


def test_replacing_and_removing_leaves_nothing_behind(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN, TAX)
    put(store, "d2", RENT)
    keeper = opened()
    keeper.catch_up()
    put(store, "d1", TAX)
    take_away(store, "d2")
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_meaning(keeper, TAX) == "d1:0"
    assert by_meaning(keeper, LOAN) is None
    assert by_meaning(keeper, RENT) is None
    assert by_words(keeper, "租金补贴") == []


def test_catching_up_twice_gives_the_same(store: Database, opened: Open, tmp_path: Path) -> None:
    put(store, "d1", LOAN, TAX)
    keeper = opened()
    keeper.catch_up()
    stamp = index_stamp.read(tmp_path / "index")
    assert stamp
    put(store, "d1", RENT)
    keeper.catch_up()
    index_stamp.write(tmp_path / "index", stamp)  # as if killed just before the stamp was written
    assert keeper.state().kind is StateKind.BEHIND
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_meaning(keeper, RENT) == "d1:0"


def test_a_document_ended_by_another_leaves_the_current_half(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN)
    keeper = opened()
    keeper.catch_up()
    end(store, "d1", last_day=TODAY - timedelta(days=1))
    keeper.catch_up()
    assert by_meaning(keeper, LOAN) is None
    assert by_words(keeper, "贷款") == []
    assert by_words(keeper, "贷款", on=TODAY - timedelta(days=1)) == ["d1:0"]


def test_on_a_new_day_what_begins_comes_in_and_what_ended_goes_out(store: Database, opened: Open, clock: Clock) -> None:
    tomorrow = TODAY + timedelta(days=1)
    put(store, "old", Words(LOAN, valid_to=TODAY))
    put(store, "new", Words(TAX, valid_from=tomorrow), Words(RENT, date(2020, 1, 1), date(2030, 1, 1)))
    keeper = opened()
    keeper.catch_up()
    assert [by_meaning(keeper, body) for body in (LOAN, TAX, RENT)] == ["old:0", None, "new:1"]
    clock.today = tomorrow
    state = keeper.state()
    assert state.kind is StateKind.OTHER_DAY
    assert "2026-07-01" in state.sentence
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert [by_meaning(keeper, body, today=tomorrow) for body in (LOAN, TAX, RENT)] == [None, "new:0", "new:1"]


def test_a_clock_set_back_is_followed_too(store: Database, opened: Open, clock: Clock) -> None:
    put(store, "d", Words(LOAN, valid_to=TODAY), Words(TAX, valid_from=TODAY))
    clock.today = TODAY + timedelta(days=5)
    keeper = opened()
    keeper.catch_up()
    clock.today = TODAY - timedelta(days=5)
    keeper.catch_up()
    assert [by_meaning(keeper, body, today=clock.today) for body in (LOAN, TAX)] == ["d:0", None]


def test_audiences_and_regions_lie_apart(store: Database, opened: Open) -> None:
    put(store, "d1", Words(LOAN, region="420000"), Words(TAX, audience=Audience.STAFF))
    keeper = opened()
    keeper.catch_up()
    assert by_meaning(keeper, LOAN) is None
    assert by_meaning(keeper, LOAN, region="420000") == "d1:0"
    assert by_meaning(keeper, TAX) is None


def test_it_stays_fresh_over_a_restart(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN, TAX)
    opened().catch_up()
    keeper = opened()
    assert keeper.state().kind is StateKind.FRESH
    assert by_meaning(keeper, LOAN) == "d1:0"


def test_without_a_model_it_works_on_words_alone(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN)
    keeper = opened(None)
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_words(keeper, "贷款") == ["d1:0"]
    with keeper.searching() as indexes:
        assert indexes.vectors is None


def test_another_model_forces_a_rebuild_and_words_work_meanwhile(store: Database, opened: Open, tmp_path: Path) -> None:
    put(store, "d1", LOAN)
    opened().catch_up()
    other = CachedEmbedding(HashEmbedding("other", 16), tmp_path / "vectors.db")
    keeper = opened(other)
    state = keeper.state()
    assert state.kind is StateKind.OTHER_MODEL
    assert "other" in state.sentence
    assert by_words(keeper, "贷款") == ["d1:0"]
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    with keeper.searching() as indexes:
        assert indexes.vectors is not None
        assert indexes.vectors.count() == 1
    other.close()


def test_another_dictionary_forces_a_rebuild(store: Database, opened: Open, tmp_path: Path) -> None:
    class OtherWords:
        name = "jieba+other"

        def cut_for_search(self, text: str) -> list[str]:
            return text.split()

        def cut(self, text: str) -> list[str]:
            return text.split()

    put(store, "d1", LOAN)
    keeper = opened()
    keeper.catch_up()
    usual = segmenter.choose(tmp_path)
    words.use(OtherWords())
    try:
        assert keeper.state().kind is StateKind.OTHER_FORMAT
        keeper.catch_up()
        assert keeper.state().kind is StateKind.FRESH
    finally:
        words.use(usual)


@pytest.mark.parametrize("gone", ["g1/words", "g1/words/meta.json", "g1", "stamp.json"])
def test_what_is_damaged_is_built_anew(store: Database, opened: Open, tmp_path: Path, gone: str) -> None:
    put(store, "d1", LOAN)
    opened().catch_up()
    opened().close()
    lost = tmp_path / "index" / gone
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.write_bytes(b"{")
    keeper = opened()
    assert keeper.state().kind is StateKind.DAMAGED
    assert "重建" in keeper.state().sentence
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH
    assert by_words(keeper, "贷款") == ["d1:0"]
    assert by_meaning(keeper, LOAN) == "d1:0"


def test_passages_missing_in_the_index_are_noticed(store: Database, opened: Open) -> None:
    put(store, "d1", LOAN)
    keeper = opened()
    keeper.catch_up()
    with keeper.searching() as indexes:
        indexes.words.clear()
        indexes.words.commit()
    assert keeper.state().kind is StateKind.DAMAGED
    keeper.catch_up()
    assert by_words(keeper, "贷款") == ["d1:0"]


def test_an_older_database_than_the_index_is_noticed(store: Database, opened: Open, tmp_path: Path) -> None:
    put(store, "d1", LOAN)
    put(store, "d2", TAX)
    opened().catch_up()
    (tmp_path / "xiaoer.db").rename(tmp_path / "newer.db")
    store.close()
    put(empty_database(tmp_path), "d1", LOAN)
    keeper = opened()
    assert keeper.state().kind is StateKind.DAMAGED
    keeper.catch_up()
    assert keeper.state().kind is StateKind.FRESH


def test_progress_counts_passages_up_to_the_end(store: Database, opened: Open) -> None:
    put_many(store, [f"第{number}条" for number in range(120)])
    keeper = opened()
    told: list[tuple[int, int]] = []
    keeper.catch_up(lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (120, 120)
