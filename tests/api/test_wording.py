"""What pages show of an answer beside its sources."""

import pytest

from api.web import wording


def test_a_number_leads_to_a_source_that_is_there() -> None:
    assert list(wording.cited("甲[1]。乙[2]。", 1)) == [("甲", 0), ("[1]", 1), ("。乙", 0), ("[2]", 0), ("。", 0)]


@pytest.mark.parametrize(
    ("extent", "model", "shown"),
    [
        ("not", None, "没有找到依据"),
        ("partly", "m", "一部分有依据"),
        ("answered", "m", "回答"),
        ("answered", None, "查到的依据"),
    ],
)
def test_the_heading_says_how_much_is_answered_and_who_wrote_it(extent: str, model: str | None, shown: str) -> None:
    assert wording.heading({"extent": extent, "model": model}) == shown


def test_what_is_pending_is_not_said_twice() -> None:
    source = {"dates": "2025-10-14 成文，施行日期待核", "pending": ["施行日期待核", "公开属性待核"]}
    assert wording.pending(source) == ["公开属性待核"]
