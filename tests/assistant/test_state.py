"""What a conversation has come to, read off any log."""

import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant import events, state
from assistant.events import Author, Choice, Message, Progress, Question, Recorded, Remembered, Reply

AT = datetime(2026, 7, 1, tzinfo=UTC)
WORDS = st.text(max_size=12)
SEQ = st.integers(min_value=0, max_value=30)
CHOICES = st.lists(st.builds(Choice, WORDS, WORDS), max_size=3).map(tuple)
JSON = st.dictionaries(
    WORDS, st.one_of(WORDS, st.lists(st.dictionaries(WORDS, WORDS, max_size=2), max_size=2)), max_size=3
)
EVENTS = st.one_of(
    st.builds(Message, WORDS),
    st.builds(Reply, WORDS, SEQ, WORDS, answer=st.none() | JSON, choices=CHOICES, part=WORDS, rewritten=WORDS),
    st.builds(Question, WORDS, SEQ, st.sampled_from(["region", "fact:x"]), choices=CHOICES),
    st.builds(events.Notice, WORDS),
    st.builds(Remembered, st.sampled_from(["region", "trade"]), WORDS, st.sampled_from(["", "990100", "x"]), WORDS),
    st.builds(Progress, st.sampled_from(["appeal", "region", "correction"]), st.none() | JSON),
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
