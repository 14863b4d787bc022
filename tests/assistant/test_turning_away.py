"""A flow that waits keeps only what answers it: other questions are answered, other matters are not run into it."""

import pytest

from assistant import turning_away
from assistant.events import Progress
from assistant.follow_ups import understand
from assistant.responder import Responder
from assistant.state import State
from tests.assistant.chatting import Talk, progress, replies

DRAFT = "窗口工作人员乱收费，多收了我一百块"


def drafted(engine: Responder) -> Talk:
    talk = Talk(engine)
    talk.say(f"我要投诉，{DRAFT}")
    return talk


def what(talk: Talk) -> str:
    found = [one.data for one in talk.events if isinstance(one, Progress) and one.flow == "appeal"]
    return str((found[-1] or {}).get("what", "")) if found else ""


@pytest.mark.parametrize(
    ("said", "ends", "rest"),
    [
        ("算了不复核了，改问歇业要带啥材料", True, "歇业要带啥材料"),
        ("不约了，年报要不要钱", True, "年报要不要钱"),
        ("唉，算了吧，我想问执照丢了怎么补", True, "执照丢了怎么补"),
        ("换个问题，年报几号截止", False, "年报几号截止"),
        ("先问你个别的，名特优新有啥条件", False, "名特优新有啥条件"),
        ("算了不投诉了", True, ""),
    ],
)
def test_words_that_leave_a_flow_may_bring_a_question_with_them(said: str, rest: str, *, ends: bool) -> None:
    assert turning_away.away(said) == turning_away.Away(ends, rest)


@pytest.mark.parametrize(
    "said",
    [
        "算了一下账，一共收了我八百",
        "不办了，叫我明天再来，什么态度",
        "不给退了，让我自己想办法",
        "问题是他们不认账",
        "不写收据，凭什么收钱",
        "他说先不办，让我等通知",
    ],
)
def test_what_goes_on_telling_leaves_nothing(said: str) -> None:
    assert turning_away.away(said) is None


def test_giving_up_with_a_question_ends_the_draft_and_answers(engine: Responder) -> None:
    talk = drafted(engine)
    events = talk.say("算了不投诉了，改问年报要交钱吗")
    assert progress(events)["appeal"] is None
    assert replies(events)[-1].answer is not None
    assert "诉求草稿" not in replies(events)[-1].text


@pytest.mark.parametrize("said", ["换个问题，年报要交钱吗", "小餐饮要办什么证", "税务局电话", "国庆那天能去大厅办不"])
def test_a_question_is_answered_beside_the_draft_which_stays_as_it_was(engine: Responder, said: str) -> None:
    talk = drafted(engine)
    before = what(talk)
    events = talk.say(said)
    assert what(talk) == before
    assert "刚才的诉求草稿还在" in replies(events)[-1].text


def test_what_happened_next_is_still_added(engine: Responder) -> None:
    talk = drafted(engine)
    talk.say("不办了，叫我明天再来，害我又跑一趟")
    assert "叫我明天再来" in what(talk)


def test_another_matter_is_not_run_into_the_draft_unasked(engine: Responder) -> None:
    talk = drafted(engine)
    reply = talk.answer("我的场租补贴被驳回了，不服")
    assert "另一件事" in reply.text
    assert "补贴" not in what(talk)
    talk.say("另写一份")
    assert what(talk) == "我的场租补贴被驳回了，不服"
    assert DRAFT in replies(talk.events)[-1].text


def test_it_is_added_where_the_person_wants_that(engine: Responder) -> None:
    talk = drafted(engine)
    talk.say("我的场租补贴被驳回了，不服")
    talk.say("加进刚才那份")
    assert DRAFT in what(talk)
    assert "场租补贴" in what(talk)


@pytest.mark.parametrize("said", ["工作人员还说投诉也没用", "这一百块我不服，要退", "他们那天拖着不给收据"])
def test_more_of_the_same_matter_is_no_other(said: str) -> None:
    assert not turning_away.is_another_complaint(DRAFT, said)


@pytest.mark.parametrize("said", ["多收的一百块能退吗", "这种事归谁管", "窗口工作人员能这样收费吗"])
def test_a_question_about_the_matter_of_the_draft_is_not_of_its_own(said: str) -> None:
    assert not turning_away.is_of_its_own(DRAFT, said)
    assert turning_away.is_of_its_own(DRAFT, "食品经营许可证有效期几年")


def test_a_booking_notes_no_question(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("能上门帮我办吗，我走不动")
    for said in ("税务局电话", "年报要交钱吗", "营业执照丢了怎么补"):
        assert not any("记下了" in one.text for one in replies(talk.say(said)))
    assert "记下了：办执照变更，周三下午行不行" in talk.answer("办执照变更，周三下午行不行").text


def test_a_complaint_that_asks_for_the_rule_hears_it(engine: Responder) -> None:
    assert Talk(engine).behaviour("材料不齐，窗口让我跑了三趟，规定咋说") != "appeal"
    assert Talk(engine).behaviour("窗口让我跑了三趟，你们给我个说法") == "appeal"


def test_a_contested_decision_is_told_its_own_time_limit(engine: Responder) -> None:
    told = Talk(engine).answer("我要反映，一次性开业补贴被驳回了，不服").text
    assert "第二十二条" in told
    assert "复核的期限" in told


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("刚才第二个问题再说一遍", "歇业最长几年"),
        ("第三个问题再说一次", "贷款最高多少"),
        ("我问的第一个问题", "年报几号截止"),
    ],
)
def test_the_questions_of_the_conversation_are_counted(said: str, means: str) -> None:
    told = {2: "年报几号截止", 5: "歇业最长几年", 7: "好的", 9: "贷款最高多少"}
    assert understand(said, State(told=told, messages=4)).text == means


def test_a_question_beyond_those_asked_is_none_of_them() -> None:
    state = State(told={2: "年报几号截止"}, messages=1)
    assert understand("第四个问题再说一遍", state).text == "第四个问题再说一遍"
