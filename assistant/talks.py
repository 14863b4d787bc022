"""What a person may do in their conversation; every function checks the session first, and is one transaction."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from assistant import pending, remembering
from assistant.conversations import ConversationLog, Entry, Receipt, conversation_keys, destroy, existing, lock
from assistant.errors import AlreadyRated, EventNotFound, KeyUsed, NotRetriable
from assistant.events import (
    Author,
    Done,
    Event,
    Feedback,
    Message,
    Notice,
    Progress,
    Rating,
    Recorded,
    Remembered,
    Reply,
)
from assistant.fanout import Fanout, Listener
from assistant.masking import mask
from assistant.relay import Relay
from assistant.sessions import Session, Sessions
from assistant.turns import Turns
from knowledge.database import Database

MASKED = "消息里的{kinds}已经遮住：没有保存，也不会发给语言模型。不放心的话，可以随时删除这个对话。"
FORGOTTEN = "已经忘记：{labels}。"
CHANGED = "已经记下：{label}是{shown}。"
PAGE = "从哪个页面来"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks for which conversation."""

    conversation: str
    token: str


@dataclass(frozen=True, slots=True)
class Following:
    """An admitted reader's way to the events of one conversation."""

    conversation: str
    read: Callable[[int, int], list[Recorded]]
    """Events after this number, at most so many. Raises ConversationDeleted."""
    watch: Callable[[Listener], Callable[[], None]]
    """Hear news; returns how to stop."""
    seconds_left: Callable[[], float]
    """Until the session expires."""

    def is_over(self) -> bool:
        return self.seconds_left() <= 0


