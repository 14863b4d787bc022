"""A document that a self-test rests on was replaced: the conversation says so, asks nothing and computes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.events import Event
from assistant.responder import Responder
from tests.assistant.chatting import QINGHE, Talk, replies, responder, results
from tests.knowledge.rules.replacing import AFTER, NEW, replacement
from tests.sample import PARTS, OpenSample

NOON_AFTER = datetime(2026, 12, 1, 4, tzinfo=UTC)
NOON_BEFORE = datetime(2026, 10, 31, 4, tzinfo=UTC)
SAID = "自2026年11月1日起代替，自测规则还没有更新，不能据此判断"
OPENING = "自测：一次性开业补贴"


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    folder = tmp_path_factory.mktemp("replaced")
    (folder / "new.md").write_text(replacement(), encoding="utf-8")
    sample = OpenSample(folder, today=AFTER, parts=[*PARTS, folder / "new.md"])
    yield sample
    sample.close()


@pytest.fixture(scope="module")
def beside_newer(replaced: OpenSample) -> Responder:
    return responder(replaced)


def kinds(events: list[Event]) -> list[str]:
    return [one.kind for one in events]


@pytest.mark.parametrize(
    "words", [OPENING, "我是退役军人，第一次开店，能领开业补贴吗？", "青禾市一次性开业补贴我能不能领"]
)
def test_it_says_what_replaced_the_basis_instead_of_asking(beside_newer: Responder, words: str) -> None:
    events = Talk(beside_newer, QINGHE, NOON_AFTER).say(words)
    assert "form" not in kinds(events)
    (result,) = results(events)
    assert (result.policy, result.verdict, result.result["standing"]) == ("qinghe_opening_subsidy", "", "outdated")
    (reply,) = replies(events)
    assert SAID in reply.text
    assert NEW in reply.text
    assert "8000" not in f"{reply.text}{result.sentence}{result.result['benefits']}"
    by = result.result["outdated"]["by"]
    assert [card.link for card in reply.cards] == [by["link"]]
    assert "转人工" in {one.label for one in reply.choices}


def test_before_the_day_it_asks_as_ever(beside_newer: Responder) -> None:
    assert "form" in kinds(Talk(beside_newer, QINGHE, NOON_BEFORE).say(OPENING))


@pytest.mark.parametrize("words", ["对", "个体工商户", "继续自测", "上一题"])
def test_one_under_way_when_the_document_comes_ends_with_what_has_changed(replaced: OpenSample, words: str) -> None:
    talk = Talk(responder(replaced), QINGHE, NOON_BEFORE)
    talk.say(OPENING)
    later = Talk(responder(replaced), QINGHE, NOON_AFTER, log=talk.log)
    (result,) = results(later.say(words))
    assert SAID in result.sentence
    assert not result.result["benefits"]


def test_a_question_in_between_is_answered_and_then_it_ends(replaced: OpenSample) -> None:
    talk = Talk(responder(replaced), QINGHE, NOON_BEFORE)
    talk.say(OPENING)
    events = Talk(responder(replaced), QINGHE, NOON_AFTER, log=talk.log).say("小餐饮许可证多久能办下来？")
    assert kinds(events)[0] == "reply"
    assert "form" not in kinds(events)
    assert SAID in results(events)[0].sentence


def test_asked_about_everything_they_stand_apart(beside_newer: Responder) -> None:
    talk = Talk(beside_newer, QINGHE, NOON_AFTER)
    talk.say("我能享受什么")
    events = talk.say("先看结果")
    told = results(events)
    stale = [one for one in told if one.result["outdated"]]
    assert {"qinghe_opening_subsidy"} <= {one.policy for one in stale} < {one.policy for one in told}
    assert told[-len(stale) :] == stale
    (reply,) = replies(events)
    assert f"不能判断的 {len(stale)} 项（" in reply.text
    assert "一次性开业补贴" in reply.text
    assert any(card.link == stale[0].result["outdated"]["by"]["link"] for card in reply.cards)
