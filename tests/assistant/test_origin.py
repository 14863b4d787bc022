"""Who is behind the words: a published question answered word for word is curated, whatever flow it came through."""

import csv

import pytest

from assistant.answer import Answer, Extent, Part
from assistant.behaviours import Behaviour
from assistant.events import Origin
from assistant.flows.replies import PUBLISHED
from assistant.flows.rules import is_published
from assistant.responder import Responder
from tests.assistant.chatting import BAIYU, NOON, QINGHE, Talk, replies
from tests.sample import FOLDER


def published() -> list[dict[str, str]]:
    with (FOLDER / "faq.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["受众"] == "公众"]


def test_every_published_question_answered_word_for_word_is_curated(engine: Responder) -> None:
    curated = 0
    for row in published():
        for reply in replies(Talk(engine, QINGHE).say(row["问题"])):
            if reply.answer and PUBLISHED in reply.answer["lead"]:
                assert reply.origin is Origin.CURATED, row["编号"]
                curated += row["答案"] in reply.text
    assert curated >= 30


@pytest.mark.parametrize(
    ("question", "region", "behaviour"),
    [
        ("白榆市的一次性开业补贴是多少？", QINGHE, Behaviour.OTHER_REGION),
        ("创业补贴申请后多久能到账？", QINGHE, None),
        ("白榆市的一次性开业补贴是多少？", BAIYU, Behaviour.ANSWER),
    ],
)
def test_a_sentence_of_ours_before_it_makes_it_no_work_of_a_model(
    engine: Responder, question: str, region: str, behaviour: Behaviour | None
) -> None:
    (reply,) = replies(Talk(engine, region).say(question))
    assert PUBLISHED in reply.text
    assert reply.origin is Origin.CURATED
    assert behaviour in {None, reply.behaviour}


def test_a_published_question_among_others_is_curated_in_its_own_reply(engine: Responder) -> None:
    found = replies(Talk(engine).say("办执照收费吗？另外网页打不开一直报错"))
    assert [reply.origin for reply in found] == [Origin.CURATED, Origin.AI]


def test_quoted_clauses_and_plainer_words_are_not_curated(engine: Responder) -> None:
    talk = Talk(engine)
    talk.say("办执照收费吗？")
    for words in ("换个说法", "详细点"):
        reply = talk.answer(words)
        assert reply.origin is Origin.AI
        assert reply.answer is not None
        assert PUBLISHED not in reply.answer["lead"]
    assert talk.answer("卖月饼要什么许可证").origin is Origin.AI


def test_one_part_that_is_not_published_makes_the_whole_ours() -> None:
    one, other = Part("甲", PUBLISHED, True, (1,)), Part("乙", "引文", True, (2,))
    both = Answer("…", "answer", QINGHE, NOON.date(), extent=Extent.ANSWERED, parts=[one, one])
    assert is_published(both)
    assert not is_published(Answer("…", "answer", QINGHE, NOON.date(), extent=Extent.ANSWERED, parts=[one, other]))
