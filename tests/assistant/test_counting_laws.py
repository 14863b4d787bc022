"""Laws of counting that hold for every day, length and wording."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.day_counting import counted_in, heard
from assistant.fixed_days import of_quarter, of_year
from assistant.spans_of_time import SOON, day_said, days_said, to_count
from assistant.time_steps import steps
from knowledge import calendar
from knowledge.calendar import Unit

DATES = calendar.load(calendar.SHIPPED)
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 30))
LENGTHS = st.integers(1, 60)
UNITS = st.sampled_from(["个工作日", "日", "个月"])
ACTS = ("受理", "审核通过", "公示期满", "决定")
_UNIT = {"个工作日": Unit.WORKING, "日": Unit.NATURAL, "个月": Unit.MONTHS}


def said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@given(DAYS, LENGTHS, UNITS)
def test_a_period_is_counted_by_the_calendar_from_the_day_after_its_event(day: date, length: int, unit: str) -> None:
    told = heard(f"{said(day)}提交的诉求，最晚哪天办结", date(2026, 12, 1))
    reading = counted_in(f"诉求应当自提交之日起{length}{unit}内办结并回复。", told, DATES)
    assert reading is not None
    (counted,) = reading.counted
    assert counted.deadline == DATES.after(day, length, _UNIT[unit])
    assert counted.deadline.last > day


@given(DAYS, st.integers(1, 30))
def test_as_many_working_days_lie_behind_the_event_as_the_rule_gives(day: date, length: int) -> None:
    told = heard(f"{said(day)}受理的许可，最晚哪天决定", date(2026, 12, 1))
    reading = counted_in(f"自受理之日起{length}个工作日内作出决定。", told, DATES)
    assert reading is not None
    last = reading.counted[0].deadline.last
    assert DATES.is_working(last)
    assert sum(DATES.is_working(day + timedelta(days=n)) for n in range(1, (last - day).days + 1)) == length


@given(DAYS, LENGTHS, LENGTHS, UNITS, UNITS)
def test_an_extension_is_added_to_the_ordinary_period(day: date, own: int, more: int, unit: str, other: str) -> None:
    clause = f"诉求应当自提交之日起{own}{unit}内办结。情况复杂的，可以延长一次，延长不超过{more}{other}。"
    reading = counted_in(clause, heard(f"诉求延长的话最晚到哪天，我{said(day)}提交的", date(2026, 12, 1)), DATES)
    assert reading is not None
    ordinary, extended = reading.counted
    assert extended.deadline == DATES.after(ordinary.deadline.last, more, _UNIT[other])
    assert extended.deadline.last > ordinary.deadline.last


@given(DAYS, LENGTHS, UNITS, st.sampled_from(ACTS))
def test_what_begins_with_an_act_of_the_authority_is_not_counted_from_the_application(
    day: date, length: int, unit: str, act: str
) -> None:
    told = heard(f"{said(day)}提交的补贴，哪天拨付", date(2026, 12, 1))
    for clause in (f"自{act}之日起{length}{unit}内拨付资金。", f"{act}后{length}{unit}内拨付资金。"):
        reading = counted_in(clause, told, DATES)
        assert reading is not None
        assert reading.counted == ()
        assert len(reading.left_open) == 1


@given(DAYS, st.integers(1, 24), st.integers(1, 24))
def test_time_that_has_to_pass_first_is_not_the_period(day: date, full: int, length: int) -> None:
    clause = f"开业补贴应当自正常经营满{full}个月之日起{length}个月内提出申请。"
    today = date(2026, 12, 1)
    at_full = counted_in(clause, heard(f"{said(day)}正常经营满{full}个月，开业补贴最晚哪天申请", today), DATES)
    opened = counted_in(clause, heard(f"{said(day)}开的店，开业补贴最晚哪天申请", today), DATES)
    other = counted_in(clause, heard(f"{said(day)}正常经营满{full + 1}个月，开业补贴最晚哪天申请", today), DATES)
    assert at_full is not None
    assert opened is not None
    assert other is not None
    assert [one.deadline.last for one in at_full.counted] == [DATES.after(day, length, Unit.MONTHS).last]
    first = DATES.after(day, full, Unit.MONTHS).last
    assert [one.deadline.last for one in opened.counted] == [DATES.after(first, length, Unit.MONTHS).last]
    assert other.counted == ()


@given(
    DAYS,
    st.integers(1, 99),
    st.sampled_from(["正常经营满{}，", "等了{}了，", "干了{}，", "拖了{}，", "毕业{}内的人，"]),
)
def test_a_length_that_only_tells_how_things_stand_is_not_counted(day: date, length: int, story: str) -> None:
    assert to_count(f"{said(day)}{story.format(f'{length}个月')}补贴最晚哪天申请") is None


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_day_without_a_year_is_past_or_lies_just_ahead(day: date, today: date) -> None:
    for words in ("{}提交的", "{}开的店", "{}受理了"):
        found = day_said(words.format(f"{day.month}月{day.day}日"), today)
        assert found is not None
        assert found <= today + timedelta(days=SOON)
        assert (found.month, found.day) == (day.month, day.day)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 28))
def test_a_day_of_a_month_on_which_something_was_done_is_not_to_come(today: date, day: int) -> None:
    found = day_said(f"{day}号提交的", today)
    assert found is not None
    assert timedelta(0) <= today - found <= timedelta(days=31)


@given(DAYS)
def test_a_day_with_its_year_is_that_day(day: date) -> None:
    assert day_said(f"{said(day)}交的", date(2026, 12, 1)) == day


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 4))
def test_a_quarter_is_claimed_in_the_month_after_it(today: date, quarter: int) -> None:
    rule = "场租补贴按季申领，申请人应当于每季度首月15日前申请上一季度补贴。"
    found = of_quarter(f"{'一二三四'[quarter - 1]}季度的场租补贴几号前报", rule, today)
    assert found is not None
    assert found[0] == date(today.year + (quarter == 4), quarter % 4 * 3 + 1, 15)
    coming = of_quarter("场租补贴几号前报", rule, today)
    assert coming is not None
    assert timedelta(0) <= coming[0] - today <= timedelta(days=92)


@pytest.mark.parametrize("question", ["去年的年报最晚哪天", "2024年的年报", "今年年报几号截止"])
def test_a_day_of_each_year_is_given_for_no_year_that_the_rule_does_not_name(question: str) -> None:
    assert of_year(question, "应当于每年1月1日至6月30日报送上一年度年度报告。", date(2026, 12, 1)) is None


@given(st.text(alphabet="年月日号0123456789零一二三十个工作满之起自内前后延长不超过提交受理，。最晚哪天", max_size=40))
def test_no_words_break_the_reading(text: str) -> None:
    told = heard(text, date(2026, 12, 1))
    assert [one.start for one in days_said(text, told.today)] == sorted(
        one.start for one in days_said(text, told.today)
    )
    counted_in(text, told, DATES)
    assert all(one.period.length > 0 for one in steps(text))
