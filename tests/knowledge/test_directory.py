"""Units of the directory and documents that somebody mentions, as each reader may see them."""

from datetime import date

import pytest

from knowledge import directory, known_documents, regions
from knowledge.directory import Unit
from knowledge.documents import Audience
from tests.sample import OpenSample

QINGHE, NANPING = "990100", "990102"


def units(sample: OpenSample, place: str, audience: Audience = Audience.PUBLIC) -> list[Unit]:
    with sample.database.reading() as tx:
        return directory.units(tx, regions.chain(place), audience)


def test_units_of_the_place_come_before_those_of_its_city(sample: OpenSample) -> None:
    found = [unit.region for unit in units(sample, NANPING)]
    assert found == sorted(found, key=[NANPING, QINGHE].index)
    assert {NANPING, QINGHE} == set(found)


def test_units_of_other_places_are_left_out(sample: OpenSample) -> None:
    assert "望津" not in "".join(unit.name for unit in units(sample, NANPING))


def test_the_public_sees_no_unit_that_is_for_staff(sample: OpenSample) -> None:
    assert not [unit.name for unit in units(sample, QINGHE) if "升级" in unit.name]
    (one,) = [unit for unit in units(sample, QINGHE, Audience.STAFF) if "升级" in unit.name]
    assert one.phone == "13800000001"


def test_every_number_has_the_day_it_was_verified(sample: OpenSample) -> None:
    assert all(unit.verified for unit in units(sample, QINGHE) if unit.phone)
    (tax,) = [unit for unit in units(sample, QINGHE) if "税务局" in unit.name]
    assert (tax.phone, tax.verified) == ("0000-55500140", date(2026, 10, 12))


@pytest.mark.parametrize(
    ("text", "number"),
    [("青政规〔2025〕2号还有效吗", "青政规〔2025〕2号"), ("根据青政规[2022]5号的规定", "青政规〔2022〕5号")],
)
def test_a_number_of_ours_is_known_however_it_is_written(sample: OpenSample, text: str, number: str) -> None:
    with sample.database.reading() as tx:
        (one,) = known_documents.mentioned(tx, text, Audience.PUBLIC)
    assert one.held is not None
    assert one.held.doc_number == number


@pytest.mark.parametrize("text", ["国发〔2030〕99号怎么说", "青政规〔2030〕2号"])
def test_a_number_of_nobody_is_not(sample: OpenSample, text: str) -> None:
    with sample.database.reading() as tx:
        (one,) = known_documents.mentioned(tx, text, Audience.PUBLIC)
    assert one.held is None


def test_a_document_for_staff_is_unknown_to_the_public(sample: OpenSample) -> None:
    text = "《青禾市个体工商户诉求疑难件升级处置手册》"
    with sample.database.reading() as tx:
        (public,) = known_documents.mentioned(tx, text, Audience.PUBLIC)
        (staff,) = known_documents.mentioned(tx, text, Audience.STAFF)
    assert public.held is None
    assert staff.held is not None
