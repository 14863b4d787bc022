"""What can happen in a conversation: one class a kind, written down once and never changed (design.md 8).

The log is the contract between engine, API, widget and desk. An event's payload is `payload(event)`, read back
by `read`; its number, time and author stand beside it in `Recorded`.
"""

import functools
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, get_args

from pydantic import TypeAdapter


class Author(StrEnum):
    PERSON = "person"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


class Origin(StrEnum):
    """Who is behind the words, for the marks that the law asks for (behaviour.md, standards.md)."""

    AI = "ai"
    """Put together by a program: carries 内容由人工智能生成，仅供参考."""
    CURATED = "curated"
    """A published FAQ, word for word."""
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap; tapping it sends `send` as the person's message."""

    label: str
    send: str


@dataclass(frozen=True, slots=True)
class Card:
    """The way into a service, with what the conversation already knows for it."""

    service: str
    """eligibility, appeal, handoff, booking, directory or page."""
    title: str
    text: str
    action: str = ""
    """Label of its button; empty: nothing to press."""
    send: str = ""
    """What the button sends as a message; empty where it opens `link`."""
    link: str = ""
    """A path of this server."""
    context: tuple[tuple[str, str], ...] = ()
    """What was collected so far, label and value; it travels on to the service."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the person wrote, tapped or filled in; personal data is already masked."""

    kind: ClassVar[str] = "message"
    text: str
    key: str = ""
    """Idempotency key of the request that brought it."""
    masked: tuple[str, ...] = ()
    """Kinds of personal data that were masked, in Chinese."""
    fields: tuple[tuple[str, str], ...] = ()
    """Values of a form, name and value."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says to one message, or one numbered part of it."""

    kind: ClassVar[str] = "reply"
    text: str
    to: int
    """Number of the message."""
    behaviour: str
    """The row of behaviour.md that was followed."""
    origin: Origin = Origin.AI
    part: str = ""
    """Where the message held several requests: the one that this answers."""
    answer: dict[str, Any] | None = None
    """Answer.to_json(), with sources, where clauses were looked up."""
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    """Quick replies."""
    rewritten: str = ""
    """The question as it was understood, where it differs; for staff."""


@dataclass(frozen=True, slots=True)
class Question:
    """The assistant needs something before it can go on; always skippable."""

    kind: ClassVar[str] = "question"
    text: str
    to: int
    about: str
    """region, or a fact."""
    choices: tuple[Choice, ...] = ()
    behaviour: str = ""


class Purpose(StrEnum):
    """What a form is put before the person for."""

    ASK = "ask"
    CONFIRM = "confirm"
    """Facts that were heard; nothing counts before they are confirmed."""
    CHANGE = "change"
    """An answer given before, to be given anew."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form; its answer comes back as a message's field of this name."""

    name: str
    label: str
    """Short: 从业人数."""
    question: str
    """In plain words."""
    type: str
    """yes_no, choice, whole, money, ratio, date, period or region."""
    unit: str = ""
    options: tuple[str, ...] = ()
    help: str = ""
    where: str = ""
    """Where to find the figure."""
    sensitive: bool = False
    value: str = ""
    """What is known or was heard, as a form takes it."""
    heard: str = ""
    """The words it was heard in."""
    rough: bool = False
    """Part of it was not said: the day of a month."""
    complaint: str = ""
    """Why the value that was given cannot be read, with the way out."""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions of a flow; open until a later form or result of the flow, or until the flow is over."""

    kind: ClassVar[str] = "form"
    text: str
    to: int
    flow: str
    """eligibility."""
    title: str
    """Of the policy, or 我能享受什么."""
    purpose: Purpose
    fields: tuple[FormField, ...]
    choices: tuple[Choice, ...] = ()
    """不知道, 上一题, 改前面的回答, 先停一停: what fits."""
    progress: str = ""
    """已答 3 题，大约还有 2 题."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one self-test ended: what was decided by the rules on this day, from these answers."""

    kind: ClassVar[str] = "result"
    to: int
    policy: str
    title: str
    on: str
    """The day it was decided for, 2026-07-01."""
    verdict: str
    """met, not_met or unknown; empty where the policy is only explained."""
    sentence: str
    result: dict[str, Any]
    """knowledge.rules.result.Result.to_json()."""
    answers: tuple[tuple[str, str, str], ...]
    """Name, label and value as shown of each fact."""
    sheet: tuple[tuple[str, str], ...]
    """Hidden fields for POST /selftest/{policy}: the page to print, check materials and share."""
    choices: tuple[Choice, ...] = ()
    note: str = ""
    """自测结果仅供参考，以主管部门审核为准."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the person must know that is no answer: data was masked, the region changed, a fault."""

    kind: ClassVar[str] = "notice"
    text: str
    to: int = 0
    code: str = ""
    """masked, region, failed, forgotten, closing …"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fact about the person for this conversation; shown, changeable, deletable."""

    kind: ClassVar[str] = "remembered"
    key: str
    """region, entity, trade, stage …"""
    label: str
    """In Chinese, as shown."""
    value: str
    """For region a six-digit code; empty: forgotten."""
    shown: str
    """The value in words."""
    said_in: int = 0
    """Number of the message it comes from; 0: chosen on the page."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a flow of several turns stands; the newest one of a flow counts. Not shown."""

    kind: ClassVar[str] = "progress"
    flow: str
    data: dict[str, Any] | None
    """None: the flow is over."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """👍 or 👎 on a reply; the newest counts."""

    kind: ClassVar[str] = "feedback"
    on: int
    helpful: bool | None
    """None takes it back."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """好差评, five grades, 5 = 非常满意; one a conversation."""

    kind: ClassVar[str] = "rating"
    grade: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The turn of a message is over; without it the turn is taken again after a restart."""

    kind: ClassVar[str] = "done"
    to: int
    failed: str = ""
    """Why, where nothing could be answered; the person may try again."""


Event = Message | Reply | Question | Form | Result | Notice | Remembered | Progress | Feedback | Rating | Done
KINDS: Mapping[str, type[Event]] = {one.kind: one for one in get_args(Event)}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the log."""

    seq: int
    """From 1 in each conversation, without gaps."""
    at: datetime
    author: Author
    event: Event


def payload(event: Event) -> dict[str, Any]:
    return asdict(event)


@functools.cache
def _reader(kind: str) -> TypeAdapter[Event]:
    return TypeAdapter(KINDS[kind])


def read(kind: str, stored: Mapping[str, Any]) -> Event:
    """Raises KeyError for a kind nobody knows, pydantic.ValidationError for a payload that does not fit."""
    return _reader(kind).validate_python(dict(stored))
