"""Since when and how long a document holds, in words: a start that is 待核 is told by nobody."""

from dataclasses import dataclass
from datetime import date

import pytest

from knowledge.dates_in_force import dates, since, start, status

SIGNED, BEGINS, ENDS = date(2025, 5, 28), date(2025, 7, 1), date(2030, 6, 30)


@dataclass(frozen=True)
class Paper:
    issued: date | None = SIGNED
    valid_from: date | None = BEGINS
    valid_to: date | None = None
    pending: tuple[str, ...] = ()
    module: str | None = "政策措施"


@pytest.mark.parametrize(
    ("paper", "words", "begins"),
    [
        (Paper(), "2025-07-01 起施行", BEGINS),
        (Paper(valid_to=ENDS), "2025-07-01 起施行，有效至 2030-06-30", BEGINS),
        (Paper(pending=("effective_from",)), "2025-05-28 成文，施行日期待核", None),
        (Paper(issued=None, valid_from=None, pending=("effective_from",)), "施行日期待核", None),
        (Paper(pending=("audience",)), "2025-07-01 起施行", BEGINS),
        (Paper(valid_from=None, valid_to=ENDS), "没有写明起始日期，有效至 2030-06-30", None),
        (Paper(module="新闻资讯", pending=("effective_from",)), "2025-05-28 发布，新闻，不设效力", None),
    ],
)
def test_a_pending_start_is_never_told_as_a_day(paper: Paper, words: str, begins: date | None) -> None:
    assert (dates(paper), start(paper)) == (words, begins)


@pytest.mark.parametrize(
    ("paper", "on", "words"),
    [
        (Paper(), BEGINS, "现行有效"),
        (Paper(), SIGNED, "尚未施行"),
        (Paper(valid_to=ENDS), date(2031, 1, 1), "已失效"),
        (Paper(pending=("effective_from",)), BEGINS, "有效，施行日期待核"),
        (Paper(module="新闻资讯"), BEGINS, "新闻，不设效力"),
    ],
)
def test_its_standing_on_a_day_is_one_word(paper: Paper, on: date, words: str) -> None:
    assert status(paper, on) == words


def test_what_took_its_place_is_dated_only_where_the_day_is_known() -> None:
    assert (since(BEGINS, is_pending=False), since(BEGINS, is_pending=True)) == ("已于2025年7月1日", "已")
