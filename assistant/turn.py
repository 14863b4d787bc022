"""One message on its way through the engine: what is known when a flow answers it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from assistant.behaviours import Behaviour
from assistant.events import Card, Choice, Event, Message, Origin, Reply
from assistant.state import State
from assistant.telling import Said, Waiting
from knowledge import regions
from knowledge.documents import Audience

CHINA = ZoneInfo("Asia/Shanghai")

Spoken = Iterator[Said | Waiting | Event]
"""What a flow gives: what is shown while it is made, and what is kept."""


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    message: Message
    to: int
    """Number of the message."""
    text: str
    """What is to be answered: the message, or one part of it, as it was understood."""
    now: datetime
    audience: Audience = Audience.PUBLIC
    part: str = ""
    """Where the message held several requests: this one, as it is shown."""
    rewritten: str = ""
    place: str | None = None
    """Region that only this question is about; else the one that is remembered counts."""

    @property
    def today(self) -> date:
        return self.now.astimezone(CHINA).date()

    @property
    def region(self) -> str | None:
        return self.place or self.state.region

    @property
    def region_or_country(self) -> str:
        return self.region or regions.COUNTRY

    def about(self, text: str) -> "Turn":
        return replace(self, text=text)

    def reply(
        self,
        behaviour: Behaviour,
        text: str,
        *,
        cards: tuple[Card, ...] = (),
        choices: tuple[Choice, ...] = (),
        origin: Origin = Origin.AI,
    ) -> Reply:
        return Reply(
            text,
            self.to,
            behaviour.value,
            origin=origin,
            part=self.part,
            cards=cards,
            choices=choices,
            rewritten=self.rewritten,
        )

    def vary(self, *wordings: str) -> str:
        """The first wording that was not used lately: no template phrase twice in a row."""
        fresh = (one for one in wordings if not any(one in said for said in self.state.said))
        return next(fresh, wordings[(self.state.messages) % len(wordings)])


class Flow(Protocol):
    """One row of behaviour.md, or several that differ only in what is found."""

    def respond(self, turn: Turn) -> Spoken: ...


def tap(label: str, send: str = "") -> Choice:
    return Choice(label, send or label)
