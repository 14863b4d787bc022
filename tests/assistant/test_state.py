"""What a conversation has come to, read off any log."""

import json
import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant import events, state
from assistant.events import (
    Author,
    Choice,
    Form,
    FormField,
    Message,
    Progress,
    Purpose,
    Question,
    Recorded,
    Remembered,
    Reply,
    Result,
)

AT = datetime(2026, 7, 1, tzinfo=UTC)
WORDS = st.text(max_size=12)
SEQ = st.integers(min_value=0, max_value=30)
REST = st.just({"rests": True})
CHOICES = st.lists(st.builds(Choice, WORDS, WORDS), max_size=3).map(tuple)
JSON = st.dictionaries(
    WORDS, st.one_of(WORDS, st.lists(st.dictionaries(WORDS, WORDS, max_size=2), max_size=2)), max_size=3
)
FIELDS = st.lists(st.builds(FormField, WORDS, WORDS, WORDS, WORDS, options=st.tuples(WORDS)), max_size=2).map(tuple)
ANSWERS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=2).map(tuple)
EVENTS = st.one_of(
    st.builds(Message, WORDS),
    st.builds(Reply, WORDS, SEQ, WORDS, answer=st.none() | JSON, choices=CHOICES, part=WORDS, rewritten=WORDS),
    st.builds(Question, WORDS, SEQ, st.sampled_from(["region", "fact:x"]), choices=CHOICES),
    st.builds(
        Form, WORDS, SEQ, st.sampled_from(["eligibility", "x"]), WORDS, st.sampled_from(Purpose), FIELDS, CHOICES
    ),
    st.builds(Result, SEQ, WORDS, WORDS, WORDS, WORDS, WORDS, JSON, ANSWERS, ANSWERS.map(lambda _: ())),
    st.builds(events.Notice, WORDS),
    st.builds(Remembered, st.sampled_from(["region", "trade"]), WORDS, st.sampled_from(["", "990100", "x"]), WORDS),
    st.builds(Progress, st.sampled_from(["appeal", "eligibility", "correction"]), st.none() | JSON | REST),
    st.builds(events.Feedback, SEQ, st.none() | st.booleans()),
    st.builds(events.Rating, st.integers(1, 5)),
    st.builds(events.Done, SEQ),
)
LOGS = st.lists(EVENTS, max_size=25).map(
    lambda found: [Recorded(row, AT, Author.SYSTEM, event) for row, event in enumerate(found, start=1)]
)


def log_of(*found: events.Event) -> list[Recorded]:
    return [Recorded(row, AT, Author.SYSTEM, event) for row, event in enumerate(found, start=1)]


@given(LOGS)
def test_any_log_has_a_state_and_always_the_same(log: list[Recorded]) -> None:
    derived = state.derive(log)
    assert state.derive(log) == derived
    assert derived.region in {None, "990100"}
    assert derived.last_exchange is None or derived.last_exchange.sources is not None
    assert all(isinstance(title, str) for title in derived.documents)


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_is_that_of_the_numbers(log: list[Recorded], shuffle: random.Random) -> None:
    mixed = log[:]
    shuffle.shuffle(mixed)
    assert state.derive(mixed) == state.derive(log)


def test_the_newest_region_counts_and_an_empty_one_forgets_it() -> None:
    first, second = (Remembered("region", "地区", code, "") for code in ("990100", "990200"))
    assert state.derive(log_of(first, second)).region == "990200"
    assert state.derive(log_of(first, Remembered("region", "地区", "", ""))).region is None


def test_the_flow_begun_last_is_open_until_it_is_over() -> None:
    begun = [Progress("appeal", {"what": "x"}), Progress("region", {"question": "y"})]
    open_flow = state.derive(log_of(*begun)).open
    assert open_flow is not None
    assert open_flow.name == "region"
    after = state.derive(log_of(*begun, Progress("region", None))).open
    assert after is not None
    assert after.name == "appeal"


@given(EVENTS)
def test_every_event_is_read_back_as_it_was_written(event: events.Event) -> None:
    stored = json.loads(json.dumps(events.payload(event), ensure_ascii=False))
    assert events.read(event.kind, stored) == event


def form(to: int = 1) -> Form:
    headcount = FormField("employees", "从业人数", "一共有几个人？", "whole", "人")
    return Form("请回答", to, "eligibility", "富民贷", Purpose.ASK, (headcount,), (Choice("不知道", "不知道"),))


def result(to: int) -> Result:
    return Result(to, "x", "富民贷", "2026-07-01", "unknown", "还不能确定。", {}, (), ())


def test_a_form_is_open_until_another_form_a_result_or_the_end_of_its_flow() -> None:
    assert state.derive(log_of(form())).form == form()
    assert state.derive(log_of(form(), form(4))).form == form(4)
    assert state.derive(log_of(form(), result(4))).form is None
    assert state.derive(log_of(form(), Progress("eligibility", None))).form is None
    assert state.derive(log_of(form(), Progress("appeal", None), Reply("好", 3, "answer"))).form == form()
    assert state.derive(log_of(form())).last_choices == (("不知道", "不知道"),)


def test_the_results_of_one_turn_stand_together_and_take_the_place_of_those_before() -> None:
    assert state.derive(log_of(result(1), result(4), result(4))).results == (result(4), result(4))


def test_a_flow_put_aside_waits_for_no_words_but_is_not_forgotten() -> None:
    derived = state.derive(log_of(Progress("appeal", {}), Progress("eligibility", {"rests": True, "x": 1})))
    assert [one.name for one in derived.waiting] == ["appeal"]
    assert derived.resting["eligibility"]["x"] == 1


def test_a_note_for_staff_is_no_open_flow() -> None:
    assert state.derive(log_of(Progress("correction", {"documents": []}))).open is None


def test_the_last_question_is_the_one_that_was_answered_as_it_was_understood() -> None:
    asked, thanks = Message("那要多少钱"), Message("谢谢")
    answered = Reply("8000元", 1, "answer", answer={"sources": [{"title": "办法"}]}, rewritten="开业补贴要多少钱")
    derived = state.derive(log_of(asked, answered, thanks, Reply("不客气", 3, "off_topic")))
    assert derived.last_question == "开业补贴要多少钱"
    assert derived.documents == ("办法",)
    assert derived.behaviours == ("answer", "off_topic")


def test_what_can_be_tapped_is_what_was_offered_last() -> None:
    derived = state.derive(
        log_of(
            Message("a"),
            Question("哪里", 1, "region", (Choice("青禾", "青禾市"),)),
            Message("b"),
            Reply("好", 3, "human", choices=(Choice("要回电", "请人回电"),)),
        )
    )
    assert derived.last_choices == (("要回电", "请人回电"),)
    assert derived.asked_about == {"region"}
