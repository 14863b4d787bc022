"""Whether a sentence forbids, obliges or permits what its passage forbids, obliges or permits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.slots import Slot, fit, slots_of


class Mode(StrEnum):
    NOT = "否定"
    MUST = "必须"
    MAY = "可以"


@dataclass(frozen=True, slots=True)
class Modal:
    mode: Mode
    words: str
    start: int
    end: int


_MODALS = re.compile(
    r"(?P<NOT>不得|不予|不能够?|不可以?|不会|不用|不需要?|不必|不应当?|不再|不享受|无需|无须|毋须|免于|免予|免除|没有|尚?未(?!来|成年)|禁止|严禁"
    r"|不(?![同仅但断论管动良妨])|无(?![论障偿])|免(?!疫)|(?<![除])非(?![常遗物法税公]))"
    r"|(?P<MUST>应当|必须|务必|需要|(?<![必无急])[须需](?![知求])|(?<![相供适反响对])应(?![用急届收聘税付]))"
    r"|(?P<MAY>可以|能够|准予|允许|(?<![许认])可(?![能靠量行]))"
)
_FOLLOWING = 8
"""Characters behind a negation in which the passage must negate the same word."""
_FAR = re.compile(r"[，。；：、！？|]")
LEAST_FIT = 5
"""Closeness from which another modal of the passage is taken to stand in the same place."""
NEAR = 3
"""Characters that may stand between a negation and what it negates (不再另行收取)."""
VERB = 2
"""Characters behind a negation that, found in the sentence without one, mean that it was dropped."""


def problems(sentence: str, passages: Sequence[str]) -> Iterator[str]:
    """The words of a plain sentence that turn the meaning of its plain passages round."""
    given = [slot for passage in passages for slot in slots_of(passage, modals(passage))]
    for slot in slots_of(sentence, modals(sentence)):
        found = fit(slot, given, lambda said, known: said.mode is known.mode)
        if (found.contradicts and found.other >= LEAST_FIT) or not _negated_alike(slot, given):
            yield slot.filling.words + slot.right[:6]
    yield from _dropped(sentence, passages)


def modals(text: str) -> list[Modal]:
    return [Modal(Mode[match.lastgroup or ""], match[0], *match.span()) for match in _MODALS.finditer(text)]


def _negated_alike(said: Slot[Modal], given: Sequence[Slot[Modal]]) -> bool:
    """A negation needs one in the passage, before the same verb."""
    if said.filling.mode is not Mode.NOT:
        return True
    verb = said.right[:VERB]
    return any(
        slot.filling.mode is Mode.NOT and (verb in slot.right[:_FOLLOWING] or slot.right[:1] == verb[:1])
        for slot in given
    )


def _dropped(sentence: str, passages: Sequence[str]) -> Iterator[str]:
    """What follows a negation in the passage and stands in the sentence without one, in the same place."""
    for words in dict.fromkeys(words for passage in passages for words in _negated(passage)):
        given = [slot for passage in passages for slot in _places(words, passage)]
        for slot in _places(words, sentence):
            if (
                slot.filling.mode is not Mode.NOT
                and fit(slot, given, lambda said, known: said.mode is known.mode).contradicts
            ):
                yield words


def _negated(passage: str) -> Iterator[str]:
    for modal in modals(passage):
        words = _FAR.split(passage[modal.end :], maxsplit=1)[0][:VERB]
        if modal.mode is Mode.NOT and len(words) == VERB:
            yield words


def _places(words: str, text: str) -> list[Slot[Modal]]:
    """Where the words begin, each place with the negation before it or, as MAY, with none."""
    negations = [modal for modal in modals(text) if modal.mode is Mode.NOT]
    found: list[Modal] = []
    for match in re.finditer(re.escape(words), text):
        before = [modal for modal in negations if match.start() - NEAR <= modal.end <= match.start()]
        start = max(before[-1].start, found[-1].end if found else 0) if before else match.start()
        found.append(Modal(Mode.NOT if before else Mode.MAY, words, start, match.start()))
    return slots_of(text, found)
