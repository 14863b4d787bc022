"""A responder that says what a test wrote down, for the tests of the dialogue measurements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.events import Event, Message, Question, Recorded, Reply
from assistant.telling import Said, Waiting
from assistant.turns import Responder
from knowledge.documents import Audience


class ScriptedResponder:
    """Answers by the text of the message; what it was asked with is kept."""

    def __init__(self, script: Mapping[str, Sequence[Event]]) -> None:
        self.script = script
        self.logs: list[Sequence[Recorded]] = []
        self.hours: list[datetime] = []

    def respond(self, log: Sequence[Recorded], asked: Recorded, *, now: datetime) -> Iterator[Said | Waiting | Event]:
        self.logs.append(log)
        self.hours.append(now)
        assert isinstance(asked.event, Message)
        yield Waiting()
        for event in self.script.get(asked.event.text, ()):
            yield replace(event, to=asked.seq) if isinstance(event, Reply | Question) else event


class ScriptedEngine:
    def __init__(self, script: Mapping[str, Sequence[Event]]) -> None:
        self.made = ScriptedResponder(script)

    def responder(self, audience: Audience = Audience.PUBLIC) -> Responder:
        return self.made
