"""The best of a ranking in another order, and only these."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.library import Finding, Library, Question
from knowledge.reranking import Reranker
from tests.sample import TODAY, OpenSample

QINGHE = "990100"


@dataclass
class Shortest:
    """Likes short passages; notes what it was asked."""

    top: int = 20
    asked: tuple[str, int] | None = None

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        self.asked = (question, len(passages))
        return [-float(len(passage)) for passage in passages]


class Indifferent:
    top = 20

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        return [0.5] * len(passages)


def find(sample: OpenSample, question: str, reranker: Reranker | None, *, limit: int = 10) -> Finding:
    library = Library(sample.database, sample.keeper, None, today=lambda: TODAY, reranker=reranker)
    return library.find(Question(question, QINGHE, TODAY), limit=limit)


def clauses(finding: Finding) -> list[str]:
    return [found.passage.clause_id for found in finding.results]


def lengths(finding: Finding) -> list[int]:
    return [len(found.passage.indexed_text) for found in finding.results]


def test_the_best_are_put_in_the_order_of_the_reranker(sample: OpenSample) -> None:
    shortest = Shortest()
    found = find(sample, "开业补贴有多少钱", shortest)
    assert len(found.results) == 10
    assert lengths(found) == sorted(lengths(found))
    assert shortest.asked == ("开业补贴有多少钱", 20)


def test_a_clause_behind_the_shown_ones_may_come_to_the_front(sample: OpenSample) -> None:
    plain = clauses(find(sample, "开业补贴有多少钱", None, limit=3))
    again = clauses(find(sample, "开业补贴有多少钱", Shortest(), limit=3))
    assert set(again) - set(plain)


def test_those_behind_the_top_keep_their_places(sample: OpenSample) -> None:
    plain, again = (find(sample, "开业补贴有多少钱", one) for one in (None, Shortest(top=4)))
    assert clauses(again)[4:] == clauses(plain)[4:]
    assert set(clauses(again)[:4]) == set(clauses(plain)[:4])


def test_equal_scores_leave_the_order_as_it_was(sample: OpenSample) -> None:
    assert find(sample, "开业补贴有多少钱", Indifferent()) == find(sample, "开业补贴有多少钱", None)


def test_a_clause_that_the_question_names_stays_first(sample: OpenSample) -> None:
    question = "《青禾市个体工商户创业扶持办法》第三条说了什么"
    named = find(sample, question, None)
    assert named.results[0].why.named
    assert lengths(named) != sorted(lengths(named))
    assert clauses(find(sample, question, Shortest())) == clauses(named)
