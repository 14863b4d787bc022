"""One answer for a client that keeps the conversation itself: nothing is stored, the log is what the client says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant import facts, remembering
from assistant.behaviours import Behaviour
from assistant.events import (
    Author,
    Event,
    Form,
    Message,
    Notice,
    Origin,
    Progress,
    Question,
    Recorded,
    Remembered,
    Reply,
)
from assistant.exporting import AI_NOTICE
from assistant.flows.rules import ASKS_REGION
from assistant.masking import mask
from assistant.state import REGION
from assistant.telling import Said, Waiting
from assistant.turns import Responder

_CITED = re.compile(
    r"^\s*\[(?P<row>\d+)\]《(?P<title>.+?)》(?:（(?P<number>[^（）｜]*〔\d{4}〕[^（）｜]*)）)?(?P<clause>[^｜\n]*)｜",
    re.MULTILINE,
)
_QUOTED = re.compile(r"^(?P<row>\d+)\. “(?P<quote>.*?)”$", re.MULTILINE | re.DOTALL)
"""As our own answers are written."""


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
        texts = [one.text for one in self.replies if isinstance(one, Reply | Question | Notice)]
        return "\n\n".join([*texts, *self._instead_of_forms()])

    def _instead_of_forms(self) -> Iterator[str]:
        """Nobody keeps a form here, so none is opened: where it can be filled in is said."""
        forms = [one for one in self.replies if isinstance(one, Form)]
        cards = [card for one in self.replies if isinstance(one, Reply) for card in one.cards]
        link = next((card.link for card in cards if "/selftest" in card.link), "/selftest")
        for form in forms[-1:]:
            yield f"“{form.title}”要逐条答，这里接不下去：请打开 {link} 做，不用登录，答完就有结果。也可以直接问它的条件、金额和材料。"

    def to_json(self) -> dict[str, Any]:
        """The documented field beside the text."""
        replies = [one for one in self.replies if isinstance(one, Reply)]
        answers = [one.answer for one in replies if one.answer]
        notices = [notice for answer in answers for notice in answer.get("notices", ())]
        is_ours = any(one.origin is Origin.AI for one in replies) or any(
            isinstance(one, Question | Form) for one in self.replies
        )
        return {
            "sources": [source for answer in answers for source in answer.get("sources", ())],
            "notices": list(dict.fromkeys([*([AI_NOTICE] if is_ours else []), *notices])),
            "behaviours": [one.behaviour for one in replies],
            "origins": [one.origin.value for one in replies],
            "region": next((answer.get("region") for answer in answers), None),
        }


class _Log:
    """The client's lines as they would have been kept here."""

    def __init__(self, region: str | None, at: datetime) -> None:
        self.events: list[Recorded] = []
        self._at, self._asked, self._region = at, 0, region
        self._pending = ""
        """The question that waits for the region."""
        self._answered = ""
        self._known: dict[str, Remembered] = {}
        if region:
            self._add(Author.PERSON, remembering.region(region))

    def ask(self, text: str, kinds: Sequence[str], *, is_last: bool) -> None:
        """What the person told on the way is remembered, as the responder does with the last message."""
        self._answered = ""
        self._add(Author.PERSON, Message(text, masked=tuple(kinds)))
        self._asked = len(self.events)
        if is_last:
            return
        code = facts.region_said(text, self._region)
        if code and code != self._region:
            self._region = code
            self._add(Author.ASSISTANT, facts.of_region(code, self._asked))
        for fact in facts.picked_up(text, self._known, self._asked):
            self._known[fact.key] = fact
            self._add(Author.ASSISTANT, fact)
        if self._pending and self._region:
            self._answered, self._pending = self._pending, ""
            self._add(Author.ASSISTANT, Progress(REGION, None))

    def answer(self, text: str, question: str) -> None:
        """Our own question for the region is known by its words, an answer by its citations."""
        if ASKS_REGION in text and self._region is None:
            self._pending = question
            self._add(Author.ASSISTANT, Question(text, self._asked, REGION, (), Behaviour.ASK_REGION.value))
            self._add(Author.ASSISTANT, Progress(REGION, {"question": question, "part": ""}))
            return
        quotes = {match["row"]: match["quote"] for match in _QUOTED.finditer(text)}
        sources = [
            {
                "title": match["title"],
                "doc_number": match["number"],
                "clause": match["clause"].strip(),
                "quote": quotes.get(match["row"], ""),
            }
            for match in _CITED.finditer(text)
        ]
        answer = {"sources": sources} if sources else None
        behaviour = Behaviour.ANSWER.value if sources else ""
        self._add(Author.ASSISTANT, Reply(text, self._asked, behaviour, answer=answer, rewritten=self._answered))

    def _add(self, author: Author, event: Event) -> None:
        self.events.append(Recorded(len(self.events) + 1, self._at, author, event))


def log_of(told: Sequence[Told], region: str | None, at: datetime) -> list[Recorded]:
    """As if it had been kept here; personal data is masked first."""
    log, question = _Log(region, at), ""
    for row, one in enumerate(told):
        masked = mask(one.text)
        if one.is_person:
            log.ask(masked.text, masked.kinds, is_last=row == len(told) - 1)
            question = masked.text
        else:
            log.answer(masked.text, question)
    return log.events


def complete(
    responder: Responder, log: Sequence[Recorded], completion: Completion, now: datetime
) -> Iterator[Said | Waiting]:
    """What is said meanwhile; the last of the log is what is answered."""
    for one in responder.respond(log, log[-1], now=now):
        if isinstance(one, Said | Waiting):
            yield one
        else:
            completion.replies.append(one)
