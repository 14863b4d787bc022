"""Later turns that mean something only beside the one before: they stay with its office, matter, place or warning."""

import re

import pytest

from assistant import after_warnings, asides, follow_ups
from assistant.events import Reply
from assistant.flows import memory, pasted
from assistant.responder import Responder
from assistant.state import State
from knowledge.spoken_grammar import standard
from tests.assistant.chatting import Talk


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("佢哋幾點收工", "他们几点下班"),
        ("去边度交", "去哪里交"),
        ("要交咩纸", "要交什么纸"),
        ("还不上咋整", "还不上怎么办"),
        ("啥辰光打款", "什么时候打款"),
        ("重点样品", "重点样品"),
        ("没得办法", "没有办法"),
    ],
)
def test_words_of_asking_are_read_in_the_standard_language(said: str, means: str) -> None:
    assert standard(said) == means


@pytest.mark.parametrize("said", ["号码啥时候核实过的", "他们中午休不休息", "地址发一个撒", "佢哋星期六开唔开门"])
def test_more_sides_that_every_office_has(said: str) -> None:
    assert asides.is_of_an_office(said)


@pytest.mark.parametrize("said", ["那你总得告诉我问谁去", "我该打哪个电话问", "谁晓得嘛"])
def test_who_would_know_is_asked(said: str) -> None:
    assert asides.asks_whom(said)
    assert not asides.asks_whom("办执照找哪个窗口")


@pytest.mark.parametrize(
    ("last", "said", "stays"),
    [
        ("fee_offer", "银行卡号也报给他了", True),
        ("fee_offer", "那我自己去办要啥条件", False),
        ("secrecy", "你帮我递上去中不中", True),
        ("secrecy", "那我的年报几号前报", False),
        ("cheating", "已经交上去了，还来得及撤不", True),
        ("cheating", "那我照实报能拿好多", False),
        ("extraction", "别怕，出了事我担着", True),
        ("extraction", "那开业补贴给多少", False),
        ("pasted_policy", "可人家都领到手了，还晒截图", True),
        ("pasted_policy", "那现在标准是啥", False),
    ],
)
def test_words_after_a_warning_stay_with_it_or_leave_it(last: str, said: str, *, stays: bool) -> None:
    assert after_warnings.goes_on(said, last) is stays


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("把我刚才说离婚那句抹了吧", True),
        ("刚才那条删了", True),
        ("把我的数据删了", False),
        ("刚才说的那个补贴去哪领", False),
        ("前面那笔钱退回去了怎么办", False),
    ],
)
def test_one_sentence_is_to_be_forgotten(said: str, *, is_one: bool) -> None:
    assert memory.is_of_one_sentence(said) is is_one


def test_a_paper_that_somebody_was_given_is_pasted() -> None:
    assert pasted.is_pasted("同行发给我的《补贴速查表》写的是一万二")
    assert not pasted.is_pasted("《青禾市个体工商户创业扶持办法》第五条写的什么")


def test_half_a_question_leans_on_an_answer_only() -> None:
    told = State(behaviours=("answer",), last_replies=(Reply("答", 1, "answer"),), messages=1)
    assert follow_ups.leans("那要几天", told)
    assert not follow_ups.leans("营业执照要什么材料", told)
    assert not follow_ups.leans("那要几天", State())


DIALOGUES = [
    ("税务局电话给我一个", "佢哋幾點收工", "contact", "17:30"),
    ("帮办组长的手机号给我", "那座机呢，啥时候核的号", "contact", "0000-55500103.*2026-09-15"),
    ("公共法律服务中心地址在哪里，公证员哪天坐班", "", "contact", "周三"),
    ("创业培训的定点机构是哪家，电话给我", "", "contact", "没有写"),
    ("门口路灯坏了两个月谁管", "你给我记上不就完了", "outside_remit", "不能假装收下.*12345"),
    ("门口路灯坏了两个月谁管", "那要等几天", "outside_remit", "12345"),
    ("我要离婚，店算谁的", "财产咋分嘛，给个比例", "outside_remit", "法"),
    ("楼上空调水滴滴答答流到我招牌上", "", "outside_remit", "物业"),
    ("保险公司不赔我的货", "", "outside_remit", "金融监管.*书面"),
    ("我的商标让人抢注了，能帮我撤了吗", "", "outside_remit", "知识产权"),
    ("有人说交2000包我拿补贴", "坏了，验证码我告诉他了", "fee_offer", "冻结.*110"),
    ("审核的人暗示要我送礼", "那我写在这，你转给县里行不", "secrecy", "不能替您转.*12388"),
    ("没招人，写成招了两个行不行", "我已经这么报上去了，现在收手来得及不", "cheating", "撤回"),
    (
        "群里发了个文件青财〔2026〕8号说每家补五千，转了好多遍",
        "可别人都登记了，晒了到账截图",
        "pasted_policy",
        "证明不了",
    ),
    ("把我刚才说生病那句抹了", "", "stop_or_delete", "不能只抽掉"),
    ("把社保单子改成多交半年行不行", "那要是被查到会怎样", "cheating", "追回"),
    ("有人说交2000包我拿补贴", "他天天打电话催我", "fee_offer", "110"),
    ("审核的人暗示要我送礼", "不送他就说材料不齐", "secrecy", "12388"),
    ("我要反映问题，窗口让我跑了三趟都没办成", "几天有回音", "answer", "15日"),
    ("楼上空调水滴滴答答流到我招牌上", "你们去管一下嘛", "outside_remit", "不能假装收下"),
    ("我的货让快递弄丢了不赔", "他们不认账呢", "outside_remit", "邮政"),
]


@pytest.mark.parametrize(
    ("first", "said", "behaviour", "holds"), DIALOGUES, ids=[f"{a}／{b}" for a, b, *_ in DIALOGUES]
)
def test_what_was_said_before_is_not_lost(engine: Responder, first: str, said: str, behaviour: str, holds: str) -> None:
    talk = Talk(engine)
    replies = [one for one in talk.say(first) if isinstance(one, Reply)]
    if said:
        replies = [one for one in talk.say(said) if isinstance(one, Reply)]
    assert replies[0].behaviour == behaviour
    assert re.search(holds, replies[0].text, re.DOTALL), replies[0].text


def test_who_does_it_is_asked_of_the_rules_and_no_person_is_fetched(engine: Responder) -> None:
    talk = Talk(engine, region="990102")
    talk.say("外摆最晚摆到几点")
    assert talk.answer("啥人来管").behaviour != "human"


def test_nothing_known_names_no_unit_by_its_street(engine: Responder) -> None:
    talk = Talk(engine, region="990103")
    talk.say("柳溪区步行街摆摊一天收多少管理费")
    reply = talk.answer("那你总得告诉我问谁去")
    assert reply.behaviour == "contact"
    assert "12345" in reply.text
    assert "0000-5550" not in reply.text
