"""FAQ, directory and service items: a row is a clause, columns may be called differently, a bad row is reported."""

from datetime import date

import pytest

from ingest.assemble import assemble
from ingest.blocks import Sheet
from ingest.errors import NoContent, UnknownSheet
from ingest.label import Hints
from ingest.labels_file import Overrides
from knowledge.documents import MASK, Audience, ClauseKind, Document, Module

FAQ = ("编号", "问题", "答案", "相似问法", "依据文件", "依据条款", "地区", "受众", "施行日期", "失效日期")


def sheet(header: tuple[str, ...], *rows: tuple[str, ...], hints: Hints | None = None) -> Document:
    return assemble(Sheet(header, rows, format="csv"), Overrides(), hints or Hints(file_name="faq.csv"))


def faq(**cells: str) -> Document:
    """One row, of which only the given columns are filled beside question and answer."""
    row = {"编号": "F1", "问题": "怎么办执照？", "答案": "网上申请。", **cells}
    return sheet(FAQ, tuple(row.get(name, "") for name in FAQ))


def bodies(document: Document) -> list[str]:
    return [passage.body for passage in document.passages]


def test_a_row_is_a_clause_named_by_its_number() -> None:
    assert [(clause.path, clause.kind) for clause in faq().clauses] == [("F1", ClauseKind.FAQ)]


def test_a_row_without_a_number_is_named_by_its_place() -> None:
    assert faq(编号="").clauses[0].path == "第1行"


def test_a_number_used_twice_is_reported() -> None:
    found = sheet(("编号", "问题", "答案"), ("F1", "甲？", "乙。"), ("F1", "丙？", "丁。"))
    assert [clause.path for clause in found.clauses] == ["F1", "F1#2"]
    assert "F1" in found.findings[0]


def test_the_rows_together_are_the_text() -> None:
    found = sheet(("问题", "答案"), ("甲？", "乙。"), ("丙？", "丁。"))
    assert "".join(found.text[clause.start : clause.own_end] for clause in found.clauses) == found.text


@pytest.mark.parametrize(
    "header", [("问题", "答案"), ("问", "答"), ("标准问", "答复"), ("常见问题", "标准答案"), ("问 题", "答 案")]
)
def test_the_columns_of_a_faq_may_be_called_differently(header: tuple[str, str]) -> None:
    found = sheet(header, ("怎么办执照？", "网上申请。"))
    assert (found.faqs[0].question, found.faqs[0].answer) == ("怎么办执照？", "网上申请。")


@pytest.mark.parametrize(
    "written", ["如何办照？｜执照咋办？", "如何办照？|执照咋办？", "如何办照？\n执照咋办？", "如何办照？；执照咋办？"]
)
def test_variants_may_be_parted_differently(written: str) -> None:
    assert faq(相似问法=written).faqs[0].variants == ("如何办照？", "执照咋办？")


def test_question_answer_and_every_variant_are_found_on_their_own() -> None:
    assert bodies(faq(相似问法="如何办照？｜执照咋办？")) == [
        "怎么办执照？",
        "怎么办执照？\n网上申请。",
        "如何办照？",
        "执照咋办？",
    ]


def test_the_basis_of_an_answer_is_kept() -> None:
    found = faq(依据文件="《服务办法(试行)》", 依据条款="第三条").faqs[0]
    assert (found.basis_title, found.basis_clause) == ("服务办法（试行）", "第三条")


def test_a_row_has_the_region_it_names() -> None:
    assert {passage.region for passage in faq(地区="湖北省武汉市").passages} == {"420100"}


def test_a_row_of_an_unknown_region_is_kept_from_everybody() -> None:
    assert {passage.region for passage in faq(地区="不存在市").passages} == {""}


def test_a_row_of_an_unknown_region_is_reported() -> None:
    assert "不存在市" in "".join(faq(地区="不存在市").findings)


def test_a_row_without_a_region_has_the_caller_s() -> None:
    found = sheet(("问题", "答案"), ("甲？", "乙。"), hints=Hints(region="420100", file_name="faq.csv"))
    assert {passage.region for passage in found.passages} == {"420100"}


def test_a_sheet_speaks_for_the_region_that_its_rows_share() -> None:
    found = sheet(("问题", "答案", "地区"), ("甲？", "乙。", "武汉市"), ("丙？", "丁。", "宜昌市"))
    assert found.labels.region == "420000"


def test_a_row_for_staff_is_for_staff() -> None:
    assert {passage.audience for passage in faq(受众="工作人员").passages} == {Audience.STAFF}


def test_a_caller_who_says_staff_is_obeyed_for_every_row() -> None:
    found = sheet(("问题", "答案"), ("甲？", "乙。"), hints=Hints(audience=Audience.STAFF, file_name="faq.csv"))
    assert {passage.audience for passage in found.passages} == {Audience.STAFF}


def test_a_labels_file_that_says_staff_is_obeyed_for_every_row() -> None:
    table = Sheet(("问题", "答案"), (("甲？", "乙。"),), format="csv")
    found = assemble(table, Overrides(audience=Audience.STAFF), Hints(file_name="faq.csv"))
    assert {passage.audience for passage in found.passages} == {Audience.STAFF}


