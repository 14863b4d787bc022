"""Fits the answerability score: a logistic regression with products, on questions whose answer is there, and is not.

From the sets of development, from natural questions whose clauses were judged by eye, and from the links of the
knowledge base: each question asked once as if it were not yet known, and once more with its clause taken away.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answerability import features, features_elsewhere, sigmoid
from evals import judged, quadratic
from evals.intervals import auroc
from evals.questions import DEVELOPMENT, load
from evals.ranker import draw
from evals.workspace import Service
from knowledge import catalogue
from knowledge.embedding import Vectors
from knowledge.index_keeper import Indexes
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library, Question, Searchable
from knowledge.memory import Memory, Recalled
from knowledge.scope import Hit
from knowledge.signals import Near
from knowledge.vector_index import VectorIndex

ANSWERABLE = (
    *DEVELOPMENT,
    "development/regions",
    "development/questions_found",
    "development/as_of_found",
    "development/regions_found",
)
UNANSWERABLE = ("development/unanswerable_real", "development/unanswerable_sample", "development/unanswerable_more")
OF_DEVELOPMENT, OF_JUDGED, OF_LINKS = 1.0, 0.5, 0.3
"""How much the examples of a kind weigh. A clause that was taken away mostly leaves one that says nearly the same:
a weaker lesson."""
MOST_REFUSED = 0.03
SURE = 0.15
"""Share of answerable questions whose answer says that it shows the nearest rules."""
DOUBTED = 0.35
"""Share of answerable questions for which rules of other places are looked at."""


@dataclass(frozen=True, slots=True)
class Example:
    features: dict[str, float]
    answerable: bool
    weight: float
    """Of its kind: OF_DEVELOPMENT, OF_JUDGED, OF_LINKS."""
    root: str = ""
    """The same for a question and its variants: they are learned from, or tried on, together."""


class _Without:
    """A source of hits in which some passages are not."""

    def __init__(self, source: KeywordIndex | VectorIndex, gone: frozenset[str]) -> None:
        self._source, self._gone = source, gone

    def search(self, *asked: Any) -> list[Hit]:
        return self._left(self._source.search(*asked))

    def _left(self, hits: Sequence[Hit]) -> list[Hit]:
        return [hit for hit in hits if hit.id not in self._gone]


class _WordsWithout(_Without):
    def __init__(self, words: KeywordIndex, gone: frozenset[str]) -> None:
        super().__init__(words, gone)
        self.rarity, self.count, self._rare = words.rarity, words.count, words.search_rare

    def search_rare(self, *asked: Any, most_held: int) -> list[Hit]:
        return self._left(self._rare(*asked, most_held=most_held))


@dataclass(frozen=True, slots=True)
class Withheld:
    """The indexes without some passages."""

    searchable: Searchable
    gone: frozenset[str]

    @contextmanager
    def searching(self) -> Iterator[Indexes]:
        with self.searchable.searching() as indexes:
            words: Any = _WordsWithout(indexes.words, self.gone)
            vectors: Any = _Without(indexes.vectors, self.gone) if indexes.vectors else None
            yield Indexes(words, vectors)


@dataclass(frozen=True, slots=True)
class _Forgetful:
    """A memory in which some rows are not."""

    whole: Memory
    rows: tuple[int, ...]

    @property
    def memory(self) -> Any:
        return self

    def likeness(self, asked: Vectors) -> Vectors:
        return self.whole.likeness(asked, without=self.rows)

    def recall(self, scores: Vectors, meant: Vectors) -> list[Recalled]:
        return self.whole.recall(scores, meant)

    def near(self, scores: Vectors, found: Sequence[str], entries: Sequence[str] = ()) -> Near | None:
        return self.whole.near(scores, found, entries)


def examples(service: Service, links: int, on_progress: Callable[[int, int], None]) -> list[Example]:
    found = []
    for names, answerable in ((ANSWERABLE, True), (UNANSWERABLE, False)):
        for case in (case for name in names for case in load(name)):
            if bool(case.expected) == answerable:
                question = Question(case.question, case.region, case.on or service.today(), case.audience)
                found.append(_example(service.library, question, OF_DEVELOPMENT, case.root, answerable=answerable))
    found += _judged(service)
    memory = service.memory.memory
    if memory is None:
        return found
    chosen = sorted(range(len(memory.questions)), key=lambda row: draw(memory.questions[row]))[:links]
    for done, row in enumerate(chosen, start=1):
        found += _with_and_without(service, memory, row)
        on_progress(done, len(chosen))
    return found


def _with_and_without(service: Service, memory: Memory, row: int) -> Iterator[Example]:
    targets = set(memory.targets[row])
    with service.database.reading() as tx:
        stored = catalogue.passages_by_id(tx, [memory.passages[memory.targets[row][0]]])[0]
    question = Question(memory.questions[row], stored.region, service.today(), stored.audience)
    gone = frozenset(memory.passages[target] for target in targets)
    known = tuple(other for other, its in enumerate(memory.targets) if targets & set(its))
    for answerable, passages, rows in ((True, frozenset[str](), (row,)), (False, gone, known)):
        library = _library(service, passages, _Forgetful(memory, rows))
        yield _example(library, question, OF_LINKS, question.text, answerable=answerable)


def _judged(service: Service) -> Iterator[Example]:
    for one in judged.load():
        question = Question(one.question, one.region, service.today())
        with service.library.one_turn():
            answered = one.is_answered(service.library.find(question))
            if answered is not None:
                yield _example(service.library, question, OF_JUDGED, question.text, answerable=answered)


def _library(service: Service, gone: frozenset[str], memory: Any) -> Library:
    return service.library.over(Withheld(service.indexes, gone), memory)


def _example(library: Library, question: Question, weight: float, root: str, *, answerable: bool) -> Example:
    finding = library.find(question)
    if not finding.results:
        return Example({}, answerable, weight, root)
    signs = {**features(finding), **features_elsewhere(finding, library.elsewhere(question))}
    return Example(signs, answerable, weight, root)


def fit(given: Sequence[Example]) -> dict[str, Any]:
    """Weights, thresholds and how well they tell apart what they have not seen; answerable and not weigh the same in all."""
    usable = [one for one in given if one.features]
    names = list(usable[0].features)
    here = [name for name in names if "elsewhere" not in name]
    y = np.array([one.answerable for one in usable], dtype=np.float64)
    counts = Counter((one.weight, one.answerable) for one in usable)
    weight = np.array([len(usable) / len(counts) / counts[one.weight, one.answerable] * one.weight for one in usable])
    kind = np.array([one.weight for one in usable])
    own = kind == OF_DEVELOPMENT
    fold = np.array([draw(one.root) % quadratic.FOLDS for one in usable])
    (weights, sure), (doubting, doubtful) = (
        _fitted([[one.features[name] for name in columns] for one in usable], columns, y, weight, fold)
        for columns in (here, names)
    )
    doubt = _lowest(sure[own & (y == 1)], DOUBTED)
    scores = np.where(sure >= doubt, sure, doubtful)
    return {
        "weights": weights,
        "doubting": doubting,
        "threshold": _lowest(scores[own & (y == 1)], MOST_REFUSED),
        "sure": _lowest(scores[own & (y == 1)], SURE),
        "doubt": doubt,
        "auroc": {
            name: round(auroc(scores[of & (y == 1)], scores[of & (y == 0)]), 4)
            for name, of in (
                ("development", kind == OF_DEVELOPMENT),
                ("judged", kind == OF_JUDGED),
                ("links", kind == OF_LINKS),
            )
            if of.any()
        },
        "examples": len(usable),
    }


def _fitted(
    signs: Sequence[Sequence[float]],
    names: Sequence[str],
    right: NDArray[np.float64],
    weight: NDArray[np.float64],
    fold: NDArray[np.int64],
) -> tuple[Mapping[str, list[float]], NDArray[np.float64]]:
    """The weights, and the confidence that each example has of those in other folds."""
    given = quadratic.Examples(np.array(signs), right, weight, fold)
    scores = np.array([sigmoid(float(value)) for value in quadratic.unseen(given)])
    return quadratic.stored(names, quadratic.fitted(given)), scores


def _lowest(answerable: NDArray[np.float64], share: float) -> float:
    """Below it lies this share."""
    return round(float(np.sort(answerable)[int(share * answerable.size)]), 4)
