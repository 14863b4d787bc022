"""Events as the person's own stream, history and export show them: without what is for staff and engine."""

from typing import Any

from assistant.events import Message, Progress, Recorded, Reply, payload
from assistant.turn import CHINA

_INTERNAL = {Message.kind: ("key",), Reply.kind: ("rewritten",)}


def shown(recorded: Recorded) -> dict[str, Any] | None:
    """None for what is not shown at all."""
    event = recorded.event
    if isinstance(event, Progress):
        return None
    values = payload(event)
    for name in _INTERNAL.get(event.kind, ()):
        del values[name]
    return {
        "seq": recorded.seq,
        "at": recorded.at.astimezone(CHINA).isoformat(),
        "author": recorded.author.value,
        "kind": event.kind,
        **values,
    }
