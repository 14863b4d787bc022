"""Candidates in their order: by how like they are to the question, what it names first, one passage a clause."""

from collections.abc import Container, Iterator, Mapping, Sequence

from knowledge.candidates import Candidate
from knowledge.catalogue import StoredPassage
from knowledge.documents import Level
from knowledge.fusion import Fused
from knowledge.references import Reference

EXACT_BONUS = 2.0
"""A clause that the question names stands before everything that only resembles it."""
TITLE_BONUS = 0.15
_GENERAL = frozenset({None, Level.NATIONAL})


def ordered(
    fused: Mapping[str, Fused],
    held: Mapping[str, Candidate],
    exact: Container[str],
    reference: Reference,
    local: float,
) -> list[tuple[float, Candidate]]:
    """Best first, each with its score; `local` lifts what is not national."""
    found = []
    for identity, passage in held.items():
        one = fused.get(identity)
        bonus = EXACT_BONUS if identity in exact else TITLE_BONUS if is_named(passage, reference) else 0.0
        bonus += 0.0 if passage.level in _GENERAL else local
        found.append(((one.score if one else 0.0) + bonus, passage))
    return sorted(found, key=lambda one: (-one[0], one[1].id))


def is_named(passage: Candidate | StoredPassage, reference: Reference) -> bool:
    number = reference.number is not None and passage.doc_number == reference.number
    return number or passage.title in reference.titles


def best_of_each_clause(found: Sequence[tuple[float, Candidate]]) -> Iterator[tuple[float, Candidate]]:
    seen: set[str] = set()
    for score, passage in found:
        if passage.clause_id not in seen:
            seen.add(passage.clause_id)
            yield score, passage
