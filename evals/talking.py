"""Holds a dialogue with the real engine, without HTTP: masking, the message, what the responder says, done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from assistant.events import (
    Author,
    Card,
    Choice,
    Done,
    Event,
    Form,
    Message,
    Notice,
    Question,
    Recorded,
    Remembered,
    Reply,
)
from assistant.masking import mask
from assistant.telling import Said, Waiting
from assistant.turns import Responder
from evals.dialogue_cases import Dialogue, Turn
from knowledge import regions
from knowledge.documents import Audience

Kind = TypeVar("Kind")
MASKED = "为保护您的个人信息，消息里的{}已经遮盖；您可以随时删除本次对话。"


class Conversing(Protocol):
    """A service with the conversation engine."""

    def responder(self, audience: Audience = Audience.PUBLIC) -> Responder: ...


@dataclass(frozen=True, slots=True)
class Happened:
    """One turn, as it stands in the log."""

    turn: Turn
    typed: str
    """What the person sent, before masking."""
    message: Message
    events: tuple[Event, ...]
    """What came of it, without the message."""
    missing_tap: bool = False

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def cards(self) -> list[Card]:
        return [card for reply in self.of(Reply) for card in reply.cards]

    @property
    def choices(self) -> list[Choice]:
        tapped = [event for event in self.events if isinstance(event, Reply | Question | Form)]
        return [choice for event in tapped for choice in event.choices]

    @property
    def sources(self) -> list[dict[str, Any]]:
        return [source for reply in self.of(Reply) if reply.answer for source in reply.answer["sources"]]


def talk(dialogue: Dialogue, responder: Responder) -> list[Happened]:
    log: list[Recorded] = []
    happened: list[Happened] = []

    def record(event: Event, author: Author) -> Recorded:
        log.append(Recorded(len(log) + 1, dialogue.now, author, event))
        return log[-1]

    if code := dialogue.region_code:
        record(Remembered("region", "地区", code, regions.name(code)), Author.PERSON)
    for turn in dialogue.turns:
        typed = turn.say or _tapped(turn, happened)
        masked = mask(typed)
        message = Message(masked.text, masked=masked.kinds)
        asked = record(message, Author.PERSON)
        before = len(log)
        if masked.kinds:
            record(Notice(MASKED.format("、".join(masked.kinds)), asked.seq, "masked"), Author.SYSTEM)
        for said in responder.respond(tuple(log[: asked.seq]), asked, now=dialogue.now):
            if not isinstance(said, Said | Waiting):
                record(said, Author.ASSISTANT)
        record(Done(asked.seq), Author.SYSTEM)
        events = tuple(one.event for one in log[before:])
        happened.append(Happened(turn, typed, message, events, missing_tap=not typed))
    return happened


def _tapped(turn: Turn, happened: Sequence[Happened]) -> str:
    """What the first button with this label sends; nothing where the turn before offered none."""
    if not happened:
        return ""
    offered = [(choice.label, choice.send) for choice in happened[-1].choices]
    offered += [(card.action, card.send) for card in happened[-1].cards if card.send]
    return next((send for label, send in offered if re.search(turn.tap, label)), "")
