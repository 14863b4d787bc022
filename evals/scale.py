"""Documents for a knowledge base of a chosen size: real statute articles over as many regions as asked."""

import gzip
import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.errors import BadDataset, Missing
from evals.workspace import SHARED
from knowledge import regions
from knowledge.documents import Audience, Clause, ClauseKind, Document, Labels, Level, Passage

ARTICLES = SHARED / "corpus" / "articles.jsonl.gz"
PERSON = "420106"
"""武昌区 of 武汉市: its chain has all four levels."""
LOCAL_SHARE = 0.05
"""Of the person's chain, for county, city and province each; the rest is national."""
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Shape:
    passages: int
    chain: int
    """Of these, how many bind where the person is; the others lie in other cities."""
    regions: int
    """Cities with rules of their own, the person's among them."""

    @property
    def name(self) -> str:
        return f"{self.passages}-{self.chain}-{self.regions}"

    def places(self) -> Iterator[tuple[str, int]]:
        """(region, passages); the person's chain first, so that it is the same whatever else there is."""
        *own, country = regions.chain(PERSON)
        local = int(self.chain * LOCAL_SHARE)
        yield country, self.chain - local * len(own)
        yield from ((place, local) for place in own)
        rest, count = self.passages - self.chain, self.regions - 1
        for number, city in enumerate(itertools.islice(_other_cities(), count)):
            yield city, rest // count + (number < rest % count)


def growing(passages: int, chain: int, counts: Sequence[int]) -> list[Shape]:
    """The same chain and cities of one size, so that only the number of cities differs; the most have `passages`."""
    most = max(counts)
    each = (passages - chain) // (most - 1) if most > 1 else 0
    return [Shape(passages if count == most > 1 else chain + each * (count - 1), chain, count) for count in counts]


def _other_cities() -> Iterator[str]:
    own = set(regions.chain(PERSON))
    return (code for code in regions.names() if code not in own and regions.level(code) is Level.CITY)


@dataclass(frozen=True, slots=True)
class Law:
    title: str
    day: date | None
    articles: tuple[tuple[str, str, str], ...]
    """(第一条, chapter, words)."""


def read_laws(file: Path = ARTICLES) -> list[Law]:
    """In an order that mixes subjects, the same every time. Raises Missing, BadDataset."""
    if not file.is_file():
        raise Missing(f"没有 {file}", "请用 --articles 给出条文文件")
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        laws = [_law(list(group)) for _, group in itertools.groupby(rows, key=lambda row: row["path"])]
    except (OSError, ValueError, KeyError) as error:
        raise BadDataset(file, str(error)) from error
    random.Random(SEED).shuffle(laws)
    return laws


def _law(rows: Sequence[dict[str, Any]]) -> Law:
    day = date.fromisoformat(rows[0]["date"]) if rows[0].get("date") else None
    return Law(rows[0]["law"], day, tuple((row["art"], " ".join(row["sec"]), row["text"]) for row in rows))


def documents(laws: Sequence[Law], shape: Shape) -> Iterator[Document]:
    """Whole laws for each place in turn, the last one cut so that the numbers are exact; all laws again when they end."""
    endless, number = itertools.cycle(laws), itertools.count()
    for place, wanted in shape.places():
        held = 0
        while held < wanted:
            law = next(endless)
            articles = law.articles[: wanted - held]
            held += len(articles)
            yield _document(f"m{next(number):07}", place, law, articles)


def _document(identity: str, place: str, law: Law, articles: Sequence[tuple[str, str, str]]) -> Document:
    clauses, passages, position = [], [], 0
    parts: list[str] = []
    for ordinal, (number, chapter, words) in enumerate(articles):
        own = f"{number}　{words}\n"
        clause = f"{identity}:{ordinal}"
        end = position + len(own)
        clauses.append(Clause(clause, None, ClauseKind.ARTICLE, number, "", position, end, end))
        prefix = f"{law.title} {chapter}".strip()[:200]
        passages.append(
            Passage(f"{clause}~0", clause, position, end, prefix, prefix, own.strip(), place, Audience.PUBLIC)
        )
        parts.append(own)
        position = end
    labels = Labels(law.title, place, regions.level(place), issued=law.day, effective_from=law.day)
    return Document(identity, identity, labels, "".join(parts), clauses, passages)
