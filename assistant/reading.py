"""A language model that may say what a message is about: its class, and half a question made whole.

Only a model that has passed `xiaoer evals dialogues-with-model` is given that say (XIAOER_MODEL_READS). Safety stays
above it: what the rules have recognised, and the gravest, it cannot take away. It can add a danger, and say of what
only resembles one which it is, or that it is none (assistant/dangers.py).
"""

import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import rewriting
from assistant.behaviours import SAFETY, Behaviour
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
class PlacesRead:
    """Names as they stand in the message, or one character apart."""

    home: str = ""
    """Where the shop is."""
    about: str = ""
    """The other place that is asked about."""


@dataclass(frozen=True, slots=True)
class Reading:
    behaviour: Behaviour
    whole: str = ""
    """The message with what it leaves to be understood from before; empty where it stands for itself."""
    beside: str = ""
    """Of a dangerous message the harmless question that it also asks, in its own words."""
    places: PlacesRead | None = None
    """None where the model said nothing of places."""


_PLACES = re.compile(r"(?:(?:在|问)[：:]\s*[\u4e00-\u9fff]{2,12}[；;，,。\s]*){1,2}")
_PLACE = re.compile(r"(?P<kind>在|问)[：:]\s*(?P<name>[\u4e00-\u9fff]{2,12})")
_EMPTY = "＝= 。"
_BETWEEN = re.compile(r"[\W_]+")


class Reader:
    def __init__(self, model: ChatModel, audience: Audience = Audience.PUBLIC) -> None:
        self._model = model
        self._is_staff = audience is Audience.STAFF
        self._classes = [one for one in DESCRIPTIONS if not (self._is_staff and one is Behaviour.STAFF_ONLY)]
        self._last = threading.local()

    def read(self, text: str, state: State, *, within: str = "") -> Reading | None:
        """None where the model cannot be reached, or says nothing that can be used.

        `within`: the message that the text is a part of; it is read beside that, and not made whole.
        """
        known: dict[tuple[str, str], Reading | None] = getattr(self._last, "readings", {})
        key = (text, within or rewriting.before(state))
        if key not in known:
            known = dict(list(known.items())[-MOST_KEPT:])
            known[key] = found = self._asked(text, state, within)
            if found and found.whole:
                known[found.whole, key[1]] = replace(found, whole="")
            self._last.readings = known
        return known[key]

    def _asked(self, text: str, state: State, within: str) -> Reading | None:
        if not self._model.is_ready():
            return None
        values = {
            "candidates": listed(self._classes),
            "before": within[:LONGEST] or rewriting.before(state),
            "reply": "" if within else rewriting.shown_reply(state),
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
        return _understood(behaviour, [one for line in lines[1:] if (one := line.strip())], text, state, within)


def _understood(behaviour: Behaviour, lines: Sequence[str], text: str, state: State, within: str) -> Reading:
    told = [one for one in lines if not _PLACES.fullmatch(one)]
    whole = told[0].strip(_EMPTY) if told else ""
    says_where = any(map(_PLACES.fullmatch, lines)) or len(told) > 1
    where = places_in(next(filter(_PLACES.fullmatch, lines), ""), text) if says_where else None
    if behaviour in SAFETY - {Behaviour.SENSITIVE_DATA}:
        return Reading(behaviour, beside=_own_words(whole, text), places=where)
    is_half = whole and not within and rewriting.before(state)
    return Reading(behaviour, (rewriting.accepted(whole, text, state) or "") if is_half else "", places=where)


def places_in(line: str, text: str) -> PlacesRead:
    """What the line names and the text has."""
    found = {one["kind"]: one["name"] for one in _PLACE.finditer(line) if _stands_in(one["name"], text)}
    return PlacesRead(found.get("在", ""), found.get("问", ""))


def _stands_in(name: str, text: str) -> bool:
    """Up to one character, for a place is soon misspelt."""
    windows = (text[start : start + len(name)] for start in range(len(text) - len(name) + 1))
    return any(sum(one != other for one, other in zip(name, window, strict=True)) <= 1 for window in windows)


def _own_words(asked: str, text: str) -> str:
    """The question where every piece of it stands in the message, and it is not all of that."""
    said = _BETWEEN.sub("", text)
    pieces = [one for one in _BETWEEN.split(asked) if one]
    is_own = bool(pieces) and all(one in said for one in pieces)
    return asked if is_own and len("".join(pieces)) < len(said) else ""


def reader_of(model: ChatModel | None, audience: Audience = Audience.PUBLIC) -> Reader | None:
    """None where there is no model, or none that has earned it."""
    return Reader(model, audience) if model and model.settings.reads else None
