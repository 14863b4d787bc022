"""What a conversation remembers about the person: shown to them, changed and deleted by them."""

from collections.abc import Sequence

from assistant.eligibility.sheet import FLOW, PREFIX
from assistant.errors import UnknownMemory
from assistant.events import Event, Progress, Recorded, Remembered
from assistant.masking import mask
from assistant.state import TOLD
from knowledge import regions
from knowledge.rules.engine import read_answer, shipped
from knowledge.rules.values import show

LABELS = {"region": "所在地区", "entity": "经营主体类型", "trade": "行业", "stage": "经营阶段"}
"""What a person may set although nothing is remembered yet."""


def held(log: Sequence[Recorded]) -> dict[str, Remembered]:
    """The newest of each key; what was forgotten is not in it."""
    newest = {one.event.key: one.event for one in log if isinstance(one.event, Remembered)}
    return {key: one for key, one in newest.items() if one.value}


def region(code: str) -> Remembered:
    return Remembered("region", LABELS["region"], code, regions.full_name(code) or "")


def changed(log: Sequence[Recorded], key: str, value: str) -> Remembered:
    """What the person says of themselves instead. Raises UnknownMemory, UnknownRegion; BadAnswer for a fact."""
    if key == "region":
        return region(regions.resolve(value))
    known = held(log).get(key)
    label = known.label if known else LABELS.get(key)
    if label is None:
        raise UnknownMemory(key)
    if fact := shipped().vocabulary.get(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None:
        read = read_answer(fact, value)
        return Remembered(key, fact.label, value, show(fact.type, read, unit=fact.unit))
    words = mask(value).text
    return Remembered(key, label, words, words)


def forgotten(log: Sequence[Recorded], key: str | None = None) -> list[Event]:
    """Of one key; or of all, with what was told before and a self-test under way. Raises UnknownMemory."""
    known = held(log)
    if key is not None and key not in known:
        raise UnknownMemory(key)
    chosen = known.values() if key is None else [known[key]]
    gone: list[Event] = [Remembered(one.key, one.label, "", "") for one in chosen]
    return gone if key is not None else [*gone, *wiped()]


def wiped() -> list[Event]:
    """What the person told is not to be used any more, and a self-test is given up."""
    return [Progress(FLOW, None), Progress(TOLD, None)]
