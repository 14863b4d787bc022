"""Blocks to normalised text: wrapped lines joined, furniture out, one form of punctuation, tables recovered."""

import pytest

from ingest.blocks import Block, BlockKind, Prose
from ingest.clean import normalise
from ingest.punctuation import fold_title, tidy
from tests.papers import cleaned, lines, paragraphs, table

WRAPPED = """青禾市个体工商户服务专区管理办法

第一条 为了规范青禾市个体工商户服务专区的运行，方便个
体工商户办事，根据《促进个体工商户发展条例》，结合本市实际
，制定本办法。
第二条 本市行政区域内个体工商户服务专区的设立、运行、维
护和监督，适用本办法。
第三条 市市场监督管理部门负责本办法的组织实施，并对各区
的落实情况进行检查，检查结果每年向社会公布一次，接受监督。
第四条 本办法自2025年1月1日起施行。
"""


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    assert "第二条 本市行政区域内个体工商户服务专区的设立、运行、维护和监督，适用本办法。" in cleaned(WRAPPED)


def test_a_wrapped_line_may_begin_with_punctuation() -> None:
    assert any(line.endswith("结合本市实际，制定本办法。") for line in cleaned(WRAPPED))


def test_the_next_article_is_not_drawn_into_a_wrapped_one() -> None:
    assert [line[:3] for line in cleaned(WRAPPED)] == ["青禾市", "第一条", "第二条", "第三条", "第四条"]


CUT = """第三条 各区市场监督管理部门应当明确专人登录系统，及时受理个体工商户的诉求，建立登记、分派、反

馈闭环机制，做到件件有回音。

第四条 市级部门负责统筹。"""


def test_a_word_cut_by_a_page_break_is_whole_again() -> None:
    assert "反馈闭环机制" in cleaned(CUT)[0]


def test_a_page_number_does_not_stand_between_the_halves_of_a_word() -> None:
    assert "反馈闭环机制" in cleaned(CUT.replace("反\n\n", "反\n— 3 —\n"))[0]


def test_a_paragraph_that_ended_is_not_continued() -> None:
    assert cleaned("市级部门负责统筹协调、业务指导和监督检查等各项有关工作。\n\n各区负责落实。") == [
        "市级部门负责统筹协调、业务指导和监督检查等各项有关工作。",
        "各区负责落实。",
    ]


def test_whole_paragraphs_of_a_word_file_are_never_joined() -> None:
    source = paragraphs("各区应当按照本办法的要求建立健全个体工商户诉求的受理、办理、反馈机制", "各区落实")
    assert len(normalise(source).lines) == 2


def test_an_address_cut_by_a_line_break_is_whole_again() -> None:
    text = "第五条 系统的入口设在门户网站主页的底部，后台入口为 http://10.1.2.3:9092/Abc\n\n/login。功能另行通知。"
    assert "http://10.1.2.3:9092/Abc/login" in cleaned(text)[0]


def test_latin_words_on_two_lines_keep_their_space() -> None:
    text = "企业可以通过网页和手机办理各项业务，也可以使用 NLP (Natural Language\nProcessing) 的各种功能，具体办法另行规定。"
    assert "Natural Language Processing" in "".join(cleaned(text))


def test_a_date_line_is_not_drawn_into_the_line_before() -> None:
    text = "特此通知，请各区、各部门结合实际认真贯彻执行，并及时报告执行中的有关情况\n2025年3月1日"
    assert cleaned(text)[-1] == "2025年3月1日"


@pytest.mark.parametrize(
    "residue",
    [
        "— 14 —",
        "— —",
        "- 3 -",
        "第 3 页 共 12 页",
        "第3页",
        "Page 3 of 12",
        "3 / 12",
        "作者：市数据局 点击：423",
        "作者:青禾公告 日期:1月前 点击:4",
        "发布时间：2025-03-01 来源：青禾市政府 浏览：120次",
        "浏览次数：1024",
        "【字体：大 中 小】",
        "上一篇：关于开展年报工作的通知",
        "下一篇：没有了",
        "打印本页 关闭窗口",
        "您当前的位置：首页 > 政务公开 > 政策文件",
        "扫一扫在手机打开当前页",
    ],
)
def test_a_line_of_page_furniture_or_web_residue_goes(residue: str) -> None:
    assert cleaned(f"第一条 为了规范管理，制定本办法。\n{residue}\n第二条 本办法适用于本市。") == [
        "第一条 为了规范管理，制定本办法。",
        "第二条 本办法适用于本市。",
    ]


def test_what_was_taken_out_is_kept_for_the_report() -> None:
    assert list(normalise(lines("正文。\n— 14 —\n")).residue) == ["— 14 —"]


