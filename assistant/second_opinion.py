"""A language model's second look at words that may hold a danger: it can raise the alarm, and never silence one.

Nobody has exemplars for every way of saying that one does not want to live. Where a message is a little like a danger,
and rules and exemplars found none, a model is asked; without one, nothing changes.
"""

import logging

from assistant.behaviours import Behaviour
from assistant.choosing import Chooser
from assistant.descriptions import listed, named
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

SUSPECTED = 0.28
"""Score of a danger from which the model is asked."""
SUSPECTED_GRAVE = 0.16
"""The same where silence would be worst."""
MOST_SUSPECTED = 3
LONGEST = 400
"""Characters of a message that are shown to the model."""
_B = Behaviour
_GRAVE = {_B.CRISIS, _B.EMERGENCY, _B.SECRECY}
SUSPECTS = frozenset({_B.CRISIS, _B.EMERGENCY, _B.SECRECY, _B.CHEATING, _B.FEE_OFFER, _B.EXTRACTION, _B.FORBIDDEN, _B.STAFF_ONLY})  # fmt: skip
"""The dangers that it is asked about."""

log = logging.getLogger(__name__)


class SecondOpinion:
    def __init__(self, chooser: Chooser, model: ChatModel | None) -> None:
        self._chooser, self._model = chooser, model

    def on(self, text: str) -> Behaviour | None:
        """The danger that the model sees among those that the message is a little like."""
        if self._model is None or not self._model.is_ready():
            return None
        suspected = self._suspected(text)
        if not suspected:
            return None
        try:
            written = "".join(
                self._model.stream("danger", {"candidates": listed(suspected), "message": text[:LONGEST]})
            )
        except ModelUnavailable as error:
            log.info("no second opinion on a danger: %s", error.reason)
            return None
        return named(written, suspected)

    def _suspected(self, text: str) -> list[Behaviour]:
        alike = [
            one.behaviour
            for one in self._chooser.rank(text)
            if one.behaviour in SUSPECTS and one.score >= (SUSPECTED_GRAVE if one.behaviour in _GRAVE else SUSPECTED)
        ]
        return alike[:MOST_SUSPECTED]
