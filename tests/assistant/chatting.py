"""A conversation with the engine in a test: what is said is kept in a log, as the core keeps it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant import facts
from assistant.events import (
    Author,
    Event,
    Form,
    Message,
    Notice,
    Progress,
    Question,
    Recorded,
    Remembered,
    Reply,
    Result,
)
from assistant.means import Knowledge
from assistant.responder import Responder
from knowledge.documents import Audience
from knowledge.rules.engine import shipped
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.sample import OpenSample
from tests.scripted_model import Reply as Scripted
from tests.scripted_model import ScriptedModel, scripted_model

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
QINGHE, BAIYU = "990100", "990200"


def responder(
    sample: OpenSample,
    *,
    home: Path | None = None,
    model: ChatModel | None = None,
    audience: Audience = Audience.PUBLIC,
) -> Responder:
    """Words alone: the same on every machine."""
    knowledge = Knowledge(sample.database, sample.library, sample.answers, model=model)
    return Responder(knowledge, home=home, audience=audience)


class Talk:
    """One person's conversation."""

    def __init__(
        self, engine: Responder, region: str | None = QINGHE, now: datetime = NOON, log: Sequence[Recorded] = ()
    ) -> None:
        """`log`: what was said before."""
        self._engine, self._now = engine, now
        self.log = list(log)
        if region and not log:
            self._add(Author.SYSTEM, facts.of_region(region, 0))

    def say(self, text: str, *, masked: Sequence[str] = ()) -> list[Event]:
        return self._ask(Message(text, masked=tuple(masked)))

    def fill(self, text: str = "", **fields: str) -> list[Event]:
        """A form, as the widget sends it."""
        known = shipped().vocabulary
        text = text or "；".join(f"{known[name].label}：{value}" for name, value in fields.items())
        return self._ask(Message(text, fields=tuple(fields.items())))

    def _ask(self, message: Message) -> list[Event]:
        asked = self._add(Author.PERSON, message)
        events = [one for one in self._engine.respond(self.log, asked, now=self._now) if isinstance(one, Event)]
        for event in events:
            self._add(Author.ASSISTANT, event)
        return events

    @property
    def events(self) -> list[Event]:
        """All that has happened."""
        return [one.event for one in self.log]

    def answer(self, text: str, *, masked: Sequence[str] = ()) -> Reply:
        """The one reply to it."""
        (reply,) = replies(self.say(text, masked=masked))
        return reply

    def behaviour(self, text: str, *, masked: Sequence[str] = ()) -> str:
        return self.answer(text, masked=masked).behaviour

    def _add(self, author: Author, event: Event) -> Recorded:
        self.log.append(Recorded(len(self.log) + 1, self._now, author, event))
        return self.log[-1]


def replies(events: Sequence[Event]) -> list[Reply]:
    return [one for one in events if isinstance(one, Reply)]


def questions(events: Sequence[Event]) -> list[Question]:
    return [one for one in events if isinstance(one, Question)]


def notices(events: Sequence[Event]) -> list[Notice]:
    return [one for one in events if isinstance(one, Notice)]


def remembered(events: Sequence[Event]) -> dict[str, str]:
    return {one.key: one.value for one in events if isinstance(one, Remembered)}


def the_form(events: Sequence[Event]) -> Form:
    """The one that is open now."""
    return [one for one in events if isinstance(one, Form)][-1]


def asked(events: Sequence[Event]) -> list[str]:
    return [field.name for field in the_form(events).fields]


def results(events: Sequence[Event]) -> list[Result]:
    return [one for one in events if isinstance(one, Result)]


def progress(events: Sequence[Event]) -> dict[str, object]:
    return {one.flow: one.data for one in events if isinstance(one, Progress)}


@contextmanager
def says_always(words: str) -> Iterator[tuple[ChatModel, ScriptedModel]]:
    """A language model that answers everything with the same words."""
    with scripted_model(Scripted(words)) as model:
        client = ChatModel(ModelSettings(model.base_url, "scripted", timeout_seconds=5, retries=0))
        yield client, model
        client.close()
