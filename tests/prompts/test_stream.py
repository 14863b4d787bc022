"""A reply in pieces: when they come, when they stop coming, and when nobody wants more of them."""

import time

import pytest

from prompts.accounting import Outcome, Price
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable
from prompts.wire import MOST_TAILS
from tests.prompts.asking import GOOD, TEXT, VALUES, asking, whole
from tests.scripted_model import Reply

PIECES = ("可以申请", "[1]。", "逾期不予受理", "[1]。")


def read(model: ChatModel) -> tuple[list[str], ModelUnavailable | None]:
    """The pieces, and why there are no more."""
    pieces: list[str] = []
    try:
        pieces.extend(model.stream("answer", VALUES))
    except ModelUnavailable as error:
        return pieces, error
    return pieces, None


def test_pieces_are_given_as_they_come() -> None:
    with asking(Reply(pieces=PIECES, between_seconds=0.2)) as (model, _, _):
        model.prepare()
        reply = model.stream("answer", VALUES)
        started = time.monotonic()
        assert next(reply) == PIECES[0]
        assert time.monotonic() - started < 0.5
        assert tuple(reply) == PIECES[1:]
        assert reply.first_piece_seconds is not None
        assert reply.first_piece_seconds < reply.seconds - 0.5


def test_nothing_is_sent_before_the_first_piece_is_asked_for() -> None:
    with asking(GOOD) as (model, endpoint, calls):
        model.stream("answer", VALUES).close()
        assert (endpoint.requests, calls) == ([], [])


def test_a_slow_first_piece_is_waited_for_within_the_time_out() -> None:
    with asking(Reply(TEXT, after_seconds=0.5), timeout_seconds=5.0) as (model, _, calls):
        assert whole(model) == TEXT
    assert calls[0].first_piece_seconds is not None
    assert calls[0].first_piece_seconds >= 0.5


def test_silence_between_two_pieces_ends_the_reply_after_what_was_given() -> None:
    with asking(Reply(pieces=PIECES, between_seconds=30), timeout_seconds=0.5) as (model, endpoint, calls):
        started = time.monotonic()
        pieces, error = read(model)
        assert time.monotonic() - started < 10
    assert pieces == [PIECES[0]]
    assert error is not None
    assert "没有动静" in error.reason
    assert len(endpoint.requests) == 1
    assert calls[0].outcome is Outcome.FAILED


@pytest.mark.parametrize("breathing", [False, True])
def test_the_whole_reply_has_a_budget_of_time(breathing: bool) -> None:
    """Comments that keep the connection alive are no answer."""
    endless = Reply(pieces=["可"] * 1000, between_seconds=10 if breathing else 0.05, breathing=breathing)
    with asking(endless, timeout_seconds=5.0, budget_seconds=1.0) as (model, _, _):
        model.prepare()
        started = time.monotonic()
        _, error = read(model)
        assert time.monotonic() - started < 5
    assert error is not None
    assert "1 秒没有写完" in error.reason


def test_a_reply_of_many_megabytes_is_not_read_to_its_end() -> None:
    with asking(Reply(pieces=["可" * 100_000] * 60)) as (model, _, _):
        pieces, error = read(model)
    assert len(pieces) < 20
    assert error is not None


def test_a_stream_cut_in_mid_air_is_told_after_what_was_given_and_not_begun_again() -> None:
    with asking(Reply(pieces=PIECES, cut=True)) as (model, endpoint, calls):
        pieces, error = read(model)
    assert pieces == list(PIECES[:3])
    assert error is not None
    assert "中途断" in error.reason
    assert len(endpoint.requests) == 1
    assert calls[0].outcome is Outcome.FAILED


def test_a_stream_that_stops_without_an_end_counts_as_cut() -> None:
    with asking(Reply(pieces=PIECES, ends=None)) as (model, _, _):
        pieces, error = read(model)
    assert pieces == list(PIECES)
    assert error is not None


def test_a_text_that_max_tokens_ended_is_not_whole() -> None:
    with asking(Reply(TEXT, ends="length")) as (model, _, _):
        reply = model.stream("answer", VALUES)
        assert "".join(reply) == TEXT
        assert not reply.is_whole


def test_closing_a_reply_closes_the_connection() -> None:
    with asking(Reply(pieces=["可"] * 200, between_seconds=0.05)) as (model, endpoint, calls):
        reply = model.stream("answer", VALUES)
        next(reply)
        reply.close()
        assert endpoint.left.wait(10)
        assert (calls[0].outcome, calls[0].tokens_out) == (Outcome.STOPPED, None)
        assert model.is_ready()


def test_the_connection_is_used_again_for_the_next_question() -> None:
    with asking(Reply(TEXT, keeps=True)) as (model, endpoint, _):
        for _ in range(4):
            assert whole(model) == TEXT
            time.sleep(0.1)  # the end of a reply is read behind its back
    assert len(set(endpoint.ports)) == 1


def test_nobody_waits_for_an_endpoint_that_does_not_end_a_reply_after_its_last_event() -> None:
    with asking(Reply(TEXT, keeps=True, lingers_seconds=30.0)) as (model, endpoint, calls):
        model.prepare()
        started = time.monotonic()
        for _ in range(2 * MOST_TAILS):
            assert whole(model) == TEXT
        assert time.monotonic() - started < 20
    assert {call.outcome for call in calls} == {Outcome.COMPLETE}
    assert len(set(endpoint.ports)) == len(calls)


def test_an_endpoint_that_ignores_stream_is_read_whole_in_one_request() -> None:
    with asking(Reply(TEXT, streams=False)) as (model, endpoint, calls):
        assert whole(model) == TEXT
        assert len(endpoint.requests) == 1
    assert (calls[0].outcome, calls[0].tokens_in, calls[0].tokens_out) == (Outcome.COMPLETE, 40, 9)


def test_an_endpoint_that_refuses_to_count_is_asked_without_counting() -> None:
    refusal = Reply(status=400, body=b'{"error": {"message": "unknown field stream_options"}}')
    with asking(refusal, Reply(TEXT, counts=False)) as (model, endpoint, calls):
        assert whole(model) == TEXT
        assert whole(model) == TEXT
    assert ["stream_options" in request for request in endpoint.requests] == [True, False, False]
    assert [call.tokens_in for call in calls] == [None, None]


def test_tokens_are_counted_and_priced_by_the_million() -> None:
    with asking(GOOD) as (model, _, calls):
        whole(model)
    assert (calls[0].tokens_in, calls[0].tokens_out, calls[0].prompt) == (40, 9, "answer")
    assert Price(2.0, 8.0).cost(1_000_000, 500_000) == 6.0
    assert Price(2.0, None).cost(1, 1) is None
