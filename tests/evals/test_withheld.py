"""STARD with the answers taken away, on rankings made by hand."""

from assistant.answerability import Answerability, Weights
from evals.retrieval import Article, Benchmark, Rankings
from evals.withheld import SINGLE, Evidence, evaluate
from knowledge.scope import Hit

COSINE = SINGLE["第一条的余弦"]
ARTICLES = [Article(name, "某法", (), f"条文{name}") for name in "abc"]


def benchmark(**relevant: str) -> Benchmark:
    return Benchmark(ARTICLES, dict.fromkeys(relevant, "问题"), {q: frozenset(a) for q, a in relevant.items()})


def rankings(questions: Benchmark, scores: dict[str, float]) -> Rankings:
    hits = [Hit(name, score) for name, score in scores.items()]
    listed = dict.fromkeys(questions.questions, hits)
    more = [Hit(hit.id, hit.score * 10) for hit in hits]
    words = dict.fromkeys(questions.questions, more)
    return Rankings(words, words, listed)


def test_the_score_falls_when_the_article_is_gone() -> None:
    asked = benchmark(q1="a", q2="a")
    report = evaluate(asked, rankings(asked, {"a": 0.9, "b": 0.5, "c": 0.4}), COSINE)
    assert (list(report.with_articles), list(report.without)) == ([0.9, 0.9], [0.5, 0.5])
    assert (report.auroc.value, report.found_first) == (1.0, 2)


def test_an_article_that_was_not_found_first_changes_nothing() -> None:
    asked = benchmark(q1="c")
    report = evaluate(asked, rankings(asked, {"a": 0.9, "b": 0.5, "c": 0.4}), COSINE)
    assert (report.auroc.value, report.found_first) == (0.5, 0)


def test_a_scorer_sees_the_articles_and_both_rankings() -> None:
    asked, seen = benchmark(q1="a"), list[Evidence]()

    def scorer(evidence: Evidence) -> float:
        seen.append(evidence)
        return evidence.margin

    evaluate(asked, rankings(asked, {"a": 0.9, "b": 0.5, "c": 0.4}), scorer)
    there, gone = seen
    assert [article.id for article in there.articles] == ["a", "b", "c"]
    assert [article.id for article in gone.articles] == ["b", "c"]
    assert (there.top_words, gone.top_words) == (9.0, 5.0)
    assert there.margin > gone.margin


def test_a_question_without_articles_is_not_asked() -> None:
    asked = benchmark(q1="a", q2="")
    assert evaluate(asked, rankings(asked, {"a": 0.9}), COSINE).questions == 1


def test_the_calibrated_score_reads_the_same_signs_as_from_the_library() -> None:
    asked = benchmark(q1="a")
    weights = Weights.read(
        {"constant": [-1.0, 2.0, 1.0, 1.0], "meaning": [0.0] * 3, "margin": [0.0] * 2, "covered": [0.0]}
    )
    whole = Answerability(weights, weights, 0.5, 0.7, 0.0)
    report = evaluate(
        asked, rankings(asked, {"a": 0.9, "b": 0.5, "c": 0.4}), lambda one: whole.confidence(one.finding) or 0.0
    )
    assert report.with_articles[0] > report.without[0]
