"""Text, Markdown and web pages, limits and wrong suffixes, and the real documents."""

from pathlib import Path

import pytest

from ingest.blocks import BlockKind
from ingest.errors import (
    FileTooLarge,
    NeedsConversion,
    NoText,
    NotText,
    TextTooLong,
    TooManyPages,
    TooManyRows,
    UnknownFormat,
    WrongSuffix,
    ZipBomb,
)
from ingest.parsers import SUFFIXES, Limits, read
from tests.ingest.making import LAW, Put, cells, pdf, prose, texts, xlsx

SEEDS, LAWS = Path("/work/shared/seeds"), Path("/work/shared/corpus/laws")


# text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb2312", "gbk", "gb18030"]
)
def test_simplified_text_is_read_in_any_encoding_offices_use(put: Put, encoding: str) -> None:
    parsed = prose(put("x.txt", f"{LAW}\r\n\r\n　　第二条 适用本市。\r\n".encode(encoding)))
    assert texts(parsed) == [LAW, "", "　　第二条 适用本市。"]
    assert {block.kind for block in parsed.blocks} == {BlockKind.LINE}
    assert not parsed.warnings


def test_traditional_text_in_big5_is_read(put: Put) -> None:
    text = "第一條 為促進個體工商戶發展，維護其合法權益，制定本條例。"
    assert texts(prose(put("x.txt", text.encode("big5")))) == [text]


def test_rare_names_in_gb18030_are_read(put: Put) -> None:
    text = LAW + "镕䶮㭎" + "\U00020bb7"
    assert texts(prose(put("x.txt", text.encode("gb18030")))) == [text]


def test_a_line_in_another_encoding_is_read_and_reported(put: Put) -> None:
    parsed = prose(put("x.txt", f"{LAW}\n".encode() * 3 + LAW.encode("gbk")))
    assert texts(parsed) == [LAW] * 4
    assert "第 4 行" in parsed.warnings[0]


def test_an_undecodable_place_is_marked_and_reported_with_its_line(put: Put) -> None:
    parsed = prose(put("x.txt", f"{LAW}\n".encode() * 5 + b"\xff" + LAW.encode()))
    assert texts(parsed)[-1] == "�" + LAW
    assert "第 6 行" in parsed.warnings[0]


def test_binary_is_not_text(put: Put) -> None:
    with pytest.raises(NotText):
        read(put("x.txt", bytes(range(256)) * 10))


# Markdown and web pages


def test_markdown_marks_go_and_every_word_stays(put: Put) -> None:
    text = (
        "# 某市条例\n\n2024年1月1日 通过\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n**第一条：**为了《关于<促进法>的决定》\\*，见 <https://a.cn/>。\n\n"
        "    第二条 缩进的不是代码。\n\n3. 三\n3. 四\n\n| 事项 | 期限 |\n|---|---|\n| **办照** | 3日<br>工作日 |\n"
    )
    parsed = prose(put("x.md", text))
    assert texts(parsed) == [
        "某市条例",
        "2024年1月1日 通过",
        "第一章 总则",
        "第一条：为了《关于<促进法>的决定》*，见 https://a.cn/。",
        "第二条 缩进的不是代码。",
        "3. 三",
        "4. 四",
        "事项 | 期限",
        "办照 | 3日 工作日",
    ]
    assert [block.text for block in parsed.blocks if block.heading] == ["某市条例", "第一章 总则"]
    assert parsed.title_hint == "某市条例"


def test_a_wrapped_markdown_paragraph_stays_lines(put: Put) -> None:
    parsed = prose(put("x.md", "第一条 为了\n促进发展。\n\n第二条\n"))
    assert [(block.kind, block.text) for block in parsed.blocks] == [
        (BlockKind.LINE, "第一条 为了"),
        (BlockKind.LINE, "促进发展。"),
        (BlockKind.LINE, ""),
        (BlockKind.PARAGRAPH, "第二条"),
    ]


def test_front_matter_and_an_underlined_paragraph_are_text(put: Put) -> None:
    parsed = prose(put("x.md", "---\ntitle: 条例\n---\n\n某市条例\n===\n\n" + "长" * 80 + "\n---\n"))
    assert texts(parsed) == ["title: 条例", "", "某市条例", "长" * 80]
    assert [block.heading for block in parsed.blocks] == [False, False, True, False]


def test_html_inside_markdown_is_read(put: Put) -> None:
    parsed = prose(put("x.md", "正文\n\n<table><tr><td>甲</td><td>乙</td></tr></table>\n"))
    assert cells(parsed) == [("甲", "乙")]


