"""Who has an earlier rule in mind is told the old document, the new one, since when, and what holds now."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies

OLD, NEW = "青政规〔2022〕5号", "青政规〔2025〕2号"


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("以前开业补贴是5000元，现在还是这个数吗", "8000元"),
        ("创业培训补贴是800元吧", "1200元"),
        ("原来说骗取补贴的2年内不再受理，现在还是两年吗", "3年内"),
        ("场租补贴每月最高500元，对吧", "每月最高800元"),
    ],
)
def test_an_old_figure_is_met_with_both_documents_and_the_new_clause(engine: Responder, said: str, now: str) -> None:
    (reply, *_) = replies(Talk(engine).say(said))
    assert reply.behaviour == "superseded"
    assert OLD in reply.text
    assert NEW in reply.text
    assert "2025年7月1日" in reply.text
    assert now in reply.text


def test_the_old_clause_is_named_but_never_a_source(engine: Responder) -> None:
    (reply, *_) = replies(Talk(engine).say("以前开业补贴是5000元，现在还是这个数吗"))
    assert reply.answer is not None
    assert OLD not in {source["doc_number"] for source in reply.answer["sources"]}
    assert NEW in {source["doc_number"] for source in reply.answer["sources"]}


@pytest.mark.parametrize("said", ["开业补贴是8000元吧", "场租补贴每月最高800元，对吧"])
def test_a_figure_that_holds_now_is_no_old_one(engine: Responder, said: str) -> None:
    (reply, *_) = replies(Talk(engine).say(said))
    assert reply.behaviour != "superseded"


@pytest.mark.parametrize(
    "said", ["歇业期间还能领补贴吗", "店里8个人，一年150万元营业额，属于什么类型", "开业补贴怎么申请"]
)
def test_a_question_without_an_old_figure_is_no_old_rule(engine: Responder, said: str) -> None:
    assert all(reply.behaviour != "superseded" for reply in replies(Talk(engine).say(said)))


def test_the_old_standard_is_that_of_the_document_just_spoken_of(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("以前开业补贴是5000元，现在还是这个数吗")
    (reply, *_) = replies(talk.say("那按老标准现在还来得及不"))
    assert "〔2019〕21号" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "听说岗前培训补贴只有500元",
        "吸纳就业补贴一个人1000元对吧",
        "简易注销要公示7天对吧",
        "灵活就业社保补贴最长2年对吧，高校毕业生的",
        "诉求办理要20天吧",
        "记得歇业最长12个月，是不是",
        "不实承诺是2年不能用即申即享吧",
        "孵化基地每月最高500元是不是",
    ],
)
def test_a_number_of_an_old_rule_about_something_else_makes_no_former_rule(engine: Responder, said: str) -> None:
    for reply in replies(Talk(engine).say(said)):
        assert "原来的写法" not in reply.text
        assert reply.behaviour != "superseded"


@pytest.mark.parametrize(
    "said", ["以前的店月租500元，现在涨到800，场租补贴怎么补", "原来在厂里干了12个月，现在失业了，能办灵活就业补贴吗"]
)
def test_what_somebody_paid_or_did_before_is_no_former_rule(engine: Responder, said: str) -> None:
    assert all("原来的写法" not in reply.text for reply in replies(Talk(engine).say(said)))
