"""A language model that may say whether a sentence means what the passages it cites say: a second check beside grounding's own.

Only a model that has passed `xiaoer evals grounding --with-model` is given that say (XIAOER_MODEL_READS). It writes nothing, and
what the check holds for certain (numbers, dates, names, contacts, citations) is refused whatever it says.
"""

import logging
from collections.abc import Sequence

from assistant.problems import Problem, ProblemKind
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

LONGEST = 2000
"""Characters of a passage that are shown to the model; an exception can stand at its end."""
NOTHING = "（没有）"
DOUBTFUL = frozenset(
    {
        ProblemKind.UNSUPPORTED,
        ProblemKind.REVERSED,
        ProblemKind.DROPPED,
        ProblemKind.SWAPPED,
        ProblemKind.WIDENED,
    }
)
"""What the model may decide otherwise; the rest is a matter of letters and figures."""
_REPLIES = {"一致": True, "不一致": False}

log = logging.getLogger(__name__)


class Verifier:
    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def decide(
        self, found: tuple[Problem, ...], sentence: str, passages: Sequence[str], question: str, before: Sequence[str]
    ) -> tuple[Problem, ...]:
        """What is wrong with a sentence, after what the check found; without the model's word that stays as it is."""
        if any(one.kind not in DOUBTFUL for one in found):
            return found
        means_it = self.verify(sentence, passages, question, before)
        if means_it is None:
            return found
        return () if means_it else found or (Problem(ProblemKind.UNSUPPORTED, sentence[:40]),)

    def verify(self, sentence: str, passages: Sequence[str], question: str, before: Sequence[str]) -> bool | None:
        """Of a sentence without its citations, behind those said before; None where the model cannot be reached or understood."""
        if not self._model.is_ready():
            return None
        values = {
            "passages": "\n\n".join(one[:LONGEST] for one in passages),
            "question": question,
            "before": "\n".join(before) or NOTHING,
            "sentence": sentence,
        }
        try:
            written = "".join(self._model.stream("verify", values)).strip()
        except ModelUnavailable as error:
            log.info("verifying without the language model: %s", error.reason)
            return None
        return _REPLIES.get(written.split("\n")[0].strip(' 。.“”"'))


def verifier_of(model: ChatModel | None) -> Verifier | None:
    """None where there is no model, or none that has earned it."""
    return Verifier(model) if model and model.settings.reads else None
