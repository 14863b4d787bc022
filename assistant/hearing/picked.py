"""A fact as it was heard: its value, how it is shown, and the words it was heard in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.hearing import places
from assistant.hearing.figures import Found
from knowledge.rules.engine import REGION, read_answer
from knowledge.rules.errors import BadAnswer
from knowledge.rules.model import Fact
from knowledge.rules.values import FactType, Unreadable, Value, read, show


@dataclass(frozen=True, slots=True)
class Picked:
    """Nothing of it counts before the person has confirmed it."""

    name: str
    value: Value
    shown: str
    words: str
    """The piece of the message it was heard in."""
    rough: bool = False
    """Part of it was not said: the day of a month."""


@dataclass(frozen=True, slots=True)
class Pickup:
    picked: tuple[Picked, ...] = ()
    declined: tuple[str, ...] = ()
    """Asked about, and answered 不知道."""


def value(name: str, fact: Fact, said: Value, words: str) -> Picked:
    return Picked(name, said, show(fact.type, said, unit=fact.unit), words)


def figure(name: str, fact: Fact, found: Found, words: str) -> Iterator[Picked]:
    """Nothing where the fact takes no such figure: less than its minimum."""
    given: object = found.value
    try:
        read_as = read_answer(fact, given if isinstance(given, date) else str(given))
    except BadAnswer:
        return
    yield Picked(name, read_as, show(fact.type, read_as, unit=fact.unit), words, found.rough)


def region(said: str, words: str) -> Iterator[Picked]:
    """Nothing where no one place bears the name."""
    if places.is_any_towns(said):
        return
    try:
        code = read(FactType.REGION, said)
    except Unreadable:
        return
    yield Picked(REGION, code, show(FactType.REGION, code), words)


def to_text(value: Value) -> str:
    """As the forms and the API take it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
