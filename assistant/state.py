"""What a conversation has come to, read off its log: nothing else is kept about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.behaviours import SAFETY, Behaviour
from assistant.events import Form, Message, Progress, Question, Recorded, Remembered, Reply, Result
from knowledge import regions

NOTES = frozenset({"correction", "callback"})
"""Progress that only staff read: nothing waits for the person's next words."""
REGION = "region"
TOLD = "told"
"""Progress that is over from the start: what was told until then is not to be used any more."""
RESTS = "rests"
"""In a flow's progress: it waits for no words until it is taken up again."""
NO_MATTER = SAFETY | {
    Behaviour.HUMAN,
    Behaviour.OFF_TOPIC,
    Behaviour.ANGER,
    Behaviour.WHAT_ARE_YOU,
    Behaviour.WHY_ASK,
    Behaviour.STOP_OR_DELETE,
    Behaviour.PERSONAL_DATA,
}
"""Replies to what is no matter that somebody could take over, or that must leave no traces."""


@dataclass(frozen=True, slots=True)
class OpenFlow:
    """A flow that waits for the person's next words."""

    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was answered from the documents, as it was understood, and its reply."""

    question: str
    reply: Reply

    @property
    def sources(self) -> list[dict[str, Any]]:
        found = (self.reply.answer or {}).get("sources")
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def has_sources(reply: Reply) -> bool:
    return bool((reply.answer or {}).get("sources"))


@dataclass(frozen=True, slots=True)
class State:
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    waiting: tuple[OpenFlow, ...] = ()
    """Every flow that is not over, the newest last."""
    resting: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Flows that were put aside or have come to a result: they can be taken up again, but wait for no words."""
    form: Form | None = None
    """The one that can be filled in."""
    results: tuple[Result, ...] = ()
    """Of the self-test that ended last."""
    last_question: str = ""
    """The newest message that was no order to us, as it was understood."""
    matter: str = ""
    """The newest message that was about something to be settled, answered or not."""
    last_exchange: Exchange | None = None
    last_replies: tuple[Reply, ...] = ()
    """All replies to the message before, in order."""
    last_choices: tuple[tuple[str, str], ...] = ()
    """Label and words of what could be tapped last."""
    asked_about: frozenset[str] = frozenset()
    behaviours: tuple[str, ...] = ()
    """Of all replies, in order."""
    said: tuple[str, ...] = ()
    """Texts of the newest replies, the newest last."""
    messages: int = 0
    told: Mapping[int, str] = field(default_factory=dict)
    """What the person wrote since everything was forgotten last, by number."""
    forgotten: Mapping[str, int] = field(default_factory=dict)
    """Since when a thing is forgotten."""

    @property
    def open(self) -> OpenFlow | None:
        """The newest one has the next word."""
        return self.waiting[-1] if self.waiting else None

    @property
    def region(self) -> str | None:
        """Six-digit code; None where nobody has said one that is known."""
        one = self.remembered.get(REGION)
        return one.value if one and one.value in regions.names() else None

    def times(self, behaviour: str) -> int:
        return self.behaviours.count(behaviour)

    @property
    def last_behaviour(self) -> str:
        """What the next words go on with: a notice about sensitive data hides nothing, a warning is hidden by no thanks."""
        told = [one for one in self.last_replies if one.behaviour != Behaviour.SENSITIVE_DATA]
        answered = [one for one in told if one.answer is not None]
        if not told or (answered and told[-1] is answered[-1]):
            best = next((one for one in reversed(answered) if has_sources(one)), answered[-1] if answered else None)
            return best.behaviour if best else next(iter(self.behaviours[-1:]), "")
        warned = (one.behaviour for one in told if one.behaviour in SAFETY)
        return next(warned, told[-1].behaviour)

    @property
    def newest(self) -> str:
        """What the person wrote before this message."""
        return next(iter([*self.told.values()][-1:]), "")

    @property
    def documents(self) -> tuple[str, ...]:
        """Titles of the documents that the last answer rests on."""
        sources = self.last_exchange.sources if self.last_exchange else []
        return tuple(dict.fromkeys(str(one.get("title", "")) for one in sources))


