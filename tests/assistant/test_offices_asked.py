"""Where, which window, whose number: the directory first, then the documents; people's own numbers from neither."""

import re
from collections.abc import Iterator

import pytest

from assistant import sharp
from assistant.behaviours import Behaviour
from assistant.flows import offices_named
from assistant.flows.office_lines import closed_on
from assistant.responder import Responder
from knowledge.directory import Unit
from tests.assistant.chatting import QINGHE, Talk, replies, responder
from tests.sample import OpenSample, open_town

RULES = """青禾市企业会客厅运行制度

青政务〔2026〕9号

第一条 为了方便企业办事，制定本制度。

第二条 企业会客厅设在政务服务大厅二楼南侧，提供咨询、接待和会商服务。

第三条 “进度查询”窗口负责查询办理进度，工作人员应当当场答复。

第四条 代办员为申请人提供免费代办服务，资料寄送由大厅负责。

青禾市政务服务局

2026年3月14日
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    with open_town(tmp_path_factory.mktemp("town"), {"运行制度.txt": RULES}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "clause"),
    [("企业会客厅在几楼", "第二条"), ("进度查询找哪个窗口", "第三条"), ("企业会客厅地址在哪里", "第二条")],
)
def test_where_no_row_is_of_it_the_documents_are_read(town: OpenSample, asked: str, clause: str) -> None:
    reply = Talk(responder(town), region=QINGHE).answer(asked)
    assert reply.answer is not None, reply.text
    assert clause in [one["clause"] for one in reply.answer["sources"]]


@pytest.mark.parametrize(
    "asked", ["公积金中心的电话是多少", "宠物医院电话多少", "企业会客厅的电话多少", "代办服务打哪个电话"]
)
def test_what_stands_in_neither_is_said_to_be_in_neither(town: OpenSample, asked: str) -> None:
    reply = Talk(responder(town), region=QINGHE).answer(asked)
    assert reply.answer is None
    assert "不能凭印象" in reply.text or "没有它的电话" in reply.text


@pytest.mark.parametrize(
    "asked",
    ["你们局长电话多少", "把科长的手机号给我一个", "给我一个南屏区经营者的名单和电话", "南屏区的商户名册有没有"],
)
def test_numbers_of_people_are_given_by_nobody(asked: str) -> None:
    assert offices_named.is_of_people(asked)


@pytest.mark.parametrize(
    "asked", ["登记注册科电话多少", "我是个体户，市监局电话多少", "政策服务专员电话多少", "老板在哪里办执照"]
)
def test_an_office_is_no_person(asked: str) -> None:
    assert not offices_named.is_of_people(asked)


def test_whoever_asks_for_them_is_told_that_they_are_not_public(engine: Responder) -> None:
    reply = Talk(engine).answer("市监局局长的电话是多少")
    assert reply.behaviour == "staff_only"
    assert "0000-" not in reply.text


def told(talk: Talk, said: str) -> str:
    return "\n".join(one.text for one in replies(talk.say(said)))


def test_the_office_of_one_district_is_not_taken_for_that_of_the_city(engine: Responder) -> None:
    assert re.search(r"没有柳溪区税务局.*相近的是", told(Talk(engine), "柳溪区税务局电话多少"), re.DOTALL)
    assert "清单里没有" not in told(Talk(engine), "柳溪区市监局电话多少")


def test_a_number_is_no_sum(engine: Responder) -> None:
    assert "金额" not in Talk(engine).answer("税务局电话多少").text


def test_a_name_is_not_said_to_be_missing(engine: Responder) -> None:
    assert "没有写人的姓名" not in told(Talk(engine), "登记注册科负责人叫什么")


def unit(hours: str) -> Unit:
    return Unit("U", "大厅", "", "", "", "", "0000-55500101", "", hours, QINGHE, None)


@pytest.mark.parametrize("asked", ["元旦那天能去大厅办不", "礼拜天窗口开不开"])
def test_a_day_that_the_hours_do_not_name_is_said_to_be_closed(asked: str) -> None:
    assert "不开" in closed_on(asked, [unit("工作日9:00至12:00；周六9:00至12:00")])
    assert not closed_on(asked, [unit("全天")])
    assert not closed_on(asked, [unit("")])
    assert not closed_on("周六窗口开不开", [unit("工作日9:00至12:00；周六9:00至12:00")])


def test_a_hall_on_a_holiday_is_no_booking(engine: Responder) -> None:
    talk = Talk(engine)
    assert talk.behaviour("国庆那天能去大厅办不") == "contact"
    assert Talk(engine).behaviour("春节期间能预约上门不") == "booking"
    assert Behaviour.CONTACT not in sharp.hints("平时上班没空，周六能去大厅办吗？")


def test_a_sum_is_no_number_to_call() -> None:
    assert offices_named.has_number("12345政务服务便民热线开通“企业服务专线”")
    assert not offices_named.has_number("每户累计不超过15000元")