def test_a_web_page_gives_its_document_and_not_its_menus(put: Put) -> None:
    page = f"""<!DOCTYPE html><html><head><title>某市条例_某市政府</title><style>p{{}}</style></head><body>
    <nav>首页</nav><div class="menu"><a>甲甲</a><a>乙乙</a><a>丙丙</a><a>丁丁</a></div>
    <div id="zoom"><h1>某市条例</h1><p>{LAW}<br>第二条&nbsp;适用<b>本市</b>。</p><p style="display: none">看不见</p>
    <ol start="3"><li>甲项</li><li>乙项</li></ol><script>x()</script>尾巴
    <table><caption>表</caption><tr><th rowspan="2">事项</th><th colspan="2">期限</th></tr><tr><td>法定</td><td>承诺</td></tr></table>
    后文</div><footer>版权所有</footer></body></html>"""
    parsed = prose(put("x.html", page))
    assert texts(parsed) == [
        "某市条例", LAW, "第二条 适用本市。", "3. 甲项", "4. 乙项", "尾巴", "表", "事项 | 期限", "事项 | 法定 | 承诺", "后文",
    ]  # fmt: skip
    assert cells(parsed)[1:] == [("事项", "期限", "期限"), ("事项", "法定", "承诺")]
    assert parsed.title_hint == "某市条例"
    assert parsed.blocks[0].heading


def test_a_page_laid_out_in_tables_is_not_one_row(put: Put) -> None:
    page = f"<html><table><tr><td><table><tr><td><p>{LAW}</p><p>第二条</p></td></tr></table></td></tr></table></html>"
    assert [block.kind for block in prose(put("x.htm", page)).blocks] == [BlockKind.PARAGRAPH] * 2


def test_a_page_in_the_encoding_it_declares_is_read(put: Put) -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{LAW}</p></body></html>'
    assert texts(prose(put("x.html", page.encode("gbk")))) == [LAW]


def test_text_beside_the_links_of_attachments_stays(put: Put) -> None:
    links = "".join(f"<li><a>附件{n}：申请表</a></li>" for n in range(1, 6))
    assert len(prose(put("x.html", f"<html><body><p>正文</p><ul>{links}</ul></body></html>")).blocks) == 6


# limits and wrong files


def test_limits_stop_a_file(put: Put, tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge):
        read(put("x.txt", LAW), Limits(max_bytes=10))
    with pytest.raises(TextTooLong):
        read(put("x.txt", LAW), Limits(max_characters=10))
    with pytest.raises(TooManyPages):
        read(pdf(tmp_path / "x.pdf", "a", "b"), Limits(max_pages=1))
    with pytest.raises(TooManyRows):
        read(put("x.csv", "a,b\n" * 5), Limits(max_rows=3))
    with pytest.raises(ZipBomb):
        read(xlsx(tmp_path / "x.xlsx", 甲=[["a", "b"]]), Limits(max_unzipped_bytes=100))


def test_a_wrong_suffix_names_what_the_file_is(put: Put, tmp_path: Path) -> None:
    with pytest.raises(WrongSuffix, match=r"实际是PDF；请改后缀为 \.pdf"):
        read(put("x.docx", pdf(tmp_path / "y.pdf", LAW).read_bytes()))
    with pytest.raises(WrongSuffix, match="Excel"):
        read(put("x.docx", xlsx(tmp_path / "y.xlsx", 甲=[["a", "b"]]).read_bytes()))


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".ofd", ".odt", ".pptx", ".xls"])
def test_formats_that_are_not_read_say_how_to_convert(put: Put, suffix: str) -> None:
    with pytest.raises(NeedsConversion, match="另存"):
        read(put(f"x{suffix}", b"\xd0\xcf\x11\xe0"))


def test_other_suffixes_are_unknown(put: Put) -> None:
    with pytest.raises(UnknownFormat):
        read(put("x.xyz", "a"))
    assert list(SUFFIXES) == sorted(SUFFIXES)


def test_a_page_with_only_a_script_has_no_text(put: Put) -> None:
    with pytest.raises(NoText):
        read(put("x.html", "<html><script>x</script></html>"))


# the real documents


@pytest.mark.skipif(not SEEDS.is_dir(), reason="这台机器上没有种子文件")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_seed_is_read_line_by_line(path: Path) -> None:
    parsed = prose(path)
    assert texts(parsed) == [line.rstrip(" \u3000\xa0") for line in path.read_text("utf-8").splitlines()]


@pytest.mark.skipif(not LAWS.is_dir(), reason="这台机器上没有法规库")
def test_no_word_of_the_laws_is_lost() -> None:
    paths = sorted(LAWS.rglob("*.md"))
    assert paths
    for path in paths:
        source = path.read_text("utf-8").replace("<!-- INFO END -->", "")
        parsed = prose(path)
        assert "".join("".join(texts(parsed)).split()) == "".join(source.replace("#", "").split()), path.name
        assert sum(block.heading for block in parsed.blocks) == sum(line.startswith("#") for line in source.split("\n"))


def test_markdown_nested_too_deep_is_read_as_plain_lines(put: Put) -> None:
    parsed = prose(put("x.md", "正文\n\n" + "- " * 300 + "深处\n\n后文\n"))
    assert {"正文", "- " * 300 + "深处", "后文"} <= set(texts(parsed))
    assert "纯文本" in parsed.warnings[0]
