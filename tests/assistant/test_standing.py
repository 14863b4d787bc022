"""What an answer says of its rules: old and new, one-off, explained, differing, of another place, undecided."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer, Extent
from knowledge import regions
from knowledge.library import Question
from tests.sample import TODAY, OpenSample, open_town

OUTDOORS = "商户应当与街道办事处签订门前三包责任书，收市后清洁地面"
OLD = "青政规〔2022〕5号"
EXPLAINED = "场租补贴 按实际支付租金的50%给予，每月限额由500元提高到800元"
NEW = "青政规〔2025〕2号"


def ask(sample: OpenSample, text: str, place: str = "青禾市", on: date = TODAY) -> Answer:
    return sample.answers.answer(Question(text, regions.resolve(place), on))


def test_a_repealed_document_that_is_named_is_told_with_its_successor(sample: OpenSample) -> None:
    answer = ask(sample, f"{OLD} 残疾人或者零就业家庭成员的一次性开业补贴")
    assert answer.text.startswith(
        f"您说的《青禾市个体工商户创业扶持办法》（{OLD}）已于2025年7月1日被《青禾市个体工商户创业扶持办法》（{NEW}）取代，现按{NEW}答复。"
    )
    assert {source.in_force for source in answer.sources} == {True}


def test_a_repealed_document_of_another_title_is_told_by_its_title(sample: OpenSample) -> None:
    answer = ask(sample, "《青禾市小餐饮店备案管理暂行规定》的备案证还能不能继续使用")
    assert "您说的《青禾市小餐饮店备案管理暂行规定》（青市监〔2019〕21号）已于2025年1月1日被" in answer.text


def test_a_title_that_is_still_in_force_names_no_old_document(sample: OpenSample) -> None:
    assert "您说的" not in ask(sample, "青禾市个体工商户创业扶持办法第六条").text


def test_who_remembers_the_old_sum_is_told_of_the_new_rule(sample: OpenSample) -> None:
    answer = ask(sample, "原办法的场租补贴每月最高500元，现在按实际支付租金给多少")
    assert f"原来的《青禾市个体工商户创业扶持办法》（{OLD}）已于2025年7月1日被" in answer.text


def test_a_source_of_an_earlier_day_names_what_replaced_it(sample: OpenSample) -> None:
    answer = ask(sample, "青禾市个体工商户创业扶持办法第五条", on=date(2025, 6, 30))
    later = answer.sources[0].superseded_by
    assert later is not None
    assert (later.doc_number, later.since) == (NEW, date(2025, 7, 1))
    assert f"2025-07-01 起由《青禾市个体工商户创业扶持办法》（{NEW}）取代" in answer.text


def test_a_source_in_force_has_no_successor(sample: OpenSample) -> None:
    assert ask(sample, "青禾市个体工商户创业扶持办法第五条").sources[0].superseded_by is None


def test_the_first_batch_of_2024_is_not_this_years(sample: OpenSample) -> None:
    answer = ask(sample, "受理首批名特优新自愿申报并完成初审是什么时候")
    source = next(source for source in answer.sources if source.clause == "五（二）")
    assert source.remarks == ("这是2024年的一次性安排，已经过期；今年是否继续，文件没有说。",)
    assert source.remarks[0] in answer.text


def test_in_its_own_year_the_arrangement_was_current(sample: OpenSample) -> None:
    answer = ask(sample, "受理首批名特优新自愿申报并完成初审是什么时候", on=date(2024, 10, 1))
    assert all("一次性安排" not in remark for source in answer.sources for remark in source.remarks)


def test_an_explanation_stands_behind_its_original_and_is_labelled(sample: OpenSample) -> None:
    answer = ask(sample, EXPLAINED)
    titles = [source.title for source in answer.sources]
    explained = [row for row, title in enumerate(titles) if title.endswith("政策解读")]
    assert explained
    assert "青禾市个体工商户创业扶持办法" in titles[: explained[0]]
    assert "以原文为准" in answer.sources[explained[0]].remarks[0]


def test_labels_that_are_not_verified_and_matched_words_stand_in_the_source(sample: OpenSample) -> None:
    answer = ask(sample, EXPLAINED)
    source = next(source for source in answer.sources if source.title.endswith("政策解读"))
    assert source.pending == ("施行日期待核",)
    assert (source.effective_from, source.dates) == (None, f"{source.issued} 成文，施行日期待核")
    assert f"｜{source.issued} 成文，施行日期待核" in answer.text
    assert "现行有效" not in next(line for line in answer.text.splitlines() if source.title in line)
    assert "限额" in source.matched


def test_a_rule_of_another_place_is_named_and_not_quoted(sample: OpenSample) -> None:
    answer = ask(sample, OUTDOORS, place="青禾市")
    assert (answer.extent, list(answer.sources)) == (Extent.NOT, [])
    assert [(one.title, regions.name(one.region)) for one in answer.elsewhere] == [
        ("南屏区商业外摆和门头招牌设置管理办法", "南屏区")
    ]
    assert "《南屏区商业外摆和门头招牌设置管理办法》是南屏区的规定，在青禾市不适用。" in answer.text


def test_nothing_of_what_another_place_gives_is_told(sample: OpenSample) -> None:
    answer = ask(sample, OUTDOORS, place="白榆市")
    assert not any(char.isdigit() for char in answer.text.replace("12345", ""))


def test_in_its_own_place_the_rule_is_answered(sample: OpenSample) -> None:
    answer = ask(sample, OUTDOORS, place="南屏区")
    assert answer.answered
    assert list(answer.elsewhere) == []


def test_staff_only_papers_of_other_places_are_not_named(sample: OpenSample) -> None:
    answer = ask(sample, "青禾市个体工商户诉求疑难件升级处置手册 升级处置", place="白榆市")
    assert "升级处置手册" not in str(answer.to_json()["elsewhere"]) + answer.text


def test_who_asks_about_another_place_is_told_whose_rules_these_are(sample: OpenSample) -> None:
    answer = ask(sample, "白榆市残疾人或者零就业家庭成员的一次性开业补贴增加多少")
    assert "您问到了白榆市，下面是青禾市适用的规定，不能用到白榆市" in answer.text


def test_a_decision_is_left_to_the_authority_and_the_rules_are_told(sample: OpenSample) -> None:
    answer = ask(sample, "能不能给我批一次性开业补贴，残疾人或者零就业家庭成员")
    assert answer.text.startswith("能否批准由受理、审批机关审核决定，我不能代为认定")
    assert answer.sources


def test_a_decision_without_rules_promises_none(sample: OpenSample) -> None:
    text = ask(sample, "会不会罚我").text
    assert "我不能代为认定。" in text
    assert "下面只说" not in text


PROVINCE = """云岭省人民政府关于印发《云岭省诉求办理规定》的通知

