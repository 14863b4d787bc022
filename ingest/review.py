"""试行 documents: when a curator should look again. They do not expire by themselves."""

import re
from datetime import date, timedelta

from ingest.dates import add_years

REVIEW_YEARS = 2


def review_date(title: str, start: date | None) -> date | None:
    """Last day of the second year in force; None for documents that are not on trial."""
    if start is None or not re.search("试行|暂行", title):
        return None
    return add_years(start, REVIEW_YEARS) - timedelta(days=1)
