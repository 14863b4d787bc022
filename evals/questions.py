"""Own questions against the knowledge base: is the clause that carries the answer among the first?"""

import functools
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from evals.errors import BadDataset
from knowledge import regions
from knowledge.documents import Audience
from knowledge.library import Finding, Found, Library, Question

DATASETS = Path(__file__).parent / "datasets"
DEVELOPMENT = tuple(
    f"development/{name}" for name in ("questions_real", "questions_more", "questions_sample", "as_of", "as_of_sample")
)
"""Seen while the system was built: for trying and training, never for a claim."""
ANSWERABLE = ("questions_laws", "questions_local")
"""Frozen; written by somebody who had not seen the system answer."""
WRITTEN_ON = date(2026, 11, 22)
"""What the frozen sets mean by today: the same answers are right whenever they are asked."""
FIRST = (1, 3, 10)


@functools.cache
def _folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title)


@dataclass(frozen=True, slots=True)
class Expected:
    title: str
    clause: str

    def fits(self, found: Found) -> bool:
        """第六条 also accepts its 款 and 项, 三（二） its points; never 第六十条."""
        return self.is_said(found.passage.title, found.passage.clause)

    def is_said(self, title: str, clause: str) -> bool:
        """However the brackets of the title are typed."""
        if _folded(title) != _folded(self.title):
            return False
        rest = clause.removeprefix(self.clause)
        if rest == clause and rest != self.clause:
            return False
        return not rest or rest[0] in "第（·#0123456789"

    def __str__(self) -> str:
        return f"《{self.title}》{self.clause}"


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    question: str
    style: str
    region: str
    on: date | None
    audience: Audience
    expected: tuple[Expected, ...]
    pair: str | None = None
    version: date | None = None
    """Date of the version of the first expected document that must be used."""
    must_not: tuple[str, ...] = ()
    """Titles that must not be presented as binding."""
    source: str = ""
    kind: str = ""
    parts: tuple[tuple[Expected, ...], ...] = ()
    """Of several questions in one: what answers each."""
    group: str = ""
    """The same question asked from several regions."""

    @property
    def root(self) -> str:
        """The same for a question and its variants: l001 of l001, l001c."""
        return min(self.id, self.pair or self.id)

    def is_other_version(self, title: str, issued: date | None) -> bool:
        """A version of the document asked about that is not the one in force on that day."""
        about = bool(self.expected) and _folded(title) == _folded(self.expected[0].title)
        return about and None not in (self.version, issued) and issued != self.version


def load(name: str) -> list[Case]:
    """A frozen set by its name; raises BadDataset naming file and line."""
    file = DATASETS / f"{name}.jsonl"
    cases = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadDataset(file, str(error)) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line), name))
            except (KeyError, ValueError) as error:
                raise BadDataset(file, f"第 {number} 行：{error!r}") from error
    return cases


def _case(row: dict[str, Any], source: str) -> Case:
    return Case(
        id=row["id"],
        question=row["question"],
        style=row.get("style", "plain"),
        region=regions.resolve(row["region"]),
        on=date.fromisoformat(row["on"]) if row.get("on") else None,
        audience=Audience(row.get("audience", "public")),
        expected=_expected(row.get("expected", ())),
        pair=row.get("pair"),
        version=date.fromisoformat(row["version"]) if row.get("version") else None,
        must_not=tuple(one["title"] for one in row.get("must_not", ())),
        source=source,
        kind=row.get("class", ""),
        parts=tuple(map(_expected, row.get("parts", ()))),
        group=row.get("group", ""),
    )


def _expected(rows: Iterable[dict[str, str]]) -> tuple[Expected, ...]:
    return tuple(Expected(row["title"], row["clause"]) for row in rows)


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    rank: int | None
    """Place of the first right clause, from 1; None when it is not among those found."""
    found: tuple[str, ...]
    """Title and clause of what was found first, for the report."""
    parts: tuple[int | None, ...] = ()
    """The same place for each part of a question that asks several things."""


def run(
    cases: Sequence[Case],
    library: Library,
    *,
    today: date = WRITTEN_ON,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Result]:
    results = []
    for done, case in enumerate(cases, start=1):
        results.append(result_of(case, library.find(question_of(case, today), limit=max(FIRST))))
        on_progress(done, len(cases))
    return results


def question_of(case: Case, today: date = WRITTEN_ON) -> Question:
    return Question(case.question, case.region, case.on or today, case.audience)


def result_of(case: Case, finding: Finding) -> Result:
    parts = tuple(_place(case, part, finding) for part in case.parts)
    return Result(case, rank_of(case, finding), names(finding), parts)


def rank_of(case: Case, finding: Finding) -> int | None:
    return _place(case, case.expected, finding)


def _place(case: Case, wanted: Sequence[Expected], finding: Finding) -> int | None:
    for place, found in enumerate(finding.results, start=1):
        other = case.is_other_version(found.passage.title, found.passage.issued)
        if not other and any(expected.fits(found) for expected in wanted):
            return place
    return None


def is_within(place: int | None, first: int) -> bool:
    return place is not None and place <= first


def names(finding: Finding) -> tuple[str, ...]:
    return tuple(f"《{one.passage.title}》{one.passage.clause}" for one in finding.results[:3])


@dataclass(frozen=True, slots=True)
class Scores:
    cases: int
    first: Mapping[int, float]
    """Share of cases with a right clause among the first k."""

    def to_json(self) -> dict[str, float | int]:
        return {"cases": self.cases, **{f"first@{k}": round(value, 4) for k, value in self.first.items()}}


def score(results: Iterable[Result]) -> Scores:
    ranks = [result.rank for result in results]
    return Scores(
        len(ranks), {k: fmean(rank is not None and rank <= k for rank in ranks) if ranks else 0.0 for k in FIRST}
    )


@dataclass(frozen=True, slots=True)
class QuestionsReport:
    overall: Scores
    by_set: Mapping[str, Scores]
    by_style: Mapping[str, Scores]
    by_set_and_style: Mapping[str, Scores]
    wrong: Sequence[Result] = field(default_factory=tuple)
    """Cases without a right clause in the first three."""

    def to_json(self) -> dict[str, Any]:
        return {
            **self.overall.to_json(),
            "by_set": {name: scores.to_json() for name, scores in self.by_set.items()},
            "by_style": {name: scores.to_json() for name, scores in self.by_style.items()},
            "by_set_and_style": {name: scores.to_json() for name, scores in self.by_set_and_style.items()},
            "wrong": [
                {
                    "id": result.case.id,
                    "question": result.case.question,
                    "region": regions.name(result.case.region),
                    "rank": result.rank,
                    "expected": list(map(str, result.case.expected)),
                    "found": list(result.found),
                }
                for result in self.wrong
            ],
        }


def report(results: Sequence[Result]) -> QuestionsReport:
    def grouped(key: Callable[[Result], str]) -> dict[str, Scores]:
        names = dict.fromkeys(key(result) for result in results)
        return {name: score(one for one in results if key(one) == name) for name in names}

    return QuestionsReport(
        overall=score(results),
        by_set=grouped(lambda result: result.case.source),
        by_style=grouped(lambda result: result.case.style),
        by_set_and_style=grouped(lambda result: f"{result.case.source} {result.case.style}"),
        wrong=[result for result in results if not is_within(result.rank, 3)],
    )
