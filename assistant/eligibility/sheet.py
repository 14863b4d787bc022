"""Where a self-test stands: its progress in the log, and the facts that the conversation remembers.

Answers are remembered as `fact:<name>`, so that memory shows, changes and deletes them; nothing else holds them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.behaviours import Behaviour
from assistant.events import Event, Progress, Remembered
from assistant.state import RESTS, State
from knowledge.rules.engine import Engine, read_answer, shipped
from knowledge.rules.errors import BadAnswer
from knowledge.rules.values import Value

FLOW = Behaviour.ELIGIBILITY.value
PREFIX = "fact:"
UNKNOWN = "不知道"
MOST_BENEATH = 3
"""Self-tests that were left for another one."""


class Step(StrEnum):
    CONFIRM = "confirm"
    ASK = "ask"
    CHANGE = "change"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact as it was said somewhere; it does not count yet."""

    name: str
    value: str
    """As a form takes it."""
    words: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    policies: tuple[str, ...]
    region: str
    """Whose policies they are."""
    home: str = ""
    """The person's own region when the policies were chosen."""
    words: str = ""
    """The question that the test came from."""
    everything: bool = False
    """我能享受什么."""
    step: Step = Step.ASK
    asked: tuple[str, ...] = ()
    """What the open form asks."""
    order: tuple[tuple[str, ...], ...] = ()
    """Groups that were answered, the oldest first."""
    heard: tuple[Heard, ...] = ()
    offered: tuple[str, ...] = ()
    """Facts that were put before the person once as heard."""
    declined: tuple[str, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)
    """Answers that are being given anew, as they were."""
    rests: bool = False
    beneath: tuple[tuple[tuple[str, ...], str, bool], ...] = ()
    """Self-tests left for this one: policies, words, everything."""

    def progress(self) -> Progress:
        return Progress(FLOW, asdict(self) | {"step": self.step.value, RESTS: self.rests})

    def ended(self) -> "Sheet":
        return replace(self, step=Step.DONE, asked=(), before={}, heard=(), rests=True)

    def answering(self, names: Iterable[str]) -> "Sheet":
        """With one more group answered; what was answered before stands where it was answered last."""
        group = tuple(dict.fromkeys(names))
        earlier = (tuple(name for name in one if name not in group) for one in self.order)
        declined = tuple(name for name in self.declined if name not in group)
        return replace(self, order=(*filter(None, earlier), *([group] if group else [])), declined=declined)

    def declining(self, names: Iterable[str]) -> "Sheet":
        names = tuple(names)
        return replace(self.answering(names), declined=(*(one for one in self.declined if one not in names), *names))

    def left(self) -> tuple[tuple[tuple[str, ...], str, bool], ...]:
        """What can be taken up again: the self-test under way and those beneath it."""
        mine = (self.policies, self.words, self.everything)
        others = [one for one in self.beneath if one[0] != self.policies]
        return tuple([mine, *others][:MOST_BENEATH]) if self.step is not Step.DONE else tuple(others)


_READER = TypeAdapter(Sheet)


def of_state(state: State, engine: Engine) -> Sheet | None:
    """The self-test of this conversation, under way or ended; None without one, or where its policies are gone."""
    waiting = next((one.data for one in state.waiting if one.name == FLOW), None)
    data: Mapping[str, Any] | None = waiting if waiting is not None else state.resting.get(FLOW)
    if data is None:
        return None
    try:
        sheet = _READER.validate_python(dict(data))
    except ValidationError:
        return None
    known = tuple(one for one in sheet.policies if one in engine.book.policies)
    return _of_rulebook(replace(sheet, policies=known), engine) if known else None


def _of_rulebook(sheet: Sheet, engine: Engine) -> Sheet:
    """Without what a newer rulebook does not know."""
    known = engine.vocabulary
    groups = (tuple(name for name in group if name in known) for group in sheet.order)
    return replace(
        sheet,
        asked=tuple(name for name in sheet.asked if name in known),
        order=tuple(filter(None, groups)),
        heard=tuple(one for one in sheet.heard if one.name in known),
        declined=tuple(name for name in sheet.declined if name in known),
        before={name: said for name, said in sheet.before.items() if name in known},
    )


def answers(state: State, engine: Engine) -> dict[str, str]:
    """What counts: confirmed facts, as a form takes them; what cannot be read any more is left out."""
    return dict(_answers(state.remembered, engine))


def _answers(remembered: Mapping[str, Remembered], engine: Engine) -> Iterator[tuple[str, str]]:
    for key, one in remembered.items():
        name = key.removeprefix(PREFIX)
        if key.startswith(PREFIX) and name in engine.vocabulary and complaint(engine, name, one.value) is None:
            yield name, one.value


def facts(said: Mapping[str, str], engine: Engine) -> dict[str, Value]:
    return {name: read_answer(engine.vocabulary[name], text) for name, text in said.items()}


def complaint(engine: Engine, name: str, said: str) -> str | None:
    """Why this cannot be read, with the way out."""
    if not said.strip():
        return f"请回答这一题；不清楚就回“{UNKNOWN}”。"
    try:
        read_answer(engine.vocabulary[name], said)
    except BadAnswer as error:
        return f"“{said.strip()[:20]}”读不出来，请写{error.wanted}；不清楚就回“{UNKNOWN}”。"
    return None


def remember(engine: Engine, name: str, said: str, said_in: int) -> Remembered:
    fact = engine.vocabulary[name]
    return Remembered(PREFIX + name, fact.label, said, engine.show(name, read_answer(fact, said)), said_in)


def forget(engine: Engine, name: str, said_in: int) -> Remembered:
    return Remembered(PREFIX + name, engine.vocabulary[name].label, "", "", said_in)


def for_staff(remembered: Mapping[str, Remembered]) -> list[Remembered]:
    """What somebody who takes over may see: health, disability, credit and the like are for the test alone."""
    known = shipped().vocabulary
    return [
        one
        for key, one in remembered.items()
        if not (key.startswith(PREFIX) and (fact := known.get(key.removeprefix(PREFIX))) and fact.sensitive)
    ]


def is_over(events: Iterable[Event]) -> bool:
    """Whether these begin, end or change a self-test."""
    return any(isinstance(event, Progress) and event.flow == FLOW for event in events)
