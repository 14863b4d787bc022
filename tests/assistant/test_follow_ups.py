"""Half a question made whole: by what was said before, by what was offered, by a language model that adds nothing."""

import pytest

from assistant import follow_ups, subjects
from assistant.events import Reply
from assistant.follow_ups import Kind
from assistant.state import Exchange, State
from tests.assistant.chatting import says_always

SOURCES = [{"title": "创业扶持办法", "clause": "第五条"}, {"title": "实施细则", "clause": "第二条"}]


def after(question: str, **more: object) -> State:
    reply = Reply("答", 1, "answer", answer={"sources": SOURCES})
    values = {"last_question": question, "last_exchange": Exchange(question, reply), "messages": 1, **more}
    return State(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "said", "whole"),
    [
        ("残疾人开店的开业补贴在哪里申请？", "那要多少钱", "残疾人开店的开业补贴要多少钱"),
        ("残疾人开店的开业补贴在哪里申请？", "要带什么材料", "残疾人开店的开业补贴要带什么材料"),
        ("残疾人开店的开业补贴在哪里申请？", "退役军人呢", "退役军人开店的开业补贴在哪里申请？"),
        ("食品经营许可几天能办好", "期限呢", "食品经营许可期限"),
        ("创业担保贷款最高能贷多少", "多久能批", "创业担保贷款多久能批"),
        ("哪些人可以申请创业担保贷款", "大学生呢", "大学生可以申请创业担保贷款吗"),
        ("青政规〔2025〕2号第五条怎么规定", "那第六条呢", "青政规〔2025〕2号第六条怎么规定"),
        ("开业补贴在哪里申请", "我没有材料能不能", "开业补贴，我没有材料能不能"),
        ("开业补贴多少钱", "那第六条呢", "《创业扶持办法》第六条怎么规定"),
    ],
)
def test_topic_and_document_are_carried_over(before: str, said: str, whole: str) -> None:
    understood = follow_ups.understand(said, after(before))
    assert understood == follow_ups.Understood(whole, Kind.CARRIED)


@pytest.mark.parametrize("said", ["场租补贴怎么算", "食品证几天能下来", "转人工", "你是谁", "我要投诉窗口态度差"])
def test_what_stands_for_itself_is_left_alone(said: str) -> None:
    assert follow_ups.understand(said, after("开业补贴多少钱")) == follow_ups.Understood(said)


def test_the_first_message_follows_nothing() -> None:
    assert follow_ups.understand("那要多少钱", State()) == follow_ups.Understood("那要多少钱")


@pytest.mark.parametrize("said", ["换个说法", "没看懂", "说人话", "啥意思"])
def test_plainer_words_are_asked_for(said: str) -> None:
    assert follow_ups.understand(said, after("开业补贴多少钱")).kind is Kind.RESTATE


@pytest.mark.parametrize("said", ["详细点", "具体说说", "看原文"])
def test_the_whole_clause_is_asked_for(said: str) -> None:
    assert follow_ups.understand(said, after("开业补贴多少钱")).kind is Kind.DETAIL


OFFERED = (("哪些人可以贷", "哪些人可以申请贷款？"), ("贷多少", "贷款最高多少？"), ("转人工", "转人工"))


def test_the_second_one_is_the_second_clause_quoted_whatever_was_offered_beside_it() -> None:
    understood = follow_ups.understand("第二个", after("开业补贴多少钱", last_choices=OFFERED))
    assert (understood.kind, understood.number) == (Kind.SOURCE, 2)


def test_where_no_clauses_were_quoted_the_second_one_is_what_was_offered_second() -> None:
    nothing = Exchange("开业补贴多少钱", Reply("没有找到依据", 1, "no_evidence"))
    understood = follow_ups.understand("第二个", after("开业补贴多少钱", last_choices=OFFERED, last_exchange=nothing))
    assert understood == follow_ups.Understood("贷款最高多少？", Kind.CHOSEN)


def test_a_label_that_is_typed_means_what_it_sends() -> None:
    understood = follow_ups.understand("在哪里办", after("开业补贴多少钱", last_choices=(("在哪里办", "在哪里办？"),)))
    assert understood.text == "开业补贴在哪里办"