@pytest.mark.parametrize(
    "kept",
    [
        "来源合法的食品可以销售。",
        "作者享有署名权。",
        "第三页所列材料应当加盖公章。",
        "关闭窗口期间暂停受理。",
        "2025年3月1日",
        "附件1",
    ],
)
def test_a_line_that_only_resembles_furniture_stays(kept: str) -> None:
    assert kept in cleaned(f"正文第一段。\n\n{kept}\n\n正文第二段。")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("## 第一章 总则", "第一章 总则"),
        ("**第五条** 服务专区", "第五条 服务专区"),
        ("见 <http://example.gov.cn/a>。", "见 http://example.gov.cn/a。"),
        (r"a\_b", "a_b"),
        ("<!-- INFO END -->正文", "正文"),
    ],
)
def test_markdown_marks_go_and_words_stay(written: str, normal: str) -> None:
    assert cleaned(written) == [normal]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("鄂市监质[2022]32号", "鄂市监质〔2022〕32号"),
        ("武市监［2024］39号", "武市监〔2024〕39号"),
        ("鄂市监注(2024)11号", "鄂市监注〔2024〕11号"),
        ("青政规（2025）2号", "青政规〔2025〕2号"),
        ("青政规【2025】第2号", "青政规〔2025〕2号"),
        ("青政规 〔2025〕 2 号", "青政规〔2025〕2号"),
        ("青政规〔2025〕2号", "青政规〔2025〕2号"),
    ],
)
def test_a_document_number_has_one_form(written: str, normal: str) -> None:
    assert tidy(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("办法(试行)", "办法（试行）"),
        ("(一)加强领导", "（一）加强领导"),
        ("经研究同意,现将办法印发:请执行", "经研究同意，现将办法印发：请执行"),
        ("是否符合条件?", "是否符合条件？"),
        ("扎 兰 屯 市", "扎兰屯市"),
        ("各区、 各部门", "各区、各部门"),
        ("甲　　乙丙", "甲 乙丙"),
        ("正\u200b文\ufeff", "正文"),
        ("每年30个", "每年30个"),
        ("上午9:00至12:00", "上午9:00至12:00"),
        ("1,000元", "1,000元"),
        ("f(x)", "f(x)"),
    ],
)
def test_punctuation_and_spaces_have_one_form(written: str, normal: str) -> None:
    assert tidy(written) == normal


@pytest.mark.parametrize("text", ["办法(试行)", "鄂市监质[2022] 32 号", "扎 兰 屯 市,各 区", "a ( b )（一）"])
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("《青禾市办法(试行)》", "青禾市办法（试行）"),
        ("青禾市 个体工商户 办法", "青禾市个体工商户办法"),
        ("关于修改〈青禾市办法〉的决定", "关于修改《青禾市办法》的决定"),
        ("《甲办法》和《乙办法》", "《甲办法》和《乙办法》"),
    ],
)
def test_a_title_has_one_form(written: str, key: str) -> None:
    assert fold_title(written) == key


FLATTENED = """附件1

服务能力清单

\t单位
\t项目
\t电话

\t质量科
\t质量提升
\t0700-1234567

\t
\t品牌培育
\t0700-1234568
"""


def test_a_table_flattened_to_one_cell_a_line_has_its_rows_again() -> None:
    assert [line.text for line in normalise(lines(FLATTENED)).lines if line.is_row] == [
        "单位 | 项目 | 电话",
        "质量科 | 质量提升 | 0700-1234567",
        " | 品牌培育 | 0700-1234568",
    ]


RAGGED = FLATTENED.replace("\t质量科\n", "")


def test_the_cells_of_a_table_that_cannot_be_recovered_stay_in_order() -> None:
    assert cleaned(RAGGED)[2:] == ["单位", "项目", "电话", "质量提升", "0700-1234567", "品牌培育", "0700-1234568"]


def test_a_table_that_cannot_be_recovered_is_reported() -> None:
    assert "不能还原" in "".join(normalise(lines(RAGGED)).warnings)


def test_a_recovered_table_is_not_reported() -> None:
    assert normalise(lines(FLATTENED)).warnings == []


def test_rows_of_empty_cells_are_left_out() -> None:
    assert cleaned(FLATTENED + "\n\t\n\t\n\t\n")[-1] == " | 品牌培育 | 0700-1234568"


def test_a_row_of_a_table_is_one_line() -> None:
    found = normalise(Prose(table(("单位", "电话"), ("质量科", "一线\n二线")), format="docx"))
    assert [line.text for line in found.lines] == ["单位 | 电话", "质量科 | 一线 二线"]


def test_furniture_inside_a_table_is_a_cell_like_any_other() -> None:
    found = normalise(Prose(table(("序号", "名称"), ("1", "—")), format="docx"))
    assert [line.text for line in found.lines] == ["序号 | 名称", "1 | —"]


def test_every_line_says_where_it_stands() -> None:
    found = normalise(lines(WRAPPED))
    assert [found.text[line.start : line.end] for line in found.lines] == [line.text for line in found.lines]


def test_a_paragraph_over_two_pages_has_the_page_it_begins_on() -> None:
    begins = "第三条 各区市场监督管理部门应当明确专人登录系统，及时受理个体工商户的诉求，建立登记、反"
    blocks = [
        Block(BlockKind.LINE, begins, page=1),
        Block(BlockKind.LINE, "— 1 —", page=1),
        Block(BlockKind.LINE, "馈机制。", page=2),
    ]
    found = normalise(Prose(blocks, format="pdf"))
    assert [(line.text, line.page) for line in found.lines] == [(f"{begins}馈机制。", 1)]
