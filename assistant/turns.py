"""Runs turns: one message after the other is answered, outside of the request that brought it.

What a turn yields is written down together with its Done, or not at all; a turn cut short is taken again.
"""

import contextlib
import logging
import os
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from assistant import fall_outs, pending
from assistant.computing import Computing
from assistant.conversations import ConversationLog, Entry, lock
from assistant.errors import ConversationDeleted, ConversationNotFound, ShuttingDown, TooBusy
from assistant.events import Author, Done, Event, Message, Notice, Recorded
from assistant.fanout import Delta, Fanout, Typing
from assistant.pending import MOST_TRIES, Claim
from assistant.relay import Relay
from assistant.telling import Said, Waiting
from assistant.turn import CHINA
from knowledge.database import Database

LOOK_SECONDS = 5.0
"""How often leases are renewed and lost messages looked for."""
MOST_FOUND = 500
RETRY_SECONDS = 5
FAILED = "这个问题没有答成，原因在我们这边，已经记录。您可以重试，或者换个说法再问；也可以转人工，或拨打 12345 政务服务便民热线。"

log = logging.getLogger(__name__)

_PROCESS = secrets.token_hex(4)
"""Tells this process from an earlier one with its number."""


class Responder(Protocol):
    """Decides what is said to one message."""

    def respond(self, log: Sequence[Recorded], asked: Recorded, *, now: datetime) -> Iterator[Said | Waiting | Event]:
        """Said and Waiting are shown meanwhile, events are kept; `asked` stands last in the log."""


class _GivenUp(Exception):
    """The service stops: somebody else is to take the turn."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is done at once."""

    workers: int = 16
    most_waiting: int = 200
    """Conversations that wait for a worker, before new messages are refused."""


