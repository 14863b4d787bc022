"""Within one turn the same question is looked up once; no turn sees what another one found."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import pytest

from knowledge import library as front_door
from knowledge.documents import ClauseKind
from knowledge.index_keeper import Indexes, IndexKeeper
from knowledge.library import Library, Question
from tests.knowledge.test_known_names import statements
from tests.sample import TODAY, OpenSample

ASKED = Question("开业补贴有多少钱", "990100", TODAY)


@dataclass
class Counted:
    """The real indexes, and how often they were searched."""

    keeper: IndexKeeper
    times: int = 0

    def searching(self) -> AbstractContextManager[Indexes]:
        self.times += 1
        return self.keeper.searching()


def counting(sample: OpenSample) -> tuple[Library, Counted]:
    indexes = Counted(sample.keeper)
    return Library(sample.database, indexes, None, today=lambda: TODAY), indexes


def test_a_turn_looks_the_same_question_up_once(sample: OpenSample) -> None:
    library, indexes = counting(sample)
    with library.one_turn():
        assert library.find(ASKED) is library.find(ASKED)
    assert indexes.times == 1


def test_a_turn_tells_what_binds_here_from_what_binds_elsewhere(sample: OpenSample) -> None:
    library, _ = counting(sample)
    with library.one_turn():
        here, elsewhere = library.find(ASKED), library.elsewhere(ASKED)
    assert {found.passage.region for found in here.results}.isdisjoint(
        found.passage.region for found in elsewhere.results
    )


def test_the_next_turn_looks_anew(sample: OpenSample) -> None:
    library, indexes = counting(sample)
    for _ in range(2):
        with library.one_turn():
            library.find(ASKED)
    assert indexes.times == 2


def test_outside_of_a_turn_nothing_is_kept(sample: OpenSample) -> None:
    library, indexes = counting(sample)
    library.find(ASKED)
    library.find(ASKED)
    assert indexes.times == 2


def test_the_questions_of_a_message_are_looked_up_beforehand_in_a_large_index(
    sample: OpenSample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_door, "LARGE", 0)
    library, indexes = counting(sample)
    asked = [ASKED, replace(ASKED, text="外摆几点收摊"), ASKED]
    alone = [library.find(one).results for one in asked]
    with library.found_beside(asked):
        searched = indexes.times
        assert [library.find(one).results for one in asked] == alone
        assert indexes.times == searched
    library.find(ASKED)
    assert indexes.times == searched + 1


def test_in_a_small_index_they_are_looked_up_when_they_are_asked_for(sample: OpenSample) -> None:
    library, indexes = counting(sample)
    asked = [ASKED, replace(ASKED, text="外摆几点收摊")]
    with library.one_turn(), library.found_beside(asked):
        before = indexes.times
        library.find(ASKED)
    assert indexes.times == before + 1


def test_a_turn_reads_a_published_entry_once(sample: OpenSample) -> None:
    library, _ = counting(sample)
    results = library.find(ASKED).results
    entries = [one.passage.clause_id for one in results if one.passage.clause_kind == ClauseKind.FAQ]
    with library.one_turn():
        first = library.faqs([*entries, "nobody"])
        with statements(sample.database) as seen:
            assert library.faqs(["nobody", *entries]) == first
    assert set(first) == set(entries) != set()
    assert seen == []
