"""Periods counted on the calendar: the vectors of the standards, years without data, files of the installation."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import calendar
from knowledge.calendar import Unit
from knowledge.errors import BadCalendar

SHIPPED = calendar.load(calendar.SHIPPED)
day = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2025-10-14", "2025-10-17"),
        ("2025-10-17", "2025-10-22"),
        ("2026-02-13", "2026-02-25"),
        ("2026-02-14", "2026-02-26"),
        ("2026-04-03", "2026-04-09"),
        ("2026-04-30", "2026-05-08"),
        ("2026-09-18", "2026-09-22"),
        ("2026-12-25", "2026-12-30"),
    ],
)
def test_three_working_days_after(start: str, last: str) -> None:
    counted = SHIPPED.after(day(start), 3, Unit.WORKING)
    assert counted.last == counted.rolled == day(last)
    assert not counted.estimated


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-03-02", "2026-02-24"),
        ("2026-05-06", "2026-04-24"),
        ("2026-05-11", "2026-04-30"),
        ("2026-10-12", "2026-09-29"),
        ("2026-12-01", "2026-11-24"),
    ],
)
def test_five_working_days_before(start: str, last: str) -> None:
    assert SHIPPED.before(day(start), 5).last == day(last)


@pytest.mark.parametrize(
    ("start", "last", "rolled", "working"),
    [
        ("2026-02-02", "2026-02-17", "2026-02-24", "2026-02-28"),
        ("2026-03-20", "2026-04-04", "2026-04-07", "2026-04-13"),
        ("2026-04-20", "2026-05-05", "2026-05-06", "2026-05-13"),
        ("2026-06-05", "2026-06-20", "2026-06-22", "2026-06-29"),
        ("2026-09-16", "2026-10-01", "2026-10-08", "2026-10-13"),
    ],
)
def test_fifteen_days_are_not_fifteen_working_days(start: str, last: str, rolled: str, working: str) -> None:
    natural = SHIPPED.after(day(start), 15, Unit.NATURAL)
    assert (natural.last, natural.rolled) == (day(last), day(rolled))
    assert SHIPPED.after(day(start), 15, Unit.WORKING).last == day(working)


@pytest.mark.parametrize(("start", "last", "rolled"), [("2026-09-30", "2026-10-01", "2026-10-08")])
def test_one_day_before_a_holiday(start: str, last: str, rolled: str) -> None:
    counted = SHIPPED.after(day(start), 1, Unit.NATURAL)
    assert (counted.last, counted.rolled) == (day(last), day(rolled))


@pytest.mark.parametrize(("start", "length"), [("2026-12-18", 15), ("2026-12-29", 3)])
def test_a_year_without_data_gives_an_estimate(start: str, length: int) -> None:
    assert SHIPPED.after(day(start), length, Unit.WORKING).estimated


def test_an_estimate_still_knows_the_holidays_that_stand_on_fixed_days() -> None:
    counted = SHIPPED.after(day("2026-12-30"), 3, Unit.WORKING)
    assert (day("2027-01-01"), "元旦") in counted.skipped
    assert counted.last == day("2027-01-05")


def test_what_did_not_count_and_what_did_is_shown() -> None:
    counted = SHIPPED.after(day("2026-02-13"), 3, Unit.WORKING)
    assert (day("2026-02-14"), "春节") in counted.made_up
    assert (day("2026-02-17"), "春节") in counted.skipped


def test_months_end_on_the_same_day_or_the_last_one() -> None:
    assert SHIPPED.after(day("2026-08-31"), 6, Unit.MONTHS).last == day("2027-02-28")
    assert SHIPPED.after(day("2026-03-02"), 6, Unit.MONTHS).last == day("2026-09-02")


@given(st.dates(date(2023, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_the_last_working_day_is_one_and_as_many_lie_between(start: date, length: int) -> None:
    counted = SHIPPED.after(start, length, Unit.WORKING)
    between = [start + timedelta(days=n) for n in range(1, (counted.last - start).days + 1)]
    assert SHIPPED.is_working(counted.last)
    assert sum(map(SHIPPED.is_working, between)) == length
    assert SHIPPED.before(counted.last, length).last <= start or not SHIPPED.is_working(start)


def test_a_file_of_the_installation_adds_a_year(tmp_path: Path) -> None:
    own = tmp_path / "calendar.csv"
    own.write_text("日期,类型,名称\n2027-01-01,休,元旦\n2027-01-04,休,调休\n", encoding="utf-8")
    counted = calendar.load(calendar.SHIPPED, own).after(day("2026-12-31"), 1, Unit.WORKING)
    assert counted.last == day("2027-01-05")
    assert not counted.estimated


@pytest.mark.parametrize("row", ["2027-13-01,休,x", "2027-01-01,假,x", ",休,x"])
def test_a_wrong_row_is_named(tmp_path: Path, row: str) -> None:
    own = tmp_path / "calendar.csv"
    own.write_text(f"日期,类型,名称\n{row}\n", encoding="utf-8")
    with pytest.raises(BadCalendar, match="第 2 行"):
        calendar.load(own)


def test_a_file_without_the_right_head_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "calendar.csv"
    own.write_text("day,kind\n", encoding="utf-8")
    with pytest.raises(BadCalendar, match="表头"):
        calendar.load(own)
