"""Whether something can be applied for now, and until when a rule holds: by the days of the rule and the dates of its document."""

from datetime import date

import pytest

from assistant.fixed_days import each_year, joins_next_quarter, quarter_later
from assistant.flows.still_open import open_now
from assistant.responder import Responder
from assistant.times_meant import ahead
from tests.assistant.chatting import QINGHE, Talk, replies
from tests.assistant.test_deadline_questions import NOW

WANGJIN = "990121"


def told(engine: Responder, said: str, place: str = QINGHE) -> str:
    return replies(Talk(engine, place, NOW).say(said))[0].text


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("今年第三季度的场租补贴现在还能报吗", ("2026年10月15日", "已经过了47天", "并入下一季度", "2027年1月15日")),
        ("场租补贴二季度的没报，现在还能补吗", ("2026年7月15日", "2026年10月15日", "不得再往后并")),
        ("第四季度的场租补贴现在能申请吗", ("从2027年1月1日", "2027年1月15日", "还没到时候")),
        ("上季度的社保补贴还来得及申请吗", ("2026年10月20日", "已经过了42天", "条款没有写")),
        ("个体工商户的年度报告现在还能报吗", ("2026年6月30日", "已经过了154天", "2027年1月1日")),
    ],
)
def test_the_calendar_says_whether_the_time_is_open(engine: Responder, said: str, parts: tuple[str, ...]) -> None:
    text = told(engine, said)
    for one in parts:
        assert one in text


@pytest.mark.parametrize(
    ("said", "place", "until", "verdict"),
    [
        ("到2027年11月还能领县里的叠加奖补吗", WANGJIN, "2027年9月30日", "不能说到时候还能领"),
        ("2027年5月还能领县里的叠加奖补吗", WANGJIN, "2027年9月30日", "还在有效期内"),
        ("2032年还有一次性开业补贴吗", QINGHE, "2030年6月30日", "不能说到时候还能领"),
        ("2030年还有一次性开业补贴吗", QINGHE, "2030年6月30日", "在那以后的部分"),
    ],
)
def test_a_day_ahead_is_held_against_the_dates_of_the_document(
    engine: Responder, said: str, place: str, until: str, verdict: str
) -> None:
    text = told(engine, said, place)
    assert f"有效到{until}" in text
    assert verdict in text


def test_this_benefit_is_the_one_spoken_of_before(engine: Responder) -> None:
    talk = Talk(engine, QINGHE, NOW)
    talk.say("一次性开业补贴多少钱")
    assert "有效到2030年6月30日" in replies(talk.say("2031年还有这个补贴吗"))[0].text


@pytest.mark.parametrize(
    "said", ["我现在还能申请开业补贴吗", "明年一季度的场租补贴最晚几号报", "2027年3月1日到期的合同还能领场租补贴吗"]
)
def test_other_questions_are_left_to_their_flows(engine: Responder, said: str) -> None:
    events = Talk(engine, QINGHE, NOW).say(said)
    assert all("有效到" not in reply.text and "正在条款写的时间里" not in reply.text for reply in replies(events))


def test_days_of_a_year_and_of_a_quarter_are_read() -> None:
    assert each_year("应当于每年3月1日至4月30日报送。", date(2026, 12, 1)) == (date(2026, 3, 1), date(2026, 4, 30))
    assert each_year("2024年9月21日至10月31日受理首批。", date(2026, 12, 1)) is None
    assert quarter_later(date(2026, 10, 15)) == date(2027, 1, 15)
    assert quarter_later(date(2026, 1, 15)) == date(2026, 4, 15)
    assert joins_next_quarter("逾期未申请的，可以并入下一季度一并申请。")
    assert not joins_next_quarter("逾期未申请的，不再受理。")


def test_a_time_ahead_is_no_year_of_the_present_or_the_past() -> None:
    today = date(2026, 12, 1)
    found = ahead("到2028年6月还能领房租补助吗", today)
    assert found is not None
    assert found[1:] == (date(2028, 6, 1), date(2028, 6, 30), "能领房租补助吗")
    assert ahead("2026年还能领吗", today) is None
    assert ahead("2024年还能领吗", today) is None


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 3, 1), "还没到时候，从2026年7月1日"),
        (date(2026, 7, 1), "还有91天"),
        (date(2026, 9, 30), "还有0天"),
        (date(2026, 10, 1), "已经过了1天；条款写的下一次从2027年7月1日"),
    ],
)
def test_a_time_of_the_year_is_ahead_open_or_over(today: date, told: str) -> None:
    (line,) = open_now("现在还能申报吗", "每年7月1日至9月30日申报。", today)
    assert told in line


def test_a_time_that_begins_on_the_leap_day_is_told_in_other_years() -> None:
    (line,) = open_now("现在还能申报吗", "每年2月29日至3月31日申报。", date(2028, 5, 1))
    assert "已经过了31天" in line