class Turns:
    def __init__(
        self,
        database: Database,
        conversation_log: ConversationLog,
        responder: Responder,
        fanout: Fanout,
        relay: Relay,
        *,
        limits: Limits | None = None,
        computing: Computing | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`computing`: how many work at once, of those who do not wait for a language model."""
        self._database, self._log, self._responder = database, conversation_log, responder
        self._fanout, self._relay, self._now = fanout, relay, now
        self._limits = limits or Limits()
        self._computing = computing or Computing(self._limits.workers)
        self.owner = f"{socket.gethostname()[:80]}/{os.getpid()}/{_PROCESS}.{secrets.token_hex(4)}"
        self._queue: deque[str] = deque()
        self._queued: set[str] = set()
        self._running: set[str] = set()
        lock_of_all = threading.RLock()
        self._changed, self._ended = threading.Condition(lock_of_all), threading.Condition(lock_of_all)
        self._stopping, self._give_up, self._stopped = threading.Event(), threading.Event(), threading.Event()
        names = [f"xiaoer-turn-{number}" for number in range(self._limits.workers)]
        self._threads = [threading.Thread(target=self._work, name=name, daemon=True) for name in names]
        self._threads.append(threading.Thread(target=self._watch, name="xiaoer-turns", daemon=True))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, within_seconds: float) -> None:
        """Answers under way finish; what takes longer is left to the next process."""
        until = time.monotonic() + within_seconds
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
            self._ended.wait_for(lambda: not self._running, max(0.0, until - time.monotonic()))
        self._give_up.set()
        with self._ended:
            self._ended.wait_for(lambda: not self._running, 2.0)
            left = len(self._running)
        self._stopped.set()
        if left:
            log.warning("停止时还有 %d 个回答没有写完，下次启动会重新回答", left)

    def require_room(self) -> None:
        """Raises TooBusy before a message is taken that would wait too long."""
        if self._stopping.is_set():
            raise ShuttingDown
        with self._changed:  # one in hand may be queued as well, for a further message: it does not wait for a worker
            waiting = sum(conversation not in self._running for conversation in self._queue)
        if waiting >= self._limits.most_waiting:
            raise TooBusy(RETRY_SECONDS)

    def look(self, conversation: str) -> None:
        """There may be a message to answer in it."""
        with self._changed:
            if conversation not in self._queued:
                self._queued.add(conversation)
                self._queue.append(conversation)
                self._changed.notify()

    def _work(self) -> None:
        while (conversation := self._next()) is not None:
            again = False
            try:
                with self._computing.place():
                    again = self._take(conversation)
            except Exception:
                # A thread has no caller that could hear of it: log; the message is found again.
                log.exception("一条消息的处理中断，稍后重试")
            finally:
                with self._changed:
                    self._running.discard(conversation)
                    self._ended.notify_all()
                    if self._queue:  # it may have been passed over; one worker is woken for it, not all of them
                        self._changed.notify()
            if again:
                self.look(conversation)

    def _next(self) -> str | None:
        """A conversation that no other worker has in hand."""
        with self._changed:
            while not self._stopping.is_set():
                for _ in range(len(self._queue)):
                    conversation = self._queue.popleft()
                    if conversation not in self._running:
                        self._queued.discard(conversation)
                        self._running.add(conversation)
                        return conversation
                    self._queue.append(conversation)
                self._changed.wait()
            return None

    def _take(self, conversation: str) -> bool:
        """Answer the oldest message that waits; whether there may be another."""
        try:
            with self._database.transaction() as tx:
                claimed = pending.claim(tx, conversation, self.owner, self._now())
                events = self._log.read(tx, conversation) if claimed else []
            if claimed is None:
                return False
            return self._answer(claimed, events)
        except (ConversationDeleted, ConversationNotFound):
            self._fanout.hush(conversation)
            return False

    def _answer(self, claimed: Claim, events: Sequence[Recorded]) -> bool:
        """Whether another message may wait."""
        if claimed.tries > MOST_TRIES:
            return self._finish(claimed, _failure(claimed.seq, "interrupted"))
        try:
            said = [(Author.ASSISTANT, event) for event in self._respond(claimed, events)]
        except _GivenUp:
            return self._release(claimed, counts=False)
        except Exception:
            # The edge of a turn: whatever went wrong in it, the person hears of it and the others are served.
            log.exception("回答失败（第 %d 次）", claimed.tries)
            if claimed.tries < MOST_TRIES:
                return self._release(claimed, counts=True)
            return self._finish(claimed, _failure(claimed.seq, "error"))
        return self._finish(claimed, [*said, (Author.SYSTEM, Done(claimed.seq))])

    def _respond(self, claimed: Claim, events: Sequence[Recorded]) -> list[Event]:
        """What is to be kept; what is only shown goes out at once."""
        asked = next(one for one in events if one.seq == claimed.seq)
        before = [one for one in events if one.seq < asked.seq or not isinstance(one.event, Message)]
        since, kept = events[-1].seq, []
        self._fanout.say(claimed.conversation, Typing(asked.seq, since))
        answering = self._responder.respond([*before, asked], asked, now=self._now())
        with contextlib.ExitStack() as stack:
            if isinstance(answering, Generator):
                stack.enter_context(contextlib.closing(answering))  # ends the model's stream when this is given up
            for one in answering:
                if self._give_up.is_set():
                    raise _GivenUp
                if isinstance(one, Said):
                    delta = Delta(asked.seq, since, one.text, one.citations)
                    self._fanout.say(claimed.conversation, delta)
                elif not isinstance(one, Waiting):
                    kept.append(one)
        return kept

    def _finish(self, claimed: Claim, entries: Sequence[Entry]) -> bool:
        self._fanout.hush(claimed.conversation)
        with self._database.transaction() as tx:
            lock(tx, claimed.conversation)
            if not pending.finish(tx, claimed, self.owner):
                log.warning("一个回答写得太久，已经由别的进程接手")
                return False
            recorded = self._log.append(tx, claimed.conversation, entries, self._now())
            fall_outs.count_told(tx, (event for _, event in entries), day=self._now().astimezone(CHINA).date())
            more = pending.has_any(tx, claimed.conversation)
            self._relay.announce(tx, claimed.conversation)
        self._fanout.appended(claimed.conversation, recorded)
        return more

    def _release(self, claimed: Claim, *, counts: bool) -> bool:
        self._fanout.hush(claimed.conversation)
        with self._database.transaction() as tx:
            pending.release(tx, claimed, self.owner, counts=counts)
        return True

    def _watch(self) -> None:
        """Keep the leases of this process, and find messages that nobody answers."""
        while not self._stopped.is_set():
            try:
                self._look_around()
            except Exception:
                # As in _work.
                log.exception("没能查看等待回答的消息，稍后重试")
            self._stopped.wait(LOOK_SECONDS)

    def _look_around(self) -> None:
        with self._database.reading() as tx:
            owners = pending.owners(tx)
            free = pending.free(tx, self._now(), MOST_FOUND)
        gone = [owner for owner in owners if _is_gone(owner, self.owner)]
        if gone or self.owner in owners:
            with self._database.transaction() as tx:
                pending.release_all(tx, gone)
                pending.renew(tx, self.owner, self._now())
                free = pending.free(tx, self._now(), MOST_FOUND)
        if not self._stopping.is_set():
            for conversation in free:
                self.look(conversation)


def _failure(seq: int, reason: str) -> list[Entry]:
    return [(Author.SYSTEM, Notice(FAILED, seq, "failed")), (Author.SYSTEM, Done(seq, reason))]


def _is_gone(owner: str, mine: str) -> bool:
    """Known to have ended: a process of this machine that is no longer there."""
    host, pid, name = owner.rsplit("/", 2)
    if owner == mine or host != mine.rsplit("/", 2)[0]:
        return False
    if int(pid) == os.getpid():
        return not name.startswith(_PROCESS)  # its number has come round to us
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
