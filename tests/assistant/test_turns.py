"""Turns on both engines: whole or not at all, in order, taken again when cut short, never twice."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assistant import pending
from assistant.errors import NotRetriable, ShuttingDown, TooBusy
from assistant.events import Done, Event, Message, Notice, Recorded, Reply
from assistant.fanout import Appended, Delta, News, Typing
from assistant.pending import turns
from assistant.telling import Said, Waiting
from assistant.turns import _PROCESS, Limits, _is_gone
from knowledge.database import Database
from tests.assistant.talking import Gate, Says, kinds, repeated, talking, until

Answered = Iterator[Said | Waiting | Event]


def fails(log: Sequence[Recorded], asked: Recorded) -> Answered:
    yield Reply("半截", asked.seq, "question")
    raise ZeroDivisionError("half way")


def test_an_answer_and_its_end_are_written_together(database: Database) -> None:
    with talking(database) as here:
        caller = here.begin("990100")
        seq = here.talks.say(caller, "补贴多少")
        events = here.answered(caller, seq)
    assert kinds(events) == ["remembered", "message", "reply", "done"]
    assert events[2].event == Reply("您说：补贴多少", seq, "question")
    assert here.says.logs == [[1, 2]]


def test_what_is_said_meanwhile_goes_to_those_who_watch_and_is_not_kept(database: Database) -> None:
    gate, news = Gate(), list[News]()
    with talking(database, Says(gate.answers)) as here:
        caller = here.begin()
        stop = here.fanout.watch(caller.conversation, news.append)
        seq = here.talks.say(caller, "补贴多少")
        assert gate.reached.wait(10)
        late = list[News]()
        here.fanout.watch(caller.conversation, late.append)
        assert late == [Typing(seq, seq), Delta(seq, seq, "先说一句。", (1,))]
        gate.opened.set()
        events = here.answered(caller, seq)
        until(lambda: len(news) == 4)
        stop()
        after = list[News]()
        here.fanout.watch(caller.conversation, after.append)
    assert kinds(events) == ["message", "reply", "done"]
    assert news == [Appended(tuple(events[:1])), *late[:2], Appended(tuple(events[1:]))]
    assert after == []


def test_messages_of_one_conversation_are_answered_in_order_and_of_others_at_the_same_time(database: Database) -> None:
    gate = Gate()

    def first_waits(log: Sequence[Recorded], asked: Recorded) -> Answered:
        assert isinstance(asked.event, Message)
        return gate.answers(log, asked) if asked.event.text == "一" else repeated(log, asked)

    with talking(database, Says(first_waits)) as here:
        caller, other = here.begin(), here.begin()
        first, second, third = (here.talks.say(caller, text) for text in ("一", "二", "三"))
        here.answered(other, here.talks.say(other, "别人"))
        assert kinds(here.events(caller)) == ["message"] * 3
        gate.opened.set()
        events = here.answered(caller, third)
    done = [one.event.to for one in events if isinstance(one.event, Done)]
    assert done == [first, second, third]
    assert here.says.logs[-2:] == [[1, 4, 5, 2], [1, 2, 4, 5, 6, 7, 3]]


def test_many_conversations_with_many_messages_are_all_answered_by_few_workers(database: Database) -> None:
    with talking(database, Says(repeated), limits=Limits(workers=2)) as here:
        callers = [here.begin() for _ in range(8)]
        last = [(caller, here.talks.say(caller, text)) for text in ("一", "二", "三") for caller in callers][-8:]
        for caller, seq in last:
            assert kinds(here.answered(caller, seq)).count("reply") == 3


def test_a_turn_that_fails_is_taken_again_once_and_then_told(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with talking(database, Says(fails)) as here:
        caller = here.begin()
        seq = here.talks.say(caller, "补贴多少")
        events = here.answered(caller, seq)
        assert here.says.asked == ["补贴多少"] * 2
        assert kinds(events) == ["message", "notice", "done"]
        assert isinstance(events[1].event, Notice)
        assert (events[1].event.code, events[1].event.to) == ("failed", seq)
        assert events[2].event == Done(seq, "error")
        assert "half way" in caplog.text
        here.says.answers = repeated
        here.talks.retry(caller, seq)
        until(lambda: len(here.events(caller)) == 5)
        assert kinds(here.events(caller))[3:] == ["reply", "done"]
        with pytest.raises(NotRetriable):
            here.talks.retry(caller, seq)


def test_a_turn_that_failed_once_succeeds_without_a_trace(database: Database) -> None:
    tried = list[int]()

    def second_time(log: Sequence[Recorded], asked: Recorded) -> Answered:
        tried.append(asked.seq)
        return fails(log, asked) if len(tried) == 1 else repeated(log, asked)

    with talking(database, Says(second_time)) as here:
        caller = here.begin()
        events = here.answered(caller, here.talks.say(caller, "补贴多少"))
    assert kinds(events) == ["message", "reply", "done"]


def test_too_many_that_wait_are_refused_before_they_are_taken(database: Database) -> None:
    gate = Gate()
    with talking(database, Says(gate.answers), limits=Limits(workers=1, most_waiting=2)) as here:
        callers = [here.begin() for _ in range(4)]
        here.talks.say(callers[0], "一", key="k")
        assert gate.reached.wait(10)
        for caller in callers[1:3]:
            here.talks.say(caller, "二")
        with pytest.raises(TooBusy) as refused:
            here.talks.say(callers[3], "三")
        assert refused.value.retry_seconds > 0
        assert here.events(callers[3]) == []
        assert here.talks.say(callers[0], "一", key="k") == 1  # known: no room needed
        gate.opened.set()
        here.answered(callers[2], 1)


def test_a_message_whose_process_ended_is_answered_by_another(database: Database) -> None:
    with talking(database, starts=False) as ended:
        caller = ended.begin()
        seq = ended.talks.say(caller, "补贴多少")
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        owner = f"{ended.turns.owner.rsplit('/', 2)[0]}/{gone.pid}/dead"
        with database.transaction() as tx:
            assert pending.claim(tx, caller.conversation, owner, ended.clock()) is not None
    with talking(database) as here:
        assert kinds(here.answered(caller, seq)) == ["message", "reply", "done"]


def test_a_message_of_a_process_elsewhere_is_taken_over_when_its_lease_ends(database: Database) -> None:
    with talking(database, starts=False) as here:
        caller = here.begin()
        here.talks.say(caller, "补贴多少")
        with database.transaction() as tx:
            assert pending.claim(tx, caller.conversation, "elsewhere/1/x", here.clock()) is not None
            assert pending.claim(tx, caller.conversation, here.turns.owner, here.clock()) is None
            assert pending.free(tx, here.clock(), 10) == []
            later = here.clock() + pending.LEASE + timedelta(seconds=1)
            assert pending.free(tx, later, 10) == [caller.conversation]
            taken = pending.claim(tx, caller.conversation, here.turns.owner, later)
        assert taken is not None
        assert taken.tries == 2


def test_an_answer_whose_lease_was_lost_is_thrown_away(database: Database) -> None:
    gate = Gate()
    with talking(database, Says(gate.answers)) as here:
        caller = here.begin()
        here.talks.say(caller, "补贴多少")
        assert gate.reached.wait(10)
        with database.transaction() as tx:
            tx.execute(update(turns).values(owner="elsewhere/1/x", leased_until=here.clock() + timedelta(hours=1)))
        gate.opened.set()
        until(lambda: not here.turns._running)
        assert kinds(here.events(caller)) == ["message"]
        with database.reading() as tx:
            assert tx.execute(select(turns.c.owner)).scalar() == "elsewhere/1/x"


def test_a_message_that_broke_two_processes_is_given_up(database: Database) -> None:
    with talking(database, starts=False) as here:
        caller = here.begin()
        seq = here.talks.say(caller, "补贴多少")
        with database.transaction() as tx:
            tx.execute(update(turns).values(tries=2))
    with talking(database) as here:
        events = here.answered(caller, seq)
        assert events[-1].event == Done(seq, "interrupted")
        assert here.says.asked == []


def test_two_processes_answer_each_message_once(database: Database) -> None:
    with talking(database) as one, talking(database) as other:
        callers = [one.begin() for _ in range(6)]

        def ask(caller_number: int) -> None:
            for number, process in enumerate((one, other, one, other)):
                process.talks.say(callers[caller_number], f"{number}")

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until(lambda: all(kinds(one.events(caller)).count("done") == 4 for caller in callers))
        for caller in callers:
            events = one.events(caller)
            asked = [one.seq for one in events if isinstance(one.event, Message)]
            assert [one.event.to for one in events if isinstance(one.event, Done)] == asked
            assert [one.event.to for one in events if isinstance(one.event, Reply)] == asked
        assert len(one.says.asked) + len(other.says.asked) == 24


def test_news_reach_those_who_watch_in_another_process(database: Database) -> None:
    with talking(database) as one, talking(database) as other:
        caller = one.begin()
        news = list[News]()
        other.fanout.watch(caller.conversation, news.append)
        time.sleep(0.3)
        seq = one.talks.say(caller, "补贴多少")
        one.answered(caller, seq)
        until(lambda: Appended() in news)


def test_stopping_lets_an_answer_finish_and_leaves_a_long_one_to_the_next(database: Database) -> None:
    gate = Gate()
    with talking(database, Says(gate.answers)) as here:
        caller = here.begin()
        seq = here.talks.say(caller, "补贴多少")
        assert gate.reached.wait(10)
        threading.Timer(0.2, gate.opened.set).start()
        here.turns.stop(5)
        assert kinds(here.events(caller)) == ["message", "reply", "done"]
        with pytest.raises(ShuttingDown):
            here.talks.say(caller, "还有")
    long = Gate()
    with talking(database, Says(long.answers)) as here:
        caller = here.begin()
        seq = here.talks.say(caller, "补贴多少")
        assert long.reached.wait(10)
        here.turns.stop(0.1)
        assert kinds(here.events(caller)) == ["message"]
    with talking(database) as here:
        assert kinds(here.answered(caller, seq)) == ["message", "reply", "done"]
        assert here.says.asked == ["补贴多少"]


def test_nothing_is_answered_in_a_conversation_deleted_meanwhile(database: Database) -> None:
    gate, news = Gate(), list[News]()
    with talking(database, Says(gate.answers)) as here:
        caller = here.begin()
        here.talks.say(caller, "补贴多少")
        assert gate.reached.wait(10)
        here.fanout.watch(caller.conversation, news.append)
        here.talks.delete(caller)
        assert news[-1] == Appended()
        gate.opened.set()
        until(lambda: not here.turns._running)
        with database.reading() as tx:
            assert tx.execute(select(turns.c.seq)).all() == []


def test_an_owner_on_this_machine_is_known_to_live() -> None:
    mine = f"host/{os.getpid()}/{_PROCESS}.a"
    assert not _is_gone(mine, mine)
    assert not _is_gone(f"host/{os.getpid()}/{_PROCESS}.b", mine)
    assert _is_gone(f"host/{os.getpid()}/earlier.b", mine)
    assert not _is_gone(f"other/{os.getpid()}/b", mine)
    assert not _is_gone(f"host/{os.getppid()}/b", mine)
