"""A language model that may say what a message is about: its class, and half a question made whole.

Only a model that has passed `xiaoer evals dialogues-with-model` is given that say (XIAOER_MODEL_READS). Safety stays
above it: what the rules have recognised, and the gravest, it cannot take away. It can add a danger, and say of what
only resembles one which it is, or that it is none (assistant/dangers.py).
"""

import logging
import threading
from dataclasses import dataclass

from assistant import rewriting
from assistant.behaviours import Behaviour
from assistant.descriptions import DESCRIPTIONS, listed, named
from assistant.state import State
from knowledge.documents import Audience
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

LONGEST = 400
"""Characters of a message that are shown to the model."""
MOST_KEPT = 20
"""Readings that a thread remembers: one turn asks about the same words more than once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    behaviour: Behaviour
    whole: str = ""
    """The message with what it leaves to be understood from before; empty where it stands for itself."""


class Reader:
    def __init__(self, model: ChatModel, audience: Audience = Audience.PUBLIC) -> None:
        self._model = model
        self._is_staff = audience is Audience.STAFF
        self._classes = [one for one in DESCRIPTIONS if not (self._is_staff and one is Behaviour.STAFF_ONLY)]
        self._last = threading.local()

    def read(self, text: str, state: State) -> Reading | None:
        """None where the model cannot be reached, or says nothing that can be used."""
        known: dict[tuple[str, str], Reading | None] = getattr(self._last, "readings", {})
        key = (text, rewriting.before(state))
        if key not in known:
            known = dict(list(known.items())[-MOST_KEPT:])
            known[key] = found = self._asked(text, state)
            if found and found.whole:
                known[found.whole, key[1]] = Reading(found.behaviour)
            self._last.readings = known
        return known[key]

    def _asked(self, text: str, state: State) -> Reading | None:
        if not self._model.is_ready():
            return None
        values = {
            "candidates": listed(self._classes),
            "before": rewriting.before(state),
            "reply": rewriting.shown_reply(state),
            "message": text[:LONGEST],
        }
        try:
            lines = "".join(self._model.stream("read", values)).strip().split("\n")
        except ModelUnavailable as error:
            log.info("reading without the language model: %s", error.reason)
            return None
        behaviour = named(lines[0], [*DESCRIPTIONS])
        if self._is_staff and behaviour is Behaviour.STAFF_ONLY:
            behaviour = Behaviour.ANSWER  # nothing is kept from them
        if behaviour is None:
            log.info("a reading named no class")
            return None
        whole = next((line.strip() for line in lines[1:] if line.strip()), "=")
        is_half = values["before"] and whole.strip("＝= 。")
        return Reading(behaviour, (rewriting.accepted(whole, text, state) or "") if is_half else "")


def reader_of(model: ChatModel | None, audience: Audience = Audience.PUBLIC) -> Reader | None:
    """None where there is no model, or none that has earned it."""
    return Reader(model, audience) if model and model.settings.reads else None