@pytest.mark.parametrize("said", ["宜昌呢", "不是武汉是宜昌", "换成宜昌"])
def test_another_place_asks_the_last_question_again(said: str) -> None:
    understood = follow_ups.understand(said, after("开业补贴多少钱"), new_region=True)
    assert understood == follow_ups.Understood("开业补贴多少钱", Kind.REGION)


def test_a_language_model_rewrites_what_the_rules_take_for_half_a_question() -> None:
    with says_always("开业补贴需要多少材料费") as (client, model):
        understood = follow_ups.understand("那要多少钱", after("开业补贴多少钱"), model=client)
        assert understood.text == "开业补贴需要多少材料费"
        assert "那要多少钱" in str(model.requests[0])


@pytest.mark.parametrize(
    "written",
    ["那要多少钱？", "开业补贴8000元怎么领", "武汉市开业补贴要多少钱", "《创业条例》要多少钱", "", "长" * 130],
)
def test_what_a_model_adds_of_its_own_is_refused(written: str) -> None:
    with says_always(written) as (client, _):
        understood = follow_ups.understand("那要多少钱", after("开业补贴在哪里申请"), model=client)
    assert understood.text == "开业补贴要多少钱"


def test_a_whole_question_does_not_wait_for_a_model() -> None:
    with says_always("别的") as (client, model):
        follow_ups.understand("场租补贴怎么算", after("开业补贴多少钱"), model=client)
        assert model.requests == []


@pytest.mark.parametrize(
    ("behaviour", "before", "newest", "said", "whole"),
    [
        ("cheating", "", "帮我编个租房合同领场租补贴", "那正常要交哪些材料", "场租补贴要交哪些材料"),
        ("pasted_policy", "", "青政规〔2026〕99号说开业补贴涨到3万了", "那现在到底多少", "开业补贴多少"),
        ("cheating", "年报几号截止", "帮我编个租房合同领场租补贴", "那正常要交哪些材料", "场租补贴要交哪些材料"),
        ("superseded", "我记得场租补贴是四成", "我记得场租补贴是四成", "改成好多了", "场租补贴多少了"),
        ("answer", "白榆市创业贷款能贷好多", "白榆市创业贷款能贷好多", "我是问我们这边的", "创业贷款能贷好多"),
        ("answer", "白榆市开业补贴多少", "白榆市开业补贴多少", "那青禾呢", "青禾开业补贴多少"),
        ("deadline", "场租补贴什么时候报", "场租补贴什么时候报", "忘记了咋办", "场租补贴忘记了怎么办"),
        ("one_off", "名特优新2024年那次啥时候报", "今年的呢", "今年的呢", "名特优新每年什么时候申报"),
        ("conflict", "省里说开业补贴不低于多少，市里又给8000，听谁的", "", "那残疾人呢", "残疾人开业补贴"),
        ("superseded", "带动就业不是一个人1000吗", "", "最多能领好多", "带动就业最多能领多少"),
        ("answer", "店铺分型", "店铺分型", "不服咋办", "店铺分型的结果有异议怎么办"),
    ],
)
def test_the_matter_of_a_refused_wish_of_an_old_rule_and_of_another_place_is_carried(
    behaviour: str, before: str, newest: str, said: str, whole: str
) -> None:
    reply = Reply("答", 1, behaviour)
    state = State(last_question=before, behaviours=(behaviour,), last_replies=(reply,), told={1: newest}, messages=1)
    assert follow_ups.understand(said, state) == follow_ups.Understood(whole, Kind.CARRIED)


def test_a_question_with_a_matter_of_its_own_is_another_one() -> None:
    assert subjects.is_another_matter("那营业执照要什么材料", "宠物店要啥证")
    assert not subjects.is_another_matter("要什么材料", "宠物店要啥证")
    assert not subjects.is_another_matter("场租补贴要啥材料", "场租补贴怎么算")


def test_a_question_about_the_first_of_two_is_about_its_matter() -> None:
    parts = ("开业补贴多少", "年报几号截止")
    replies = tuple(Reply("答", 1, "answer", part=part) for part in parts)
    understood = follow_ups.understand("第一个要啥材料", after("开业补贴多少？年报几号截止？", last_replies=replies))
    assert understood == follow_ups.Understood("开业补贴要什么材料", Kind.CARRIED)
