"""What held in a year that is named is answered from the document of then, and today's figure only as today's."""

from datetime import date

import pytest

from assistant.events import Reply
from assistant.responder import Responder
from knowledge.library import Question
from tests.assistant.chatting import QINGHE, Talk, replies
from tests.sample import OpenSample

OLD, NEW = "青政规〔2022〕5号", "青政规〔2025〕2号"


def told(engine: Responder, said: str) -> Reply:
    (reply, *_) = replies(Talk(engine).say(said))
    return reply


@pytest.mark.parametrize(
    ("said", "then", "now"),
    [
        ("2023年那会儿一次性开业补贴给多少钱", "5000元", "8000元"),
        ("2024年场租补贴每月最高多少", "500元", "800元"),
        ("以前创业培训补贴一个人多少钱", "800元", "1200元"),
    ],
)
def test_the_figure_of_then_comes_first_with_its_document_and_that_it_holds_no_more(
    engine: Responder, said: str, then: str, now: str
) -> None:
    reply = told(engine, said)
    before, _, after = reply.text.partition("现在是这样规定的")
    assert reply.behaviour == "superseded"
    assert then in before
    assert OLD in before
    assert "失效" in before
    assert now not in before
    assert now in after


def test_in_a_year_in_which_it_changed_both_are_told_with_the_day(engine: Responder) -> None:
    reply = told(engine, "2025年一次性开业补贴给多少钱")
    assert "2025年6月30日为止" in reply.text
    assert "5000元" in reply.text
    assert "8000元" in reply.text


def test_where_nothing_of_that_time_is_held_that_is_said(engine: Responder) -> None:
    reply = told(engine, "2019年一次性开业补贴给多少钱")
    assert "2019年" in reply.text
    assert "收录的文件里没有" in reply.text
    assert "不能当作" in reply.text


def test_the_old_clause_is_no_source(engine: Responder) -> None:
    reply = told(engine, "2023年一次性开业补贴给多少钱")
    assert reply.answer is not None
    assert OLD not in {source["doc_number"] for source in reply.answer["sources"]}
    assert NEW in {source["doc_number"] for source in reply.answer["sources"]}


@pytest.mark.parametrize("said", ["2024年开的店一次性开业补贴给多少钱", "2025年8月一次性开业补贴给多少钱"])
def test_ones_own_year_or_one_in_which_the_rule_of_today_held_is_answered_as_ever(engine: Responder, said: str) -> None:
    reply = told(engine, said)
    assert reply.behaviour != "superseded"
    assert "当时有效" not in reply.text
    assert "8000元" in reply.text


@pytest.mark.parametrize(("said", "clause"), [("一次性开业补贴多少钱", "第四条"), ("场租补贴怎么申请", "第九条")])
def test_a_question_for_a_past_day_leads_with_the_local_rule_of_that_day(
    sample: OpenSample, said: str, clause: str
) -> None:
    answer = sample.answers.answer(Question(said, QINGHE, date(2024, 3, 1)))
    assert (answer.sources[0].doc_number, answer.sources[0].clause) == (OLD, clause)


def test_an_item_that_could_not_be_applied_for_that_day_is_no_source_of_that_day(sample: OpenSample) -> None:
    answer = sample.answers.answer(Question("场租补贴怎么申请", QINGHE, date(2023, 8, 1)))
    assert all("申报开始：2025" not in source.quote for source in answer.sources)
    assert all(source.clause != "S-02" for source in answer.sources)