class Talks:
    """The front door of conversations; rights are checked here and nowhere else."""

    def __init__(
        self,
        database: Database,
        conversation_log: ConversationLog,
        sessions: Sessions,
        turns: Turns,
        fanout: Fanout,
        relay: Relay,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._log, self._sessions = database, conversation_log, sessions
        self._turns, self.fanout, self._relay, self._now = turns, fanout, relay, now

    def start(self, region: str | None = None, page: str = "") -> Session:
        """A new conversation; the region (a code) and the page are what it begins with."""
        first: list[Event] = [remembering.region(region)] if region else []
        if page:
            words = mask(page).text
            first.append(Remembered("page", PAGE, words, words))
        with self._database.transaction() as tx:
            conversation = self._log.start(tx, self._now())
            if first:
                self._log.append(tx, conversation, [(Author.PERSON, one) for one in first], self._now())
        return self._sessions.issue(conversation, self._now())

    def renew(self, caller: Caller) -> Session:
        session = self._sessions.renew(caller.token, caller.conversation, self._now())
        with self._database.reading() as tx:
            existing(tx, caller.conversation)
        return session

    def admit(self, caller: Caller) -> datetime:
        """Until when the caller may be in this conversation."""
        expires = self._sessions.check(caller.token, caller.conversation, self._now())
        with self._database.reading() as tx:
            existing(tx, caller.conversation)
        return expires

    def follow(self, caller: Caller) -> Following:
        """For a stream, which ends with the session."""
        expires = self.admit(caller)

        def read(after: int, limit: int) -> list[Recorded]:
            with self._database.reading() as tx:
                return self._log.read(tx, caller.conversation, after=after, limit=limit)

        def seconds_left() -> float:
            return (expires - self._now()).total_seconds()

        watch = functools.partial(self.fanout.watch, caller.conversation)
        return Following(caller.conversation, read, watch, seconds_left)

    def say(self, caller: Caller, text: str, fields: Sequence[tuple[str, str]] = (), key: str = "") -> int:
        """Take a message; its number. The answer comes on the stream. Raises TooBusy, KeyUsed."""
        self._check(caller)
        said = mask(text)
        values = [(name, mask(value)) for name, value in fields]
        kinds = tuple(dict.fromkeys([*said.kinds, *(kind for _, value in values for kind in value.kinds)]))
        message = Message(said.text, key, kinds, tuple((name, value.text) for name, value in values))
        with self._database.transaction() as tx:
            lock(tx, caller.conversation)
            if key and (known := self._log.seq_of(tx, caller.conversation, key)):
                before = self._log.read(tx, caller.conversation, after=known - 1, limit=1)[0].event
                if not isinstance(before, Message) or (before.text, before.fields) != (message.text, message.fields):
                    raise KeyUsed
                return known
            self._turns.require_room()
            recorded = self._append(tx, caller, [(Author.PERSON, message)], key=key)
            seq = recorded[0].seq
            if kinds:
                notice = Notice(MASKED.format(kinds="、".join(kinds)), seq, "masked")
                recorded += self._append(tx, caller, [(Author.SYSTEM, notice)])
            pending.add(tx, caller.conversation, seq)
        self._tell(caller, recorded)
        self._turns.look(caller.conversation)
        return seq

    def retry(self, caller: Caller, seq: int) -> None:
        """Answer a message again that could not be answered. Raises NotRetriable, TooBusy."""
        self._check(caller)
        with self._database.transaction() as tx:
            lock(tx, caller.conversation)
            self._turns.require_room()
            ends = [one.event for one in self._log.read(tx, caller.conversation) if isinstance(one.event, Done)]
            last = next((end for end in reversed(ends) if end.to == seq), None)
            if last is None or not last.failed or pending.is_waiting(tx, caller.conversation, seq):
                raise NotRetriable(seq)
            pending.add(tx, caller.conversation, seq)
        self._turns.look(caller.conversation)

    def history(self, caller: Caller, after: int = 0, limit: int | None = None) -> list[Recorded]:
        self._check(caller)
        with self._database.reading() as tx:
            return self._log.read(tx, caller.conversation, after=after, limit=limit)

    def sources(self, caller: Caller, seq: int) -> list[dict[str, Any]]:
        """What the reply rests on. Raises EventNotFound."""
        reply = _reply(self.history(caller, seq - 1, 1), seq)
        return list((reply.answer or {}).get("sources", ()))

    def feedback(self, caller: Caller, on: int, *, helpful: bool | None, reason: str = "") -> None:
        """Raises EventNotFound."""
        _reply(self.history(caller, on - 1, 1), on)
        self._write(caller, [Feedback(on, helpful, mask(reason).text)])

    def rate(self, caller: Caller, grade: int, words: str = "") -> None:
        """Raises AlreadyRated."""
        self._check(caller)
        with self._database.transaction() as tx:
            lock(tx, caller.conversation)
            if any(isinstance(one.event, Rating) for one in self._log.read(tx, caller.conversation)):
                raise AlreadyRated
            recorded = self._append(tx, caller, [(Author.PERSON, Rating(grade, mask(words).text))])
        self._tell(caller, recorded)

    def memory(self, caller: Caller) -> list[Remembered]:
        return list(remembering.held(self.history(caller)).values())

    def remember(self, caller: Caller, key: str, value: str) -> Remembered:
        """Raises UnknownMemory, UnknownRegion, BadAnswer."""
        changed = remembering.changed(self.history(caller), key, value)
        notice = Notice(
            CHANGED.format(label=changed.label, shown=changed.shown), code="region" if key == "region" else "remembered"
        )
        self._write(caller, [changed, notice])
        return changed

    def forget(self, caller: Caller, key: str | None = None) -> None:
        """One thing, or everything. Raises UnknownMemory."""
        gone = remembering.forgotten(self.history(caller), key)
        labels = "、".join(one.label for one in gone if isinstance(one, Remembered))
        notice = [Notice(FORGOTTEN.format(labels=labels), code="forgotten")] if labels else []
        self._write(caller, [*gone, *notice])

    def delete(self, caller: Caller) -> Receipt:
        """For good: the key is destroyed, no answer is written any more."""
        self._check(caller)
        with self._database.transaction() as tx:
            receipt = destroy(tx, caller.conversation, self._now())
            pending.forget(tx, caller.conversation)
            self._relay.announce(tx, caller.conversation)
        self._database.scrub(conversation_keys.name)
        self.fanout.hush(caller.conversation)
        self.fanout.appended(caller.conversation)
        return receipt

    def _check(self, caller: Caller) -> None:
        self._sessions.check(caller.token, caller.conversation, self._now())

    def _write(self, caller: Caller, events: Sequence[Event]) -> None:
        entries: list[Entry] = [
            (Author.SYSTEM if isinstance(event, Notice | Progress) else Author.PERSON, event) for event in events
        ]
        with self._database.transaction() as tx:
            recorded = self._append(tx, caller, entries)
        self._tell(caller, recorded)

    def _append(self, tx: Connection, caller: Caller, entries: Sequence[Entry], key: str = "") -> list[Recorded]:
        self._relay.announce(tx, caller.conversation)
        return self._log.append(tx, caller.conversation, entries, self._now(), key=key)

    def _tell(self, caller: Caller, recorded: Sequence[Recorded]) -> None:
        self.fanout.appended(caller.conversation, recorded)


def _reply(found: Sequence[Recorded], seq: int) -> Reply:
    for one in found:
        if one.seq == seq and isinstance(one.event, Reply):
            return one.event
    raise EventNotFound(seq)
