"""What a language model finds in somebody's words for a self-test: verified, read by our own code, and only to be confirmed."""

import pytest

from assistant.eligibility.extracting import extracted
from assistant.events import Purpose
from knowledge.rules.engine import shipped
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.assistant.chatting import Talk, asked, remembered, responder, says_always, the_form
from tests.sample import TODAY, OpenSample

NAMES = ["employees", "period_sales", "opened_on", "operating_normally", "founder_category", "vat_period"]
SAID = "店里拢共仨人干活，铺子天天开着门，我是从部队回来的"


def found(text: str, written: str) -> dict[str, tuple[str, str]]:
    with says_always(written) as (model, _):
        return {one.name: (one.value, one.words) for one in extracted(text, shipped(), TODAY, NAMES, model)}


def test_what_stands_in_the_words_is_found() -> None:
    written = "operating_normally=是｜铺子天天开着门\nfounder_category=退役军人｜我是从部队回来的"
    assert found(SAID, written) == {
        "operating_normally": ("是", "铺子天天开着门"),
        "founder_category": ("退役军人", "我是从部队回来的"),
    }


@pytest.mark.parametrize(
    "written",
    [
        "无",
        "employees=5｜店里五个人",  # words nobody said
        "period_sales=80000｜店里拢共仨人干活",  # a figure that does not stand in the words
        "employees=三千｜铺子天天开着门",
        "founder_category=局长｜我是从部队回来的",  # no such option
        "income=1｜店里拢共仨人干活",  # no such fact
        "opened_on=2025-07-01｜铺子天天开着门",
        "verdict=符合｜我是从部队回来的",
        "您符合条件，可以领8000元。",
        "founder_category=退役军人",
    ],
)
def test_what_cannot_be_verified_is_dropped(written: str) -> None:
    assert found(SAID, written) == {}


@pytest.mark.parametrize("text", ["我朋友是从部队回来的", "我要是退役军人能领吗", "是不是退役军人才能领？"])
def test_of_others_suppositions_and_questions_nothing_is_taken(text: str) -> None:
    words = text.rstrip("？")
    assert found(text, f"founder_category=退役军人｜{words}") == {}


def test_a_figure_is_what_our_own_reading_makes_of_the_words() -> None:
    text = "一个月卖八万五"
    assert found(text, "period_sales=85000｜一个月卖八万五") == {"period_sales": ("85000", "一个月卖八万五")}
    assert found(text, "period_sales=58000｜一个月卖八万五") == {}


def test_without_a_model_or_with_a_dead_one_nothing_is_missed() -> None:
    assert extracted(SAID, shipped(), TODAY, NAMES, None) == []
    dead = ChatModel(ModelSettings("http://127.0.0.1:9/v1", "dead", timeout_seconds=1, retries=0))
    assert extracted(SAID, shipped(), TODAY, NAMES, dead) == []
    dead.close()


def test_what_a_model_found_waits_for_confirmation_too(sample: OpenSample) -> None:
    with says_always("founder_category=退役军人｜我从部队回来的") as (model, _):
        talk = Talk(responder(sample, model=model))
        events = talk.say("我从部队回来的，能领开业补贴吗")
        form = the_form(events)
        assert form.purpose is Purpose.CONFIRM
        assert {one.name: one.value for one in form.fields}["founder_category"] == "退役军人"
        assert "fact:founder_category" not in remembered(talk.events)
        events = talk.say("没错")
        assert remembered(events)["fact:founder_category"] == "退役军人"
        assert "founder_category" not in asked(events)


def test_a_model_that_only_says_a_verdict_changes_nothing(sample: OpenSample) -> None:
    with says_always("符合") as (model, _):
        with_model = Talk(responder(sample, model=model)).say("自测：一次性开业补贴")
    without = Talk(responder(sample)).say("自测：一次性开业补贴")
    assert with_model == without
