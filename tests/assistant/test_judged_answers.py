"""Clauses chosen by a language model that may do so: it decides whether there is an answer, and writes none of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Extent
from assistant.behaviours import Behaviour
from assistant.flows.answer import AnswerFlow
from assistant.flows.judged import OF_A_NUMBER, OF_THERE, places_named
from assistant.flows.quoting import LONGEST_QUOTE
from assistant.flows.sourcing import Sourcing
from assistant.judging import Judge
from assistant.writing import AnswerWriter
from knowledge.documents import Audience
from knowledge.library import Finding, Question
from tests.assistant.chatting import Talk, responder, says_always
from tests.sample import OpenSample, open_town

TODAY = date(2026, 7, 1)
PLAIN = Question("场租补贴每月补多少钱", "990100", TODAY)


@contextmanager
def judged(sample: OpenSample, words: str) -> Iterator[AnswerFlow]:
    with says_always(words) as (client, _):
        yield AnswerFlow(sample.library, sample.database, judge=Judge(client))


def test_where_the_model_sees_no_answer_there_is_none(sample: OpenSample) -> None:
    with judged(sample, "无") as flow:
        answer = flow.answer(PLAIN)
    assert answer.extent is Extent.NOT
    assert answer.sources == []


def test_the_clause_that_the_model_names_is_quoted(sample: OpenSample) -> None:
    found = sample.library.find(PLAIN).results
    second = list(dict.fromkeys(one.passage.clause_id for one in found))[1]
    with judged(sample, "2") as flow:
        answer = flow.answer(PLAIN)
    assert answer.extent is Extent.ANSWERED
    assert second in {source.clause_id for source in answer.sources}


def test_what_is_stated_in_part_is_said_to_be_open(sample: OpenSample) -> None:
    with judged(sample, "部分 1") as flow:
        answer = flow.answer(PLAIN)
    assert answer.extent is Extent.PARTLY
    assert "没有写明您问的全部内容" in answer.text


def test_a_question_that_confidence_would_refuse_is_answered_from_what_the_model_names(sample: OpenSample) -> None:
    hard = Question("摊子搬个地方要跟谁讲一声", "990100", TODAY)
    assert AnswerFlow(sample.library, sample.database).answer(hard).extent is Extent.NOT
    with judged(sample, "1") as flow:
        assert flow.answer(hard).sources


@pytest.mark.parametrize("words", ["第一条写明了", "", "99"])
def test_where_the_model_cannot_be_understood_the_confidence_decides(sample: OpenSample, words: str) -> None:
    alone = AnswerFlow(sample.library, sample.database).answer(PLAIN)
    with judged(sample, words) as flow:
        assert flow.answer(PLAIN).text == alone.text


def test_a_clause_asked_for_by_name_needs_no_judge(sample: OpenSample) -> None:
    named = Question("《青禾市个体工商户创业扶持办法》第三条怎么规定", "990100", TODAY)
    with judged(sample, "无") as flow:
        assert flow.answer(named).sources


def test_the_judge_is_asked_in_the_persons_words_not_in_repaired_ones(sample: OpenSample) -> None:
    with says_always("1") as (client, model):
        AnswerFlow(sample.library, sample.database, judge=Judge(client)).answer(
            Question("场组补贴每月补多少钱", "990100", TODAY)
        )
        assert "场组补贴每月补多少钱" in str(model.requests[0])


def test_clauses_that_only_another_wording_finds_are_shown_as_well(sample: OpenSample) -> None:
    other = "个体户年报什么时候报"
    wanted = sample.library.find(replace(PLAIN, text=other)).results[0].passage
    assert wanted.clause_id not in {one.passage.clause_id for one in sample.library.find(PLAIN).results}
    with says_always("1") as (client, model):
        flow = AnswerFlow(sample.library, sample.database, judge=Judge(client))
        flow.answer(PLAIN)
        flow.answer(replace(PLAIN, also=(other,)))
        alone, both = map(str, model.requests[:2])
    assert wanted.body[:12] not in alone
    assert wanted.body[:12] in both


def test_the_place_that_the_message_names_is_asked_what_it_says(sample: OpenSample) -> None:
    asked = Question("白榆市的开业补贴6000元那条我们要不要照办", "990100", TODAY)
    with says_always("无") as (client, model):
        AnswerFlow(sample.library, sample.database, judge=Judge(client)).answer(asked)
        assert [OF_THERE in str(one) for one in model.requests].count(True) == 1
        assert "白榆市个体工商户创业补贴实施办法" in str(model.requests[1])


def test_that_rules_of_a_named_place_do_not_bind_here_is_said_though_nothing_is_chosen(sample: OpenSample) -> None:
    asked = Question("白榆市的摊位大小我们要不要照办", "990100", TODAY)
    with judged(sample, "无") as flow:
        answer = flow.answer(asked)
    assert answer.extent is Extent.NOT
    assert "只在白榆市适用，在青禾市不适用。" in answer.text


def test_a_named_document_of_another_place_is_said_to_be_of_there(sample: OpenSample) -> None:
    asked = Question("《白榆市个体工商户创业补贴实施办法》的开业补贴6000元我们要不要照办", "990100", TODAY)
    with judged(sample, "无") as flow:
        answer = flow.answer(asked)
    assert "《白榆市个体工商户创业补贴实施办法》是白榆市的规定，在青禾市不适用。" in answer.text


def test_a_place_above_or_within_is_no_other_place() -> None:
    assert places_named(Question("云岭省青禾市南屏区的补贴", "990100", TODAY)) == []
    assert places_named(Question("白榆市的补贴", "990100", TODAY)) == ["990200"]


def test_staff_are_judged_by_what_they_are_given_and_get_it_quoted(sample: OpenSample) -> None:
    asked = Question("诉求疑难件升级一级联络人手机", "990100", TODAY, Audience.STAFF)
    with says_always("1") as (client, model):
        flow = AnswerFlow(sample.library, sample.database, judge=Judge(client), writer=AnswerWriter(client))
        answer = flow.answer(asked)
        prompts = [str(one) for one in model.requests]
    assert len(prompts) == 1  # nothing was written
    assert ("〔未公开〕" in prompts[0], OF_A_NUMBER in prompts[0]) == (False, True)
    assert answer.sources


def test_what_the_model_chose_is_quoted_whole_and_a_row_comes_with_the_head_of_its_table(tmp_path: Path) -> None:
    rows = "\n".join(
        f"| 第{row}类摊位 | {row}00元 | 每月{row}号前缴到指定账户并领取收据留存备查 |" for row in range(1, 40)
    )
    paper = f"# 青禾市摊位收费办法\n\n第一条 摊位费按下表收取。\n\n| 类别 | 标准 | 缴法 |\n|---|---|---|\n{rows}\n"
    with open_town(tmp_path, {"青禾市摊位收费办法.md": paper}) as town:
        question = Question("第37类摊位收多少", "990100", TODAY)
        with says_always("1") as (client, _):
            look_up = AnswerFlow(town.library, town.database, judge=Judge(client))
            (source, *_) = look_up.answer(question).sources
            found = town.library.find(question).results
            (shown, *_) = Sourcing(town.library, town.database).show(question, found[:1], Finding(), {}, whole=True)
    assert "3700元" in source.quote
    assert len(source.quote) > LONGEST_QUOTE
    assert shown.words.startswith("类别 | 标准 | 缴法\n")


CLASH = "市里说歇业最长三年，省里说一年，听谁的"


@pytest.mark.parametrize(("words", "rules"), [("1", True), ("无", False)])
def test_a_ruling_is_given_only_over_clauses_that_the_judge_found_on_the_matter(
    sample: OpenSample, words: str, *, rules: bool
) -> None:
    with says_always(words) as (client, _):
        client.settings = replace(client.settings, reads=True)
        reply = Talk(responder(sample, model=client)).answer(CLASH)
    assert ("两边的原文" in reply.text, reply.behaviour == Behaviour.CONFLICT) == (rules, rules)
