"""A conversation that the client keeps, read as if it stood in our log."""

from assistant.completing import Completion, Told, complete, log_of
from assistant.events import Message, Question, Remembered, Reply
from assistant.exporting import AI_NOTICE
from assistant.telling import Said
from tests.assistant.talking import NOON, Says, kinds


def test_what_the_client_tells_becomes_a_log_with_masked_words() -> None:
    told = [
        Told(is_person=True, text="补贴，电话13800000000"),
        Told(is_person=False, text="二千元"),
        Told(True, "宜昌呢"),
    ]
    log = log_of(told, "990100", NOON)
    assert kinds(log) == ["remembered", "message", "reply", "message"]
    assert [one.seq for one in log] == [1, 2, 3, 4]
    first, asked, reply, last = (one.event for one in log)
    assert isinstance(first, Remembered)
    assert isinstance(asked, Message)
    assert asked.masked
    assert "13800000000" not in asked.text
    assert reply == Reply("二千元", 2, "")
    assert last == Message("宜昌呢")


def test_what_is_said_meanwhile_and_what_came_of_it_are_told_apart() -> None:
    says = Says(
        lambda log, asked: iter(
            [
                Said("一句。", (1,)),
                Reply(
                    "一句。", asked.seq, "question", answer={"sources": [{"n": 1}], "notices": ["AI"], "region": "甲"}
                ),
                Reply("没有依据。", asked.seq, "nothing", answer={"sources": [], "notices": ["AI"], "region": "乙"}),
                Question("在哪里？", asked.seq, "region"),
            ]
        )
    )
    completion = Completion()
    said = list(complete(says, log_of([Told(is_person=True, text="补贴")], None, NOON), completion, NOON))
    assert said == [Said("一句。", (1,))]
    assert completion.text == "一句。\n\n没有依据。\n\n在哪里？"
    assert completion.to_json() == {
        "sources": [{"n": 1}],
        "notices": [AI_NOTICE, "AI"],
        "behaviours": ["question", "nothing"],
        "origins": ["ai", "ai"],
        "region": "甲",
    }
