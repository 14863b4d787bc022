"""Which option of a fact, or yes or no, a clause tells; two at once, or one denied, tell none."""

import re
from collections.abc import Iterator

from assistant.hearing import frames
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType

_YES, _NO = "是", "否"
_NEGATED = re.compile(r"(?:没有?|未|不|别|无)[^，]{0,4}$")
"""Close before what would be a yes: 没把税结清."""
_DENIED_AFTER = re.compile(r"[^，]{0,5}(?:不是|不算|不做|不干|不开|没做|没干)(?:了|的|啦)?$")
"""小规模早不是了."""
_PARTLY = re.compile(
    r"(?:不是|并非|没有?|不)(?:所有|每|个个|人人|都(?!有)|全(?!都)|全都)|一部分|大部分|有[的些](?:人)?[^，]{0,6}(?:有的|没)|多半|大半"
)
"""True of some only: 不是所有人都有."""
_UNSURE = re.compile(r"(?:了|的|好|完|过|有|是|算|吧)吧$|吧$")


def told(fact: Fact, saying: Saying, clause: str) -> str | bool | None:
    """The option that is told, as the fact's value."""
    if fact.type is FactType.YES_NO:
        return _yes_no(saying, clause)
    if _UNSURE.search(clause):
        return None
    said = {*_written_options(saying, clause), *_owned_options(saying, clause)}
    return said.pop() if len(said) == 1 else None


def _written_options(saying: Saying, clause: str) -> Iterator[str]:
    for option, written in saying.options.items():
        match = re.search("|".join(written), clause)
        if match and not frames.is_denied(clause[: match.start()]) and not _DENIED_AFTER.match(clause[match.end() :]):
            yield option


def _owned_options(saying: Saying, clause: str) -> Iterator[str]:
    for option, words in saying.owned.items():
        if any(
            not frames.is_denied(clause[: match.start("kind")]) and not _DENIED_AFTER.match(clause[match.end() :])
            for match in frames.owned(words, clause)
        ):
            yield option


def _yes_no(saying: Saying, clause: str) -> bool | None:
    if frames.is_turned(clause) or _UNSURE.search(clause):
        return None
    if _PARTLY.search(clause):
        return None if _written(saying, clause) is not False else False
    said = {value for value in (_written(saying, clause), *_framed(saying, clause)) if value is not None}
    return said.pop() if len(said) == 1 else None


def _framed(saying: Saying, clause: str) -> list[bool | None]:
    told: list[bool | None] = []
    if saying.done:
        told.append(frames.done(saying.done.what, saying.done.by, clause))
    if saying.being:
        told.append(frames.being(saying.being, clause))
    if saying.having:
        there = frames.having(saying.having, clause)
        told.append(None if there is None else there is saying.having_means)
    return told


def _written(saying: Saying, clause: str) -> bool | None:
    """By the patterns of the rulebook: the first, where they overlap, for what denies comes before."""
    said = {
        option: match
        for option, written in saying.options.items()
        if (match := re.search("|".join(p if option == _NO else _undenied(p) for p in written), clause))
    }
    if len(said) == 2:
        first, last = sorted(said, key=lambda option: (said[option].start(), -said[option].end()))
        said = {first: said[first]} if said[last].start() < said[first].end() else {}
    if len(said) != 1:
        return None
    ((option, match),) = said.items()
    before = clause[: match.start()]
    if frames.is_denied(before) or (option == _YES and _NEGATED.search(before)):
        return None
    return option == _YES


def _undenied(pattern: str) -> str:
    """What a pattern leaves open must not turn it round: 年报忘报了 is no 年报……报了."""
    return pattern.replace(".{", "[^没未忘漏不无]{")
