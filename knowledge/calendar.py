"""Working days and holidays as a table of days, and periods counted with it, step by step, so that they can be shown.

The table that ships was taken from chinesecalendar 1.11 (the State Council's yearly notices); a file of the
installation adds to it. A year without rows is not known: what is counted through it is an estimate, never a date to rely on.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from knowledge.errors import BadCalendar

SHIPPED = Path(__file__).with_name("calendar.csv")
_COLUMNS = ("日期", "类型", "名称")
ONE_DAY = timedelta(days=1)
FIXED: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
"""全国年节及纪念日放假办法 (2024): days off whatever the year's notice says."""
WEEKDAYS = "一二三四五六日"
LONGEST_PERIOD = 3660


class Kind(StrEnum):
    OFF = "休"
    ON = "班"
    """A Saturday or Sunday that is worked on instead of a holiday."""


class Unit(StrEnum):
    NATURAL = "日"
    WORKING = "个工作日"
    MONTHS = "个月"


@dataclass(frozen=True, slots=True)
class Marked:
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, and how it was counted."""

    start: date
    length: int
    unit: Unit
    last: date
    rolled: date
    """The next working day, where the last one is none (for natural days); else the same."""
    estimated: bool
    """A year of the period has no data: 预计."""
    skipped: tuple[tuple[date, str], ...]
    """Days that did not count, and why; only of working days."""
    made_up: tuple[tuple[date, str], ...]
    """Saturdays and Sundays that did count."""


class Calendar:
    def __init__(self, marked: Mapping[date, Marked]) -> None:
        self._marked = dict(marked)
        self._years = {day.year for day in self._marked}

    def knows(self, year: int) -> bool:
        return year in self._years

    def is_working(self, day: date) -> bool:
        marked = self._marked_on(day)
        return marked.kind is Kind.ON if marked else day.weekday() < 5

    def name(self, day: date) -> str:
        """Why a day is off or on: 国庆节, 周六."""
        marked = self._marked_on(day)
        return marked.name if marked else f"周{WEEKDAYS[day.weekday()]}"

    def after(self, start: date, length: int, unit: Unit) -> Deadline:
        """The last of `length` days after `start`, which itself does not count (民法典 art. 201)."""
        length = min(length, LONGEST_PERIOD)
        if unit is Unit.WORKING:
            return self._working(start, length, ONE_DAY)
        last = _months_later(start, length) if unit is Unit.MONTHS else start + length * ONE_DAY
        rolled = next(day for day in _days(last, ONE_DAY) if self.is_working(day))
        return Deadline(start, length, unit, last, rolled, not self._know(start, rolled), (), ())

    def before(self, start: date, length: int, unit: Unit = Unit.WORKING) -> Deadline:
        """The day that lies `length` full days (working days, months) before `start`, which itself does not count."""
        length = min(length, LONGEST_PERIOD)
        if unit is Unit.WORKING:
            return self._working(start, length, -ONE_DAY)
        last = _months_later(start, -length) if unit is Unit.MONTHS else start - length * ONE_DAY
        return Deadline(start, length, unit, last, last, not self._know(last, start), (), ())

    def _marked_on(self, day: date) -> Marked | None:
        """Of a year without data only the holidays that stand on fixed days are known."""
        if day.year in self._years:
            return self._marked.get(day)
        name = FIXED.get((day.month, day.day))
        return Marked(Kind.OFF, name) if name else None

    def _working(self, start: date, length: int, step: timedelta) -> Deadline:
        skipped: list[tuple[date, str]] = []
        made_up: list[tuple[date, str]] = []
        day, left = start, length
        while left:
            day += step
            if not self.is_working(day):
                skipped.append((day, self.name(day)))
                continue
            left -= 1
            if day.weekday() >= 5:
                made_up.append((day, self.name(day)))
        estimated = not self._know(min(start, day), max(start, day))
        return Deadline(start, length, Unit.WORKING, day, day, estimated, tuple(skipped), tuple(made_up))

    def _know(self, first: date, last: date) -> bool:
        return all(self.knows(year) for year in range(first.year, last.year + 1))


def _months_later(day: date, months: int) -> date:
    """The day of that number in a later month, else the month's last (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _days(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step


def shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def load(*files: Path) -> Calendar:
    """Tables read in order, a later row in place of an earlier one. Raises BadCalendar with the line."""
    marked: dict[date, Marked] = {}
    for file in files:
        if file.exists():
            marked.update(_read(file))
    return Calendar(marked)


def _read(file: Path) -> Iterator[tuple[date, Marked]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        table = csv.DictReader(stream)
        if not set(_COLUMNS) <= set(table.fieldnames or ()):
            raise BadCalendar(file.name, 1, f"表头应有 {'、'.join(_COLUMNS)}")
        for line, row in enumerate(table, start=2):
            try:
                yield date.fromisoformat((row["日期"] or "").strip()), Marked(Kind((row["类型"] or "").strip()), (row["名称"] or "").strip())  # fmt: skip
            except ValueError as error:
                raise BadCalendar(file.name, line, "日期写成 2027-01-01，类型写“休”或“班”") from error
