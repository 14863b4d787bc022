"""A language model that may say which of the clauses found state what was asked: it chooses, and writes nothing.

Only a model that has passed `xiaoer evals dialogues-with-model` is given that say (XIAOER_MODEL_READS). What is shown stays the
clauses' own words; a wrong choice shows the wrong clause, never an invented one.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

LONGEST = 500
"""Characters of a clause that are shown to the model."""
MOST_CHOSEN = 3
_REPLY = re.compile(r"(?P<partly>部分[：: ]*)?(?P<numbers>\d{1,2}(?:\s*[,，、和 ]\s*\d{1,2})*)[。. ]*")
_NONE = re.compile(r"[“\"]?(?:无|没有|none)[”\"。.]*", re.IGNORECASE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    rows: tuple[int, ...] = ()
    """Of the clauses given, counted from 0, those that state it, the most fitting first; none: nothing does."""
    is_partly: bool = False


class Judge:
    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def is_ready(self) -> bool:
        """Whether the model would be asked at all."""
        return self._model.is_ready()

    def judge(self, question: str, clauses: Sequence[tuple[str, str]]) -> Verdict | None:
        """Of clauses (how each is called, its words); None where the model cannot be reached or understood."""
        if not clauses or not self.is_ready():
            return None
        passages = "\n\n".join(
            f"[{number}] {name}\n{words[:LONGEST]}" for number, (name, words) in enumerate(clauses, start=1)
        )
        try:
            written = "".join(self._model.stream("judge", {"passages": passages, "question": question})).strip()
        except ModelUnavailable as error:
            log.info("judging without the language model: %s", error.reason)
            return None
        return verdict(written.split("\n")[0].strip(), len(clauses))


def verdict(line: str, given: int) -> Verdict | None:
    """What the reply says of so many clauses; None for anything but numbers of these, or none."""
    if _NONE.fullmatch(line):
        return Verdict()
    match = _REPLY.fullmatch(line)
    if match is None:
        return None
    rows = [int(number) - 1 for number in re.findall(r"\d+", match["numbers"])]
    if any(not 0 <= row < given for row in rows):
        return None
    return Verdict(tuple(dict.fromkeys(rows))[:MOST_CHOSEN], match["partly"] is not None)


def judge_of(model: ChatModel | None) -> Judge | None:
    """None where there is no model, or none that has earned it."""
    return Judge(model) if model and model.settings.reads else None