def test_a_labels_file_s_region_is_that_of_the_rows_that_name_none() -> None:
    table = Sheet(("问题", "答案"), (("甲？", "乙。"),), format="csv")
    found = assemble(table, Overrides(region="420100"), Hints(file_name="faq.csv"))
    assert {passage.region for passage in found.passages} == {"420100"}


@pytest.mark.parametrize("written", ["2025-03-01", "2025/3/1", "2025.03.01", "2025年3月1日"])
def test_a_row_has_its_own_dates(written: str) -> None:
    found = faq(施行日期=written, 失效日期="2025-12-31").passages[0]
    assert (found.effective_from, found.effective_to) == (date(2025, 3, 1), date(2025, 12, 31))


def test_a_row_without_an_answer_is_left_out() -> None:
    found = sheet(("问题", "答案"), ("甲？", ""), ("丙？", "丁。"))
    assert [one.question for one in found.faqs] == ["丙？"]


def test_a_row_without_an_answer_is_reported_by_its_number() -> None:
    found = sheet(("问题", "答案"), ("甲？", ""), ("丙？", "丁。"))
    assert "第 1 行缺少答案" in found.findings[0]


def test_an_empty_row_is_no_row() -> None:
    found = sheet(("问题", "答案"), ("", ""), ("丙？", "丁。"))
    assert (len(found.clauses), found.findings) == (1, [])


def test_a_short_row_has_empty_cells() -> None:
    assert sheet(("问题", "答案", "地区"), ("甲？", "乙。")).faqs[0].answer == "乙。"


def test_a_sheet_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownSheet, match="甲、乙"):
        sheet(("甲", "乙"), ("1", "2"))


def test_a_sheet_without_rows_is_refused() -> None:
    with pytest.raises(NoContent):
        sheet(("问题", "答案"))


def test_a_mobile_number_in_an_answer_is_masked() -> None:
    assert bodies(faq(答案="请拨 13800138000。"))[1] == f"怎么办执照？\n请拨 {MASK}。"


def test_a_public_hotline_in_an_answer_is_shown() -> None:
    assert "12345" in bodies(faq(答案="请拨 12345。"))[1]


def test_a_mobile_number_in_a_question_is_masked() -> None:
    assert not any("13800138000" in body for body in bodies(faq(问题="13800138000 是谁的？")))


def test_a_mobile_number_in_a_variant_is_masked() -> None:
    assert not any("13800138000" in body for body in bodies(faq(相似问法="13800138000 能打吗？")))


DIRECTORY = ("单位", "职责", "地址", "联系电话", "核验日期")


def unit(telephone: str, verified: str) -> Document:
    return sheet(DIRECTORY, ("质量科", "质量提升", "中心路1号", telephone, verified))


def test_a_directory_row_is_a_unit() -> None:
    found = unit("0700-1234567", "2026-01-01")
    assert [(row.kind, row.name) for row in found.rows] == [(ClauseKind.UNIT, "质量科")]


def test_a_verified_landline_is_shown() -> None:
    assert "0700-1234567" in bodies(unit("0700-1234567", "2026-01-01"))[0]


def test_a_landline_nobody_verified_is_masked() -> None:
    assert "0700-1234567" not in bodies(unit("0700-1234567", ""))[0]


def test_a_mobile_number_is_masked_even_when_verified() -> None:
    assert "13800138000" not in bodies(unit("13800138000", "2026-01-01"))[0]


def test_a_directory_belongs_to_the_guide_to_appeals() -> None:
    assert unit("0700-1234567", "").labels.module is Module.APPEAL


ITEM = ("事项名称", "主管部门", "申报条件", "扶持标准", "申报材料", "申报流程", "地区")


def item() -> Document:
    return sheet(ITEM, ("创业补贴", "市人社局", "首次创业", "5000元", "申请表", "网上申报", "青禾市"))


def test_a_service_item_is_found_by_the_groups_of_its_fields() -> None:
    assert bodies(item()) == [
        "主管部门：市人社局\n申报条件：首次创业\n扶持标准：5000元",
        "申报材料：申请表",
        "申报流程：网上申报",
    ]


def test_every_part_of_a_service_item_is_found_under_its_name() -> None:
    assert {passage.prefix for passage in item().passages} == {"创业补贴"}


def test_every_part_of_a_service_item_has_its_region() -> None:
    assert {passage.region for passage in item().passages} == {"990100"}


def test_the_fields_of_a_service_item_are_kept_by_column() -> None:
    assert item().rows[0].fields["扶持标准"] == "5000元"


def test_the_same_file_read_twice_has_the_same_ids() -> None:
    assert [passage.id for passage in item().passages] == [passage.id for passage in item().passages]


def test_files_of_the_same_name_in_two_regions_are_two_documents() -> None:
    one = sheet(("问题", "答案"), ("甲？", "乙。"), hints=Hints(region="420100", file_name="faq.csv"))
    other = sheet(("问题", "答案"), ("丙？", "丁。"), hints=Hints(region="420500", file_name="faq.csv"))
    assert one.id != other.id
