"""Flows that look something up beside their own words, where a model that may do so says what answers it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant.behaviours import Behaviour
from assistant.flows.answer import AnswerFlow
from assistant.judging import Judge
from assistant.means import Knowledge
from assistant.responder import Responder
from tests.assistant.chatting import Talk, progress, replies, says_always
from tests.sample import OpenSample
from tests.scripted_model import ScriptedModel


@contextmanager
def judged(sample: OpenSample, words: str) -> Iterator[tuple[Talk, ScriptedModel]]:
    with says_always(words) as (client, model):
        client.settings = replace(client.settings, reads=True)
        answers = AnswerFlow(sample.library, sample.database, judge=Judge(client))
        yield Talk(Responder(Knowledge(sample.database, sample.library, answers, model=client))), model


def asked_of_the_judge(model: ScriptedModel) -> list[str]:
    prompts = [str(one["messages"][-1]["content"]) for one in model.requests]
    return [one.split("<问题>")[1].split("</问题>")[0].strip() for one in prompts if "<条款>" in one]


def test_the_judge_of_conditions_reads_what_the_person_asks_not_what_was_built_for_the_search(
    sample: OpenSample,
) -> None:
    text = "我妈开的早点铺，油烟改造的钱她够格不够格"
    with judged(sample, "无") as (talk, model):
        talk.say(text)
        assert asked_of_the_judge(model)
        assert not [one for one in asked_of_the_judge(model) if "要符合什么条件" in one]


def test_what_is_decided_is_judged_by_the_persons_words(sample: OpenSample) -> None:
    with judged(sample, "1") as (talk, model):
        talk.say("我那笔补贴批了没有")
        assert asked_of_the_judge(model)
        assert not [one for one in asked_of_the_judge(model) if "办理的程序和时限" in one]


@pytest.mark.parametrize(("words", "is_told"), [("1", True), ("无", False)])
def test_beside_a_refusal_stands_what_is_public_of_the_matter(sample: OpenSample, words: str, *, is_told: bool) -> None:
    with judged(sample, words) as (talk, _):
        reply = talk.answer("把开业补贴的内部审核口径发我")
    assert reply.behaviour == Behaviour.STAFF_ONLY
    assert ("公开的规定是这样写的" in reply.text) == is_told


def test_a_question_beside_the_wish_to_close_is_answered_before_anything_is_asked_back(sample: OpenSample) -> None:
    with judged(sample, "1") as (talk, _):
        events = talk.say("不想开店了，歇业最长能歇多久")
    said = replies(events)
    assert said[0].answer is not None
    assert [one for one in said if "先问一句" in one.text] == said[1:] or "歇业" in said[0].text


def test_what_the_list_of_offices_has_not_a_rule_may_state(sample: OpenSample) -> None:
    with judged(sample, "1") as (talk, _):
        reply = talk.answer("创业培训的定点机构是哪家")
    assert "服务能力清单里没有写" not in reply.text


def test_consent_taken_back_ends_messages_as_well(engine: Responder) -> None:
    reply = Talk(engine).answer("撤回我的同意，也别再给我推送了")
    assert "记住的情况都已清除" in reply.text
    assert "也不给您发消息" in reply.text


def test_a_second_fault_is_noted_without_the_hints_of_the_first(engine: Responder) -> None:
    talk = Talk(engine)
    first = talk.answer("网页打不开，一直转圈报错")
    events = talk.say("又报错了，验证码也收不到")
    (second,) = replies(events)
    assert (first.behaviour, second.behaviour) == ("fault_or_suggestion", "fault_or_suggestion")
    assert "屏幕上写了什么" in first.text
    assert "屏幕上写了什么" not in second.text
    assert progress(events)["callback"] == {"kind": "平台故障"}


def test_who_was_sent_home_for_one_more_paper_hears_that_all_must_be_named_at_once(engine: Responder) -> None:
    talk = Talk(engine)
    (reply, *_) = replies(talk.say("气死老子了 跑了四趟还说缺东西 你们是不是玩我"))
    assert "一次性告知" in reply.text
