"""What stands in a document of one's own place is not denied, and no other city's is held out instead."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Elsewhere
from assistant.flows import own_words
from assistant.flows.other_places import Evidence, OtherPlaces
from assistant.flows.replies import nothing
from assistant.flows.sourcing import Sourcing
from knowledge import places, regions
from knowledge.library import Question
from knowledge.references import Reference
from tests.sample import OpenSample

REVIEW = "每年第三季度启动分型结果复核，按照基层工作人员复核结果，于9月30日重新进行一次系统自动分型判定"
FREE = "代办帮办工作人员根据申请人需求，为申请人提供免费代办帮办服务"
PLAN = "个体工商户分型分类精准帮扶实施方案"


def no_terms(word: str) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("分型结果啥时候复核", REVIEW),
        ("分型复核在什么时候", REVIEW),
        ("代办收不收钱", FREE),
        ("帮办的服务要不要收费", FREE),
    ],
)
def test_a_clause_says_every_word_and_the_thing_that_is_asked(question: str, text: str) -> None:
    assert own_words.all_said(question, text, no_terms)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("分型复核找哪个窗口", "每年第三季度启动分型结果复核"),
        ("分型要交材料不", REVIEW),
        ("代办能代办护照不", FREE),
        ("代办", FREE),
        ("分型复核不通过罚多少", REVIEW),
    ],
)
def test_a_word_or_a_kind_of_thing_that_is_not_there_is_not_said(question: str, text: str) -> None:
    assert not own_words.all_said(question, text, no_terms)


def test_a_county_is_named_without_its_kind_near_it_only() -> None:
    assert places.named_in("扎兰屯的企业专区在哪", near="150700") == ["150783"]
    assert places.named_in("扎兰屯的企业专区在哪", near="990100") == []
    assert places.named_in("清水河边的店", near="420100") == []


def of_places(sample: OpenSample) -> OtherPlaces:
    return OtherPlaces(sample.library, Sourcing(sample.library, sample.database), Evidence())


def test_the_document_of_the_place_on_the_matter_is_the_one_to_read_on(sample: OpenSample) -> None:
    finding = sample.library.find(Question("分型结果复核", regions.resolve("青禾市"), date(2026, 7, 1)))
    other = Elsewhere("x", f"武汉市{PLAN}", "420100")
    own = of_places(sample).own_document(finding, [other])
    assert own is not None
    assert own.title == f"青禾市{PLAN}"
    assert of_places(sample).own_document(finding, [Elsewhere("y", "武汉市夜间噪声管理办法", "420100")]) is None
    assert of_places(sample).own_document(finding) is None


def test_a_document_named_by_its_number_is_the_one_to_read_on(sample: OpenSample) -> None:
    finding = sample.library.find(Question("分型结果复核", regions.resolve("青禾市"), date(2026, 7, 1)))
    own = of_places(sample).own_document(replace(finding, reference=Reference(number="青市监〔2024〕15号")))
    assert own is not None
    assert own.title == f"青禾市{PLAN}"


def test_nothing_found_names_what_is_to_be_read_here_and_does_not_deny_it() -> None:
    question = Question("分型要交材料不", "420100", date(2026, 7, 1))
    own = Elsewhere("x", f"武汉市{PLAN}", "420100")
    told = nothing(question, (), (), (), 1, own).text
    assert f"《武汉市{PLAN}》" in told
    assert "不等于没有写" in told
    assert "有没有类似规定" not in told


@pytest.mark.parametrize(
    ("asked", "clause", "is_another"),
    [
        ("许可证补办要几天", "有效期为5年。需要延续的，应当提出申请。", True),
        ("许可证丢了补办要几天", "遗失的，应当补发，不影响延续。", False),
        ("许可证延续几天前申请", "有效期为5年。需要延续的，应当提出申请。", False),
        ("复核多久给答复", "申请人对结果有异议的，可以申请复核", False),
        ("补贴拨付要几天", "经过公示无异议的，应当在10个工作日内发放", False),
        ("开业补贴多少钱", "需要延续的，应当提出申请。", False),
    ],
)
def test_a_clause_on_another_act_is_only_near(asked: str, clause: str, *, is_another: bool) -> None:
    assert own_words.is_of_another_act(asked, clause, no_terms) is is_another


def test_how_often_is_a_time_too() -> None:
    clause = "从业人员应当每年进行一次健康检查，取得健康证明后方可从事接触直接入口食品的工作"
    assert own_words.all_said("从业人员健康证多久办一回", clause, no_terms)
    assert not own_words.all_said("从业人员健康证在哪办", clause, no_terms)
