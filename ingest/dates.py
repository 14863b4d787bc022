"""Dates as official documents write them."""

import re
from datetime import date

from knowledge.numbering import to_int

DATE = r"(?P<year>\d{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
_DATE = re.compile(DATE)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def parse_date(text: str) -> date | None:
    """The first date in the text; None when there is none or it does not exist (2月30日)."""
    match = _DATE.search(text) or _ISO.search(text)
    return of_match(match) if match else None


def of_match(match: re.Match[str]) -> date | None:
    """Date of a match with the groups year, month, day."""
    year = match["year"]
    if not year.isdecimal():
        year = "".join(str("〇一二三四五六七八九".index(char.replace("○", "〇").replace("零", "〇"))) for char in year)
    try:
        return date(int(year), to_int(match["month"]), to_int(match["day"]))
    except ValueError:
        return None


def add_years(day: date, years: int) -> date:
    """Same day `years` later; 29 February falls on the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
