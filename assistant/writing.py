"""An answer written by the language model from numbered passages: a sentence is shown when grounding accepts it."""

import contextlib
import functools
import logging
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant import planted
from assistant.grounding import Checker, Problem, ProblemKind, Sentence, is_refusal
from assistant.sentences import sentences, without_thoughts
from assistant.support import Similarity
from assistant.telling import Said, Waiting
from assistant.verifying import verifier_of
from prompts.client import ChatModel, Reply
from prompts.errors import ModelUnavailable

PROMPT = "answer"
ATTEMPTS = 2
MOST_PROBLEMS = 6
"""Told to the model at once; more only confuses it."""
SHORTEST_COPY = 10
"""Characters from which a copy without a citation can come from nowhere else."""
_NOT_WORDS = re.compile(r"[\W_]+")
_QUESTION_WORD = re.compile(
    r"(?:没有|没得|不|吗|么|呢|咧|不咯|啊)$|多少|几多|多久|好久|几[天日个月年次]|怎么|怎样|是否|什么|么子|哪|谁"
)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Attempt:
    """What the model wrote, as far as it was read, and what was wrong with it; for measurements, never for readers."""

    pieces: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    said: tuple[Said, ...]
    """Checked sentences; none when the model gave nothing that can be relied on."""
    is_whole: bool
    """False when the model was stopped, failed or ran out of tokens after these sentences."""
    attempts: tuple[Attempt, ...]
    prompt_version: str
    model: str
    tokens_in: int
    tokens_out: int
    """Of all attempts, as far as the endpoint tells; it does not where it was stopped."""
    seconds: float
    first_piece_seconds: float | None
    """From the question to the model's first word that led to this answer."""
    first_sentence_seconds: float | None
    """From the question to the first sentence that was shown."""

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.said)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was refused; for statistics."""
        return tuple(problem for attempt in self.attempts for problem in attempt.problems)

    @property
    def cited(self) -> tuple[int, ...]:
        """Numbers of the passages it rests on, counted from 1."""
        return tuple(sorted({number for one in self.said for number in one.citations}))


Writing = Generator[Said | Waiting, None, WrittenAnswer]
"""Gives the sentences, returns the answer. Closing it stops the model."""


class AnswerWriter:
    def __init__(
        self,
        model: ChatModel,
        similarity: Similarity | None = None,
        *,
        on_written: Callable[[WrittenAnswer], None] = lambda written: None,
    ) -> None:
        """With `similarity`, free wordings pass where the words alone would not carry them.

        `on_written` is told of every answer, also of one that came to nothing.
        """
        self._model, self._similarity, self._on_written = model, similarity, on_written

    def is_ready(self) -> bool:
        """Whether the model would be asked at all."""
        return self._model.is_ready()

    def write(self, question: str, passages: Sequence[tuple[str, str]]) -> WrittenAnswer | None:
        """What stream() has said when it ends. None: nothing; quote the passages instead."""
        writing = self.stream(question, passages)
        while True:
            try:
                next(writing)
            except StopIteration as end:
                written: WrittenAnswer = end.value
                return written if written.said else None

    def stream(self, question: str, passages: Sequence[tuple[str, str]]) -> Writing:
        """Sentences from the passages (how each is called, its words as the reader may see them).

        At the first problem the model is stopped. It is asked once more, and told what was wrong,
        only while nothing has been shown: what has been shown stays, and ends there.
        Where a passage gives orders to an assistant it is not asked at all.
        """
        numbered = [f"{name}\n{words}" for name, words in passages]
        draft = _Draft(self._model, question, numbered, self._similarity)
        for _ in range(ATTEMPTS if _may_be_written_from(passages) else 0):
            if (yield from draft.attempt()):
                break
        if draft.problems:  # kinds only: the words can be the person's
            log.info("model text refused: %s", ", ".join(problem.kind.name for problem in draft.problems))
        written = draft.result()
        self._on_written(written)
        return written


def _may_be_written_from(passages: Sequence[tuple[str, str]]) -> bool:
    if suspects := [name for name, words in passages if planted.holds_orders(words)]:
        log.warning("orders to an assistant in %s; quoted instead", "、".join(suspects))
    return bool(passages) and not suspects


class _Draft:
    """One answer in the making, over all attempts."""

    def __init__(self, model: ChatModel, question: str, passages: Sequence[str], similarity: Similarity | None) -> None:
        self._model, self._question, self._passages, self._similarity = model, question, passages, similarity
        self._started = model.clock()
        self._replies: list[Reply] = []
        self._said: list[Said] = []
        self._is_whole = False
        self._first_piece: float | None = None
        self._first_sentence: float | None = None
        self._attempts: list[Attempt] = []

    @property
    def problems(self) -> list[Problem]:
        return [problem for attempt in self._attempts for problem in attempt.problems]

    def attempt(self) -> Generator[Said | Waiting, None, bool]:
        """Whether another attempt makes no sense."""
        asked = self._since_start()
        reply = self._model.stream(PROMPT, self._values())
        self._replies.append(reply)
        attempt = Attempt()
        self._attempts.append(attempt)
        try:
            with contextlib.closing(reply):
                for sentence in sentences(without_thoughts(_noted(reply, attempt))):
                    if sentence is None:
                        yield Waiting()
                        continue
                    cited = self._attributed(sentence)
                    if problems := self._problems(cited):
                        attempt.problems += problems
                        return bool(self._said) or problems[0].kind is ProblemKind.REFUSED
                    yield self._show(cited)
        except ModelUnavailable as error:
            log.warning("%s", error)
            return True
        finally:
            if reply.first_piece_seconds is not None:
                self._first_piece = asked + reply.first_piece_seconds
        if not self._said:
            attempt.problems.append(Problem(ProblemKind.EMPTY, ""))
        self._is_whole = reply.is_whole
        return bool(self._said)

    def result(self) -> WrittenAnswer:
        return WrittenAnswer(
            said=tuple(self._said),
            is_whole=self._is_whole,
            attempts=tuple(self._attempts),
            prompt_version=self._replies[-1].prompt.version if self._replies else "",
            model=self._model.settings.model,
            tokens_in=sum(reply.tokens_in or 0 for reply in self._replies),
            tokens_out=sum(reply.tokens_out or 0 for reply in self._replies),
            seconds=self._since_start(),
            first_piece_seconds=self._first_piece,
            first_sentence_seconds=self._first_sentence,
        )

    @functools.cached_property
    def _checker(self) -> Checker:
        """Made when the first sentence is there: the request does not wait for it."""
        return Checker(self._passages, self._question, self._similarity, verifier_of(self._model))

    def _attributed(self, sentence: Sentence) -> Sentence:
        """What was copied word for word cites the passage it comes from; the check goes on as if the model had."""
        if sentence.ends_cited:
            return sentence
        found = [row for row, one in enumerate(self._passages, start=1) if _is_copied(sentence.text, one)]
        return replace(sentence, citations=(found[0],), ends_cited=True) if found else sentence

    def _problems(self, sentence: Sentence) -> Sequence[Problem]:
        if is_refusal(sentence.text):
            return (Problem(ProblemKind.REFUSED, ""),)
        if _asks_back(sentence.text, self._question):
            return (Problem(ProblemKind.EMPTY, "只是把问题又写了一遍"),)
        if sentence.text.rstrip("。 \n").endswith(("：", ":")):
            return (Problem(ProblemKind.EMPTY, "列举没有写出来"),)
        return self._checker.problems(sentence)

    def _show(self, sentence: Sentence) -> Said:
        if self._first_sentence is None:
            self._first_sentence = self._since_start()
        self._said.append(Said(_shown(sentence), sentence.citations))
        return self._said[-1]

    def _since_start(self) -> float:
        return self._model.clock() - self._started

    def _values(self) -> dict[str, str]:
        numbered = "\n\n".join(f"[{number}] {passage}" for number, passage in enumerate(self._passages, start=1))
        return {"passages": numbered, "question": self._question, "problems": _complaint(self.problems)}


def _is_copied(text: str, passage: str) -> bool:
    """Word for word, with or without the name of the clause before it."""
    name, words = (_NOT_WORDS.sub("", part) for part in passage.split("\n", 1))
    copied = _NOT_WORDS.sub("", text).removeprefix("根据").removeprefix(name).removeprefix("规定")
    return len(copied) >= SHORTEST_COPY and copied in words


def _asks_back(text: str, question: str) -> bool:
    """A question, or the person's own with its question word: it says nothing, however well a passage carries it."""
    words = _NOT_WORDS.sub("", text)
    return text.endswith(("？", "?")) or (words in _NOT_WORDS.sub("", question) and bool(_QUESTION_WORD.search(words)))


def _noted(reply: Iterable[str], attempt: Attempt) -> Iterator[str]:
    for piece in reply:
        attempt.pieces.append(piece)
        yield piece


def _complaint(problems: Iterable[Problem]) -> str:
    lines = list(dict.fromkeys(f"- {problem}" for problem in problems))[:MOST_PROBLEMS]
    return "\n".join(["上一次的回答没有通过核对，请改正后重写：", *lines]) if lines else ""


def _shown(sentence: Sentence) -> str:
    words = sentence.text.rstrip("。；;，, \n")
    mark = "" if words.endswith(("！", "？", "!", "?")) else "。"
    return words + "".join(f"[{number}]" for number in sentence.citations) + mark
