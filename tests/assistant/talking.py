"""Conversations over a store of their own, answered by what a test says."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant import conversations
from assistant.conversations import ConversationLog
from assistant.events import Done, Event, Message, Recorded, Reply
from assistant.fanout import Fanout
from assistant.relay import Relay
from assistant.sealing import Keyring
from assistant.sessions import Sessions
from assistant.talks import Caller, Talks
from assistant.telling import Said, Waiting
from assistant.turns import Limits, Turns
from knowledge.database import Database

KEYRING = Keyring(b"k" * 32, "测试")
NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
Answers = Callable[[Sequence[Recorded], Recorded], Iterator[Said | Waiting | Event]]


def repeated(log: Sequence[Recorded], asked: Recorded) -> Iterator[Said | Waiting | Event]:
    assert isinstance(asked.event, Message)
    yield Reply(f"您说：{asked.event.text}", asked.seq, "question")


@dataclass
class Says:
    """Responds as told, and remembers what it was asked."""

    answers: Answers = repeated
    asked: list[str] = field(default_factory=list)
    logs: list[list[int]] = field(default_factory=list)

    def respond(self, log: Sequence[Recorded], asked: Recorded, *, now: datetime) -> Iterator[Said | Waiting | Event]:
        assert isinstance(asked.event, Message)
        self.asked.append(asked.event.text)
        self.logs.append([one.seq for one in log])
        return self.answers(log, asked)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Talking:
    """One process that holds conversations."""

    database: Database
    talks: Talks
    turns: Turns
    relay: Relay
    log: ConversationLog
    fanout: Fanout
    says: Says
    clock: Clock

    def begin(self, region: str | None = None) -> Caller:
        session = self.talks.start(region)
        return Caller(session.conversation, session.token)

    def events(self, caller: Caller) -> list[Recorded]:
        with self.database.reading() as tx:
            return self.log.read(tx, caller.conversation)

    def answered(self, caller: Caller, seq: int) -> list[Recorded]:
        """The log, once this message is done with."""
        until(lambda: any(isinstance(one.event, Done) and one.event.to == seq for one in self.events(caller)))
        return self.events(caller)


def kinds(events: Sequence[Recorded]) -> list[str]:
    return [one.event.kind for one in events]


def until(happens: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def talking(
    database: Database, says: Says | None = None, *, limits: Limits | None = None, starts: bool = True
) -> Iterator[Talking]:
    says, clock, fanout = says or Says(), Clock(), Fanout()
    with database.transaction() as tx:
        conversations.fit(tx, KEYRING)
    log, relay = ConversationLog(KEYRING), Relay(database, fanout)
    turns = Turns(database, log, says, fanout, relay, limits=limits or Limits(workers=3), now=clock)
    talks = Talks(database, log, Sessions(KEYRING.derived("sessions")), turns, fanout, relay, now=clock)
    if starts:
        relay.start()
        turns.start()
    try:
        yield Talking(database, talks, turns, relay, log, fanout, says, clock)
    finally:
        turns.stop(5)
        relay.stop()


class Gate:
    """Holds an answer until the test opens it."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def answers(self, log: Sequence[Recorded], asked: Recorded) -> Iterator[Said | Waiting | Event]:
        yield Said("先说一句。", (1,))
        self.reached.set()
        while not self.opened.wait(0.02):
            yield Waiting()
        yield from repeated(log, asked)
