"""What was heard is confirmed by a general word, or asked again; no such word changes an answer."""

from collections.abc import Sequence

import pytest

from assistant.completing import Completion
from assistant.eligibility import agreeing
from assistant.eligibility.taking import of_words
from assistant.events import Event, Purpose
from assistant.flows.appeal import is_yes
from assistant.responder import Responder
from knowledge.rules.engine import shipped
from tests.assistant.chatting import Talk, remembered, results, the_form
from tests.assistant.test_taking import TODAY

SAID = "我是退役军人，个体户，2026年3月1日开始正常营业的，不是第一次创业，能领开业补贴吗"
LISTED = "店被标记为经营异常了，不正常经营，不是零就业家庭，能领开业补贴吗"
AGREED = (
    "对",
    "都对",
    "都对的",
    "全对",
    "全都对了",
    "都是的",
    "对，都对",
    "对的，都没错",
    "嗯，上面写的都对",
    "都没问题",
    "都是对的",
    "没写错",
    "你说的都对",
    "是的，全对",
    "一个都没错",
)
OF_TWO_MINDS = ("都是", "都有", "全是", "都做了", "都符合", "一个都没有", "全都不是")


def values(events: Sequence[Event]) -> dict[str, str]:
    return {one.name: one.value for one in the_form(events).fields}


@pytest.mark.parametrize("agreed", AGREED)
def test_a_general_yes_confirms_what_stands_there(engine: Responder, agreed: str) -> None:
    talk = Talk(engine)
    stood = values(talk.say(SAID))
    assert (stood["first_business"], stood["operating_normally"]) == ("否", "是")
    kept = remembered(talk.say(agreed))
    assert kept["fact:first_business"] == "否"
    assert kept["fact:operating_normally"] == "是"


@pytest.mark.parametrize("agreed", ["都对", "全对", "都是的", "对，都对"])
def test_who_is_no_beginner_is_never_told_that_the_conditions_are_met(engine: Responder, agreed: str) -> None:
    talk = Talk(engine)
    talk.say(SAID)
    talk.say(agreed)
    events = talk.say("不是零就业家庭") if not results(talk.events) else talk.events
    (result,) = results(events)
    assert result.verdict == "not_met"


@pytest.mark.parametrize("words", OF_TWO_MINDS)
def test_a_word_that_could_answer_every_question_is_asked_about(engine: Responder, words: str) -> None:
    talk = Talk(engine)
    stood = values(talk.say(LISTED))
    events = talk.say(words)
    assert the_form(events).purpose is Purpose.CONFIRM
    assert values(events) == stood
    assert "上面写的都对吗" in the_form(events).text
    assert not remembered(events)


@pytest.mark.parametrize(
    "words", ["对，", "是", "是的，嗯", "没有的事", "有", "应该是吧", "其他都对", "对啊，怎么了", "都有的吧"]
)
def test_no_bare_word_turns_an_answer_round(engine: Responder, words: str) -> None:
    talk = Talk(engine)
    stood = values(talk.say(LISTED))
    talk.say(words)
    form = the_form(talk.events)
    if form.purpose is Purpose.CONFIRM:
        assert {one.name: one.value for one in form.fields}.items() <= stood.items()
    facts = {key.removeprefix("fact:"): value for key, value in remembered(talk.events).items()}
    assert facts.get("operating_normally", "否") == "否"
    assert facts.get("zero_employment_family", "否") == "否"


def test_where_all_is_yes_it_is_confirmed_and_not_shown_again(engine: Responder) -> None:
    for words in ("都对", "都是", "都是的"):
        talk = Talk(engine)
        talk.say("我是退役军人，第一次开店，正常经营，能领开业补贴吗？")
        events = talk.say(words)
        assert remembered(events)["fact:first_business"] == "是"
        assert the_form(events).purpose is Purpose.ASK


def test_one_item_is_still_corrected_beside_a_yes(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say(SAID)
    events = talk.say("都对，就是我不是退役军人，是登记失业人员")
    assert values(events)["founder_category"] == "登记失业人员"
    assert values(events)["first_business"] == "否"


@pytest.mark.parametrize(
    "words",
    [
        "不是零就业家庭，是第一次",
        "不是零就业家庭，首次",
        "家里不是零就业，我是头一回开店",
        "第一次开，不是零就业家庭",
        "否，是第一次",
    ],
)
def test_what_is_said_beside_another_answer_is_heard(words: str) -> None:
    engine = shipped()
    wanted = ["zero_employment_family", "first_business"]
    both = of_words(words, engine, TODAY, asked=wanted, answers={}, wanted=wanted)
    assert both.answered.get("first_business") == "是"
    beside = of_words(words, engine, TODAY, asked=wanted[:1], answers={"first_business": "否"}, wanted=wanted)
    assert beside.answered == {"zero_employment_family": "否"}
    assert [(one.name, one.value) for one in beside.beside] == [("first_business", "是")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("都是", {"operating_normally": "是", "on_abnormal_list": "是"}),
        ("都没问题", {"operating_normally": "是"}),
        ("都对", {"operating_normally": "是"}),
        ("都符合", {"operating_normally": "是"}),
    ],
)
def test_a_word_for_many_questions_is_read_against_each(words: str, expected: dict[str, str]) -> None:
    engine = shipped()
    asked = ["operating_normally", "on_abnormal_list"]
    found = of_words(words, engine, TODAY, asked=asked, answers={}, wanted=list(engine.vocabulary))
    assert found.answered == expected


@pytest.mark.parametrize("words", ["都对", "全对", "对，都对", "是的，没错"])
def test_a_draft_is_confirmed_by_the_same_words(words: str) -> None:
    assert is_yes(words)


@pytest.mark.parametrize("words", ["不对", "都不对", "不全对", "除了第一项都对", "对不对", "是的，不过人数是5个"])
def test_words_that_object_agree_with_nothing(words: str) -> None:
    assert not agreeing.agrees(words)


def test_where_nothing_is_kept_no_form_is_opened_but_linked(engine: Responder) -> None:
    text = Completion(Talk(engine).say("我是退役军人，第一次开店，能领开业补贴吗？")).text
    assert "对吗？" not in text
    assert "/selftest/qinghe_opening_subsidy?region=990100" in text
