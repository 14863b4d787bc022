"""Questions about deadlines as people put them: the day that follows from the rule, or no day at all.

A wrong legal date is the worst that can be said: where the rule begins with another act, where no clause is about
the matter, or where a length only tells how things stand, no day is given.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.responder import Responder
from knowledge.documents import Audience
from tests.assistant.chatting import QINGHE, Talk, replies, responder
from tests.sample import OpenSample

NOW = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""In Beijing it is Tuesday, 1 December 2026."""
NANPING, BAIYU = "990102", "990200"
YICHANG, HUBEI = "420500", "420000"
_LAST = re.compile(r"(?:到(20\d\d年\d{1,2}月\d{1,2}日)（周.）为止|(?:最迟|截止日是)(20\d\d年\d{1,2}月\d{1,2}日))")

COMPUTED: tuple[tuple[str, str, str], ...] = (
    (QINGHE, "2026年3月5日正常经营满6个月，开业补贴最晚哪天申请", "2027年3月5日"),
    (QINGHE, "3月5日开的店，开业补贴最晚哪天申请", "2027年9月5日"),
    (QINGHE, "俺今年三月五号开的业，开业补帖最晚几号前申请嘞", "2027年9月5日"),
    (QINGHE, "执照3月5日下来的，4月1日开的业，开业补贴最晚哪天申请", "2027年10月1日"),
    (QINGHE, "我3月5日提交的诉求，哪天前办结", "2026年3月20日 2026年3月30日"),
    (QINGHE, "诉求延长的话最晚到哪天，我11月20日提交的", "2026年12月5日 2026年12月15日"),
    (QINGHE, "3天前提交的诉求，哪天办结", "2026年12月13日 2026年12月23日"),
    (QINGHE, "28号交的诉求，最晚哪天给我答复", "2026年12月13日 2026年12月23日"),
    (QINGHE, "昨儿受理的开业补贴，初审几号完", "2026年12月7日"),
    (QINGHE, "食品证11月20日批下来的，证哪天能拿到", "2026年11月24日"),
    (QINGHE, "店11月15日关的，食品许可证最晚哪天去注销", "2026年12月25日"),
    (QINGHE, "店名11月20日改的，最晚哪天去变更登记", "2026年12月20日"),
    (QINGHE, "11月26日给诉求打了差评，哪天回访我", "2026年12月3日"),
    (NANPING, "11月20日停业的，招牌最晚哪天要拆", "2026年12月5日"),
    (BAIYU, "2025年6月2日开的店，开业补贴最晚哪天申请", "2026年12月2日"),
    (QINGHE, "2025年度年报最晚哪天报", "2026年6月30日"),
    (QINGHE, "明年一季度的场租补贴最晚几号报", "2027年4月15日"),
)
NOT_COMPUTED: tuple[tuple[str, str, str], ...] = (
    (QINGHE, "5月10号交的许可证申请，什么时候出证", "决定"),
    (QINGHE, "11月28号交的补贴申请，初审哪天出结果", "补贴有好几种"),
    (QINGHE, "11月20日公示的，开业补贴哪天拨付", "公示期满"),
    (QINGHE, "开业半年了，开业补贴最晚哪天申请", "正常经营满6个月"),
    (QINGHE, "11月20日交的开业补贴，哪天初审完", "受理"),
    (QINGHE, "印章备案11月20日交的，哪天办好", "没有查到写明"),
    (QINGHE, "我3月5日提交的，哪天办结", "哪一件事"),
    (QINGHE, "许可证2027年3月1日到期，最晚哪天申请延续", "许可"),
    (QINGHE, "3月5日正常经营满9个月，开业补贴最晚哪天申请", "正常经营满6个月"),
    (QINGHE, "今年的年报最晚哪天", "6月30日"),
)
OF_SEEDS: tuple[tuple[str, str, str, str], ...] = (
    (YICHANG, "政策11月20日印发的，最晚哪天要归集到惠企平台", "2026年11月25日", "第十七条"),
    (YICHANG, "惠企政策文件11月27日废止的，平台上最晚哪天下线", "2026年12月2日", "第十八条"),
    (HUBEI, "11月20日递的营业执照申请，哪天发照", "", ""),
    (YICHANG, "11月20日交的补贴，几号打钱", "", ""),
)


def days_given(text: str) -> list[str]:
    """Days that are given as the last, in front of the quoted rules."""
    told = re.split(r"查到的规定|没有找到直接对应|这是已审核", text)[0]
    return ["".join(found) for found in _LAST.findall(told)]


@pytest.mark.parametrize(("place", "question", "day"), COMPUTED, ids=[one[1] for one in COMPUTED])
def test_the_day_follows_from_the_rule(engine: Responder, place: str, question: str, day: str) -> None:
    text = replies(Talk(engine, place, NOW).say(question))[0].text
    assert days_given(text) == day.split()


