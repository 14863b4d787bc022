"""Danger to life at this moment: the number first, in a few calm sentences; rules, idioms and what is long past are none."""

import re
from collections.abc import Iterator

import pytest

from assistant.behaviours import Behaviour
from assistant.events import Event
from assistant.flows.emergencies import FOOD, KINDS, THREAT, kind_of
from assistant.hotlines import ALL
from assistant.responder import Responder
from tests.assistant.chatting import Talk, replies, responder
from tests.sample import PARTS, OpenSample

HAPPENING = (
    ("店里着火了", "119"),
    ("油锅着了火火势很大", "119"),
    ("店里起火了！！！", "119"),
    ("厨房起火了怎么办", "119"),
    ("灶台烧着了灭不掉", "119"),
    ("隔壁餐馆失火了，烟都上来了", "119"),
    ("煤气漏了店里一股味", "119"),
    ("煤气罐一直在漏，阀门关不上", "119"),
    ("隔壁楼要塌了", "119"),
    ("电梯坏了把我和客人困里面了", "119"),
    ("员工触电倒地不动了", "120"),
    ("有顾客突然心脏病倒地", "120"),
    ("老人在我店里摔倒不省人事", "120"),
    ("客人酒精中毒昏迷了", "120"),
    ("我爸在店里晕倒了", "120"),
    ("师傅手卷进压面机了", "120"),
    ("客人吃了我的菜上吐下泻十几个人", "120"),
    ("五六个学生吃了我的盒饭都在拉肚子", "120"),
    ("房东带人来砸店，拿着刀", "110"),
    ("有人在店里打架动刀子了", "110"),
    ("讨债的把我老婆关在店里不让走", "110"),
    ("老板把我身份证扣了不让我走", "110"),
    ("我女儿被人拐了", "110"),
    ("我要去你们大厅泼汽油", "110"),
    ("老子带刀去找你们窗口那个人", "110"),
)
NOT_NOW = (
    "消防没验收罚多少",
    "火锅店要办什么证",
    "怎样预防食物中毒",
    "灭火器几年换一次",
    "着火以后补贴怎么办",
    "店里去年着火，执照烧没了怎么补办",
    "生意火了，想升级成公司要什么手续",
    "我都气炸了，材料跑了三趟没批",
    "着急上火，开业补贴多久到账",
    "房租压得我喘不过气，有什么补贴",
    "员工被油锅烫伤了，正在送医院，工伤怎么申请",
    "昨天晚上店里失火烧了一半，能歇业吗",
    "客人说吃坏肚子要我赔钱，找谁",
)
LAW = """---
title: 中华人民共和国食品安全法
issuer: 全国人民代表大会常务委员会
region: 中国
effective_from: 2021-04-29
status: 现行
audience: public
---
# 中华人民共和国食品安全法

第一百零三条 发生食品安全事故的单位应当立即采取措施，防止事故扩大。事故单位和接收病人进行治疗的单位应当及时向事故发生地县级人民政府食品安全监督管理、卫生行政部门报告。

任何单位和个人不得对食品安全事故隐瞒、谎报、缓报，不得隐匿、伪造、毁灭有关证据。
"""


def first(events: list[Event]) -> str:
    (reply,) = replies(events)
    assert reply.behaviour == Behaviour.EMERGENCY
    return reply.text


@pytest.mark.parametrize(("said", "number"), HAPPENING)
def test_the_first_sentence_says_what_to_do_and_whom_to_call(engine: Responder, said: str, number: str) -> None:
    text = first(Talk(engine).say(said))
    sentence = text.split("\n")[0]
    assert number in sentence
    assert len(sentence) <= 80
    assert len(text) <= 260
    assert not re.search(r"《|第.{1,4}条|不能提供|画像|12356|12345|着急", text)


@pytest.mark.parametrize("said", NOT_NOW)
def test_rules_idioms_and_what_is_past_are_no_emergency(engine: Responder, said: str) -> None:
    assert Behaviour.EMERGENCY not in {one.behaviour for one in replies(Talk(engine).say(said))}


def test_it_interrupts_an_open_form_and_a_draft(engine: Responder) -> None:
    for opened in ("自测：一次性开业补贴", "我要反映问题，窗口让我跑了三趟都没办成"):
        talk = Talk(engine)
        talk.say(opened)
        assert "119" in first(talk.say("厨房着火了"))


def test_what_was_asked_beside_it_waits_below(engine: Responder) -> None:
    (reply,) = replies(Talk(engine).say("店里着火了现在火势很大。开业补贴多少钱？"))
    assert reply.text.startswith("马上离开")
    assert "我问的那件事" in {one.label for one in reply.choices}
    assert "8000" not in reply.text


def test_it_goes_on_while_help_is_coming_and_ends_when_all_are_safe(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("店里着火了")
    assert "119" in first(talk.say("打不通怎么办"))
    assert first(talk.say("然后呢"))
    assert "人平安就好" in first(talk.say("人都安全了"))
    (reply,) = replies(talk.say("开业补贴多少钱"))
    assert reply.behaviour == Behaviour.ANSWER


def test_who_threatens_is_asked_to_stop_and_offered_a_person(engine: Responder) -> None:
    (reply,) = replies(Talk(engine).say("再不给我批我就提桶汽油过去"))
    assert reply.text.startswith("请先停下来")
    assert "请人联系我" in {one.label for one in reply.choices}
    (card,) = reply.cards
    assert "110" in card.text
    assert "12356" not in card.text


def test_despair_comes_before_it(engine: Responder) -> None:
    (reply, *_) = replies(Talk(engine).say("我不想活了，把煤气打开了"))
    assert reply.behaviour == Behaviour.CRISIS


def test_every_number_said_is_one_of_the_constants() -> None:
    known = {one.number for one in ALL}
    for kind in KINDS:
        assert set(re.findall(r"\d{3,}", f"{kind.first}{kind.then}")) <= known


@pytest.mark.parametrize(("said", "kind"), [("十来个客人又吐又拉", FOOD), ("我要炸了你们那个破局", THREAT)])
def test_the_kind_is_told_from_the_words(said: str, kind: object) -> None:
    assert kind_of(said) is kind


@pytest.fixture(scope="module")
def with_law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    folder = tmp_path_factory.mktemp("law")
    (folder / "law.md").write_text(LAW, encoding="utf-8")
    sample = OpenSample(folder, parts=[*PARTS, folder / "law.md"])
    yield sample
    sample.close()


def test_what_the_operator_owes_stands_below_where_the_law_is_held(with_law: OpenSample, engine: Responder) -> None:
    said = "客人吃了我的菜上吐下泻十几个人"
    lines = first(Talk(responder(with_law)).say(said)).split("\n")
    assert "120" in lines[0]
    assert "应当立即采取措施，防止事故扩大" in lines[2]
    assert "《中华人民共和国食品安全法》第一百零三条第一款" in lines[2]
    assert "第一百零三条" not in first(Talk(engine).say(said))
