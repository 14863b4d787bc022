"""What one clause tells of the facts, and which ways of meaning it keep it from telling."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_

from assistant.hearing import binding, choices, frames, picked, places
from assistant.hearing.picked import Picked
from assistant.hearing.stance import Stance
from knowledge.rules.engine import REGION, Engine
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType

EVERY_TYPE = tuple(FactType)
_OF_THE_FOUNDER = "经营者"
"""Group of the facts about the founder in person."""
_ASKS_OF_STAFF = re.compile(r"[他她]|招来|招的|招用")
"""A question about those we hired may be answered of him or her."""
_OF_STAFF = re.compile(r"(?:请|招|雇|聘|新来)的[^，我]{0,8}(?:是|属于|有)|^[他她]")


class Clauses:
    """Listens to clauses with the sayings that are open in this message."""

    def __init__(self, engine: Engine, sayings: Mapping[str, Saying], today: date) -> None:
        self._engine, self._sayings, self._today = engine, sayings, today

    def told(
        self, clause: str, how: Stance, *, of_staff: bool = False, only: Collection[FactType] = EVERY_TYPE
    ) -> Iterator[Picked]:
        """Every fact of the types `only` that the clause tells, meant as `how` says."""
        for name, saying in self._sayings.items():
            fact = self._engine.vocabulary[name]
            if (
                fact.type not in only
                or how & ~spared(fact, saying)
                or (fact.group == _OF_THE_FOUNDER and (of_staff or _OF_STAFF.search(clause)))
                or (saying.unless and binding.any_of(tuple(saying.unless)).search(clause))
            ):
                continue
            yield from self._of(name, fact, saying, clause)
        place = None if how or FactType.REGION not in only else places.said(clause)
        if place is not None and REGION in self._engine.vocabulary:
            yield from picked.region(place, clause)

    def _of(self, name: str, fact: Fact, saying: Saying, clause: str) -> Iterator[Picked]:
        if fact.type in {FactType.YES_NO, FactType.CHOICE}:
            chosen = choices.told(fact, saying, clause)
            if chosen is not None:
                yield picked.value(name, fact, chosen, clause)
        elif saying.zero and binding.any_of(tuple(saying.zero)).search(clause) and not frames.is_turned(clause):
            yield picked.value(name, fact, 0, clause)
        elif saying.cues:
            found = binding.told(fact, saying, clause, self._today, rivals=self._rivals(name, fact))
            if found is not None:
                yield from picked.figure(name, fact, found, clause)

    def _rivals(self, name: str, fact: Fact) -> list[Saying]:
        """What else a figure of this type may belong to."""
        return [
            saying
            for rival, saying in self._sayings.items()
            if rival != name and saying.cues and self._engine.vocabulary[rival].type is fact.type
        ]


def spared(fact: Fact, saying: Saying) -> Stance:
    """Stances that do not matter to this fact: wishes for a loan, what was the case once, who owes us, whom we hired."""
    spares = {
        Stance.WISHED: saying.wishes,
        Stance.PAST: saying.past,
        Stance.OF_PARTIES: saying.others,
        Stance.OF_THEM: saying.others or bool(_ASKS_OF_STAFF.search(fact.ask)),
    }
    return reduce(or_, (stance for stance, is_spared in spares.items() if is_spared), Stance.TOLD)
