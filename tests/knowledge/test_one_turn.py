"""Within one turn the same question is looked up once; no turn sees what another one found."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from knowledge.index_keeper import Indexes, IndexKeeper
from knowledge.library import Library, Question
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
