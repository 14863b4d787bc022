"""Right day, right place: as-of and region sets, and whether any answer shows as binding what does not bind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.answer import Source
from evals.asking import Asked
from evals.intervals import Share
from evals.questions import WRITTEN_ON, is_within
from knowledge import regions
from knowledge.scope import in_force

AS_OF, REGIONS = "as_of", "regions"
FIRST = 3
BAR = 0.97


class Wrong(StrEnum):
    """Why a source must not stand in an answer as binding."""

    ELSEWHERE = "别的地区的规定"
    NOT_IN_FORCE = "所问日期无效"
    OTHER_VERSION = "所问日期有效的是另一版本"
    MUST_NOT = "题目写明不得当作有约束力"
    AUDIENCE = "提问人无权看"


@dataclass(frozen=True, slots=True)
class Binding:
    """A source that was shown as binding and is not."""

    asked: Asked
    source: Source
    wrong: Wrong

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.asked.case.id,
            "set": self.asked.case.source,
            "question": self.asked.case.question,
            "region": regions.name(self.asked.case.region),
            "on": self.asked.on.isoformat(),
            "source": f"《{self.source.title}》{self.source.clause}",
            "source_region": regions.name(self.source.region),
            "wrong": self.wrong.value,
        }


def wrongly_binding(asked: Sequence[Asked]) -> list[Binding]:
    """Every source of every answer, held against the day, the place and the reader of its question."""
    return [
        Binding(one, source, wrong) for one in asked for source in one.answer.sources for wrong in _wrongs(one, source)
    ]


def _wrongs(asked: Asked, source: Source) -> Iterator[Wrong]:
    case = asked.case
    if not regions.binds(source.region, case.region):
        yield Wrong.ELSEWHERE
    if not source.in_force or not in_force(source.relied_on_from, source.effective_to, on=asked.on):
        yield Wrong.NOT_IN_FORCE
    if asked.is_other_version(source):
        yield Wrong.OTHER_VERSION
    if source.title in case.must_not:
        yield Wrong.MUST_NOT
    if source.audience not in case.audience.sees():
        yield Wrong.AUDIENCE


@dataclass(frozen=True, slots=True)
class ScopesReport:
    as_of: Sequence[Asked]
    regions: Sequence[Asked]
    binding: Sequence[Binding]
    looked_at: Sequence[Asked]
    """Every answer of every set."""

    @property
    def missed(self) -> list[Asked]:
        return [one for one in (*self.as_of, *self.regions) if not answered_right(one)]

    def to_json(self) -> dict[str, Any]:
        ruled = [one for one in self.regions if one.case.expected]
        unruled = [one for one in self.regions if not one.case.expected]
        return {
            "as_of": Share.among(map(answered_right, self.as_of)).to_json(),
            "regions": Share.among(map(answered_right, self.regions)).to_json(),
            "wrongly_binding": len(self.binding),
            "answers_looked_at": len(self.looked_at),
            "sources_looked_at": sum(len(one.answer.sources) for one in self.looked_at),
            "undated_for_another_day": sum(map(_undated, self.looked_at)),
            "details": {
                "as_of：回答的第一条依据": _places(self.as_of, 1),
                "as_of：检索前三": _ranks(self.as_of, FIRST),
                "as_of：检索第一": _ranks(self.as_of, 1),
                "regions：当地有规定的": Share.among(map(answered_right, ruled)).to_json(),
                "regions：当地没有规定的": Share.among(map(answered_right, unruled)).to_json(),
                "regions：当地没有规定而未作答的": Share.among(not one.answer.answered for one in unruled).to_json(),
                "regions：检索前三": _ranks(ruled, FIRST),
            },
            "wrongly_binding_by_kind": dict(Counter(one.wrong.value for one in self.binding)),
            "binding": [one.to_json() for one in self.binding],
            "missed": [missed_json(one) for one in self.missed],
        }


def _undated(asked: Asked) -> int:
    """Sources that do not say since when they hold, in an answer about another day than today."""
    return sum(asked.on != WRITTEN_ON and source.relied_on_from is None for source in asked.answer.sources)


def _places(asked: Sequence[Asked], first: int) -> dict[str, float | int]:
    return Share.among(is_within(one.place, first) for one in asked).to_json()


def _ranks(asked: Sequence[Asked], first: int) -> dict[str, float | int]:
    return Share.among(is_within(one.rank, first) for one in asked).to_json()


def answered_right(asked: Asked) -> bool:
    """The clause stands among the first sources; where nothing binds, nothing of elsewhere is shown as if it did."""
    if asked.case.expected:
        return is_within(asked.place, FIRST)
    return not any(Wrong.MUST_NOT in _wrongs(asked, source) for source in asked.answer.sources)


def missed_json(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.case.id,
        "question": asked.case.question,
        "region": regions.name(asked.case.region),
        "on": asked.on.isoformat(),
        "expected": list(map(str, asked.case.expected)),
        "found": list(asked.shown) or ["（未作答）"],
        "rank": asked.rank,
    }


def report(asked: Sequence[Asked]) -> ScopesReport:
    """Over answers of any sets; the two about scope are told apart by their source."""
    by_set = {name: [one for one in asked if one.case.source == name] for name in (AS_OF, REGIONS)}
    return ScopesReport(by_set[AS_OF], by_set[REGIONS], wrongly_binding(asked), asked)