云政发〔2023〕7号

云岭省人民政府

2023年5月6日

云岭省诉求办理规定

第一条 为了规范诉求办理，制定本规定。

第二条 个体工商户提交的诉求，应当自提交之日起15日内办结并回复。

第三条 本规定自2023年6月1日起施行。
"""
CITY = """青禾市人民政府关于印发《青禾市诉求办理细则》的通知

青政规〔2025〕9号

青禾市人民政府

2025年5月6日

青禾市诉求办理细则

第一条 为了办好诉求，制定本细则。

第二条 个体工商户提交的诉求，应当自提交之日起20日内办结并回复。

第三条 诉求人可以查询进度，窗口应当告知。

第四条 本细则自2025年6月1日起施行。
"""
AMENDING = """青禾市人民政府关于修改《青禾市诉求办理细则》的决定

青政规〔2026〕3号

青禾市人民政府

2026年2月1日

青禾市人民政府关于修改《青禾市诉求办理细则》的决定

一、将第三条修改为：“诉求人可以随时查询进度。”

二、本决定自2026年3月1日起施行。
"""
ASKED = "个体工商户提交的诉求应当自提交之日起几日内办结并回复"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    papers = {"a.txt": PROVINCE, "b.txt": CITY, "c.txt": AMENDING}
    with open_town(tmp_path_factory.mktemp("town"), papers) as opened:
        yield opened


def test_documents_that_differ_are_both_shown_the_governing_one_first(town: OpenSample) -> None:
    sources = [source.doc_number for source in ask(town, ASKED).sources]
    assert sources.index("云政发〔2023〕7号") < sources.index("青政规〔2025〕9号")


def test_it_is_told_how_they_differ_which_governs_and_why(town: OpenSample) -> None:
    text = ask(town, ASKED).text
    assert "两份文件说法不同：" in text
    assert "写的是“15日”" in text
    assert "写的是“20日”" in text
    assert "以《云岭省诉求办理规定》（云政发〔2023〕7号）为准（省级规定的效力高于市级规定）。" in text


def test_a_clause_that_a_later_document_changed_is_shown_with_it(town: OpenSample) -> None:
    answer = ask(town, "青禾市诉求办理细则第三条")
    assert [one.doc_number for one in answer.sources[0].amended_by] == ["青政规〔2026〕3号"]
    assert "这一条已被《青禾市人民政府关于修改《青禾市诉求办理细则》的决定》（青政规〔2026〕3号）修改" in answer.text


def test_a_clause_that_the_change_leaves_alone_is_not_marked(town: OpenSample) -> None:
    assert ask(town, "青禾市诉求办理细则第二条").sources[0].amended_by == ()


def test_a_change_that_lies_ahead_is_not_told_yet(town: OpenSample) -> None:
    assert ask(town, "青禾市诉求办理细则第三条", on=date(2026, 2, 28)).sources[0].amended_by == ()
