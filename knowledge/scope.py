"""What a question may look at, where it lies in the indexes, and what a search gives back."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.documents import Audience


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the score of the index that found it."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of the vector index for one region, one audience, and in force today or not."""

    region: str
    audience: Audience
    current: bool

    @property
    def opposite(self) -> "Shard":
        return Shard(self.region, self.audience, not self.current)


class Placed(Protocol):
    """What binds somewhere, from a day on, for some readers."""

    @property
    def region(self) -> str: ...
    @property
    def audience(self) -> Audience: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Rules of these regions, readable by these audiences, in force on that day."""

    regions: tuple[str, ...]
    audiences: tuple[Audience, ...]
    on: date
    today: date

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    def includes(self, region: str, audience: Audience, valid_from: date | None, valid_to: date | None) -> bool:
        """Whether what has these properties may be used."""
        return region in self.regions and audience in self.audiences and in_force(valid_from, valid_to, on=self.on)

    def admits(self, one: Placed) -> bool:
        return self.includes(one.region, one.audience, one.valid_from, one.valid_to)

    @property
    def shards(self) -> list[Shard]:
        """Today's questions need only what is in force today; any other day may need both halves."""
        halves = (True,) if self.is_today else (True, False)
        return [
            Shard(region, audience, current)
            for region in self.regions
            for audience in self.audiences
            for current in halves
        ]


def in_force(valid_from: date | None, valid_to: date | None, *, on: date) -> bool:
    """Both ends count as in force; an end that is not known never excludes."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
