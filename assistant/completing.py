"""One answer for a client that keeps the conversation itself: nothing is stored, the log is what the client says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant import remembering
from assistant.events import Author, Event, Form, Message, Notice, Question, Recorded, Reply
from assistant.masking import mask
from assistant.telling import Said, Waiting
from assistant.turns import Responder


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the client's conversation."""

    is_person: bool
    text: str


@dataclass(slots=True)
class Completion:
    """What came of it; complete when the iterator of `complete` has ended."""

    replies: list[Event] = field(default_factory=list)

    @property
    def text(self) -> str:
        texts = [one.text for one in self.replies if isinstance(one, Reply | Question | Form | Notice)]
        return "\n\n".join(texts)

    def to_json(self) -> dict[str, Any]:
        """The documented field beside the text."""
        replies = [one for one in self.replies if isinstance(one, Reply)]
        answers = [one.answer for one in replies if one.answer]
        return {
            "sources": [source for answer in answers for source in answer.get("sources", ())],
            "notices": list(dict.fromkeys(notice for answer in answers for notice in answer.get("notices", ()))),
            "behaviours": [one.behaviour for one in replies],
            "origins": [one.origin.value for one in replies],
            "region": next((answer.get("region") for answer in answers), None),
        }


def log_of(told: Sequence[Told], region: str | None, at: datetime) -> list[Recorded]:
    """As if it had been kept here; personal data is masked first."""
    log: list[Recorded] = []

    def add(author: Author, event: Event) -> None:
        log.append(Recorded(len(log) + 1, at, author, event))

    if region:
        add(Author.PERSON, remembering.region(region))
    asked = 0
    for one in told:
        masked = mask(one.text)
        if one.is_person:
            add(Author.PERSON, Message(masked.text, masked=masked.kinds))
            asked = len(log)
        else:
            add(Author.ASSISTANT, Reply(masked.text, asked, ""))
    return log


def complete(
    responder: Responder, log: Sequence[Recorded], completion: Completion, now: datetime
) -> Iterator[Said | Waiting]:
    """What is said meanwhile; the last of the log is what is answered."""
    for one in responder.respond(log, log[-1], now=now):
        if isinstance(one, Said | Waiting):
            yield one
        else:
            completion.replies.append(one)
