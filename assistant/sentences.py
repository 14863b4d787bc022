"""A text that arrives in pieces, cut into the sentences that grounding checks, each as soon as it is finished."""

import re
from collections.abc import Iterable, Iterator

from assistant.grounding import Sentence, split

LONGEST_TEXT = 3_000
"""Characters read; an answer has a few hundred, and a model that does not end is not waited for."""
_OPEN_TAG, _CLOSE_TAG = "<think>", "</think>"
_MAY_GROW = re.compile(r"[\[［【][\s\d,，、]*\Z")
"""Where a citation has begun; it still belongs to the sentence before it."""


def sentences(pieces: Iterable[str]) -> Iterator[Sentence | None]:
    """The same as grounding.split() of the whole text, however it was cut.

    A sentence is finished when the next one has begun: its citations may stand behind the full stop.
    None stands for a piece that finished none: who reads can stop between two pieces.
    """
    text, given = "", 0
    for piece in pieces:
        text += piece
        finished = [] if _MAY_GROW.search(text) else list(split(text))[:-1]
        if len(text) > LONGEST_TEXT:
            break
        if len(finished) <= given:
            yield None
            continue
        yield from finished[given:]
        given = len(finished)
    yield from list(split(text))[given:]


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """Leaves out what stands between <think> and </think>, also when a piece ends within a tag.

    A piece that is all thought gives an empty one.
    """
    held, thinking = "", False
    for piece in pieces:
        held += piece
        while (tag := _CLOSE_TAG if thinking else _OPEN_TAG) in held:
            before, _, held = held.partition(tag)
            if before and not thinking:
                yield before
            thinking = not thinking
        kept = _begun(held, tag)
        yield "" if thinking else held[: len(held) - kept]
        held = held[len(held) - kept :]
    if held and not thinking:
        yield held


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of the text may be the beginning of the tag."""
    return next((size for size in range(len(tag) - 1, 0, -1) if text.endswith(tag[:size])), 0)
