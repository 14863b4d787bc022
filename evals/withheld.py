"""STARD with the answers taken away: does the score of answerability fall when a question's articles are gone?

An article is taken out of the two rankings of a question, not out of the index: what is left
ranks as it would without it (cosine does not depend on other articles, and one article in tens
of thousands moves the word weights by nothing that could be seen).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant import answerability
from evals.intervals import Estimate, auroc_of_pairs
from evals.retrieval import Article, Benchmark, Rankings
from knowledge import words
from knowledge.catalogue import StoredPassage
from knowledge.documents import Audience, ClauseKind
from knowledge.fusion import Fused, fuse
from knowledge.library import MATCHED_WORDS, Finding, Found, Why
from knowledge.regions import COUNTRY
from knowledge.rewriting import unchanged
from knowledge.scope import Hit
from knowledge.signals import FIRST, Covered, Near, Signals, alone, longest, margin

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known about a question before it is answered: what was found, best first, and its scores."""

    question: str
    fused: Sequence[Fused]
    articles: Sequence[Article]
    """Of the first of these."""
    words: Sequence[Hit]
    """By BM25, not divided by anything."""
    meaning: Sequence[Hit]

    @property
    def top_cosine(self) -> float:
        return self.fused[0].meaning or 0.0 if self.fused else 0.0

    @property
    def top_words(self) -> float:
        return self.words[0].score if self.words else 0.0

    @property
    def words_of_first(self) -> float:
        """BM25 of the first clause over the best."""
        return self.fused[0].words or 0.0 if self.fused else 0.0

    @property
    def margin(self) -> float:
        return self.finding.signals.margin

    @property
    def finding(self) -> Finding:
        """As the library would give it."""
        found = tuple(map(self._found, self.fused, self.articles))
        scores = [one.score for one in found]
        return Finding(found, not self.meaning, asked=unchanged(self.question), signals=self._signals(scores))

    def _signals(self, scores: Sequence[float]) -> Signals:
        """Every word counts the same: how rare they are among the articles is not at hand."""
        asks = Covered(dict.fromkeys(longest(words.telling(self.question)), 1.0), {})
        first, *more = [words.fold(article.indexed_text) for article in self.articles[:FIRST]] or [""]
        near = "\n".join([first, *more])
        return Signals(
            words=self.top_words,
            near=Near(0.0, 0.0, 0.0),
            margin=margin(scores),
            alone=alone(scores),
            covered=asks.share(first),
            covered_near=asks.share(near),
        )

    def _found(self, one: Fused, article: Article) -> Found:
        matched = tuple(words.matched(self.question, article.indexed_text)[:MATCHED_WORDS])
        return Found(_passage(article), one.score, Why(one.meaning, one.words, matched, named=False))


def _passage(article: Article) -> StoredPassage:
    """National, in force, for everybody."""
    # fmt: off
    return StoredPassage(
        id=article.id, clause_id=article.id, clause="", clause_kind=ClauseKind.ARTICLE, document_id=article.law,
        title=article.law, doc_number=None, kind=None, module=None, level=None, region=COUNTRY, issued=None,
        effective_from=date.min, valid_from=date.min, valid_to=None, audience=Audience.PUBLIC, pending=(), start=0,
        end=len(article.text), prefix=" ".join((article.law, *article.headings)), body=article.text, ended_by=None,
    )
    # fmt: on


Scorer = Callable[[Evidence], float]
"""How surely the question can be answered from this; only the order counts."""

SINGLE: Mapping[str, Scorer] = {
    "第一条的余弦": lambda one: one.top_cosine,
    "最高 BM25": lambda one: one.top_words,
    "第一条的 BM25 占比": lambda one: one.words_of_first,
    "第一条高出其后十条": lambda one: one.margin,
}
"""What each source tells alone, beside the scorer that is measured."""


def scorer_of_product() -> Scorer:
    """The calibrated score; before it was ever calibrated, the cosine."""
    if not answerability.FILE.is_file():
        return SINGLE["第一条的余弦"]
    calibrated = answerability.load()

    def score(one: Evidence) -> float:
        confidence = calibrated.confidence(one.finding)
        return one.top_words if confidence is None else confidence

    return score


@dataclass(frozen=True, slots=True)
class WithheldReport:
    questions: int
    auroc: Estimate
    single: Mapping[str, Estimate]
    found_first: int
    """Questions whose first clause is right while the articles are there."""
    auroc_found: Estimate
    """Over these alone: where the right article was never found, nothing can be told apart."""
    with_articles: Sequence[float]
    without: Sequence[float]

    def to_json(self) -> dict[str, Any]:
        return {
            "questions": self.questions,
            "auroc": self.auroc.to_json(),
            "auroc_by_sign": {name: one.to_json() for name, one in self.single.items()},
            "found_first": self.found_first,
            "auroc_where_found_first": self.auroc_found.to_json(),
            "scores": {
                "with_articles": [round(score, 4) for score in self.with_articles],
                "without_articles": [round(score, 4) for score in self.without],
            },
        }


def evaluate(benchmark: Benchmark, rankings: Rankings, scorer: Scorer) -> WithheldReport:
    """Over the questions that have articles; each counts once with and once without them."""
    articles = {article.id: article for article in benchmark.articles}
    asked = [question for question, relevant in benchmark.relevant.items() if relevant]
    there = [_evidence(benchmark, rankings, articles, question, ()) for question in asked]
    gone = [_evidence(benchmark, rankings, articles, question, benchmark.relevant[question]) for question in asked]
    with_articles, without = list(map(scorer, there)), list(map(scorer, gone))
    found = [
        row
        for row, question in enumerate(asked)
        if there[row].fused and there[row].fused[0].id in benchmark.relevant[question]
    ]
    return WithheldReport(
        questions=len(asked),
        auroc=auroc_of_pairs(with_articles, without),
        single={name: auroc_of_pairs(list(map(one, there)), list(map(one, gone))) for name, one in SINGLE.items()},
        found_first=len(found),
        auroc_found=auroc_of_pairs([with_articles[row] for row in found], [without[row] for row in found]),
        with_articles=with_articles,
        without=without,
    )


def _evidence(
    benchmark: Benchmark,
    rankings: Rankings,
    articles: Mapping[str, Article],
    question: str,
    withheld: Collection[str],
) -> Evidence:
    words = [hit for hit in rankings.words_and_synonyms[question] if hit.id not in withheld]
    meaning = [hit for hit in rankings.meaning.get(question, ()) if hit.id not in withheld]
    fused = fuse(words, meaning)[:SHOWN]
    return Evidence(benchmark.questions[question], fused, [articles[one.id] for one in fused], words, meaning)
