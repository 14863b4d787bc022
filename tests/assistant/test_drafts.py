"""What clearly is something else, said while a draft is open, is answered beside it and never becomes part of it."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import Talk, progress, replies

COMPLAINT = "我要反映问题，窗口让我跑了三趟都没办成"


@pytest.fixture
def talk(engine: Responder) -> Talk:
    talk = Talk(engine)
    talk.say(COMPLAINT)
    return talk


def drafted(talk: Talk) -> str:
    """The matter as it stands when the draft is confirmed."""
    return dict(talk.answer("确认").cards[0].context)["事项"]


@pytest.mark.parametrize(
    ("aside", "behaviours"),
    [
        ("今天股市怎么样", {"off_topic"}),
        ("讲个笑话", {"off_topic"}),
        ("垃圾系统", {"anger"}),
        ("转人工", {"human"}),
        ("残疾人开店补贴多少", {"answer"}),
        ("卖月饼要什么材料，多少天能办好", {"no_evidence", "answer", "partly", "several"}),
        ("税务局电话多少", {"contact"}),
        ("你是谁", {"what_are_you"}),
    ],
)
def test_something_else_is_answered_and_the_draft_is_offered_again(
    talk: Talk, aside: str, behaviours: set[str]
) -> None:
    reply = talk.answer(aside)
    assert reply.behaviour in behaviours
    assert "诉求草稿还在" in reply.text
    assert "继续诉求草稿" in {choice.send for choice in reply.choices}
    assert drafted(talk) == COMPLAINT


@pytest.mark.parametrize(
    "words",
    [
        "他们凭什么收我三百块？",
        "那天是六月三十号上午",
        "为什么不给我办？",
        "材料我都带齐了",
        "窗口那人就是个骗子，收了我的材料不给回执",
    ],
)
def test_what_belongs_to_the_complaint_is_added(talk: Talk, words: str) -> None:
    assert words in talk.answer(words).text
    assert words.rstrip("？") in drafted(talk)


def test_closing_the_business_is_talked_about_first_and_the_draft_is_there_afterwards(talk: Talk) -> None:
    assert talk.behaviour("想注销") == "closing_down"
    assert talk.behaviour("没生意") == "closing_down"
    again = talk.answer("继续诉求草稿")
    assert "【诉求草稿】" in again.text
    assert drafted(talk) == COMPLAINT


def test_the_draft_can_be_gone_back_to_before_the_other_matter_is_over(talk: Talk) -> None:
    talk.say("想注销")
    assert "【诉求草稿】" in talk.answer("继续诉求草稿").text
    assert drafted(talk) == COMPLAINT


def test_words_of_despair_never_become_part_of_it(talk: Talk) -> None:
    assert talk.behaviour("我不想活了") == "crisis"
    assert "残疾人" not in drafted(talk)


def test_what_is_tapped_to_go_on_is_no_part_of_it(talk: Talk) -> None:
    assert "继续" not in talk.answer("继续").text
    assert "请说" in talk.answer("我要补充").text
    assert drafted(talk) == COMPLAINT


def test_a_draft_waits_beneath_the_question_for_the_region(engine: Responder) -> None:
    talk = Talk(engine, None)
    talk.say(COMPLAINT)
    talk.say("残疾人开店补贴多少")
    assert "10000元" in replies(talk.say("青禾市"))[0].text
    assert "那天是六月三十号上午" in talk.answer("那天是六月三十号上午").text
    assert drafted(talk) == f"{COMPLAINT}。那天是六月三十号上午"


def test_a_draft_waits_even_where_the_region_is_not_told(engine: Responder) -> None:
    talk = Talk(engine, None)
    talk.say(COMPLAINT)
    talk.say("残疾人开店补贴多少")
    events = talk.say("那天是六月三十号上午")
    assert progress(events)["region"] is None
    assert "那天是六月三十号上午" in drafted(talk)


def test_to_go_on_asking_after_a_person_was_offered_does_not_throw_the_draft_away(talk: Talk) -> None:
    talk.say("转人工")
    assert "【诉求草稿】" in talk.answer("不用了，接着问").text
