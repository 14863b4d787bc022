"""What is asked for before something runs out: counted back from that day, the window, whether it is open; a wrong day never."""

from datetime import date

import pytest

from assistant.acts import Stage, stages_asked
from assistant.before_expiry import Window, days_of, most_in_all, window_in
from assistant.responder import Responder
from assistant.spans_of_time import Period
from knowledge import calendar
from knowledge.calendar import Unit
from tests.assistant.chatting import QINGHE, Talk, replies
from tests.assistant.test_deadline_questions import NOW

DATES = calendar.load(calendar.SHIPPED)


@pytest.mark.parametrize(
    ("rule", "opens", "closes"),
    [
        ("应当在有效期届满前60个工作日至10个工作日期间提出申请。", (60, Unit.WORKING), (10, Unit.WORKING)),
        ("需要延长的，应当在期限届满前20日内办理延长备案。", (20, Unit.NATURAL), None),
        ("备案证有效期3年，期满30日前申请续期。", None, (30, Unit.NATURAL)),
        ("应当在认定到期前3个月提出复评申请。", None, (3, Unit.MONTHS)),
    ],
)
def test_a_rule_counts_back_from_the_end(
    rule: str, opens: tuple[int, Unit] | None, closes: tuple[int, Unit] | None
) -> None:
    window = window_in(rule)
    assert window is not None
    for found, expected in ((window.opens, opens), (window.closes, closes)):
        assert (None if found is None else (found.length, found.unit)) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "自有效期届满之日起30日内申请注销。",
        "期满后3个月内不得再次申请。",
        "有效期5年，到期失效。",
        "在期限届满前90个工作日至若干日提出。",
    ],
)
def test_a_period_that_follows_the_end_is_no_window(rule: str) -> None:
    assert window_in(rule) is None


def test_working_days_through_a_year_without_a_calendar_give_an_estimate_and_other_days_do_not() -> None:
    working, natural = Period(15, Unit.WORKING, "15个工作日"), Period(30, Unit.NATURAL, "30日")
    assert days_of(Window(None, working, ""), date(2027, 3, 1), DATES).is_estimated
    days = days_of(Window(natural, None, ""), date(2027, 3, 1), DATES)
    assert (days.first, days.last, days.is_estimated) == (date(2027, 1, 30), date(2027, 3, 1), False)


def test_the_most_that_all_of_it_may_last_is_read() -> None:
    most = most_in_all("需要延长的，应当在期限届满前30日内办理，累计不得超过3年。")
    assert most is not None
    assert (most.length, most.unit) == (36, Unit.MONTHS)


def told(engine: Responder, said: str) -> str:
    return replies(Talk(engine, QINGHE, NOW).say(said))[0].text.split("查到的规定")[0]


@pytest.mark.parametrize(
    ("said", "days", "clause"),
    [
        ("食品经营许可证12月31日到期，现在还来得及延续吗", ("最晚2026年12月10日", "正在这段时间里"), "第十二条"),
        ("食品证2026年12月8日到期，还能续期不", ("最晚2026年11月17日", "已经过了14天"), "第十二条"),
        ("2026年2月1日起歇业，备案了1年，想延长，哪天去办", ("最早2027年1月2日", "还没到能申请的时候"), "第十八条"),
        ("去年12月20日歇业的，报了1年，要延期，最晚几号", ("最晚2026年12月20日", "正在这段时间里"), "第十八条"),
        ("收到审核结果是11月18号，不服，复核要在哪天前提出", ("到2026年12月3日",), "第二十二条"),
        ("补贴没批，11月25日通知我的，最晚哪天能申请复核", ("到2026年12月10日",), "第二十二条"),
        ("11月20日收到的初审意见，复核哪天完", ("到2026年11月27日",), "第十六条"),
    ],
)
def test_the_day_is_counted_by_the_clause_that_is_named(
    engine: Responder, said: str, days: tuple[str, ...], clause: str
) -> None:
    text = told(engine, said)
    for one in days:
        assert one in text
    assert "》（青" in text
    assert f"{clause}。" in text


def test_what_has_reached_its_longest_time_is_not_prolonged(engine: Responder) -> None:
    text = told(engine, "我2024年3月1日开始歇业，3年，延长备案要在哪天前办")
    assert "不能再延长" in text
    assert "2027年" not in text


def test_no_day_is_given_where_the_holidays_are_not_known(engine: Responder) -> None:
    text = told(engine, "许可证2027年3月1日到期，最晚哪天申请延续")
    assert "不给日子" in text
    assert "2027年2月" not in text


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("复核要在哪天前提", Stage.ASKING_REVIEW),
        ("最晚哪天能申请复核", Stage.ASKING_REVIEW),
        ("复核申请几号截止", Stage.ASKING_REVIEW),
        ("复核哪天完", Stage.REVIEW),
        ("初审过了，复核几号出结果", Stage.REVIEW),
    ],
)
def test_to_ask_for_a_review_is_not_the_review_of_the_authority(said: str, stage: Stage) -> None:
    found = stages_asked(said)
    assert stage in found
    assert ({Stage.REVIEW, Stage.ASKING_REVIEW} - {stage}).isdisjoint(found)


def test_a_count_names_the_clause_and_not_what_explains_it(engine: Responder) -> None:
    text = told(engine, "2026年3月1号领的执照，开业补贴最迟啥时候要申请")
    assert "2027年9月1日" in text
    assert "第十七条。" in text
    assert "政策解读" not in text
