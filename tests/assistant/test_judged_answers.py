"""Clauses chosen by a language model that may do so: it decides whether there is an answer, and writes none of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from assistant.answer import Extent
from assistant.flows.answer import AnswerFlow
from assistant.judging import Judge
from knowledge.library import Question
from tests.assistant.chatting import says_always
from tests.sample import OpenSample

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
    title = sample.library.find(PLAIN).results[0].passage.title.strip("《》")
    named = Question(f"《{title}》第三条怎么规定", "990100", TODAY)
    with judged(sample, "无") as flow:
        assert flow.answer(named).sources
