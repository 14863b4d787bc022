"""What a conversation remembers about the person: shown to them, changed and deleted by them."""

from collections.abc import Sequence

from assistant.errors import UnknownMemory
from assistant.events import Recorded, Remembered
from assistant.masking import mask
from knowledge import regions

LABELS = {"region": "所在地区", "entity": "经营主体类型", "trade": "行业", "stage": "经营阶段"}
"""What a person may set although nothing is remembered yet."""


def held(log: Sequence[Recorded]) -> dict[str, Remembered]:
    """The newest of each key; what was forgotten is not in it."""
    newest = {one.event.key: one.event for one in log if isinstance(one.event, Remembered)}
    return {key: one for key, one in newest.items() if one.value}


def region(code: str) -> Remembered:
    return Remembered("region", LABELS["region"], code, regions.full_name(code) or "")


def changed(log: Sequence[Recorded], key: str, value: str) -> Remembered:
    """What the person says of themselves instead. Raises UnknownMemory, UnknownRegion."""
    if key == "region":
        return region(regions.resolve(value))
    known = held(log).get(key)
    label = known.label if known else LABELS.get(key)
    if label is None:
        raise UnknownMemory(key)
    words = mask(value).text
    return Remembered(key, label, words, words)


def forgotten(log: Sequence[Recorded], key: str | None = None) -> list[Remembered]:
    """Of one key, or of all. Raises UnknownMemory."""
    known = held(log)
    if key is not None and key not in known:
        raise UnknownMemory(key)
    chosen = known.values() if key is None else [known[key]]
    return [Remembered(one.key, one.label, "", "") for one in chosen]
