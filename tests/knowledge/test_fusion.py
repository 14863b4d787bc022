"""Two rankings to one: meaning leads, words correct it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import FusionWeights, fuse
from knowledge.scope import Hit


def hits(**scores: float) -> list[Hit]:
    return [Hit(identity, score) for identity, score in sorted(scores.items(), key=lambda item: -item[1])]


def order(words: list[Hit], meaning: list[Hit]) -> list[str]:
    return [found.id for found in fuse(words, meaning)]


def test_meaning_leads() -> None:
    assert order(hits(a=10.0, b=1.0), hits(a=0.4, b=0.7)) == ["b", "a"]


def test_words_decide_between_neighbours_in_meaning() -> None:
    assert order(hits(a=60.0, b=10.0), hits(a=0.60, b=0.65)) == ["a", "b"]


def test_without_meaning_words_decide_alone() -> None:
    assert order(hits(a=1.0, b=3.0), []) == ["b", "a"]


def test_without_words_meaning_decides_alone() -> None:
    assert order([], hits(a=0.4, b=0.7)) == ["b", "a"]


def test_without_either_nothing_is_found() -> None:
    assert fuse([], []) == []


def test_the_score_is_the_cosine_and_a_share_of_the_words() -> None:
    found = fuse(hits(a=10.0, b=5.0), hits(a=0.5, b=0.6))
    assert {one.id: one.score for one in found} == pytest.approx(
        {"a": 0.5 + 10 * FusionWeights().words, "b": 0.6 + 5 * FusionWeights().words}
    )


def test_what_meaning_did_not_find_has_the_lowest_cosine_found() -> None:
    found = {one.id: one.score for one in fuse(hits(c=10.0), hits(a=0.7, b=0.4))}
    assert found["c"] == pytest.approx(0.4 + 10 * FusionWeights().words)


def test_why_something_was_found_is_kept() -> None:
    found = {one.id: (one.meaning, one.words) for one in fuse(hits(a=10.0, b=5.0), hits(b=0.6, c=0.5))}
    assert found == {"a": (None, 1.0), "b": (0.6, 0.5), "c": (0.5, None)}


def test_ties_have_a_stable_order() -> None:
    assert order([], [Hit("b", 0.5), Hit("a", 0.5)]) == ["a", "b"]


def test_scores_of_nought_count_as_no_words() -> None:
    assert order([Hit("a", 0.0)], hits(b=0.5)) == ["b"]


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 100), max_size=8)
COSINES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1), max_size=8)


@given(SCORES, COSINES)
def test_everything_found_by_either_is_in_once(words: dict[str, float], meaning: dict[str, float]) -> None:
    assert sorted(order(hits(**words), hits(**meaning))) == sorted({*words, *meaning})


@given(SCORES, COSINES)
def test_scores_fall(words: dict[str, float], meaning: dict[str, float]) -> None:
    scores = [one.score for one in fuse(hits(**words), hits(**meaning))]
    assert scores == sorted(scores, reverse=True)


@given(SCORES, COSINES)
def test_words_that_hardly_occur_change_little(words: dict[str, float], meaning: dict[str, float]) -> None:
    faint = {identity: score / 1000 for identity, score in words.items()}
    scores = {one.id: one.score for one in fuse(hits(**faint), hits(**meaning))}
    assert all(scores[identity] == pytest.approx(cosine, abs=0.001) for identity, cosine in meaning.items())
