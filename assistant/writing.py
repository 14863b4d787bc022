"""An answer written by the language model from numbered passages, and shown only when grounding accepts it."""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import grounding
from assistant.grounding import Checked, Problem, ProblemKind, Sentence
from prompts.client import ChatModel, Written
from prompts.errors import ModelUnavailable

PROMPT = "answer"
ATTEMPTS = 2
MOST_PROBLEMS = 6
"""Told to the model at once; more only confuses it."""
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    text: str
    """Checked sentences, each ending with its citations: [1][2]。"""
    cited: tuple[int, ...]
    """Numbers of the passages it rests on, counted from 1."""
    prompt_version: str
    model: str
    problems: tuple[Problem, ...]
    """Why a first attempt was refused; for statistics."""
    tokens_in: int
    tokens_out: int
    seconds: float


class AnswerWriter:
    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def write(self, question: str, passages: Sequence[tuple[str, str]]) -> WrittenAnswer | None:
        """An answer from the passages (how each is called, its words as the reader may see them).

        None: the model gave nothing that can be relied on; quote the passages instead.
        """
        if not passages:
            return None
        whole = [f"{name}\n{words}" for name, words in passages]
        seen: list[Problem] = []
        drafts: list[Written] = []
        for _ in range(ATTEMPTS):
            try:
                drafts.append(self._model.write(PROMPT, _values(question, whole, seen)))
            except ModelUnavailable as error:
                log.warning("%s", error)
                return None
            checked = grounding.check(_THOUGHTS.sub("", drafts[-1].text), whole, question)
            if checked.accepted:
                return _answer(checked, drafts, seen)
            seen += checked.problems
            if any(problem.kind is ProblemKind.REFUSED for problem in checked.problems):
                break
        # Kinds only: the words can be the person's.
        log.info("model text refused: %s", ", ".join(problem.kind.name for problem in seen))
        return None


def _values(question: str, passages: Sequence[str], problems: Sequence[Problem]) -> dict[str, str]:
    numbered = "\n\n".join(f"[{number}] {passage}" for number, passage in enumerate(passages, start=1))
    return {"passages": numbered, "question": question, "problems": _complaint(problems)}


def _complaint(problems: Iterable[Problem]) -> str:
    lines = list(dict.fromkeys(f"- {problem}" for problem in problems))[:MOST_PROBLEMS]
    return "\n".join(["上一次的回答没有通过核对，请改正后重写：", *lines]) if lines else ""


def _answer(checked: Checked, drafts: Sequence[Written], seen: Sequence[Problem]) -> WrittenAnswer:
    cited = sorted({number for sentence in checked.sentences for number in sentence.citations})
    return WrittenAnswer(
        text="".join(_shown(sentence) for sentence in checked.sentences),
        cited=tuple(cited),
        prompt_version=drafts[-1].prompt_version,
        model=drafts[-1].model,
        problems=tuple(seen),
        tokens_in=sum(draft.tokens_in for draft in drafts),
        tokens_out=sum(draft.tokens_out for draft in drafts),
        seconds=sum(draft.seconds for draft in drafts),
    )


def _shown(sentence: Sentence) -> str:
    words = sentence.text.rstrip("。；;，, \n")
    mark = "" if words.endswith(("！", "？", "!", "?")) else "。"
    return words + "".join(f"[{number}]" for number in sentence.citations) + mark