@pytest.mark.parametrize(("place", "question", "told"), NOT_COMPUTED, ids=[one[1] for one in NOT_COMPUTED])
def test_where_it_does_not_follow_no_day_is_given(engine: Responder, place: str, question: str, told: str) -> None:
    text = replies(Talk(engine, place, NOW).say(question))[0].text
    assert days_given(text) == []
    assert told in text


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[OpenSample]:
    opened = OpenSample(tmp_path_factory.mktemp("seeds"), parts=[shared / "seeds"])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def of_seeds(seeds: OpenSample) -> Responder:
    return responder(seeds)


def test_a_paper_for_staff_is_counted_by_for_staff_alone(seeds: OpenSample) -> None:
    asked = "11月20日提交的诉求，最晚哪天办结"
    for audience, days in ((Audience.STAFF, ["2026年12月5日"]), (Audience.PUBLIC, [])):
        talk = Talk(responder(seeds, audience=audience), HUBEI, NOW)
        assert days_given(replies(talk.say(asked))[0].text) == days


@pytest.mark.parametrize(("place", "question", "day", "clause"), OF_SEEDS, ids=[one[1] for one in OF_SEEDS])
def test_real_documents_are_counted_by_as_well(
    of_seeds: Responder, place: str, question: str, day: str, clause: str
) -> None:
    text = replies(Talk(of_seeds, place, NOW).say(question))[0].text
    assert days_given(text)[-1:] == ([day] if day else [])
    assert clause in text


def test_the_day_that_was_lacking_is_told_and_counted(engine: Responder) -> None:
    talk = Talk(engine, QINGHE, NOW)
    talk.say("11月20日交的开业补贴，初审哪天完")
    assert days_given(talk.answer("11月23日受理的").text) == ["2026年11月30日"]


def test_a_bare_day_is_the_one_that_was_asked_for(engine: Responder) -> None:
    talk = Talk(engine, QINGHE, NOW)
    talk.say("11月20日交的许可证申请，哪天出证")
    assert days_given(talk.answer("11月25日").text) == ["2026年11月27日"]


def test_what_is_said_with_a_day_outweighs_what_was_asked_for(engine: Responder) -> None:
    """3月5日开的 is no day on which six months were full."""
    talk = Talk(engine, QINGHE, NOW)
    talk.say("开业半年了，开业补贴最晚哪天申请")
    assert days_given(talk.answer("3月5日开的").text) == ["2027年9月5日"]


def test_a_day_of_the_rule_is_certain_and_only_the_working_days_are_an_estimate(engine: Responder) -> None:
    text = Talk(engine, QINGHE, NOW).answer("年报几号截止").text
    assert "2027年6月30日" in text
    assert "日子是条款写定的" in text
    assert "不能当作法定的到期日" not in text


def test_a_year_that_was_not_said_is_told_where_another_could_be_meant(engine: Responder) -> None:
    assert "您没有说是哪一年" in Talk(engine, QINGHE, NOW).answer("12月10日提交的诉求，哪天办结").text
    assert "您没有说是哪一年" not in Talk(engine, QINGHE, NOW).answer("11月20日提交的诉求，哪天办结").text


def test_a_length_that_differs_from_the_rule_is_said_to_differ(engine: Responder) -> None:
    text = Talk(engine, QINGHE, NOW).answer("诉求11月20日提交的，10个工作日内办结是哪天").text
    assert "以条款为准" in text


@pytest.mark.parametrize("question", ["创业扶持办法从哪天起算数", "青禾市个体工商户创业扶持办法什么时候生效"])
def test_since_when_a_document_counts_is_its_own_date(engine: Responder, question: str) -> None:
    text = Talk(engine, QINGHE, NOW).answer(question).text
    assert "自2025年7月1日起施行，有效至2030年6月30日" in text
    assert "第二十八条" in text


def test_a_document_that_was_just_cited_is_meant(engine: Responder) -> None:
    talk = Talk(engine, QINGHE, NOW)
    talk.say("诉求多久办结")
    assert "自2025年4月22日起施行" in talk.answer("这个规范从哪天开始算数").text


def test_a_document_that_nobody_can_tell_is_asked_for(engine: Responder) -> None:
    assert "哪一份文件" in Talk(engine, QINGHE, NOW).answer("这个文件从哪天开始算数").text


def test_a_date_that_was_not_verified_is_not_told_as_one(of_seeds: Responder) -> None:
    text = Talk(of_seeds, YICHANG, NOW).answer("宜昌市惠企服务平台运行管理办法（试行）从哪天开始算数").text
    assert "施行日期待核" in text
    assert "第四十六条" in text
