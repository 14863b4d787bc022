"""What the product's own buttons ask: what support there is, how it is claimed, what a document says."""

import re

import pytest

from assistant.overviews.asking import claiming_asked, document_asked, support_asked
from assistant.responder import Responder
from tests.assistant.chatting import BAIYU, Talk, questions

NEW_RULE = "《青禾市个体工商户创业扶持办法》（青政规〔2025〕2号）"


@pytest.mark.parametrize(
    "text",
    [
        "有哪些扶持个体工商户的政策？",
        "现在有什么扶持政策？",
        "有哪些补贴",
        "有啥补贴",
        "补贴有哪些",
        "经营困难有什么扶持政策？",
        "开奶茶店有哪些补贴",
        "介绍一下扶持政策",
    ],
)
def test_what_support_there_is_gets_every_kind_with_its_clause(engine: Responder, text: str) -> None:
    reply = Talk(engine).answer(text)
    assert reply.behaviour == "answer"
    for kind, figure in (
        ("开业补贴", "8000元"),
        ("场租补贴", "每月最高800元"),
        ("创业带动就业补贴", "2000元"),
        ("担保贷款", "30万元"),
    ):
        assert re.search(rf"· [^\n]*{kind}[^\n]*{figure}[^\n]*\[\d+\]", reply.text), kind
    assert "5000元" not in reply.text  # the rule of 2022 is over
    assert reply.cards[0].send == "我能享受什么"


def test_every_figure_of_the_overview_stands_in_a_clause_it_cites(engine: Responder) -> None:
    reply = Talk(engine).answer("有哪些扶持个体工商户的政策？")
    assert reply.answer
    sources = reply.answer["sources"]
    lines = [line for line in reply.answer["lead"].split("\n") if line.startswith("· ") and "[" in line]
    assert len(lines) >= 10
    documents = Talk(engine)
    for line in lines:
        cited = "".join(sources[int(number) - 1]["quote"] for number in re.findall(r"\[(\d+)\]", line))
        assert cited
        assert all(source["in_force"] for source in sources)
    assert documents.answer(f"{NEW_RULE}主要说了什么？").answer


def test_an_overview_can_be_narrowed_to_a_matter(engine: Responder) -> None:
    reply = Talk(engine).answer("有哪些贷款政策？")
    assert "创业担保贷款" in reply.text
    assert "开业补贴" not in reply.text


def test_support_of_another_city_is_not_listed(engine: Responder) -> None:
    reply = Talk(engine, BAIYU).answer("有哪些补贴？")
    assert "6000元" in reply.text
    assert "8000元" not in reply.text


def test_the_region_comes_before_an_overview(engine: Responder) -> None:
    talk = Talk(engine, region=None)
    (asked,) = questions(talk.say("有哪些补贴？"))
    assert asked.about == "region"
    assert "8000元" in talk.answer("青禾市").text


@pytest.mark.parametrize("text", ["补贴怎么领", "补帖怎么领", "补贴怎么申请、多久到账？", "补贴咋申请"])
def test_how_to_claim_says_where_with_what_how_long_and_that_it_is_free(engine: Responder, text: str) -> None:
    reply = Talk(engine).answer(text)
    for words in ("青禾惠企服务平台", "创业扶持申请表", "公示5个工作日", "12个月内", "不收取任何费用", "免申即享"):
        assert words in reply.text
    assert "骗" not in reply.text


def test_how_to_claim_one_subsidy_is_about_that_one(engine: Responder) -> None:
    assert not claiming_asked("灵活就业社保补贴怎么领")
    assert not claiming_asked("首店补贴怎么申请")
    talk = Talk(engine)
    talk.say("开业补贴有多少钱？")
    reply = talk.answer("怎么领？")
    assert "先看是哪一项补贴" not in reply.text


def test_a_document_is_told_by_its_chapters_in_its_own_words(engine: Responder) -> None:
    reply = Talk(engine).answer("《青禾市个体工商户创业扶持办法》主要说了什么？")
    assert reply.answer
    assert reply.text.startswith(NEW_RULE)
    for words in ("2025-07-01 起施行", "第一章 总则（第一条至第四条）", "第七章 附则", "第五条：“", "8000元"):
        assert words in reply.text
    assert {source["doc_number"] for source in reply.answer["sources"]} == {"青政规〔2025〕2号"}
    assert len(reply.answer["sources"]) >= 10


def test_a_document_without_chapters_is_told_by_its_parts(engine: Responder) -> None:
    reply = Talk(engine).answer("《云岭省促进个体工商户发展若干措施》讲了哪些内容")
    assert reply.text.count("\n一、") == 1
    assert reply.answer
    assert reply.answer["sources"]


def test_the_old_version_is_told_as_ended_with_the_one_in_force(engine: Responder) -> None:
    reply = Talk(engine).answer("《青禾市个体工商户创业扶持办法》（青政规〔2022〕5号）主要说了什么？")
    assert reply.answer
    assert "已经不在有效期内" in reply.text
    assert f"现在看{NEW_RULE}" in reply.text
    assert not any(source["in_force"] for source in reply.answer["sources"])


def test_this_document_is_the_one_just_cited(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("小餐饮食品经营许可有效期多久？")
    reply = talk.answer("这个文件主要说了什么？")
    assert reply.text.startswith("《青禾市小餐饮食品经营许可办理规定（试行）》")


@pytest.mark.parametrize(
    "text",
    [
        "开业补贴有哪些条件",
        "申请补贴有哪些材料",
        "招残疾人有什么补贴",
        "返乡农民工有哪些扶持",
        "我能享受哪些政策",
        "有哪些补贴可以领",
        "骗补贴有什么后果",
        "买新能源货车有什么补贴",
    ],
)
def test_a_more_particular_question_is_no_overview(text: str) -> None:
    assert support_asked(text) is None


@pytest.mark.parametrize("text", ["第五条主要说了什么", "开业补贴说的是什么", "你说的是什么", "申请表写什么"])
def test_only_a_document_is_outlined(text: str) -> None:
    assert document_asked(text) is None


@pytest.mark.parametrize("text", ["青禾市有哪些补贴", "青禾有什么扶持政策", "我们青禾市都有哪些补贴啊"])
def test_a_place_named_beside_it_makes_it_no_other_question(text: str) -> None:
    assert support_asked(text) is not None
