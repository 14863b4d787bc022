"""Word documents, workbooks and csv, really made here and read back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

from ingest.parsers import Limits
from ingest.parsers.numbering import chinese
from tests.ingest.making import LAW, Put, cells, prose, sheet, texts, xlsx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


# Word


def test_word_paragraphs_and_tables_come_in_order_without_header(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_heading("某市条例", level=0)
    document.add_heading("第一章 总则", level=1)
    document.add_paragraph(f"{LAW}\n第二条")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, ["事项期限法定", "办照三日一日", "变更五日两日"], strict=True):
        for place, cell in enumerate(row.cells):
            cell.text = words[place * 2 : place * 2 + 2]
    table.cell(0, 1).merge(table.cell(0, 2)).text = "期限"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "办照"
    document.add_paragraph("附则")
    document.save(str(tmp_path / "x.docx"))
    parsed = prose(tmp_path / "x.docx")
    assert texts(parsed) == [
        "某市条例", "第一章 总则", LAW, "第二条", "事项 | 期限", "办照 | 三日 | 一日", "办照 | 五日 | 两日", "附则",
    ]  # fmt: skip
    assert cells(parsed)[0] == ("事项", "期限", "期限")
    assert [block.heading for block in parsed.blocks[:3]] == [True, True, False]
    assert parsed.title_hint == "某市条例"


def numbered(path: Path, levels: Sequence[tuple[str, str]], depths: Sequence[int]) -> Path:
    document = Document()
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (form, shown) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{inside}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for depth in depths:
        properties = document.add_paragraph("内容")._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="88"/></w:numPr>'))
    document.save(str(path))
    return path


def test_word_numbers_stand_where_word_shows_them(tmp_path: Path) -> None:
    levels = [
        ("chineseCountingThousand", "第%1条　"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "%3.%4 "),
    ]
    path = numbered(tmp_path / "x.docx", levels, [0, 1, 1, 2, 3, 0, 1])
    assert texts(prose(path)) == [
        "第一条　内容", "（一）内容", "（二）内容", "1.内容", "1.1 内容", "第二条　内容", "（一）内容",
    ]  # fmt: skip


def test_an_unknown_word_number_format_is_reported(tmp_path: Path) -> None:
    parsed = prose(numbered(tmp_path / "x.docx", [("hebrew1", "%1、")], [0, 0]))
    assert texts(parsed) == ["1、内容", "2、内容"]
    assert "hebrew1" in parsed.warnings[0]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1003, "一千零三")],
)
def test_chinese_numbers(number: int, shown: str) -> None:
    assert chinese(number) == shown


def test_word_insertions_are_read_and_deletions_and_hidden_words_are_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("正文")._p
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>新增</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"))
    document.save(str(tmp_path / "x.docx"))
    assert texts(prose(tmp_path / "x.docx")) == ["正文新增"]


# tables


def test_a_workbook_gives_text_as_people_write_it(tmp_path: Path) -> None:
    from datetime import date, datetime

    rows: list[list[object]] = [
        ["服务清单"],
        [],
        ["事项", "数", "日期"],
        ["办照", 3.0, date(2024, 5, 1)],
        ["变更", 0.5, datetime.fromisoformat("2024-05-01T09:30")],
    ]
    parsed = sheet(xlsx(tmp_path / "x.xlsx", 清单=rows))
    assert list(parsed.header) == ["事项", "数", "日期"]
    assert [list(row) for row in parsed.rows] == [["办照", "3", "2024-05-01"], ["变更", "0.5", "2024-05-01 09:30"]]
    assert parsed.name == "清单"
    assert "服务清单" in parsed.warnings[0]


def test_worksheets_with_one_header_are_joined_and_others_named(tmp_path: Path) -> None:
    same = xlsx(tmp_path / "x.xlsx", 甲=[["问", "答"], ["a", "b"]], 乙=[["问", "答"], ["c", "d"]], 空=[])
    assert [tuple(row) for row in sheet(same).rows] == [("a", "b"), ("c", "d")]
    other = sheet(xlsx(tmp_path / "y.xlsx", 甲=[["问", "答"], ["a", "b"]], 乙=[["部门", "电话"], ["c", "d"]]))
    assert [tuple(row) for row in other.rows] == [("a", "b")]
    assert "乙" in other.warnings[0]


def test_cells_merged_downwards_are_filled(tmp_path: Path) -> None:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    for row in (["部门", "事项"], ["市监局", "办照"], ["", "变更"], ["", "注销"]):
        worksheet.append(row)
    worksheet["A3"], worksheet["A4"] = None, None
    worksheet.merge_cells("A2:A3")
    workbook.save(tmp_path / "x.xlsx")
    workbook.close()
    assert [tuple(row) for row in sheet(tmp_path / "x.xlsx").rows] == [
        ("市监局", "办照"),
        ("市监局", "变更"),
        ("", "注销"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters_are_found(put: Put, delimiter: str) -> None:
    rows = [["问题", "答案"], ["怎么办？", '"网上，\n或窗口"'], ["多久", "3日"]]
    parsed = sheet(put("x.csv", "\n".join(delimiter.join(row) for row in rows).encode("gbk")))
    assert list(parsed.header) == ["问题", "答案"]
    assert [tuple(row) for row in parsed.rows] == [("怎么办？", "网上，\n或窗口"), ("多久", "3日")]
    assert not parsed.warnings


def test_a_sheet_without_a_known_header_is_still_a_sheet(put: Put) -> None:
    parsed = sheet(put("x.csv", "甲\n乙\n"))
    assert (list(parsed.header), [tuple(row) for row in parsed.rows]) == (["甲"], [("乙",)])
    assert "只有一列" in parsed.warnings[0]


def test_thirty_thousand_narrow_rows_are_read(put: Put) -> None:
    parsed = sheet(put("x.csv", "问题,答案\n" + "a,b\n" * 30_000))
    assert len(parsed.rows) == 30_000


def test_the_empty_width_of_a_workbook_does_not_count_as_text(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", 甲=[["问", "答"], *[["a", "b"]] * 100])
    assert len(sheet(path, Limits(max_characters=1000)).rows) == 100
