"""Which self-test fits what somebody asks."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Source
from assistant.eligibility.matching import Asked, asks_for_everything, fitting, named_to_start
from assistant.sharp import asks_for_oneself
from knowledge.documents import Audience
from knowledge.rules.engine import shipped

ON = date(2026, 7, 1)
QINGHE, BAIYU, WANGJIN, YICHANG, WUHAN = "990100", "990200", "990121", "420500", "420100"


def fits(text: str, region: str, *sources: Source, entity: str = "") -> list[str]:
    return fitting(Asked(text, region, ON, entity), sources, shipped())


def clause(title: str, number: str) -> Source:
    return Source(
        document="x", title=title, doc_number=None, clause=number, quote="", region=QINGHE, effective_from=None,
        effective_to=None, in_force=True, audience=Audience.PUBLIC, score=1.0, why="", clause_id="x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "region", "policy"),
    [
        ("能领开业补贴吗", QINGHE, "qinghe_opening_subsidy"),
        ("那八千块我够不够格", QINGHE, "qinghe_opening_subsidy"),
        ("我有残疾证，租金每月一千二，场租能给我不", QINGHE, "qinghe_rent_subsidy"),
        ("创业补贴我能领不", BAIYU, "baiyu_opening_subsidy"),
        ("我返乡开网店，快递费能补吗", WANGJIN, "wangjin_parcel_subsidy"),
        ("我能不能评名特优新", YICHANG, "hubei_special_traders"),
        ("我的残保金能不能免", YICHANG, "disabled_levy"),
        ("房产税我能减吗", YICHANG, "six_taxes_half"),
        ("我想申请创业贷款行不行", WUHAN, "wuhan_startup_loan"),
        ("我是小微企业吗", YICHANG, "enterprise_size_class"),
    ],
)
def test_by_the_names_people_use(text: str, region: str, policy: str) -> None:
    assert fits(text, region) == [policy]


@pytest.mark.parametrize("text", ["能领开业补贴吗", "场租能给我不", "那八千块我够不够格"])
def test_the_policies_of_another_city_never_fit(text: str) -> None:
    assert fits(text, YICHANG) == []


def test_where_the_name_means_several_all_are_offered() -> None:
    assert set(fits("社保能补吗", QINGHE)) == {"qinghe_flexible_insurance", "qinghe_hardship_insurance"}
    assert set(fits("增值税能免吗", YICHANG)) == {"vat_threshold", "vat_reduced_rate"}  # the ended one is not


def test_the_kind_of_business_decides_between_them() -> None:
    assert fits("社保能补吗", QINGHE, entity="企业") == ["qinghe_hardship_insurance"]


def test_by_the_clause_that_was_found() -> None:
    basis = next(iter(shipped().book.policies["qinghe_opening_subsidy"].basis.values()))
    found = clause(basis.document, basis.clause or "")
    assert "qinghe_opening_subsidy" in fits("头一回干买卖，给点钱不", QINGHE, found)
    assert fits("头一回干买卖，给点钱不", YICHANG, found) == []
    assert fits("头一回干买卖，给点钱不", QINGHE, replace(found, title="别的办法")) == []


@pytest.mark.parametrize(
    "text", ["我能享受什么", "有什么补贴我能拿", "我能领哪些补贴", "有啥补贴我能申请", "帮我看看能享受什么政策"]
)
def test_no_policy_in_particular(text: str) -> None:
    assert asks_for_everything(text)


@pytest.mark.parametrize("text", ["开业补贴我能享受多少", "现在有什么扶持政策？", "政策计算器算一半就退出来了"])
def test_something_in_particular(text: str) -> None:
    assert not asks_for_everything(text)


def test_whether_one_can_have_it_oneself_is_asked_and_no_rule_about_papers() -> None:
    assert asks_for_oneself("我的个税能减半吗")
    assert not asks_for_oneself("个税减半是怎么算的")
    assert not asks_for_oneself("我能吃饭吗")
    assert not asks_for_oneself("食品经营许可证弄丢了，补一张当天能拿到吗？")


def test_our_own_buttons_name_the_policy_of_the_place() -> None:
    assert named_to_start("自测：增值税起征点", shipped(), YICHANG) == ["vat_threshold"]
    assert named_to_start("自测：一次性开业补贴", shipped(), YICHANG) == []
    assert named_to_start("开业补贴有多少", shipped(), QINGHE) is None