NEWEST = 6
"""Replies whose wording is not used again at once."""


def derive(log: Sequence[Recorded]) -> State:
    """Total: any log has a state. The order is that of the numbers, whatever the order given."""
    reading = _Reading()
    for one in sorted(log, key=lambda recorded: recorded.seq):
        reading.take(one)
    return reading.state()


@dataclass(slots=True)
class _Reading:
    """One pass over a log."""

    messages: dict[int, str] = field(default_factory=dict)
    remembered: dict[str, Remembered] = field(default_factory=dict)
    progress: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    resting: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    form: Form | None = None
    results: list[Result] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    exchange: Exchange | None = None
    matter: str = ""
    asked_about: set[str] = field(default_factory=set)
    choices: list[tuple[str, str]] = field(default_factory=list)
    turn: int = 0
    forgotten: dict[str, int] = field(default_factory=dict)
    wiped: int = 0

    def take(self, recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, Message):
            self.messages[recorded.seq] = event.text
        elif isinstance(event, Remembered):
            self._remember(event, recorded.seq)
        elif isinstance(event, Progress):
            self._progress(event, recorded.seq)
        elif isinstance(event, Reply):
            self._reply(event)
        elif isinstance(event, Form):
            self.form = event
            self._choices(event.to, [(one.label, one.send) for one in event.choices])
        elif isinstance(event, Result):
            self._result(event)
        elif isinstance(event, Question):
            self.asked_about.add(event.about)
            self._choices(event.to, [(one.label, one.send) for one in event.choices])

    def _remember(self, event: Remembered, seq: int) -> None:
        self.remembered.pop(event.key, None)
        if event.value:
            self.remembered[event.key] = event
            return
        self.forgotten[event.key] = seq

    def _progress(self, event: Progress, seq: int) -> None:
        self.progress.pop(event.flow, None)
        self.resting.pop(event.flow, None)
        if event.data is None:
            self.wiped = seq if event.flow == TOLD else self.wiped
            if self.form and self.form.flow == event.flow:
                self.form = None
        elif event.flow not in NOTES:
            kept = self.resting if event.data.get(RESTS) else self.progress
            kept[event.flow] = event.data

    def _result(self, event: Result) -> None:
        self.form = None
        if self.results and self.results[-1].to != event.to:
            self.results = []
        self.results.append(event)

    def _reply(self, event: Reply) -> None:
        self.replies.append(event)
        self._choices(event.to, [(one.label, one.send) for one in event.choices])
        asked = event.rewritten or event.part or self.messages.get(event.to, "")
        if event.behaviour not in NO_MATTER:
            self.matter = asked
        if event.answer is not None and not self._says_less(event):
            self.exchange = Exchange(asked, event)

    def _says_less(self, event: Reply) -> bool:
        """A part that nothing was found for hides none that was answered."""
        last = self.exchange.reply if self.exchange else None
        return last is not None and last.to == event.to and has_sources(last) and not has_sources(event)

    def _choices(self, to: int, choices: list[tuple[str, str]]) -> None:
        if to != self.turn:
            self.turn, self.choices = to, []
        self.choices += choices

    def state(self) -> State:
        last = self.replies[-1].to if self.replies else 0
        return State(
            remembered=self.remembered,
            waiting=tuple(OpenFlow(name, data) for name, data in self.progress.items()),
            resting=self.resting,
            form=self.form,
            results=tuple(self.results),
            last_question=self.exchange.question if self.exchange else "",
            matter=self.matter,
            last_exchange=self.exchange,
            last_replies=tuple(one for one in self.replies if one.to == last),
            last_choices=tuple(self.choices),
            asked_about=frozenset(self.asked_about),
            behaviours=tuple(one.behaviour for one in self.replies),
            said=tuple(one.text for one in self.replies[-NEWEST:]),
            messages=len(self.messages),
            told={seq: text for seq, text in self.messages.items() if seq > self.wiped},
            forgotten=self.forgotten,
        )
