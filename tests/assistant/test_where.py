"""Where somebody is and which place a question is about: past, misspelt, in passing, and as a model reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant import facts
from assistant.places_meant import asking, in_passing
from assistant.reading import PlacesRead, places_in
from assistant.responder import Responder
from knowledge import misspelt_places, places, regions
from tests.assistant.chatting import BAIYU, QINGHE, Talk, notices, remembered, replies, responder, says_always
from tests.sample import OpenSample

NANPING, LIUXI = "990102", "990103"
HELD = ["100000", "990000", QINGHE, NANPING, LIUXI, "990121", BAIYU, "420100", "420500"]


@pytest.mark.parametrize(
    "text",
    [
        "我的店八十四平能申请吗",
        "四平米的小摊",
        "每天水电费多少",
        "房东营业执照怎么办",
        "普通化妆品店要证吗",
        "三明治店",
    ],
)
def test_pieces_of_words_and_measures_are_no_places(text: str) -> None:
    assert places.named_in(text) == []


@pytest.mark.parametrize(("text", "name"), [("我在天水开店", "天水市"), ("四平市的店", "四平市"), ("武汉人", "武汉市")])
def test_a_name_that_is_a_word_is_a_place(text: str, name: str) -> None:
    assert [regions.name(code) for code in places.named_in(text)] == [name]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("青和的补贴多少", "青禾的补贴多少"),
        ("百榆市那边", "白榆市那边"),
        ("王津县怎么报", "望津县怎么报"),
        ("宜常市有没有", "宜昌市有没有"),
        ("柳西区的摊子", "柳溪区的摊子"),
    ],
)
def test_a_held_place_with_one_wrong_character_is_meant(text: str, meant: str) -> None:
    assert misspelt_places.repaired(text, HELD) == meant


@pytest.mark.parametrize(
    "text", ["我卖白玉的", "南昌的店", "许昌有没有", "南平市的店", "湖南的", "便宜厂家", "请和我说", "青禾市南屏区"]
)
def test_a_place_or_word_of_its_own_is_no_misspelling(text: str) -> None:
    assert misspelt_places.repaired(text, HELD) == text


def test_a_misspelt_place_is_remembered_by_its_right_name(engine: Responder) -> None:
    events = Talk(engine, None).say("我在青和开店")
    assert remembered(events) == {"region": QINGHE}
    assert "青禾市" in notices(events)[0].text


@pytest.mark.parametrize(
    "text",
    [
        "我以前在宜昌打过工，想开店",
        "在武汉上的大学，现在想开店",
        "我从深圳回来，能领什么",
        "在宜昌待过几年",
        "武汉大学毕业的，能领补贴吗",
    ],
)
@pytest.mark.parametrize("known", [None, QINGHE])
def test_where_somebody_was_before_is_no_home(text: str, known: str | None) -> None:
    assert facts.region_said(text, known) is None


@pytest.mark.parametrize("text", ["在青禾开了三年店", "我在青禾做过年报了", "我以前在宜昌打过工，现在店在青禾"])
def test_where_somebody_is_now_is_their_home(text: str) -> None:
    assert facts.region_said(text, None) == QINGHE


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("青禾的补贴是多少", QINGHE),
        ("执照是白榆的，青禾的补贴能领吗", QINGHE),
        ("青禾的规定白榆要跟着执行吗", None),
        ("我们这边要不要照青禾的来", None),
        ("白榆有没有青禾那种补贴", None),
    ],
)
def test_a_question_that_also_names_home_is_about_home(text: str, place: str | None) -> None:
    assert in_passing(asking(text, BAIYU), BAIYU) == place


def test_a_rule_of_the_city_binds_its_districts(engine: Responder) -> None:
    reply = Talk(engine, LIUXI).answer("南屏区一次性开业补贴多少钱")
    assert reply.answer is not None
    assert {source["region"] for source in reply.answer["sources"]} == {"青禾市"}
    assert "不适用" not in reply.text
    assert "不能用到" not in reply.text


@pytest.mark.parametrize(
    ("line", "text", "read"),
    [
        ("在：青禾；问：白榆", "我在青禾，白榆的补贴多少", PlacesRead("青禾", "白榆")),
        ("问：青禾市", "青和市的补贴多少", PlacesRead("", "青禾市")),
        ("在：宜昌", "我的店在白榆", PlacesRead()),
        ("=", "我的店在白榆", PlacesRead()),
    ],
)
def test_only_places_that_stand_in_the_message_are_read(line: str, text: str, read: PlacesRead) -> None:
    assert places_in(line, text) == read


@contextmanager
def talking(sample: OpenSample, words: str, region: str | None = QINGHE) -> Iterator[Talk]:
    with says_always(words) as (client, _):
        client.settings = replace(client.settings, reads=True)
        yield Talk(responder(sample, model=client), region)


def test_the_reader_knows_a_former_place_from_a_home(sample: OpenSample) -> None:
    with talking(sample, "answer\n=\n=", None) as talk:
        assert "region" not in remembered(talk.say("宜昌那几年我学了手艺，开店有补贴吗"))


def test_the_reader_tells_which_of_two_places_is_asked_about(sample: OpenSample) -> None:
    with talking(sample, "answer\n=\n在：白榆；问：青禾", None) as talk:
        events = talk.say("人在白榆，想打听青禾开业补贴给几多")
        assert remembered(events) == {"region": BAIYU}
        answer = replies(events)[0].answer
        assert answer is not None
        assert answer["region"] == "青禾市"


def test_a_place_alone_is_remembered_whatever_the_reader_says(sample: OpenSample) -> None:
    with talking(sample, "answer\n=\n=", None) as talk:
        assert remembered(talk.say("白榆的")) == {"region": BAIYU}
