"""The exact vector index, against the definition of cosine."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Audience
from knowledge.embedding import Vectors
from knowledge.scope import Scope, Shard
from knowledge.vector_index import NumpyVectorIndex, Point
from tests.fakes import HashEmbedding

TODAY = date(2026, 7, 1)
NOW = Shard("420100", Audience.PUBLIC, current=True)
ENDED = NOW.opposite
HERE = Scope(("420100",), (Audience.PUBLIC,), TODAY, TODAY)
EARLIER = Scope(("420100",), (Audience.PUBLIC,), date(2020, 1, 1), TODAY)
MODEL = HashEmbedding(dimension=8)


def vector(text: str) -> Vectors:
    encoded: Vectors = MODEL.encode([text])[0]
    return encoded


def points(*ids: str, shard: Shard = NOW) -> list[Point]:
    return [Point(id, shard, vector(id)) for id in ids]


def never() -> list[str]:
    raise AssertionError("today's questions need no list of ids")


@given(
    st.lists(st.text(alphabet="abcdef", min_size=1, max_size=3), unique=True, max_size=30),
    st.text(alphabet="abcdef"),
    st.integers(0, 12),
)
def test_it_finds_what_sorting_all_cosines_finds(ids: list[str], question: str, k: int) -> None:
    index = NumpyVectorIndex()
    index.replace({}, points(*ids))
    found = index.search(vector(question), HERE, k, never)
    by_cosine = sorted((float(vector(id) @ vector(question)) for id in ids), reverse=True)[:k]
    assert [hit.score for hit in found] == pytest.approx(by_cosine, abs=1e-5)


@given(
    st.lists(st.tuples(st.text(alphabet="abcdef", min_size=1, max_size=3), st.booleans()), unique=True, max_size=30),
    st.integers(0, 12),
    st.booleans(),
)
def test_of_several_shards_it_finds_the_best_of_all_together(
    held: list[tuple[str, bool]], k: int, is_earlier: bool
) -> None:
    index = NumpyVectorIndex()
    index.replace(
        {}, [one for id, current in held for one in points(f"{id}{current}", shard=NOW if current else ENDED)]
    )
    ids = [f"{id}{current}" for id, current in held if current or is_earlier]
    allowed = ids[::2]
    found = index.search(vector("x"), EARLIER if is_earlier else HERE, k, lambda: allowed)
    wanted = sorted((float(vector(id) @ vector("x")) for id in (allowed if is_earlier else ids)), reverse=True)[:k]
    assert [hit.score for hit in found] == pytest.approx(wanted, abs=1e-5)
    assert len({hit.id for hit in found}) == len(found)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcdefgh"), st.booleans()), max_size=30))
def test_it_holds_what_a_dictionary_would_hold(steps: list[tuple[bool, str, bool]]) -> None:
    index, held = NumpyVectorIndex(), set[tuple[Shard, str]]()
    for put, id, current in steps:
        shard = Shard("420100", Audience.PUBLIC, current)
        if put:
            index.replace({}, points(id, shard=shard))
            held.add((shard, id))
        else:
            index.replace({shard: [id]}, [])
            held.discard((shard, id))
    assert index.count() == len(held)
    found = index.search(vector("a"), EARLIER, 99, lambda: list("abcdefgh"))
    assert sorted(hit.id for hit in found) == sorted(id for _, id in held)


def test_today_sees_only_what_is_in_force() -> None:
    index = NumpyVectorIndex()
    index.replace({}, [*points("now"), *points("ended", shard=NOW.opposite)])
    assert [hit.id for hit in index.search(vector("ended"), HERE, 5, never)] == ["now"]


def test_another_day_sees_the_ids_of_that_day() -> None:
    index = NumpyVectorIndex()
    index.replace({}, [*points("now", "new"), *points("ended", shard=NOW.opposite)])
    found = index.search(vector("new"), EARLIER, 5, lambda: ["ended", "now", "unknown"])
    assert {hit.id for hit in found} == {"ended", "now"}


def test_an_id_both_removed_and_put_stays() -> None:
    index = NumpyVectorIndex()
    index.replace({}, points("a", "b"))
    index.replace({NOW: ["a", "b"]}, points("a"))
    assert [hit.id for hit in index.search(vector("b"), HERE, 5, never)] == ["a"]


def test_vectors_of_any_length_are_compared_by_direction() -> None:
    index = NumpyVectorIndex()
    index.replace({}, [Point("long", NOW, vector("a") * 7)])
    assert index.search(vector("a") * 3, HERE, 1, never)[0].score == pytest.approx(1)


def test_searches_go_on_while_one_thread_replaces() -> None:
    index = NumpyVectorIndex()
    index.replace({}, points(*map(str, range(200))))
    failures: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(100):
                assert len(index.search(vector("q"), HERE, 10, never)) == 10
        except BaseException as failure:  # noqa: BLE001  shown by the assertion below
            failures.append(failure)

    searchers = [threading.Thread(target=search) for _ in range(2)]
    for thread in searchers:
        thread.start()
    for round_ in range(30):
        index.replace({NOW: [str(round_)]}, points(f"new{round_}"))
    for thread in searchers:
        thread.join()
    assert failures == []
    assert index.count() == 200


def test_closed_it_is_empty() -> None:
    index = NumpyVectorIndex()
    index.replace({}, points("a"))
    index.close()
    assert index.count() == 0
