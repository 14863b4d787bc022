"""Papers as towns publish them: when they were issued, whose year their months are of, what is only an example."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import QINGHE, Talk, responder
from tests.sample import OpenSample, open_town

PENDING = """青禾市惠企平台管理办法

青数规〔2025〕3号

第一条 为了规范惠企平台，制定本办法。

第二条 推动更多政策实现“免申即享”，平台接到材料后自动兑付。

第三条 本办法由市数据局解释，自发布之日起施行。

青禾市数据局

2025年10月14日
"""
PLAN = """青禾市名特优新培育工作实施方案

青市监〔2024〕39号

一、总体要求

按照自愿参与、公开公正的原则开展培育工作。

二、时间步骤

（一）首批分类阶段。对社会公开“名特优新”申报条件及程序，各区于11月底前完成名特优新申报、推荐、认定和公示。

（二）总结阶段。各区做好名特优新培育工作总结，推广好的做法。

青禾市市场监督管理局

2024年9月2日

附件1

质量服务能力清单（示例）

单位 | 项目 | 收费标准 | 联系电话
质检院 | 质量提升诊断服务 | 免费 | 〔未公开〕

"""
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    papers = {"pending.md": PENDING, "plan.md": PLAN}
    with open_town(tmp_path_factory.mktemp("town"), papers, date(2026, 12, 1)) as opened:
        yield opened


@pytest.fixture
def talk(town: OpenSample) -> Talk:
    engine: Responder = responder(town)
    return Talk(engine, region=QINGHE, now=NOON)


@pytest.mark.parametrize(
    "asked",
    ["青禾市惠企平台管理办法什么时候施行", "《青禾市惠企平台管理办法》哪年出的", "惠企平台的这个办法从哪天开始算数"],
)
def test_a_paper_is_dated_by_its_labels_and_its_own_words(talk: Talk, asked: str) -> None:
    reply = talk.answer(asked)
    assert "2025-10-14 成文，施行日期待核" in reply.text
    assert "自发布之日起施行" in reply.text
    assert "2025-10-14 起施行" not in reply.text


def test_it_is_the_paper_just_cited_that_is_meant(talk: Talk) -> None:
    talk.answer("《青禾市惠企平台管理办法》第二条")
    reply = talk.answer("这个办法啥时候开始施行")
    assert reply.answer is not None
    assert [one["clause"] for one in reply.answer["sources"]] == ["第三条"]


def test_the_whole_clause_is_dated_in_the_same_words(talk: Talk) -> None:
    talk.answer("《青禾市惠企平台管理办法》第二条")
    assert "（2025-10-14 成文，施行日期待核）" in talk.answer("看原文").text


def test_where_a_paper_says_nothing_of_its_start_that_is_said(talk: Talk) -> None:
    reply = talk.answer("《青禾市名特优新培育工作实施方案》什么时候生效")
    assert "施行日期待核：成文日期是2024年9月2日" in reply.text
    assert "没有找到写明施行日期的条款" in reply.text


def test_what_a_word_means_is_not_told_by_a_clause_that_only_uses_it(talk: Talk) -> None:
    reply = talk.answer("免申即享是啥意思")
    assert "没有写明您问的“免申即享”的意思" in reply.text


def test_a_month_of_a_past_plan_is_told_with_its_year(talk: Talk) -> None:
    reply = talk.answer("名特优新什么时候申报")
    assert reply.behaviour == "one_off"
    assert "这是2024年的安排：“11月底前”指的是2024年；今年怎么安排，文件没有说。" in reply.text


def test_conditions_are_not_answered_with_a_deadline(talk: Talk) -> None:
    reply = talk.answer("名特优新的申报条件是什么")
    assert "没有写明您问的条件" in reply.text
    assert "11月底前" not in reply.text


def test_a_row_of_an_example_is_read_out_and_called_one(talk: Talk) -> None:
    reply = talk.answer("质量提升诊断服务收费标准是多少")
    assert "质检院；质量提升诊断服务；免费" in reply.text
    assert " | " not in reply.text
    assert "这是附件里的示例，不是规定。" in reply.text
