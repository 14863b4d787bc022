"""How long one question takes in a large store, part by part, beside the bare encoder in the same run."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.flows.answer import AnswerFlow
from assistant.flows.other_places import Evidence
from assistant.writing import AnswerWriter
from evals import questions, scale
from evals.endpoint import Endpoint, open_endpoint
from evals.errors import Missing
from evals.scale import Shape
from evals.speed import load_average, memory
from evals.stopwatch import Quantiles, Stopwatch
from evals.workspace import Service, Workspace
from knowledge import catalogue, index_feed, words
from knowledge.embedding import EmbeddingModel
from knowledge.fusion import CANDIDATES, fuse
from knowledge.known_names import KnownNames
from knowledge.library import CHECKED, Question
from knowledge.references import find_reference
from knowledge.schema import passages
from prompts.client import ChatModel
from prompts.settings import ModelSettings

_NAMES = ("questions_real", "questions_sample", "unanswerable_real", "unanswerable_sample")
SETS = tuple(f"development/{name}" for name in _NAMES)
DATED_SETS = ("development/as_of", "development/as_of_sample")
DATED = 40
WARM_UP = 20
ENOUGH = Evidence(least_meaning=-1.0)
"""Made-up vectors resemble no question: without this, no answer would be quoted, and no model asked."""

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class QuestionSpeed:
    shape: Shape
    questions: int
    parts: Mapping[str, Quantiles]
    open_seconds: float
    """Opening the store to the first answer, libraries loaded in between."""
    resident_mb: float
    peak_mb: float
    disk_mb: float
    load: float

    def times_encoder(self, name: str) -> dict[str, float]:
        """As multiples of the encoder's time for one question, quantile by quantile."""
        part, bare = self.parts[name], self.parts["bare_encoder"]
        return {"p50": round(part.p50 / bare.p50, 2), "p95": round(part.p95 / bare.p95, 2)}

    def to_json(self) -> dict[str, Any]:
        return {
            "passages": self.shape.passages,
            "passages_of_own_chain": self.shape.chain,
            "regions": self.shape.regions,
            "questions": self.questions,
            "vectors": "随机单位向量（段落）；真编码器（问题）",
            "open_to_first_answer_seconds": round(self.open_seconds, 2),
            "resident_mb": round(self.resident_mb),
            "peak_mb": round(self.peak_mb),
            "disk_mb": round(self.disk_mb),
            "load_average": round(self.load, 2),
            "find_times_encoder_p50": self.times_encoder("find")["p50"],
            "find_times_encoder_p95": self.times_encoder("find")["p95"],
            "answer_times_encoder_p50": self.times_encoder("answer")["p50"],
            "answer_times_encoder_p95": self.times_encoder("answer")["p95"],
            "parts": {name: part.to_json() for name, part in self.parts.items()},
        }


def asked(names: Sequence[str] = SETS) -> list[str]:
    """Different questions of the development sets."""
    return list(dict.fromkeys(case.question for name in names for case in questions.load(name)))


def dated() -> list[tuple[str, date]]:
    """Questions about what held on another day."""
    return [(case.question, case.on) for name in DATED_SETS for case in questions.load(name) if case.on][:DATED]


def measure(
    workspace: Workspace,
    home: Path,
    shape: Shape,
    texts: Sequence[str],
    on_progress: OnProgress = lambda done, total: None,
) -> QuestionSpeed:
    """Ask all texts in a store that scale_store.prepare() built, in this process."""
    with open_endpoint() as endpoint:
        started = time.monotonic()
        service = workspace.open(home)
        try:
            asking = _Asking(service, endpoint)
            asking.find(texts[0])
            opened = time.monotonic() - started
            service.catch_up()  # as a server does: looks at every shard, and learns the questions it remembers
            asking.all(texts, on_progress)
            asking.another_day(dated())
            resident, peak = memory(os.getpid())
        finally:
            service.close()
    disk = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6
    return QuestionSpeed(shape, len(texts), asking.watch.quantiles(), opened, resident, peak, disk, load_average())


class _Asking:
    """One person's questions, every part of an answer timed."""

    def __init__(self, service: Service, endpoint: Endpoint) -> None:
        if service.embedding is None:
            raise Missing("没有语义模型", "先运行 xiaoer doctor 看看原因")
        self._service, self._endpoint = service, endpoint
        self._encoder: EmbeddingModel = service.embedding.model
        self._flow = AnswerFlow(service.library, service.database, evidence=ENOUGH)
        self._model = ChatModel(ModelSettings(endpoint.base_url, "stand-in"))
        writer = AnswerWriter(self._model)
        self._writing = AnswerFlow(service.library, service.database, writer=writer, evidence=ENOUGH)
        self._names = KnownNames()
        self.watch = Stopwatch()

    def all(self, texts: Sequence[str], on_progress: OnProgress) -> None:
        for text in texts[:WARM_UP]:
            self._one(text)
        self.watch = Stopwatch()
        for done, text in enumerate(texts, start=1):
            self._one(text)
            on_progress(done, len(texts))
        self._model.close()

    def another_day(self, cases: Sequence[tuple[str, date]]) -> None:
        """What was in force then is not what the graphs were made for: these take longer."""
        for text, day in cases:
            with self.watch.part("find_another_day"):
                self._service.library.find(Question(text, scale.PERSON, day))

    def find(self, text: str) -> None:
        self._service.library.find(self._question(text))

    def _question(self, text: str) -> Question:
        return Question(text, scale.PERSON, self._service.today())

    def _one(self, text: str) -> None:
        question = self._question(text)
        with self.watch.part("bare_encoder"):
            self._encoder.encode([text])
        with self.watch.part("find"):
            self._service.library.find(question)
        with self.watch.part("answer"):
            self._flow.answer(question)
        self._before_model(question)
        self._parts(question)

    def _before_model(self, question: Question) -> None:
        before = len(self._endpoint.arrivals_ns)
        started = time.perf_counter_ns()
        self._writing.answer(question)
        if len(self._endpoint.arrivals_ns) > before:
            self.watch.add("before_model", (self._endpoint.arrivals_ns[before] - started) / 1e6)

    def _parts(self, question: Question) -> None:
        scope, part, names = self._service.library.scope(question), self.watch.part, self._names
        with part("rewrite"):
            rewritten = self._service.rewriter.rewrite(question.text)
        with part("encode"):
            vector = self._encoder.encode([rewritten.repaired])[0]
        with self._service.indexes.searching() as indexes, self._service.database.reading() as tx:
            with part("words"):
                by_words = indexes.words.search(rewritten.for_words, scope, CANDIDATES)
            if indexes.vectors is None:
                raise Missing("没有向量索引", "删掉 XIAOER_CACHE 下的 evals/scale 再试")
            with part("vectors"):
                by_meaning = indexes.vectors.search(vector, scope, CANDIDATES, lambda: catalogue.ids_within(tx, scope))
            with part("memory"):
                recalled = (
                    learned.recall(learned.likeness(vector), vector) if (learned := self._service.memory.memory) else []
                )
            with part("reference"):
                find_reference(question.text, names.within(tx, index_feed.last_change(tx), scope.regions))
            with part("fuse"):
                fused = fuse(by_words, by_meaning, recalled)[:CHECKED]
            with part("usable"):
                stored = catalogue.usable(tx, [one.id for one in fused], scope)
            with part("matched_words"):
                for passage in list(stored.values())[:10]:
                    words.matched(rewritten.for_words, passage.indexed_text)
            with part("bare_query"):
                tx.execute(select(passages.c.body).where(passages.c.id == fused[0].id)).one()
