"""Two who say different things, whoever they are."""

import pytest

from assistant.opposed import opposed
from assistant.parties import parties
from knowledge.catalogue import StoredPassage
from knowledge.documents import Audience
from tests.assistant.chatting import QINGHE, Talk, responder
from tests.sample import OpenSample


@pytest.mark.parametrize(
    "text",
    [
        "窗口说要跑两趟，省里的文件写的是一次办结，谁大",
        "兑现办法写公示三天，扶持办法写五天，我该按哪个",
        "有的文件写十日，有的写十五日，应当按哪个？",
        "省里规定返乡的也给，市里的办法却没有写，怎么办？",
        "市里说不能重复领，县里又说可以再加两千，到底能不能领",
        "开业说六个月内，场租说一个季度内，照哪个来",
    ],
)
def test_two_speakers_and_the_question_who_is_right_are_opposed(text: str) -> None:
    assert opposed(text, QINGHE)


@pytest.mark.parametrize(
    "text",
    [
        "市里补贴怎么申请，要带什么材料",
        "我听人说开业补贴涨了，现在多少",
        "窗口说材料不齐，我该补什么",
        "县里的两千拿到手了，市里的八千会不会就不作数了",
        "按什么标准算",
    ],
)
def test_one_speaker_or_a_plain_question_is_not(text: str) -> None:
    assert not opposed(text, QINGHE)


def named(title: str, number: str) -> StoredPassage:
    return StoredPassage(
        id="p", clause_id="c", clause="第一条", clause_kind="article", document_id="d", title=title, doc_number=number,
        kind=None, module=None, level=None, region=QINGHE, issued=None, effective_from=None, valid_from=None,
        valid_to=None, audience=Audience.PUBLIC, pending=(), start=0, end=1, prefix="", body="", ended_by=None,
    )  # fmt: skip


def test_a_side_is_known_by_words_of_its_title_in_their_order_and_by_its_number() -> None:
    payout, support = (
        named("青禾市惠企政策兑现管理办法", "青数规〔2025〕1号"),
        named("青禾市创业扶持办法", "青政规〔2025〕2号"),
    )
    first, second = parties("惠企兑现办法说三天，创业扶持办法说五天", QINGHE).sides
    assert [side(payout) for side in (first, second)] == [True, False]
    assert [side(support) for side in (first, second)] == [False, True]
    (by_number,) = parties("青政规〔2025〕2号说的和窗口不一样", QINGHE).sides
    assert by_number(support)
    assert not by_number(payout)


def test_a_clause_with_the_figure_that_was_said_stands_beside_the_two_sides(sample: OpenSample) -> None:
    talk = Talk(responder(sample), "990121")
    reply = talk.answer("市里办法说就高不重复，望津县又说再给2000元，打架了，听谁的")
    assert "2000元" in "".join(source["quote"] for source in (reply.answer or {})["sources"])
