"""Which other places are looked at: the same ones in a small index and in a large one, for no more work."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge import elsewhere
from knowledge.candidates import Candidates
from knowledge.documents import Audience
from knowledge.elsewhere import NearestPlaces
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library, Question
from knowledge.memory import Memory
from knowledge.scope import Scope
from knowledge.vector_cache import CachedEmbedding
from tests.fakes import HashEmbedding
from tests.knowledge.test_keyword_index import TODAY, entry
from tests.sample import TODAY as OF_SAMPLE
from tests.sample import OpenSample

ASKED = ("开业补贴有多少钱", "夜间摊位收费吗", "一次性创业补贴怎么申请", "xyz")
ELSEWHERE = Scope(("990200",), (Audience.PUBLIC,), OF_SAMPLE, OF_SAMPLE)
HERE = Scope(("990100", "990000", "100000"), (Audience.PUBLIC,), OF_SAMPLE, OF_SAMPLE)


@pytest.mark.parametrize("asked", ASKED)
def test_a_large_index_leads_to_the_same_places_where_something_rare_is_asked(
    sample: OpenSample, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[str, ...]] = []
    for largest in (elsewhere.LARGEST_WHOLE, 0):
        monkeypatch.setattr(elsewhere, "LARGEST_WHOLE", largest)
        with sample.keeper.searching() as indexes, sample.database.reading() as tx:
            scope = NearestPlaces(Candidates()).scope(tx, indexes.words, asked, HERE)
            found.append(scope.regions if scope else ())
    whole, rare = found
    assert rare == whole[: len(rare)]
    assert bool(rare) == bool(whole)
    assert not set(whole) & set(HERE.regions)


@dataclass
class Kept:
    memory: Memory


def test_other_places_are_ranked_by_what_the_memory_gave_for_here(sample: OpenSample, tmp_path: Path) -> None:
    with closing(CachedEmbedding(HashEmbedding(), tmp_path / "vectors.db")) as embedding:
        vectors = embedding.encode([ASKED[0]])
        with sample.keeper.searching() as indexes:
            (first, *_) = indexes.words.search(ASKED[0], ELSEWHERE, 1)
        known = Memory((ASKED[0],), vectors, ((0,),), (first.id,), vectors)
        library = Library(sample.database, sample.keeper, embedding, today=lambda: OF_SAMPLE, memory=Kept(known))
        asked = Question(ASKED[0], "990100", OF_SAMPLE)
        here = library.find(asked)
        there = library.elsewhere(asked, here=here)
        assert [one.id for one in here.recalled or ()] == [first.id]
        assert there.results[0].why.remembered == pytest.approx(1.0)
        assert there.results == library.elsewhere(asked).results


def test_only_passages_with_something_rare_of_the_question_are_scored(tmp_path: Path) -> None:
    index = KeywordIndex.create(tmp_path / "words")
    often = [entry(f"often{row}", "申请补贴，应当提交申请") for row in range(20)]
    index.replace("often", [*often, entry("rare", "申请乌篷船维修补贴")])
    index.commit()
    here = Scope(("420100",), (Audience.PUBLIC,), TODAY, TODAY)
    by_all = index.search("乌篷船维修怎么申请补贴", here, 50)
    by_rare = index.search_rare("乌篷船维修怎么申请补贴", here, 50, most_held=5)
    assert len(by_all) == 21
    assert [hit.id for hit in by_rare] == ["rare"] == [by_all[0].id]
    assert by_rare[0].score == pytest.approx(by_all[0].score)
    assert index.search_rare("xyz", here, 50, most_held=5) == []
