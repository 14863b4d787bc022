"""Over all documents of the sample × places × days × readers: nothing of another place, out of force, or for others.

The oracle reads the tables and decides in plain Python, without the conditions under test.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import knowledge
from assistant import migrations
from ingest.pipeline import ingest
from knowledge import catalogue, regions
from knowledge.database import Database
from knowledge.documents import MASK, Audience
from knowledge.schema import documents, passages, spans
from knowledge.scope import Scope
from tests.conftest import ENGINES, AddressOf

SAMPLE = Path(knowledge.__file__).parent / "sample"
PARTS = ("documents", "faq.csv", "directory.csv", "service_items.csv")
DAY = timedelta(days=1)
TODAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Sample:
    database: Database

    @cached_property
    def passages(self) -> list[Any]:
        with self.database.reading() as tx:
            return list(tx.execute(select(passages)))

    @cached_property
    def documents(self) -> dict[str, Any]:
        with self.database.reading() as tx:
            return {row.id: row for row in tx.execute(select(documents))}

    @cached_property
    def turning_days(self) -> list[date]:
        """Every first and last day of anything, with the days around them: where mistakes would show."""
        edges = {edge for row in self.passages for edge in (row.valid_from, row.valid_to) if edge}
        return sorted({edge + step * DAY for edge in edges for step in (-1, 0, 1)} | {TODAY, date(1999, 1, 1)})

    @cached_property
    def places(self) -> list[str]:
        """Every place of the sample, a real one beside them, and the country."""
        with (SAMPLE / "regions.csv").open(encoding="utf-8", newline="") as stream:
            fictional = [row["code"] for row in csv.DictReader(stream)]
        return [*fictional, "420102", regions.COUNTRY]

    def allowed(self, place: str, on: date, audience: Audience) -> set[str]:
        return {
            row.id
            for row in self.passages
            if _binds(row.region, place)
            and _reads(row, audience)
            and self.first_days[row.id] <= on <= self.last_days[row.id]
        }

    @cached_property
    def first_days(self) -> dict[str, date]:
        """A passage's own first day, else its document's; without one it was always there."""
        return {row.id: row.own_from or self.documents[row.document_id].valid_from or date.min for row in self.passages}

    @cached_property
    def last_days(self) -> dict[str, date]:
        """The first of all that may end a passage: itself, its document, a later version, a repeal."""
        ends = {identity: self._ends(document) for identity, document in self.documents.items()}
        return {row.id: min([*filter(None, [row.own_to]), *ends[row.document_id]]) for row in self.passages}

    def _ends(self, document: Any) -> list[date]:
        later = [other.valid_from - DAY for other in self._ending(document)]
        return [*later, document.effective_to or date.max]

    def _ending(self, document: Any) -> list[Any]:
        """Later versions; repeals are taken from ended_by, which test_validity checks."""
        if document.valid_from is None:
            return []
        versions = [
            other
            for other in self.documents.values()
            if other.family == document.family and other.valid_from and other.valid_from > document.valid_from
        ]
        repeals = [self.documents[document.ended_by]] if document.ended_by else []
        return [*versions, *repeals]


def _binds(region: str, place: str) -> bool:
    """By the digits of GB/T 2260: 990100 binds 9901xx, 990000 binds 99xxxx, 100000 everything."""
    if region == regions.COUNTRY:
        return True
    stem = region.removesuffix("0000") if region.endswith("0000") else region.removesuffix("00")
    return bool(region) and place.startswith(stem)


def _reads(row: Any, audience: Audience) -> bool:
    return row.audience == "public" or audience is Audience.STAFF


@pytest.fixture(scope="module", params=ENGINES)
def sample(request: pytest.FixtureRequest, address_of: AddressOf) -> Iterator[Sample]:
    database = Database(address_of(request.param))
    migrations.upgrade(database)
    report = ingest([SAMPLE / part for part in PARTS], database, at=datetime(2026, 7, 1, tzinfo=UTC))
    assert report.failed == []
    yield Sample(database)
    database.close()


def scope(place: str, on: date, audience: Audience) -> Scope:
    return Scope(tuple(regions.chain(place)), tuple(audience.sees()), on, TODAY)


AUDIENCES = st.sampled_from(list(Audience))


def test_the_sample_has_something_to_confuse(sample: Sample) -> None:
    regions_found = {row.region for row in sample.passages}
    audiences = {row.audience for row in sample.passages}
    assert (len(regions_found) >= 4, audiences, any(row.valid_to for row in sample.passages)) == (
        True,
        {"public", "staff"},
        True,
    )


@settings(max_examples=50)
@given(data=st.data(), audience=AUDIENCES)
def test_the_ids_of_a_scope_are_exactly_those_it_may_use(
    sample: Sample, data: st.DataObject, audience: Audience
) -> None:
    place, on = data.draw(st.sampled_from(sample.places)), data.draw(st.sampled_from(sample.turning_days))
    with sample.database.reading() as tx:
        found = catalogue.ids_within(tx, scope(place, on, audience))
    assert set(found) == sample.allowed(place, on, audience)


@settings(max_examples=50)
@given(data=st.data(), audience=AUDIENCES)
def test_of_everything_an_index_might_find_only_what_may_be_used_is_left(
    sample: Sample, data: st.DataObject, audience: Audience
) -> None:
    place, on = data.draw(st.sampled_from(sample.places)), data.draw(st.sampled_from(sample.turning_days))
    with sample.database.reading() as tx:
        found = catalogue.usable(tx, [row.id for row in sample.passages], scope(place, on, audience))
    assert set(found) == sample.allowed(place, on, audience)


@settings(max_examples=50)
@given(data=st.data(), audience=AUDIENCES)
def test_a_clause_named_exactly_is_bound_by_the_same_scope(
    sample: Sample, data: st.DataObject, audience: Audience
) -> None:
    place, on = data.draw(st.sampled_from(sample.places)), data.draw(st.sampled_from(sample.turning_days))
    title = data.draw(st.sampled_from(sorted({row.title for row in sample.documents.values()})))
    with sample.database.reading() as tx:
        found = catalogue.passages_of_clause(tx, scope(place, on, audience), titles=[title])
    assert {one.id for one in found} <= sample.allowed(place, on, audience)


def test_on_every_turning_day_of_every_place_the_public_s_ids_are_right(sample: Sample) -> None:
    wrong = []
    with sample.database.reading() as tx:
        for place in sample.places:
            for on in sample.turning_days:
                found = catalogue.ids_within(tx, scope(place, on, Audience.PUBLIC))
                if set(found) != sample.allowed(place, on, Audience.PUBLIC):
                    wrong.append((place, on))
    assert wrong == []


def test_no_public_passage_shows_what_is_hidden(sample: Sample) -> None:
    with sample.database.reading() as tx:
        hidden = [
            (row.document_id, sample.documents[row.document_id].text[row.start : row.end])
            for row in tx.execute(select(spans))
        ]
    public = [row for row in sample.passages if row.audience == "public"]
    shown = [
        (row.id, words) for row in public for owner, words in hidden if row.document_id == owner and words in row.body
    ]
    assert shown == []


def test_every_passage_of_a_staff_document_is_for_staff(sample: Sample) -> None:
    staff = {identity for identity, row in sample.documents.items() if row.audience == "staff"}
    assert [row.id for row in sample.passages if row.document_id in staff and row.audience != "staff"] == []


def test_no_document_of_the_sample_is_without_a_region(sample: Sample) -> None:
    assert [row.title for row in sample.documents.values() if row.region is None] == []


def test_the_public_s_view_of_every_document_masks_what_is_hidden(sample: Sample) -> None:
    shown = []
    with sample.database.reading() as tx:
        for identity, document in sample.documents.items():
            if document.audience == "staff":
                continue
            view = catalogue.view_document(tx, identity, Audience.PUBLIC)
            words = "".join(clause.text + clause.heading for clause in view.clauses).replace(MASK, "")
            secrets = [document.text[span.start : span.end] for span in catalogue.spans_of(tx, identity)]
            shown += [identity for secret in secrets if secret in words]
    assert shown == []
